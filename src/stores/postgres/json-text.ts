/**
 * A value as JSON that Postgres takes: what callers and tools say is not refused for a character that no `jsonb` holds, a NUL
 * or half of one that was cut in two. U+FFFD stands in its place.
 * https://www.postgresql.org/docs/current/datatype-json.html
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes("\\u") ? text.replaceAll(UNFIT, (escape) => (escape === "\\\\" ? escape : "\uFFFD")) : text;
}

/** `JSON.stringify` escapes of surrogates only those that stand alone. A backslash that is escaped itself begins no escape. */
const UNFIT = /\\\\|\\u(?:0000|d[89a-f][0-9a-f]{2})/g;
