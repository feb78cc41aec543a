// The state × event cells of the machine, for saying which of them no run has ever reached with an effect, and which of
// them never after which fault had struck.
import type { HandoffKind } from "../../../src/handoff/state.ts";
import type { CaseEventKind } from "../../../src/handoff/vocabulary.ts";
import { decide } from "../../../src/handoff/decide.ts";
import { defaultPolicy } from "../../../src/handoff/policy.ts";
import { events, handoffs, stateOf } from "../../handoff/scenes.ts";

const states = Object.keys(handoffs) as HandoffKind[];
const kinds = Object.keys(events) as CaseEventKind[];

export const cellOf = (state: HandoffKind, event: CaseEventKind): string => `${state} × ${event}`;

/** A cell that had an effect after the fault had struck in the same run. */
export const pairOf = (fault: string, cell: string): string => `${fault}: ${cell}`;

export const unreachedPairs = (
  faults: readonly string[],
  cells: ReadonlySet<string>,
  pairs: ReadonlySet<string>,
): readonly string[] =>
  faults
    .flatMap((fault) => [...cells].toSorted().map((cell) => pairOf(fault, cell)))
    .filter((pair) => !pairs.has(pair));

/** Never reached with an effect, although the example of the machine's own table has one. */
export const unreachedCells = (reached: ReadonlySet<string>): readonly string[] =>
  states.flatMap((state) =>
    kinds
      .filter((kind) => !reached.has(cellOf(state, kind)) && hasEffect(state, kind))
      .map((kind) => cellOf(state, kind)),
  );

function hasEffect(kind: HandoffKind, event: CaseEventKind): boolean {
  const before = stateOf(kind);
  const { state, effects } = decide(before, events[event], defaultPolicy);
  return effects.length > 0 || state !== before;
}
