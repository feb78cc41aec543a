import { z } from "zod";

const role = z.enum(["assistant", "user"]);
const known = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("speech-update"), status: z.enum(["started", "stopped"]), role }),
  z.looseObject({
    type: z.enum(["transcript", 'transcript[transcriptType="final"]']),
    role,
    transcriptType: z.enum(["partial", "final"]).optional(),
    transcript: z.string(),
  }),
  z.looseObject({ type: z.literal("assistant.speechStarted"), text: z.string(), source: z.string().optional() }),
  z.looseObject({ type: z.literal("model-output"), output: z.unknown(), turnId: z.string().optional() }),
  z.looseObject({ type: z.literal("user-interrupted") }),
  z.looseObject({ type: z.literal("hang") }),
  z.looseObject({ type: z.literal("conversation-update") }),
  z.looseObject({ type: z.literal("status-update"), status: z.string(), endedReason: z.string().optional() }),
]);

/** What both the transport socket and the webhook tell of a conversation, as far as we read it. */
export type ConversationMessage = z.output<typeof known>;

/** `undefined`: a type or a shape we have no use for; unknown ones pass. */
export function readConversationMessage(value: unknown): ConversationMessage | undefined {
  return known.safeParse(value).data;
}

const wrapped = z.looseObject({ message: z.looseObject({ type: z.string() }) });

/** A text frame of the transport socket; bare or wrapped as the webhook's are. */
export function readClientFrame(text: string): ConversationMessage | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return readConversationMessage(wrapped.safeParse(value).data?.message ?? value);
  } catch {
    return undefined; // Not JSON: nothing we read.
  }
}

/** A final transcript closes its part of a turn. */
export const isFinal = (message: Extract<ConversationMessage, { transcript: string }>): boolean =>
  message.transcriptType === "final" || message.type !== "transcript";

/** The words in a piece of the model's output; a tool call has none. */
export function outputWords(output: unknown): string {
  if (typeof output === "string") return output;
  const read = z.looseObject({ content: z.string() }).safeParse(output);
  return read.data?.content ?? "";
}
