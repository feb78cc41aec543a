import { emptyCase } from "../../src/handoff/state.ts";
import { agent, at, callbackOf, commit, endLeg, escalationPart } from "../stores/values.ts";

/** A case that holds these agents, with one job. */
export const holds = (call: string, seq: number, held: readonly string[]) =>
  commit(call, seq, { held: held.map(agent), jobs: [{ id: `${call}-${seq}`, effect: endLeg("x") }] });

/** One escalation after the other, two in the same millisecond. */
export const put = (n: number, over: Parameters<typeof escalationPart>[1] = {}) =>
  commit(`c${n}`, 1, {
    state: {
      ...emptyCase,
      escalation: escalationPart(`e${n}`, { decidedAt: at(1_000 + Math.floor(n / 2)), ...over }),
    },
  });

/** A case with a callback that is due. */
export const promised = (n: number, dueAt: number) =>
  commit(`c${n}`, 1, {
    state: { ...emptyCase, escalation: escalationPart(`e${n}`, { callback: callbackOf(`b${n}`, dueAt) }) },
  });
