import { z } from "zod";
import { POLICY_INTENTS } from "../domain/closed-sets.ts";

const toolName = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, "tool names are lower-case letters, digits and _");
/** Tools of the gateway itself; a configured tool of that name would take their place. */
export const OWN_TOOLS = ["escalate_to_human", "request_callback", "cancel_handoff"] as const;

const tool = z.strictObject({
  kind: z.enum(["search", "read", "write"]),
  description: z.string().min(1).max(1_000),
  parameters: z
    .record(z.string(), z.json())
    .refine((schema) => schema["type"] === "object", "expected a JSON Schema with type: object"),
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).default("GET"),
  url: z.string().min(1),
  timeoutMs: z.int().min(100).max(20_000).default(5_000).describe("In milliseconds, 100 to 20000."),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.json().optional(),
});

/** `config/assistants.yaml`. */
export const assistantsSchema = z.strictObject({
  assistants: z.record(
    z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/, "names are lower-case letters, digits and hyphens"),
    z.strictObject({
      instructions: z.string().trim().min(1).max(20_000),
      voice: z.string().min(1).optional(),
      identify: z
        .string()
        .optional()
        .describe("A tool called once when a call begins; its answer's `id` and `name` identify the caller."),
      handles: z
        .array(z.enum(POLICY_INTENTS))
        .default([])
        .describe("Matters this assistant is there for: naming one is no reason by itself to get a person."),
      tools: z.array(z.string()).default([]),
    }),
  ),
  tools: z.record(toolName, tool).default({}),
});

export type AssistantsFile = z.output<typeof assistantsSchema>;
export type ToolSetup = z.output<typeof tool>;
