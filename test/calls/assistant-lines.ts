// What the assistant was made to say, as the lab's model was asked for it.

import { exactSentences } from "../../lab/openai/exact-sentences.ts";
import type { LogEntry } from "../../lab/openai/event-log.ts";
import type { Rig } from "../../lab/rig/start-rig.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { heardAt } from "./caller-line.ts";

export type Ordered = { readonly text: string; readonly at: number };

function orderOf({ type, event, at }: LogEntry): Ordered | undefined {
  if (type !== "response.create") return undefined;
  const { instructions } = (event["response"] ?? {}) as { instructions?: unknown };
  const text = typeof instructions === "string" ? exactSentences(instructions) : undefined;
  return text === undefined ? undefined : { text, at };
}

/** The first fixed line that fits and was asked of the model, past or future. */
export async function lineAsked(rig: Rig, words: RegExp, timeoutMs = 15_000): Promise<Ordered> {
  try {
    const entry = await rig.openai.waitFor((each) => words.test(orderOf(each)?.text ?? ""), timeoutMs);
    return orderOf(entry) ?? { text: "", at: entry.at };
  } catch (cause) {
    const asked = linesAsked(rig).map(({ text }) => text);
    throw new Error(`the model was not asked for ${String(words)}, but for: ${asked.join(" | ")}`, { cause });
  }
}

/** Every fixed line asked of the model so far, oldest first. */
export const linesAsked = ({ openai }: Rig): Ordered[] => openai.log.flatMap((entry) => orderOf(entry) ?? []);

/** When the caller first heard a line that was asked; waits for its first second. Rejects after `timeoutMs`. */
export async function lineHeard(caller: Handset, { text, at }: Ordered, timeoutMs = 8_000): Promise<number> {
  const late = performance.now() + timeoutMs;
  for (;;) {
    const hit = heardAt(caller, text).find((each) => each.at >= at);
    if (hit) return hit.at;
    if (performance.now() > late) throw new Error(`the caller did not hear "${text}" within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
