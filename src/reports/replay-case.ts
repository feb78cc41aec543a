// Decides a case again from its events. What comes out must be what was recorded: a difference is a bug, a changed
// record, or another release's rules.

import { decide } from "../handoff/decide.ts";
import type { HandoffPolicy } from "../handoff/policy.ts";
import { type CaseState, emptyCase } from "../handoff/state.ts";
import type { CaseEvent, EffectKind } from "../handoff/vocabulary.ts";

/** What the journal holds of one event. */
export type Recorded = {
  readonly seq: number;
  readonly event: CaseEvent;
  readonly actor: string;
  /** Name of the handoff's state after it. */
  readonly state: string;
};

export type ReplayStep = Recorded & { readonly decided: string; readonly effects: readonly EffectKind[] };

/** The first place where the record and the rules disagree, in a sentence. */
export type Difference = { readonly seq: number; readonly what: string };

export type Replay = { readonly steps: readonly ReplayStep[]; readonly difference?: Difference };

/** `last`: the stored snapshot, compared value by value after the last event. */
export function replayCase(
  record: readonly Recorded[],
  last: { readonly seq: number; readonly state: CaseState },
  policy: HandoffPolicy,
): Replay {
  const steps: ReplayStep[] = [];
  let state = emptyCase;
  let difference: Difference | undefined;
  for (const [place, entry] of record.entries()) {
    const decision = decide(state, entry.event, policy);
    state = decision.state;
    const decided = state.handoff.kind;
    steps.push({ ...entry, decided, effects: decision.effects.map(({ kind }) => kind) });
    difference ??= differenceAt(entry, place + 1, decided);
  }
  difference ??= atTheEnd(record.length, last, state);
  return { steps, ...(difference && { difference }) };
}

function differenceAt({ seq, event, state }: Recorded, place: number, decided: string): Difference | undefined {
  if (seq !== place) return { seq: place, what: `event ${place} is missing: the next one recorded is ${seq}` };
  if (decided === state) return undefined;
  return { seq, what: `after ${event.kind} the record says ${state}, the rules say ${decided}` };
}

function atTheEnd(
  events: number,
  last: { readonly seq: number; readonly state: CaseState },
  decided: CaseState,
): Difference | undefined {
  if (last.seq !== events) {
    return { seq: events + 1, what: `the record has ${events} events, its snapshot is that of event ${last.seq}` };
  }
  const found = firstDifference(last.state, decided, "");
  return found === undefined ? undefined : { seq: events, what: `the snapshot differs: ${found}` };
}

/** Where two values differ, by name; stored values have lost their absent fields. Says no value: it may be a caller's (H12). */
function firstDifference(recorded: unknown, decided: unknown, at: string): string | undefined {
  if (Object.is(recorded, decided)) return undefined;
  if (!isRecord(recorded) || !isRecord(decided)) return `${at === "" ? "the whole" : at} is not what the rules say`;
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(decided)])].toSorted();
  for (const name of names) {
    const found = firstDifference(recorded[name], decided[name], at === "" ? name : `${at}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
