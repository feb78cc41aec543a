import type { z } from "zod";

/** A signed request whose fields are not what Twilio sends. Names the fields, never their values. */
export class MalformedRequest extends Error {
  constructor(fields: readonly string[]) {
    super(`Malformed or missing: ${fields.join(", ")}.`);
    this.name = "MalformedRequest";
  }
}

/** The fields we read, or a `MalformedRequest`, which the door answers with 400. */
export function readFields<Schema extends z.ZodType>(schema: Schema, fields: unknown): z.output<Schema> {
  const read = schema.safeParse(fields);
  if (read.success) return read.data;
  throw new MalformedRequest([...new Set(read.error.issues.map((issue) => issue.path.join(".")))]);
}
