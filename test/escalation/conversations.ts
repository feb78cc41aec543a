import { EpochMs } from "../../src/domain/time.ts";
import {
  afterAssistantTurn,
  afterCallerTurn,
  afterSelfEvaluation,
  type Conversation,
  startConversation,
} from "../../src/escalation/conversation.ts";
import { forEachIntent, type PolicyScores } from "./policy-scores.ts";
import { DIMENSIONS, type Dimension } from "../../src/scoring/self-evaluation.ts";
import type { TurnSignals } from "../../src/scoring/turn-signals.ts";

const quiet: TurnSignals = {
  explicitRequest: 0.01,
  policyIntents: forEachIntent(() => 0.01),
  frustration: 0.1,
  distress: 0,
  confusion: 0.05,
  valence: 0,
};

export type Said = Partial<Omit<TurnSignals, "policyIntents">> & {
  readonly text?: string;
  readonly asrConfidence?: number;
  readonly intents?: Partial<PolicyScores>;
};

export const fresh = (): Conversation => startConversation({ language: "en", startedAt: EpochMs(0) });

/** The turns' distinct words keep one from counting as a repetition of another. */
const TOPICS = [
  "invoice number seven",
  "garden hose colour",
  "winter delivery slot",
  "paper receipt copy",
  "shoe size chart",
  "phone battery swap",
];

/** The caller's next turn, with the signals given; whatever is not said is quiet. */
export function caller(conversation: Conversation, said: Said = {}): Conversation {
  const index = conversation.lastTurn + 1;
  const { text = TOPICS[conversation.callerTurns % TOPICS.length] ?? "", asrConfidence, intents, ...signals } = said;
  const turn = {
    index,
    role: "caller" as const,
    text,
    at: EpochMs(index * 1_000),
    ...(asrConfidence === undefined ? {} : { asrConfidence }),
  };
  return afterCallerTurn(conversation, turn, {
    ...quiet,
    ...signals,
    policyIntents: { ...quiet.policyIntents, ...intents },
  });
}

export function assistant(conversation: Conversation, text = "Here it is."): Conversation {
  const index = conversation.lastTurn + 1;
  return afterAssistantTurn(conversation, { index, role: "assistant", text, at: EpochMs(index * 1_000) });
}

/** The deep path's word on the newest assistant turn: every dimension at `score`. */
export function judged(conversation: Conversation, score: number, intent?: string): Conversation {
  const scores = Object.fromEntries(DIMENSIONS.map((name) => [name, score])) as Record<Dimension, number>;
  const about = { turn: conversation.lastTurn, at: EpochMs(conversation.lastTurn * 1_000), scores };
  return afterSelfEvaluation(conversation, intent === undefined ? about : { ...about, intent });
}

/** A caller and assistant turn for each frustration. */
export const growing = (levels: readonly number[]): Conversation =>
  levels.reduce((conversation, frustration) => assistant(caller(conversation, { frustration })), fresh());
