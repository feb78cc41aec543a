import { z } from "zod";
import { TRIGGERS } from "../domain/closed-sets.ts";

const at = z.iso.datetime();
const index = z.int().min(0);

/** The packet as desks and API clients get it (contract §8). Readers ignore fields they do not know. */
export const packetSchema = z.object({
  escalationId: z.string(),
  callId: z.string(),
  version: z.int().min(1),
  createdAt: at,
  caller: z.object({
    ani: z.string(),
    name: z.string().optional(),
    customerId: z.string().optional(),
    verification: z.array(z.object({ method: z.string(), result: z.string(), at })),
  }),
  language: z.string(),
  intent: z.object({ name: z.string(), summary: z.string() }),
  trigger: z.object({
    kind: z.enum(TRIGGERS),
    because: z.string(),
    evidence: z.array(index),
    confidence: z.number().optional(),
    floor: z.number().optional(),
  }),
  entities: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  attempts: z.array(z.object({ action: z.string(), input: z.json().optional(), result: z.string(), at })),
  writes: z.array(z.object({ action: z.string(), result: z.string(), at })),
  sources: z.array(z.object({ title: z.string(), ref: z.string(), at })),
  sentiment: z.object({
    now: z.number(),
    baseline: z.number(),
    slope: z.number(),
    series: z.array(z.object({ turn: index, value: z.number() })),
  }),
  suggestedNextAction: z.string(),
  transcript: z.array(z.object({ role: z.string(), text: z.string(), at })),
  history: z.array(z.object({ escalationId: z.string(), at, outcome: z.string(), team: z.string().optional() })),
  hops: z.array(z.object({ from: z.string(), to: z.string(), note: z.string(), at })),
  missing: z.array(z.object({ field: z.string(), why: z.string() })),
  completeness: z.number().min(0).max(1),
});
