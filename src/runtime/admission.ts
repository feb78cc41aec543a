// How many calls may have an assistant at once. Beyond it a caller hears at once that all lines are busy and is offered a
// callback by keys, which needs neither media nor a model (design §7).

import type { CallId } from "../domain/ids.ts";
import { after, type EpochMs } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { AccountPlaces } from "./fleet/account-places.ts";

export type AdmissionAnswer = "admitted" | "node-full" | "account-full";

export type Admission = {
  /**
   * May this call have an assistant? An admitted call has its place until its media come, or for 20 s. `again`: it was
   * asked before, and this is the answer of then.
   */
  ask(call: CallId): Promise<{ readonly answer: AdmissionAnswer; readonly again: boolean }>;
  /** What this node answered lately; `undefined`: it was not asked, or knows no answer yet. */
  answered(call: CallId): AdmissionAnswer | undefined;
  /** The caller is gone before their media came. */
  left(call: CallId): void;
  /** Why the next call would be refused; `undefined`: it would not. */
  full(): string | undefined;
};

type Deps = {
  readonly limits: { readonly perNode: number };
  /** Calls whose media are on this node. */
  readonly live: () => readonly CallId[];
  /** The limit of all gateways together; absent: there is none. */
  readonly account?: Omit<AccountPlaces, "close"> | undefined;
  readonly clock: Pick<Clock, "now">;
};

type Asked = {
  readonly until: EpochMs;
  readonly answer: Promise<AdmissionAnswer>;
  refused: boolean;
  given?: AdmissionAnswer;
};

/** The opening is spoken before the media stream begins; a call that has none after this has none. */
const EXPECTED_MS = 20_000;

/** A call that is admitted counts at once, however many come in the same moment. */
export function createAdmission({ limits, live, account, clock }: Deps): Admission {
  // The carrier repeats a request whose answer it did not get.
  const asked = new Map<CallId, Asked>();
  const here = (): ReadonlySet<CallId> => {
    const now = clock.now();
    for (const [call, { until }] of asked) if (until <= now) asked.delete(call);
    const expected = [...asked].filter(([, { refused }]) => !refused).map(([call]) => call);
    return new Set([...live(), ...expected]);
  };
  const ofAccount = async (call: CallId, until: EpochMs, others: number): Promise<AdmissionAnswer> =>
    account !== undefined && (await account.take(call, until, others)) === "full" ? "account-full" : "admitted";
  return {
    ask: async (call) => {
      const calls = here();
      const before = asked.get(call);
      if (before) return { answer: await before.answer, again: true };
      if (calls.has(call)) return { answer: "admitted", again: true };
      const until = after(clock.now(), EXPECTED_MS);
      const refused = calls.size >= limits.perNode;
      const answer = refused ? Promise.resolve("node-full" as const) : ofAccount(call, until, calls.size);
      const entry: Asked = { until, answer, refused };
      asked.set(call, entry);
      const given = await answer;
      entry.refused = given !== "admitted";
      entry.given = given;
      return { answer: given, again: false };
    },
    answered: (call) => asked.get(call)?.given,
    left: (call) => {
      asked.delete(call);
      account?.left(call);
    },
    full: () => {
      const { size } = here();
      if (size >= limits.perNode) return `full: ${size} of ${limits.perNode} calls on this gateway`;
      return account?.full(size);
    },
  };
}
