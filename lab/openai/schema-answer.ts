import { isJson, type Json } from "./wire.ts";

/** The plainest value that meets a JSON Schema of the kind structured outputs accept; what the model answers when no script says otherwise. */
export function answerTo(schema: unknown, root: Json = isJson(schema) ? schema : {}): unknown {
  if (!isJson(schema)) return "";
  if (typeof schema["$ref"] === "string") return answerTo(referenced(schema["$ref"], root), root);
  if ("const" in schema) return schema["const"];
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  const choices = schema["anyOf"] ?? schema["oneOf"];
  // A nullable value is null: it needs no knowledge.
  if (Array.isArray(choices)) return choices.some(isNull) ? null : answerTo(choices[0], root);
  const type = Array.isArray(schema["type"])
    ? schema["type"].includes("null")
      ? "null"
      : schema["type"][0]
    : schema["type"];
  return ofType(type, schema, root);
}

function ofType(type: unknown, schema: Json, root: Json): unknown {
  switch (type) {
    case "object":
      return Object.fromEntries(
        Object.entries(isJson(schema["properties"]) ? schema["properties"] : {}).map(([name, each]) => [
          name,
          answerTo(each, root),
        ]),
      );
    case "array":
      return Array.from({ length: Number(schema["minItems"] ?? 0) }, () => answerTo(schema["items"], root));
    case "number":
    case "integer":
      return inRange(schema);
    case "boolean":
      return false;
    case "null":
      return null;
    default:
      return "x".repeat(Number(schema["minLength"] ?? 0));
  }
}

function inRange(schema: Json): number {
  const low = Number(schema["minimum"] ?? schema["exclusiveMinimum"] ?? Number.NEGATIVE_INFINITY);
  const high = Number(schema["maximum"] ?? schema["exclusiveMaximum"] ?? Number.POSITIVE_INFINITY);
  if (Number.isFinite(low) && Number.isFinite(high))
    return schema["type"] === "integer" ? Math.ceil(low) : (low + high) / 2;
  return Number.isFinite(low) ? low + 1 : Number.isFinite(high) ? high - 1 : 0;
}

function isNull(schema: unknown): boolean {
  return isJson(schema) && schema["type"] === "null";
}

function referenced(path: string, root: Json): unknown {
  let at: unknown = root;
  for (const step of path.replace(/^#\/?/u, "").split("/").filter(Boolean)) at = isJson(at) ? at[step] : undefined;
  return at;
}
