import { z } from "zod";
import type { ConversationEntry } from "../../ports/writer.ts";
import type { SpokenItem } from "./item-turns.ts";
import { callSchema } from "./read-call.ts";

const entry = z.object({
  role: z.string(),
  content: z.string().optional(),
  tool_call_id: z.string().optional(),
  name: z.string().optional(),
  arguments: z.string().optional(),
});

const transcripts = {
  transcript: z.array(entry),
  transcript_with_tool_calls: z.array(entry).optional().catch(undefined),
};

const frame = z.discriminatedUnion("interaction_type", [
  z.object({ interaction_type: z.literal("ping_pong"), timestamp: z.number() }),
  z.object({ interaction_type: z.literal("call_details"), call: callSchema }),
  z.object({
    interaction_type: z.literal("update_only"),
    ...transcripts,
    turntaking: z.string().optional(),
  }),
  z.object({ interaction_type: z.literal("response_required"), response_id: z.number().int(), ...transcripts }),
  z.object({ interaction_type: z.literal("reminder_required"), response_id: z.number().int(), ...transcripts }),
]);

/** A frame of the vendor's client. Its transcript is the whole conversation so far. */
export type SocketFrame = z.output<typeof frame>;
export type FrameEntry = z.output<typeof entry>;

/** `undefined`: nothing we know; the vendor adds kinds without notice. */
export function readFrame(text: string): SocketFrame | undefined {
  const read = frame.safeParse(parsed(text));
  return read.success ? read.data : undefined;
}

/** What was spoken, by its place in the transcript: the vendor gives it no id. */
export function spokenIn(entries: readonly FrameEntry[]): SpokenItem[] {
  return entries.flatMap(({ role, content }, index): SpokenItem[] => {
    if (content === undefined || (role !== "agent" && role !== "user")) return [];
    return [{ id: `turn-${index}`, party: role === "agent" ? "assistant" : "caller", text: content, order: index }];
  });
}

/** The conversation as a model reads it. */
export function historyIn(entries: readonly FrameEntry[]): ConversationEntry[] {
  const known = new Set<string>();
  return entries.flatMap((one): ConversationEntry[] => {
    const { role, content = "", tool_call_id: toolCall, name } = one;
    if (role === "agent" || role === "user")
      return content.trim() === ""
        ? []
        : [{ kind: "said", role: role === "agent" ? "assistant" : "caller", text: content }];
    if (toolCall === undefined) return [];
    if (role === "tool_call_invocation" && name !== undefined) {
      known.add(toolCall);
      return [{ kind: "called", toolCall, name, input: one.arguments ?? "{}" }];
    }
    // A model refuses an answer to a call it has not seen.
    return role === "tool_call_result" && known.has(toolCall) ? [{ kind: "answered", toolCall, output: content }] : [];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON is no frame we know.
    return undefined;
  }
}
