import { after, EpochMs } from "../domain/time.ts";
import type { PhraseBook } from "../scoring/phrase-book.ts";
import { textContext } from "../scoring/text-context.ts";
import type { TextModels } from "../scoring/text-models.ts";
import { scoreText, type TextSignals } from "../scoring/text-signals.ts";
import type { Turn } from "../turns/turn.ts";
import { afterAssistantTurn, afterCallerTurn, startConversation } from "./conversation.ts";
import { decideEscalation } from "./decide-escalation.ts";
import type { Escalate } from "./decision.ts";
import type { EscalationPolicy } from "./policy.ts";

/** A written dialogue: what was said, without times, tools or voice. */
export type WrittenTurn = {
  readonly role: "caller" | "assistant";
  readonly text: string;
  /** 0 to 1; absent when there was no recogniser. */
  readonly asrConfidence?: number;
};

export type JudgedDialogue = {
  /** One entry a turn; assistant turns have no signals. */
  readonly turns: readonly (TextSignals | undefined)[];
  /** The first decision to escalate, and the turn after which it fell. */
  readonly decision?: Escalate & { readonly atTurn: number };
  /** Risk after the last turn when nothing was decided, 0 to 1. */
  readonly risk: number;
};

export type JudgeBy = {
  readonly language: string;
  readonly models: TextModels;
  readonly policy: EscalationPolicy;
  readonly phrases?: PhraseBook;
};

/** Written turns have no times; a second each keeps them in order and far from every limit of time. */
const TURN_MS = 1_000;

/** The fast path over a whole written dialogue, as a live call would take it turn by turn. */
export function judgeDialogue(written: readonly WrittenTurn[], by: JudgeBy): JudgedDialogue {
  const startedAt = EpochMs(0);
  const heard: Turn[] = [];
  const turns: (TextSignals | undefined)[] = [];
  let conversation = startConversation({ language: by.language, startedAt });
  let decision: JudgedDialogue["decision"];
  let risk = 0;
  for (const [index, said] of written.entries()) {
    const turn: Turn = { ...said, index, at: after(startedAt, index * TURN_MS) };
    const signals =
      said.role === "caller" ? scoreText(said.text, by.language, by.models, textContext(heard, by.phrases)) : undefined;
    turns.push(signals);
    heard.push(turn);
    if (decision !== undefined) continue;
    conversation =
      signals === undefined ? afterAssistantTurn(conversation, turn) : afterCallerTurn(conversation, turn, signals);
    const answer = decideEscalation(conversation, by.policy, turn.at);
    if (answer.escalate) decision = { ...answer, atTurn: index };
    else risk = answer.risk;
  }
  return { turns, risk, ...(decision === undefined ? {} : { decision }) };
}
