import { isJson, type Problem } from "./wire.ts";

/** Checks one value of a client's payload; `path` is its place, as the service names it (`session.audio.input`). */
export type Rule = (value: unknown, path: string) => Problem | undefined;

const ofType = (name: string, ok: (value: unknown) => boolean): Rule => {
  return (value, path) =>
    ok(value)
      ? undefined
      : {
          code: "invalid_type",
          message: `Invalid type for '${path}': expected ${name}, but got ${nameOf(value)} instead.`,
          param: path,
        };
};

export const text = ofType("a string", (value) => typeof value === "string");
export const boolean = ofType("a boolean", (value) => typeof value === "boolean");
export const anything: Rule = () => undefined;

export function oneOf(...allowed: readonly unknown[]): Rule {
  return (value, path) =>
    allowed.includes(value)
      ? undefined
      : {
          code: "invalid_value",
          message: `Invalid value: '${String(value)}'. Supported values are: ${allowed.map((each) => `'${String(each)}'`).join(", ")}.`,
          param: path,
        };
}

export function number(min: number, max: number, kind: "integer" | "decimal" = "decimal"): Rule {
  return (value, path) => {
    if (typeof value !== "number" || (kind === "integer" && !Number.isInteger(value)))
      return ofType(kind === "integer" ? "an integer" : "a number", () => false)(value, path);
    if (value >= min && value <= max) return undefined;
    return { code: "invalid_value", message: `Invalid '${path}': must be between ${min} and ${max}.`, param: path };
  };
}

/** Either of two rules; the second one's complaint is given when neither fits. */
export function either(first: Rule, second: Rule): Rule {
  return (value, path) => (first(value, path) ? second(value, path) : undefined);
}

export const nullable = (rule: Rule): Rule => either(oneOf(null), rule);

export function list(rule: Rule): Rule {
  return (value, path) => {
    if (!Array.isArray(value)) return ofType("an array", () => false)(value, path);
    for (const [index, each] of value.entries()) {
      const problem = rule(each, `${path}[${index}]`);
      if (problem) return problem;
    }
    return undefined;
  };
}

/** An object that may hold these fields and no others. */
export function object(fields: Record<string, Rule>, required: readonly string[] = []): Rule {
  return (value, path) => {
    if (!isJson(value)) return ofType("an object", () => false)(value, path);
    for (const [name, each] of Object.entries(value)) {
      const rule = Object.hasOwn(fields, name) ? fields[name] : undefined;
      const at = path === "" ? name : `${path}.${name}`;
      if (!rule) return { code: "unknown_parameter", message: `Unknown parameter: '${at}'.`, param: at };
      const problem = rule(each, at);
      if (problem) return problem;
    }
    const missing = required.find((name) => value[name] === undefined);
    if (missing === undefined) return undefined;
    const at = path === "" ? missing : `${path}.${missing}`;
    return { code: "missing_required_parameter", message: `Missing required parameter: '${at}'.`, param: at };
  };
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}
