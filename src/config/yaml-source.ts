import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";

/** One file of the configuration, parsed; `place` finds the line of a value for messages. */
export type YamlSource<T> = { readonly value: T; readonly place: (path: readonly PropertyKey[]) => string };

export type SourceAnswer<T> =
  | { readonly ok: true; readonly source: YamlSource<T> }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Parses and checks one file. Every problem says `file:line: what is wrong and what to do`. */
export function readSource<T>(file: string, text: string, schema: z.ZodType<T>): SourceAnswer<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0) {
    const problems = document.errors.map(
      (error) => `${file}:${lines.linePos(error.pos[0]).line}: not valid YAML: ${error.message}`,
    );
    return { ok: false, problems };
  }
  const place = (path: readonly PropertyKey[]) => `${file}:${lineOf(document, lines, path)}`;
  // Aliases are bounded so that a small file cannot expand into a huge value.
  const read = schema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (read.success) return { ok: true, source: { value: read.data, place } };
  const problems = read.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map(
          (key) => `${file}:${lineOfKey(document, lines, [...issue.path, key])}: ${unknownKey(issue, key)}`,
        )
      : [`${place(issue.path)}: ${path(issue.path)}${issue.message}`],
  );
  return { ok: false, problems };
}

const path = (keys: readonly PropertyKey[]): string => (keys.length === 0 ? "" : `${keys.map(String).join(".")}: `);

const unknownKey = ({ path: around }: { readonly path: readonly PropertyKey[] }, key: string): string =>
  `${path(around)}Unrecognized key: "${key}"`;

/** The line in which the key itself stands; its value may begin in another one. */
function lineOfKey(document: Document, lines: LineCounter, keys: readonly PropertyKey[]): number {
  const [around, key] = [keys.slice(0, -1), keys.at(-1)];
  const node: unknown = around.length === 0 ? document.contents : document.getIn(around, true);
  const pair = isMap(node)
    ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
    : undefined;
  if (isNode(pair?.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line;
  return lineOf(document, lines, keys);
}

/** The line of the value, or of the nearest thing around it that exists (a missing key has no line of its own). */
function lineOf(document: Document, lines: LineCounter, keys: readonly PropertyKey[]): number {
  for (let depth = keys.length; depth >= 0; depth--) {
    const node: unknown = depth === 0 ? document.contents : document.getIn(keys.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
