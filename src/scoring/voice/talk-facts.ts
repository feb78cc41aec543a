/** Who was heard, and when. `atMs`: position in the call's audio, ms. */
export type TalkEvent = {
  readonly kind: "assistant-started" | "assistant-stopped" | "caller-started" | "caller-stopped";
  readonly atMs: number;
};

/** How the two parties' speech met. Facts for the escalation conversation, none of them a judgement. */
export type TalkFacts = {
  readonly assistantSince: number | undefined;
  readonly callerSince: number | undefined;
  /** Time in which both spoke. */
  readonly overlapMs: number;
  /** Times the caller spoke over the assistant for `BARGE_IN_MS` or more ("mhm" is shorter). */
  readonly bargeIns: number;
  /** From the end of the assistant's speech to the caller's next; absent when the caller did not wait for the end. */
  readonly lastLatencyMs: number | undefined;
  readonly answers: number;
  readonly latencySumMs: number;
  /** Stretches of `LONG_SILENCE_MS` or more in which nobody spoke, counted when they end. */
  readonly longSilences: number;
  readonly longestSilenceMs: number;
  /** The newest of the long ones. */
  readonly lastSilenceMs: number;
  /** When somebody was last audible; of who is speaking now, the start. */
  readonly lastHeardMs: number;
  /** The assistant has spoken since the caller last did: the caller's next speech is an answer. */
  readonly answerDue: boolean;
};

/** Speech over the assistant that is an interruption and no backchannel. */
const BARGE_IN_MS = 400;
/** Silence that says something about the caller or the line. Shorter ones are thinking. */
const LONG_SILENCE_MS = 4_000;

export const NOBODY_HEARD: TalkFacts = {
  assistantSince: undefined,
  callerSince: undefined,
  overlapMs: 0,
  bargeIns: 0,
  lastLatencyMs: undefined,
  answers: 0,
  latencySumMs: 0,
  longSilences: 0,
  longestSilenceMs: 0,
  lastSilenceMs: 0,
  lastHeardMs: 0,
  answerDue: false,
};

/**
 * The facts after one more event. A repeated start or stop changes nothing; a position before the last one is read as
 * the last one, so that no duration is negative.
 */
export function followTalk(facts: TalkFacts, event: TalkEvent): TalkFacts {
  const at = Math.max(event.atMs, facts.lastHeardMs, facts.assistantSince ?? 0, facts.callerSince ?? 0);
  switch (event.kind) {
    case "assistant-started":
      return facts.assistantSince === undefined ? { ...endSilence(facts, at), assistantSince: at } : facts;
    case "caller-started":
      return facts.callerSince === undefined ? callerStarted(facts, at) : facts;
    case "assistant-stopped":
      return facts.assistantSince === undefined
        ? facts
        : {
            ...endOverlap(facts, at),
            assistantSince: undefined,
            lastHeardMs: at,
            answerDue: facts.callerSince === undefined,
          };
    case "caller-stopped":
      return facts.callerSince === undefined
        ? facts
        : { ...endOverlap(facts, at), callerSince: undefined, lastHeardMs: at };
    default:
      return event.kind satisfies never;
  }
}

/** Milliseconds since anybody was audible; 0 while somebody speaks. */
export function silenceMs(facts: TalkFacts, nowMs: number): number {
  const speaking = facts.assistantSince !== undefined || facts.callerSince !== undefined;
  return speaking ? 0 : Math.max(0, nowMs - facts.lastHeardMs);
}

function endSilence(facts: TalkFacts, at: number): TalkFacts {
  const silent = silenceMs(facts, at);
  return {
    ...facts,
    longSilences: facts.longSilences + (silent >= LONG_SILENCE_MS ? 1 : 0),
    longestSilenceMs: Math.max(facts.longestSilenceMs, silent),
    lastSilenceMs: silent >= LONG_SILENCE_MS ? silent : facts.lastSilenceMs,
  };
}

function callerStarted(facts: TalkFacts, at: number): TalkFacts {
  const heard = { ...endSilence(facts, at), callerSince: at, answerDue: false };
  if (!facts.answerDue || facts.assistantSince !== undefined) return heard;
  const latency = at - facts.lastHeardMs;
  return {
    ...heard,
    lastLatencyMs: latency,
    answers: facts.answers + 1,
    latencySumMs: facts.latencySumMs + latency,
  };
}

/** Called when either party stops: both spoke from the later start until now. */
function endOverlap(facts: TalkFacts, at: number): TalkFacts {
  if (facts.assistantSince === undefined || facts.callerSince === undefined) return facts;
  const both = at - Math.max(facts.assistantSince, facts.callerSince);
  // Who began second interrupted: an assistant that starts over a talking caller is not a caller's barge-in.
  const interrupted = facts.callerSince > facts.assistantSince && both >= BARGE_IN_MS;
  return { ...facts, overlapMs: facts.overlapMs + both, bargeIns: facts.bargeIns + (interrupted ? 1 : 0) };
}
