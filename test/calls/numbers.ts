// A configuration of its own for a test: numbers that differ in mode, and queues that share no agent, so that several calls
// in one gateway do not meet.

import { cp, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse, stringify } from "yaml";

import { ROOT } from "./root.ts";

export type NumberSetting = {
  readonly number: string;
  readonly queue: string;
  readonly mode?: "assistant" | "queue" | "forward" | "closed";
  readonly forwardTo?: string;
};

type Routing = { queues: Record<string, unknown>; numbers: Record<string, unknown> };

/**
 * A copy of `config/` in which these numbers exist, each with its queue; to be removed by whoever asked. `opening`: what
 * callers hear first, in a few words, where a test is not about it.
 */
export async function configWith(settings: readonly NumberSetting[], opening?: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "warmline-config-"));
  await cp(join(ROOT, "config"), dir, { recursive: true });
  const file = join(dir, "routing.yaml");
  const routing = parse(await readFile(file, "utf8")) as Routing;
  for (const { number, queue, ...rest } of settings) {
    routing.queues[queue] ??= { team: `our ${queue} team` };
    routing.numbers[number] = { queue, ...rest };
  }
  await writeFile(file, stringify(routing));
  if (opening === undefined) return dir;
  const messages = join(dir, "messages", "en.yaml");
  const text = await readFile(messages, "utf8");
  await writeFile(messages, text.replace(/^ {2}transcribed: .*$/mu, `  transcribed: ${opening}`));
  return dir;
}

/** One number and one queue for each name. */
export const lanes = (names: readonly string[]): NumberSetting[] =>
  names.map((queue, index) => ({ number: `+1500555${2_000 + index}`, queue }));
