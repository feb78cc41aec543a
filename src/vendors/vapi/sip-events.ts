import { EpochMs } from "../../domain/time.ts";
import type { HostedEvent } from "../../ports/hosted-assistant.ts";
import { readReport } from "./call-report.ts";
import { type ConversationMessage, isFinal, readConversationMessage } from "./client-message.ts";
import { endOf } from "./ended-reason.ts";
import type { ServerMessage } from "./server-message.ts";
import { ToolResultsSeen } from "./tool-results.ts";

/** Messages of one call that were seen; a second delivery is the same message. */
const REMEMBERED_MAX = 256;

/**
 * The server messages of one call as events. Vapi names no turns: an utterance of the assistant's is counted by the word
 * that its speech has begun, the caller's by its final words. A message that comes twice is taken once, and one about
 * speech that is older than what is known is dropped.
 */
export class SipEvents {
  #assistantTurn = 0;
  #callerTurn = 0;
  readonly #results = new ToolResultsSeen();
  readonly #seen = new Set<string>();
  readonly #newest = new Map<"assistant" | "user", number>();

  read(message: ServerMessage): readonly HostedEvent[] {
    if (this.#isRepeated(message)) return [];
    const at = message.timestamp === undefined ? {} : { at: EpochMs(message.timestamp) };
    return this.#eventsOf(message).map((event): HostedEvent => ({ ...at, ...event }));
  }

  #eventsOf(message: ServerMessage): readonly HostedEvent[] {
    if (message.type === "assistant.started") return [{ kind: "connected" }];
    if (message.type === "end-of-call-report") return this.#report(message);
    if (message.type === "conversation-update") return this.#toolResults(message);
    const known = readConversationMessage(message);
    return known === undefined ? [] : this.#conversation(known, message.timestamp);
  }

  #conversation(message: ConversationMessage, timestamp: number | undefined): readonly HostedEvent[] {
    switch (message.type) {
      case "status-update":
        return this.#status(message.status, message.endedReason);
      case "speech-update":
        return this.#speech(message, timestamp);
      case "transcript":
      case 'transcript[transcriptType="final"]':
        return message.role === "user" ? this.#callerWords(message) : this.#assistantWords(message);
      case "assistant.speechStarted":
        return [
          {
            kind: "words",
            party: "assistant",
            item: `assistant-${this.#assistantTurn}`,
            text: message.text,
            final: false,
          },
        ];
      case "user-interrupted":
        return [{ kind: "interrupted" }];
      case "hang":
        return [{ kind: "late" }];
      case "model-output":
      case "conversation-update":
        return [];
      default:
        return message satisfies never;
    }
  }

  #toolResults(message: ServerMessage): readonly HostedEvent[] {
    return this.#results
      .fresh(message)
      .map(({ id, name, input, result }) => ({ kind: "tool-ran", toolCall: id, name, input, result, ok: true }));
  }

  #status(status: string, reason: string | undefined): readonly HostedEvent[] {
    if (status === "in-progress") return [{ kind: "connected" }];
    if (status !== "ended") return [];
    const raw = reason ?? "ended";
    return [{ kind: "ended", how: endOf(raw), raw }];
  }

  /** The report comes seconds after the end, and tells of it where that message was lost. */
  #report(message: ServerMessage): readonly HostedEvent[] {
    const report = readReport(message);
    const raw = report.endedRaw ?? "ended";
    return [
      { kind: "reported", report },
      { kind: "ended", how: endOf(raw), raw },
    ];
  }

  #speech(
    { role, status }: Extract<ConversationMessage, { type: "speech-update" }>,
    timestamp: number | undefined,
  ): readonly HostedEvent[] {
    const newest = this.#newest.get(role) ?? 0;
    if (timestamp !== undefined && timestamp < newest) return [];
    if (timestamp !== undefined) this.#newest.set(role, timestamp);
    if (role === "assistant" && status === "started") this.#assistantTurn += 1;
    const party = role === "user" ? "caller" : "assistant";
    return [{ kind: status === "started" ? "speech-started" : "speech-ended", party }];
  }

  #callerWords(message: Extract<ConversationMessage, { transcript: string }>): readonly HostedEvent[] {
    const final = isFinal(message);
    const item = `caller-${this.#callerTurn}`;
    if (final) this.#callerTurn += 1;
    return [{ kind: "words", party: "caller", item, text: message.transcript.trim(), final }];
  }

  #assistantWords(message: Extract<ConversationMessage, { transcript: string }>): readonly HostedEvent[] {
    const text = message.transcript.trim();
    const item = `assistant-${this.#assistantTurn}`;
    return text === "" ? [] : [{ kind: "words", party: "assistant", item, text, final: isFinal(message) }];
  }

  /** The same type, time and words: the same message. Without a time it cannot be told, and is taken. */
  #isRepeated(message: ServerMessage): boolean {
    if (message.timestamp === undefined) return false;
    const { type, timestamp } = message;
    const told = ["status", "role", "transcriptType", "transcript", "text"].map((field) => message[field]);
    const key = JSON.stringify([type, timestamp, ...told]);
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    const [oldest] = this.#seen;
    if (this.#seen.size > REMEMBERED_MAX && oldest !== undefined) this.#seen.delete(oldest);
    return false;
  }
}
