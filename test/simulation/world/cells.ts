// The state × event cells of the machine, for saying which of them no run has ever reached with an effect.
import type { HandoffKind } from "../../../src/handoff/state.ts";
import type { CaseEventKind } from "../../../src/handoff/vocabulary.ts";
import { events, handoffs } from "../../handoff/scenes.ts";

const states = Object.keys(handoffs) as HandoffKind[];
const kinds = Object.keys(events) as CaseEventKind[];

export const cellOf = (state: HandoffKind, event: CaseEventKind): string => `${state} × ${event}`;

export const unreachedCells = (reached: ReadonlySet<string>): readonly string[] =>
  states.flatMap((state) => kinds.map((kind) => cellOf(state, kind))).filter((cell) => !reached.has(cell));
