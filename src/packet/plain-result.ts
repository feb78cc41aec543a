// A tool's answer as somebody reads it in a second: how many, and what the first one says. Not JSON: words.

const LONGEST = 160;
const FIELDS_MAX = 6;

/** A short line for a JSON answer; any other text as it is, cut to 160 characters. */
export function plainResult(result: string): string {
  const value = parsed(result);
  return cut(value === undefined ? result : inWords(value));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Words already.
  }
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return listInWords(value, "");
  if (typeof value !== "object" || value === null) return String(value);
  const lists = Object.entries(value).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  const [first] = lists;
  if (first && lists.length === 1) return listInWords(first[1], first[0]);
  return scalars(value).join(", ");
}

function listInWords(list: readonly unknown[], what: string): string {
  const plural = what.replaceAll(/[_-]+/gu, " ");
  const name = list.length === 1 ? plural.replace(/(?<=[^s])s$/u, "") : plural;
  if (list.length === 0) return name === "" ? "nothing found" : `no ${name}`;
  const [first] = list;
  const said = typeof first === "object" && first !== null ? scalars(first).join(", ") : String(first);
  return `${list.length} ${name}${name === "" ? "found" : ""}: ${said}${list.length > 1 ? ", …" : ""}`;
}

/** The plain values of an object in its own order; long texts and nested things say little at a glance. */
function scalars(value: object): string[] {
  return Object.values(value)
    .filter((inner) => typeof inner === "string" || typeof inner === "number" || typeof inner === "boolean")
    .map(String)
    .slice(0, FIELDS_MAX);
}

const cut = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`);
