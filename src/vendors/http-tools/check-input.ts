import { z } from "zod";

const INPUT_MAX_CHARACTERS = 16_384;
const declared = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});
const typed = z.object({ type: z.union([z.string(), z.array(z.string())]) });
const anObject = z.record(z.string(), z.unknown());

export type CheckedInput =
  | { readonly ok: true; readonly input: Readonly<Record<string, unknown>> }
  /** `why` is told to the assistant, so that it can ask again properly. */
  | { readonly ok: false; readonly why: string };

/** The assistant's input against the names and plain types the tool declares. A model may write anything. */
export function checkInput(parameters: Readonly<Record<string, unknown>>, text: string): CheckedInput {
  const read = readObject(text);
  if (read === undefined) return { ok: false, why: "The input must be one JSON object." };
  const schema = declared.safeParse(parameters);
  const { properties, required } = schema.success ? schema.data : { properties: {}, required: [] };
  const unknown = Object.keys(read).filter((name) => !Object.hasOwn(properties, name));
  if (unknown.length > 0) return { ok: false, why: `The input has names the tool does not know: ${list(unknown)}.` };
  const missing = required.filter((name) => read[name] === undefined || read[name] === null);
  if (missing.length > 0) return { ok: false, why: `The input lacks ${list(missing)}.` };
  const wrong = Object.entries(read).filter(([name, value]) => !fits(value, properties[name]));
  if (wrong.length > 0)
    return { ok: false, why: `The input has values of the wrong type: ${list(wrong.map(([name]) => name))}.` };
  return { ok: true, input: read };
}

function readObject(text: string): Record<string, unknown> | undefined {
  if (text.length > INPUT_MAX_CHARACTERS) return undefined;
  try {
    const read = anObject.safeParse(JSON.parse(text.trim() === "" ? "{}" : text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

function fits(value: unknown, property: unknown): boolean {
  const schema = typed.safeParse(property);
  if (!schema.success || value === null) return true;
  const types = [schema.data.type].flat();
  return types.some((type) => isOfType(value, type));
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "string":
    case "number":
    case "boolean":
      return typeof value === type;
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && !Array.isArray(value);
    default:
      return true;
  }
}

const list = (names: readonly string[]): string =>
  names
    .slice(0, 8)
    .map((name) => name.slice(0, 40))
    .join(", ");
