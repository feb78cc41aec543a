// Bodies and answers of the HTTP API (contract §5). Bodies are strict: an unknown field is refused, so that a typo
// is not taken for a wish.

import { z } from "zod";
import {
  CALLBACK_STATUSES,
  CHANNELS,
  DISPOSITIONS,
  ESCALATION_STATUSES,
  HANDOFF_OUTCOMES,
  HANDOFF_STATES,
  OFFER_OUTCOMES,
  PRESENCE_STATUSES,
  PRIORITIES,
} from "../domain/closed-sets.ts";
import { isShallowJson } from "./json-depth.ts";
import { isPublicAddress } from "./public-address.ts";

/** `contextData` as JSON text, in bytes. */
export const CONTEXT_BYTES_MAX = 64 * 1024;
const DEPTH_MAX = 32;

const at = z.iso.datetime({ offset: true });
const name = z.string().trim().min(1).max(80);
export const agentId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/, "expected letters, digits and . _ @ -, at most 64");
const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, "expected a number in E.164, such as +15005550111");
const anyJson = z
  .unknown()
  .refine((value) => isShallowJson(value, DEPTH_MAX), `nested deeper than ${DEPTH_MAX} levels`)
  .describe("Any JSON.");

export const newEscalation = z.strictObject({
  sourceAgent: name.describe("The AI agent that asks, by a name of its own."),
  channel: z.enum(CHANNELS),
  issueDescription: z.string().trim().min(1).max(4_000),
  priority: z.enum(PRIORITIES).default("medium"),
  contextData: anyJson.default({}).describe("Any JSON, at most 64 KiB as text; returned with the resolution."),
  transcript: z
    .array(
      z.strictObject({
        role: z.enum(["caller", "customer", "user", "assistant", "agent"]),
        text: z.string().max(8_000),
        at: at.optional(),
      }),
    )
    .max(500)
    .optional(),
  customer: z
    .strictObject({
      id: z.string().max(200).optional(),
      name: z.string().max(200).optional(),
      phone: e164.optional(),
      email: z.email().optional(),
    })
    .optional(),
  skills: z.array(name).max(20).optional(),
  queue: name.optional().describe("A queue or team of the routing configuration; absent: the default queue."),
  webhookUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .refine(isPublicAddress, "a private or link-local address is not taken")
    .optional(),
});
export type NewEscalation = z.output<typeof newEscalation>;

export const escalation = z.object({
  id: z.string(),
  callId: z.string().optional().describe("The call it is about; absent for a case that came without one."),
  status: z.enum(ESCALATION_STATUSES),
  priority: z.enum(PRIORITIES),
  channel: z.enum(CHANNELS),
  queue: z.string().optional(),
  assignee: z.string().optional(),
  sourceAgent: z.string().optional(),
  trigger: z.string().optional(),
  handoff: z
    .object({
      state: z.enum(HANDOFF_STATES),
      outcome: z.enum(HANDOFF_OUTCOMES).optional(),
      agent: z.string().optional(),
    })
    .optional(),
  callback: z.object({ id: z.string(), status: z.enum(CALLBACK_STATUSES), at: at.optional() }).optional(),
  reference: z.string().optional().describe("What the caller quotes."),
  createdAt: at,
  assignedAt: at.optional(),
  resolvedAt: at.optional(),
});
export type EscalationAnswer = z.output<typeof escalation>;

/** One case, with what came with it. */
export const wholeEscalation = escalation.extend({
  issueDescription: z.string().optional(),
  contextData: z.unknown().optional(),
  customer: z.unknown().optional(),
  notes: z.array(z.object({ kind: z.string(), at, content: z.unknown() })).optional(),
  offers: z
    .array(
      z.object({
        agent: z.string(),
        outcome: z.enum(OFFER_OUTCOMES),
        raw: z.string().optional().describe("The carrier's own word or code, where it was the carrier's doing."),
        degraded: z.literal(true).optional().describe("Rung without the packet on a desk; the whisper carried it."),
      }),
    )
    .optional()
    .describe("Every agent who was asked, in order, and how that ended."),
});

export const escalationQuery = z.strictObject({
  status: z.enum(ESCALATION_STATUSES).optional(),
  priority: z.enum(PRIORITIES).optional(),
  queue: name.optional(),
  assignee: agentId.optional(),
  channel: z.enum(CHANNELS).optional(),
  since: at.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const timelineRow = z.object({
  seq: z.int(),
  at,
  event: z.string(),
  state: z
    .enum([...HANDOFF_STATES, ...ESCALATION_STATUSES])
    .describe("The handoff's state after the event; in a case without a call, which has no handoff, its status."),
  cause: z.string(),
  actor: z.string(),
});

export const claim = z.strictObject({
  agent: agentId.optional().describe("For whom; absent: for whoever asks, by the name of their key."),
});
export const resolve = z.strictObject({
  disposition: z.enum(DISPOSITIONS).optional(),
  notes: z.string().max(10_000).optional(),
});
export const transfer = z.strictObject({ queue: name, note: z.string().max(4_000).optional() });

export const callback = z.object({
  id: z.string(),
  escalationId: z.string(),
  number: z.string().optional(),
  status: z.enum(CALLBACK_STATUSES),
  dueAt: at.optional(),
  reference: z.string(),
  attempts: z.array(z.object({ at, outcome: z.string() })),
});
export const callbackQuery = z.strictObject({
  status: z.enum(CALLBACK_STATUSES).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const newCallback = z.strictObject({
  escalationId: z.string().min(1).max(128),
  dueAt: at.optional(),
  number: e164.optional().describe("Absent: the number the caller called from."),
});
export const changedCallback = z
  .strictObject({ number: e164.optional(), dueAt: at.optional() })
  .refine((body) => Object.keys(body).length > 0, "say what to change: number or dueAt");

const device = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("phone"), address: e164 }),
  z.strictObject({
    kind: z.literal("sip"),
    address: z.string().regex(/^sips?:[^\s@]+@[^\s]+$/, "expected sip:user@host"),
  }),
  z.strictObject({
    kind: z.literal("softphone"),
    address: z.string().regex(/^(?:client:)?[A-Za-z0-9._-]{1,121}$/, "expected a client name"),
  }),
]);

export const agent = z.strictObject({
  id: agentId,
  name,
  email: z.email().optional(),
  skills: z.array(name).max(50).default([]),
  queues: z.array(name).max(50).default([]),
  languages: z.array(name).max(20).default([]),
  device,
});
/** With `PUT` the path names the agent. */
export const changedAgent = agent.extend({ id: agentId.optional() });

export const presenceWish = z.strictObject({
  status: z.enum(["available", "away", "offline"]),
  until: at
    .optional()
    .describe("For an agent without a desk: held until then, at most a day; without it a desk has to keep it alive."),
  reason: z.string().max(200).optional(),
});
export const presenceAnswer = z.object({
  agent: z.string(),
  status: z.enum(PRESENCE_STATUSES),
  since: at,
  until: at.optional(),
  reason: z.string().optional(),
});

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

export const configAnswer = z.object({
  revision: z.string(),
  routing: z.unknown(),
  languages: z.array(z.string()),
  assistants: z.array(z.string()),
});

export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  assignee: z.string().optional(),
});

export const newSession = z.strictObject({
  apiKey: z.string().min(1).max(500),
  agent: agentId.optional().describe("Whose desk; a key of role `agent` opens its own."),
});
export const sessionAnswer = z.object({ agent: z.string(), role: z.string(), name: z.string() });
