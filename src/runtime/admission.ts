// How many calls may have an assistant at once. Beyond it a caller hears at once that all lines are busy and is offered a
// callback by keys, which needs neither media nor a model (design §7).

import type { CallId } from "../domain/ids.ts";
import { after, type EpochMs } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";

export type AdmissionAnswer = "admitted" | "node-full" | "account-full";

export type Admission = {
  /** May this call have an assistant? An admitted call has its place until its media come, or for 20 s. */
  ask(call: CallId): AdmissionAnswer;
  /** The caller is gone before their media came. */
  left(call: CallId): void;
  /** Why the next call would be refused; `undefined`: it would not. */
  full(): string | undefined;
};

type Deps = {
  readonly limits: { readonly perNode: number; readonly perAccount?: number };
  /** Calls whose media are on this node. */
  readonly live: () => readonly CallId[];
  /** Calls on the other nodes, as last heard. */
  readonly elsewhere: () => number;
  readonly clock: Pick<Clock, "now">;
};

/** The opening is spoken before the media stream begins; a call that has none after this has none. */
const EXPECTED_MS = 20_000;

/** Answers from this node's memory: a call that is admitted counts at once, however many come in the same moment. */
export function createAdmission({ limits, live, elsewhere, clock }: Deps): Admission {
  const expected = new Map<CallId, EpochMs>();
  const here = (): ReadonlySet<CallId> => {
    const now = clock.now();
    for (const [call, until] of expected) if (until <= now) expected.delete(call);
    return new Set([...live(), ...expected.keys()]);
  };
  const answerFor = (count: number): AdmissionAnswer => {
    if (count >= limits.perNode) return "node-full";
    return count + elsewhere() >= (limits.perAccount ?? Infinity) ? "account-full" : "admitted";
  };
  return {
    ask: (call) => {
      const calls = here();
      // The carrier repeats a request whose answer it did not get.
      const answer = calls.has(call) ? "admitted" : answerFor(calls.size);
      if (answer === "admitted") expected.set(call, after(clock.now(), EXPECTED_MS));
      return answer;
    },
    left: (call) => void expected.delete(call),
    full: () => {
      const { size } = here();
      switch (answerFor(size)) {
        case "admitted":
          return undefined;
        case "node-full":
          return `full: ${size} of ${limits.perNode} calls on this gateway`;
        case "account-full":
          return `full: ${size + elsewhere()} of ${limits.perAccount ?? 0} calls of the account`;
        default:
          return undefined;
      }
    },
  };
}
