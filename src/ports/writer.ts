import type { CallId } from "../domain/ids.ts";
import type { AssistantTool } from "./assistant.ts";
import type { WeakReply } from "./hosted-assistant.ts";

/** One thing of a conversation in text, oldest first. */
export type ConversationEntry =
  | { readonly kind: "said"; readonly role: "caller" | "assistant"; readonly text: string }
  /** What the system tells the model, between the turns. */
  | { readonly kind: "told"; readonly text: string }
  | { readonly kind: "called"; readonly toolCall: string; readonly name: string; readonly input: string }
  | { readonly kind: "answered"; readonly toolCall: string; readonly output: string };

/** What a model is asked to go on from. Texts are redacted already. */
export type WriterAsk = {
  readonly instructions: string;
  readonly tools: readonly AssistantTool[];
  readonly history: readonly ConversationEntry[];
};

/** What it says, and what it wants to look up or do before it goes on. */
export type Written = {
  readonly text: string;
  readonly calls: readonly { readonly toolCall: string; readonly name: string; readonly input: string }[];
};

/**
 * A model that converses in text. Never rejects: whatever goes wrong is `undefined`, within the writer's own time limit.
 */
export type Writer = {
  /** @param outdated aborted when nobody wants the reply any more. */
  write(ask: WriterAsk, outdated: AbortSignal): Promise<Written | undefined>;
};

/** What the assistant is to answer, for a vendor whose voice reads our words. Implemented by the runtime. */
export type ReplySource = {
  /**
   * One reply: spoken piece by piece through `say`, tools through `tool`. Each piece was judged as far as it answers
   * anything. Never rejects; `failed`: the model is down and said nothing.
   */
  reply(
    ask: WriterAsk & { readonly call: CallId; readonly language: string },
    hands: {
      readonly say: (text: string) => void;
      readonly tool: (name: string, input: string) => Promise<string>;
      /** A reply that is not spoken was found too weak. `handled`: the system takes it up, and this reply is over. */
      readonly weak: (judged: WeakReply) => "handled" | "go-on";
    },
    outdated: AbortSignal,
  ): Promise<"said" | "failed">;
};
