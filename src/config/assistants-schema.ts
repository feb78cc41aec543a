import { z } from "zod";
import { POLICY_INTENTS } from "../domain/closed-sets.ts";

const toolName = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, "tool names are lower-case letters, digits and _");
/** Tools of the gateway itself; a configured tool of that name would take their place. */
export const OWN_TOOLS = ["escalate_to_human", "request_callback", "cancel_handoff"] as const;

/** Who runs the assistant. `vapi` and both Retell kinds are dialled; the others have their audio run through the gateway. */
export const ASSISTANT_VENDORS = ["openai", "vapi", "vapi-websocket", "retell", "retell-llm"] as const;
export type AssistantVendor = (typeof ASSISTANT_VENDORS)[number];

const sipUri = z.string().regex(/^sips?:[^\s@?;<>"]+@[^\s?<>"]+$/u, "expected sip:user@host");

const vapiPart = z.strictObject({
  assistantId: z.string().min(1).describe("The assistant's id in Vapi."),
  sipUri: sipUri.optional().describe("For vendor vapi: the SIP address of a Vapi number without an assistant."),
  bridgeNumber: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/u, "expected an E.164 number")
    .optional()
    .describe("For numbers that Vapi hosts: our number to which its own transfer brings callers who need a person."),
  credentialId: z.string().min(1).optional().describe("A Vapi credential that signs the webhooks of our calls."),
});

const retellPart = z.strictObject({
  agentId: z.string().min(1).describe("The agent's id in Retell."),
  sipHost: z.string().min(1).default("sip.retellai.com").describe("Where registered calls are dialled."),
  bridgeNumber: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/u, "expected an E.164 number")
    .optional()
    .describe("For numbers that Retell hosts: our number to which its own transfer brings callers who need a person."),
});

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
      vendor: z
        .enum(ASSISTANT_VENDORS)
        .default("openai")
        .describe("Whose assistant answers; everything but openai needs the vendor's own part below."),
      vapi: vapiPart.optional(),
      retell: retellPart.optional(),
    }),
  ),
  tools: z.record(toolName, tool).default({}),
});

export type AssistantsFile = z.output<typeof assistantsSchema>;
export type ToolSetup = z.output<typeof tool>;
export type VapiPart = z.output<typeof vapiPart>;
export type RetellPart = z.output<typeof retellPart>;
