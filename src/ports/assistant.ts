import type { CallId } from "../domain/ids.ts";

/** A function the assistant may call. `parameters` is a JSON Schema. */
export type AssistantTool = {
  readonly name: string;
  readonly description: string;
  readonly parameters: Record<string, unknown>;
};

export type AssistantSetup = {
  /** Its name in the configuration; absent: the only one there is. */
  readonly assistant?: string;
  /** Whose conversation it is, for what the vendor tells of it when it is over. */
  readonly call?: CallId;
  readonly instructions: string;
  readonly language: string;
  readonly voice?: string;
  readonly tools: readonly AssistantTool[];
  /** Earlier turns, as text, when a conversation is taken up again. */
  readonly history: readonly { readonly role: "caller" | "assistant"; readonly text: string }[];
  /** Stable, hashed; never the caller's number. */
  readonly safetyId?: string;
};

/** A tool of the assistant's own, run by the vendor. `toolCall` is the vendor's, and names one run. */
export type VendorToolRan = {
  readonly kind: "tool-ran";
  readonly toolCall: string;
  readonly name: string;
  readonly input: string;
  readonly result: string;
  readonly ok: boolean;
};

/** What an assistant with its own ears and voice tells us. Item and response ids are opaque. */
export type AssistantEvent =
  | { readonly kind: "ready" }
  | { readonly kind: "caller-speech-started"; readonly item: string; readonly audioMs: number }
  | { readonly kind: "caller-speech-ended"; readonly item: string; readonly audioMs: number }
  /** The turn is complete in the assistant's ears; the words may come later. */
  | { readonly kind: "caller-turn"; readonly item: string }
  | { readonly kind: "caller-words-partial"; readonly item: string; readonly delta: string }
  | { readonly kind: "caller-words"; readonly item: string; readonly text: string; readonly confidence?: number }
  | { readonly kind: "caller-words-failed"; readonly item: string }
  | { readonly kind: "reply-started"; readonly reply: string; readonly tag?: string }
  | { readonly kind: "reply-audio"; readonly reply: string; readonly item: string; readonly payload: string }
  | { readonly kind: "reply-words"; readonly reply: string; readonly item: string; readonly delta: string }
  | { readonly kind: "reply-item-ended"; readonly reply: string; readonly item: string; readonly text: string }
  | {
      readonly kind: "reply-ended";
      readonly reply: string;
      readonly tag?: string;
      readonly how: "completed" | "cancelled" | "incomplete" | "failed";
      readonly raw?: string;
      /** Share of what the model can remember that is in use, 0 to 1; absent when the vendor does not say. */
      readonly contextShare?: number;
    }
  | {
      readonly kind: "tool-call";
      readonly reply: string;
      readonly toolCall: string;
      readonly name: string;
      readonly input: string;
    }
  | VendorToolRan
  /** Not connected any more. `expired`: the session's own limit; `refused`: do not try again soon. */
  | { readonly kind: "closed"; readonly how: "lost" | "expired" | "refused" | "ended"; readonly raw: string };

/** One conversation with one caller. Commands on a closed session are no-ops; the `closed` event has said so. */
export type AssistantSession = {
  /** When the vendor will end the session, in milliseconds from its start; absent when it has no limit. */
  /** The caller's audio, μ-law, 8 bytes a millisecond. Borrowed: whoever keeps it copies it. */
  hear(audio: Uint8Array): void;
  /** Asks for one reply. `exactly`: that sentence and nothing else. `tag` comes back in the reply's events. Replies are queued, one at a time. */
  reply(ask: {
    readonly tag: string;
    readonly exactly?: string;
    readonly instructions?: string;
    readonly tools?: "none";
  }): void;
  /** Stops the reply in progress, and forgets queued ones. */
  cancel(): void;
  /** The caller heard only this much of an item; 0: nothing of it. */
  heardOnly(item: string, ms: number): void;
  instruct(instructions: string): void;
  /** A note the assistant should know and not speak of by itself. */
  note(text: string): void;
  answerTool(toolCall: string, output: string): void;
  end(): void;
};

/** An assistant vendor whose audio runs through us. */
export type Assistant = {
  /** Opens a session; failures come as its `closed` event, never as a throw. */
  open(setup: AssistantSetup, listener: (event: AssistantEvent) => void): AssistantSession;
};
