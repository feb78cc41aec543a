import { z } from "zod";
import type { SpokenItem } from "./item-turns.ts";

const item = z.object({
  id: z.string().min(1).max(200),
  role: z.string(),
  time_sec: z.number().optional(),
  content: z.string().optional(),
  tool_call_id: z.string().optional(),
  name: z.string().optional(),
  arguments: z.string().optional(),
  successful: z.boolean().optional(),
  digit: z.string().optional(),
});

const message = z.discriminatedUnion("type", [
  z.object({ type: z.literal("transcript_snapshot"), transcripts: z.array(z.unknown()) }),
  z.object({ type: z.literal("transcript_updated"), transcripts: z.array(z.unknown()) }),
  z.object({ type: z.literal("call_ended"), disconnection_reason: z.string().max(100).optional() }),
]);

/** A tool the vendor ran, or a key the caller pressed. */
export type SeenDeed =
  | { readonly kind: "invoked"; readonly toolCall: string; readonly name: string; readonly input: string }
  | { readonly kind: "answered"; readonly toolCall: string; readonly result: string; readonly ok: boolean }
  | { readonly kind: "key"; readonly id: string; readonly key: string };

export type MonitorNews =
  | { readonly kind: "items"; readonly spoken: readonly SpokenItem[]; readonly deeds: readonly SeenDeed[] }
  | { readonly kind: "ended"; readonly reason: string };

/** Reads one message of the monitor socket; `undefined`: nothing we know. Unknown roles and fields pass. */
export function readMonitor(text: string): MonitorNews | undefined {
  const read = message.safeParse(parsed(text));
  if (!read.success) return undefined;
  if (read.data.type === "call_ended") return { kind: "ended", reason: read.data.disconnection_reason ?? "unknown" };
  const spoken: SpokenItem[] = [];
  const deeds: SeenDeed[] = [];
  for (const raw of read.data.transcripts) {
    const one = item.safeParse(raw);
    if (!one.success) continue;
    const said = spokenOf(one.data);
    if (said !== undefined) spoken.push(said);
    const done = deedOf(one.data);
    if (done !== undefined) deeds.push(done);
  }
  return { kind: "items", spoken, deeds };
}

function spokenOf({ id, role, content, time_sec }: z.output<typeof item>): SpokenItem | undefined {
  if (content === undefined || (role !== "agent" && role !== "user")) return undefined;
  const party = role === "agent" ? "assistant" : "caller";
  return { id, party, text: content, order: time_sec ?? 0, ...(time_sec !== undefined && { timeSec: time_sec }) };
}

function deedOf(one: z.output<typeof item>): SeenDeed | undefined {
  const { id, role, tool_call_id: toolCall, name, content = "", successful, digit } = one;
  if (role === "tool_call_invocation" && toolCall !== undefined && name !== undefined)
    return { kind: "invoked", toolCall, name, input: one.arguments ?? "{}" };
  if (role === "tool_call_result" && toolCall !== undefined)
    return { kind: "answered", toolCall, result: content, ok: successful !== false };
  if (role === "dtmf" && digit !== undefined && /^[0-9*#A-D]$/u.test(digit)) return { kind: "key", id, key: digit };
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON is no message we know.
    return undefined;
  }
}
