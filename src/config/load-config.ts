import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { assistantsSchema } from "./assistants-schema.ts";
import { checkReferences } from "./check-references.ts";
import { fillVariables, type Assistants } from "./fill-variables.ts";
import { messagesSchema, type Messages } from "./messages-schema.ts";
import { routingSchema, type Routing } from "./routing-schema.ts";
import { readSource, type SourceAnswer, type YamlSource } from "./yaml-source.ts";
import type { z } from "zod";

/** The routing configuration, whole and consistent. */
export type Config = {
  /** Hash of the files' contents: the same text has the same revision on every node. */
  readonly revision: string;
  readonly routing: Routing;
  readonly messages: ReadonlyMap<string, Messages>;
  readonly assistants: Assistants;
};

export type ConfigAnswer =
  /** `notes`: what is off and why; nothing that keeps the gateway from working. */
  | { readonly ok: true; readonly config: Config; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads `routing.yaml`, `assistants.yaml` and `messages/*.yaml` under `dir`; answers with all problems at once, each
 * with file, line and remedy. `variables`: what `${TOOLS_…}` may name.
 */
export async function loadConfig(dir: string, variables: Readonly<Record<string, string>> = {}): Promise<ConfigAnswer> {
  const problems: string[] = [];
  const hash = createHash("sha256");
  const read = async <T>(name: string, schema: z.ZodType<T>): Promise<YamlSource<T> | undefined> => {
    const text = await readText(join(dir, name));
    if (text === undefined) {
      problems.push(`${name}: missing in ${dir}; the repository's config/${name} is a start`);
      return undefined;
    }
    hash.update(`${name}\n${text}\n`);
    return keep(readSource(name, text, schema), problems);
  };
  const routing = await read("routing.yaml", routingSchema);
  const assistants = await read("assistants.yaml", assistantsSchema);
  const messages = new Map<string, YamlSource<Messages>>();
  for (const language of await languagesIn(dir)) {
    const source = await read<Messages>(join("messages", `${language}.yaml`), messagesSchema);
    if (source) messages.set(language, source);
  }
  if (routing && assistants) problems.push(...checkReferences(routing, assistants, await languagesIn(dir)));
  if (!routing || !assistants || problems.length > 0) return { ok: false, problems };

  const filled = fillVariables(assistants.value, variables, assistants.place);
  if (filled.problems.length > 0) return { ok: false, problems: filled.problems };
  const config: Config = {
    revision: hash.digest("hex").slice(0, 16),
    routing: routing.value,
    messages: new Map([...messages].map(([language, source]) => [language, source.value])),
    assistants: filled.assistants,
  };
  return { ok: true, config, notes: filled.notes };
}

function keep<T>(answer: SourceAnswer<T>, problems: string[]): YamlSource<T> | undefined {
  if (answer.ok) return answer.source;
  problems.push(...answer.problems);
  return undefined;
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Sorted, so that the revision does not depend on the file system. */
async function languagesIn(dir: string): Promise<string[]> {
  try {
    const files = await readdir(join(dir, "messages"));
    return files.flatMap((file) => (file.endsWith(".yaml") ? [file.slice(0, -".yaml".length)] : [])).toSorted();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";
