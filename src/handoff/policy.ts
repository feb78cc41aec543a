/** The handoff's budget, in milliseconds from the decision where it says so. Defaults are design §2. */
export type HandoffPolicy = {
  /** Reservation must be answered by then; after it nobody is promised (H13). */
  readonly reserveMs: number;
  /** From the decision: how long the ring waits for the desk to have painted the packet. */
  readonly paintMs: number;
  /** From ringing: one agent's window. */
  readonly ringMs: number;
  /** From the dial: it must ring by then. */
  readonly ringsWithinMs: number;
  /** From the dial: it leaves our own queue by then, or nobody can be rung in time. */
  readonly queueMs: number;
  /** From the dial: an unanswered create may stay unknown for this long (H8), then the fallback begins. */
  readonly unknownMs: number;
  /** Consent at the desk while it rings: time to pick up. */
  readonly pickUpMs: number;
  /** From answering: the whisper and the key. */
  readonly whisperMs: number;
  /** From the caller's entry: the agent's audio must be up, else the carrier is asked; sooner where `audioByMs` is over. */
  readonly audioMs: number;
  /** From acceptance: the agent's audio must be up. */
  readonly audioByMs: number;
  /** From acceptance: the move is ordered by then, announced or not. */
  readonly announceMs: number;
  /** From acceptance: without a join event the caller goes in all the same. */
  readonly joinMs: number;
  /** From the order: the caller must have entered; then the second way is tried, once. */
  readonly moveMs: number;
  /** From the decision: an acceptance after this does not extend the window. */
  readonly acceptByMs: number;
  /** From the decision: the fallback is offered, whatever happened before. */
  readonly fallbackMs: number;
  /** How long the caller has to answer a fallback question. */
  readonly choiceMs: number;
  /** Questions asked before a ticket is opened instead. */
  readonly choiceTries: number;
  readonly askAgainMs: number;
  /** Somebody became free: asked again at once, but no sooner than this after the last answer. */
  readonly freedMs: number;
  readonly waitMaxMs: number;
  /** Hand-back and agent-lost: the assistant must be back by then. */
  readonly backMs: number;
  readonly wrapUpMs: number;
  /** A hold on an agent is prolonged to this from now, and lapses with the case if nobody does. */
  readonly reservationMs: number;
  readonly bridgeMaxMs: number;
  /** An agent already on the line when the caller leaves is released by then (H6). */
  readonly strayMs: number;
  /** The carrier is asked this often whether a caller is still on the line: news of a hang-up can be lost. */
  readonly callerLookMs: number;
  /** Agents asked before the fallback is offered. */
  readonly attemptsMax: number;
};

export const defaultPolicy: HandoffPolicy = {
  reserveMs: 1_500,
  paintMs: 300,
  ringMs: 12_000,
  ringsWithinMs: 8_000,
  queueMs: 12_000,
  unknownMs: 5_000,
  pickUpMs: 10_000,
  whisperMs: 12_000,
  audioMs: 1_000,
  audioByMs: 3_000,
  announceMs: 2_700,
  joinMs: 700,
  moveMs: 1_500,
  acceptByMs: 26_000,
  fallbackMs: 26_000,
  choiceMs: 12_000,
  choiceTries: 2,
  askAgainMs: 2_000,
  freedMs: 300,
  waitMaxMs: 600_000,
  backMs: 2_000,
  wrapUpMs: 60_000,
  reservationMs: 60_000,
  bridgeMaxMs: 14_400_000,
  strayMs: 5_500,
  callerLookMs: 120_000,
  attemptsMax: 3,
};
