import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { HostedVisits, Visit } from "../../ports/hosted-assistant.ts";
import type { RetellCall } from "./retell-call.ts";

/** The vendor's analysis comes within seconds of the end; a registration lapses after five minutes. */
const KEPT_AFTER_END_MS = 120_000;
const KEPT_MAX = 2_000;

/** The calls of this node at the vendor, by visit. */
export type RetellCalls = {
  /** The call of this visit; `make` when there is none yet. */
  of(visit: Visit, make: () => RetellCall): RetellCall;
  /** The call of a token in the vendor's metadata; `undefined`: forged, or none of ours. */
  byToken(token: string | undefined, make: (visit: Visit) => RetellCall): RetellCall | undefined;
  /** A visit of ours that this node does not look after: another one may. */
  elsewhere(token: string | undefined): Visit | undefined;
  /** It is over: kept a while for what still comes. */
  over(visit: Visit): void;
  close(): void;
};

export function createRetellCalls(visits: Pick<HostedVisits, "read">, clock: Clock): RetellCalls {
  const calls = new Map<string, RetellCall>();
  const forget = (visit: string): void => {
    calls.get(visit)?.close();
    calls.delete(visit);
  };
  const of: RetellCalls["of"] = (visit, make) => {
    const known = calls.get(visit.visit);
    if (known !== undefined) return known;
    const [oldest] = calls.keys();
    if (calls.size >= KEPT_MAX && oldest !== undefined) forget(oldest);
    const call = make();
    calls.set(visit.visit, call);
    return call;
  };
  return {
    of,
    byToken: (token, make) => {
      const visit = token === undefined ? undefined : visits.read(token);
      return visit === undefined ? undefined : of(visit, () => make(visit));
    },
    elsewhere: (token) => {
      const visit = token === undefined ? undefined : visits.read(token);
      return visit === undefined || calls.get(visit.visit)?.isHere ? undefined : visit;
    },
    over: ({ visit }) => void clock.at(after(clock.now(), KEPT_AFTER_END_MS), () => forget(visit)),
    close: () => {
      for (const visit of calls.keys()) forget(visit);
    },
  };
}
