// When the assistant may answer: after the fast path has judged the caller's turn, or a moment later without its words
// (design §2), and never while the caller speaks. Pure: times are passed in.

import { after, type EpochMs } from "../domain/time.ts";

type Waiting = { readonly item: string; readonly dueAt: EpochMs; readonly judged: boolean };

export type AnswerGate = { readonly speaking: boolean; readonly waiting: readonly Waiting[] };

export const openGate: AnswerGate = { speaking: false, waiting: [] };

export type GateEvent =
  | { readonly kind: "speech-started" }
  | { readonly kind: "speech-ended" }
  /** The caller's turn is complete; its words may come later. */
  | { readonly kind: "turn"; readonly item: string; readonly at: EpochMs; readonly waitMs: number }
  /** `answer`: the assistant's to answer. `handled`: the system speaks, or nobody has to. */
  | { readonly kind: "judged"; readonly item: string; readonly verdict: "answer" | "handled" }
  | { readonly kind: "time"; readonly at: EpochMs }
  /** Nothing that was said until now is to be answered. */
  | { readonly kind: "clear" };

/** `answer`: ask the assistant for one reply now, to everything that was waiting. */
export function stepGate(gate: AnswerGate, event: GateEvent): { readonly gate: AnswerGate; readonly answer: boolean } {
  switch (event.kind) {
    case "speech-started":
      return { gate: { ...gate, speaking: true }, answer: false };
    case "speech-ended":
      return released({ ...gate, speaking: false });
    case "turn":
      return { gate: withTurn(gate, event), answer: false };
    case "judged":
      return judged(gate, event);
    case "time":
      return released(gate, event.at);
    case "clear":
      return { gate: { ...gate, waiting: [] }, answer: false };
    default:
      return event satisfies never;
  }
}

/** When `time` is to be told; `undefined`: nothing waits. */
export function gateWakesAt(gate: AnswerGate): EpochMs | undefined {
  if (gate.speaking) return undefined;
  return gate.waiting.reduce<EpochMs | undefined>(
    (first, { dueAt }) => (first === undefined || dueAt < first ? dueAt : first),
    undefined,
  );
}

function withTurn(gate: AnswerGate, turn: Extract<GateEvent, { kind: "turn" }>): AnswerGate {
  if (gate.waiting.some((one) => one.item === turn.item)) return gate;
  const waiting = { item: turn.item, dueAt: after(turn.at, turn.waitMs), judged: false };
  return { ...gate, waiting: [...gate.waiting, waiting].slice(-8) };
}

function judged(
  gate: AnswerGate,
  event: Extract<GateEvent, { kind: "judged" }>,
): { readonly gate: AnswerGate; readonly answer: boolean } {
  const place = gate.waiting.findIndex((one) => one.item === event.item);
  if (place < 0) return { gate, answer: false };
  // What the system answers settles everything that was said before it too.
  if (event.verdict === "handled") return { gate: { ...gate, waiting: gate.waiting.slice(place + 1) }, answer: false };
  const waiting = gate.waiting.map((one, at) => (at === place ? { ...one, judged: true } : one));
  return released({ ...gate, waiting });
}

function released(gate: AnswerGate, at?: EpochMs): { readonly gate: AnswerGate; readonly answer: boolean } {
  const ready = gate.waiting.some((one) => one.judged || (at !== undefined && one.dueAt <= at));
  if (gate.speaking || !ready) return { gate, answer: false };
  return { gate: { ...gate, waiting: [] }, answer: true };
}
