import type { ReadyCheck } from "../http/health-routes.ts";
import { type Admission, createAdmission } from "../runtime/admission.ts";
import { type AccountPlaces, openAccountPlaces } from "../runtime/fleet/account-places.ts";
import type { GatewayNode } from "../runtime/node.ts";
import type { CallId } from "../domain/ids.ts";
import type { Bench, Late } from "./bench.ts";

export type AdmitCalls = {
  /** May this call have an assistant? */
  readonly admit: (call: CallId) => Promise<boolean>;
  /** Says "full" in `/readyz`. */
  readonly check: ReadyCheck;
  /**
   * Counts each call once, and gives the places back of callers who leave before their media come; the result ends
   * everything.
   */
  follow(node: GatewayNode): () => void;
};

/** The limits of live calls, of this node and of all nodes together. */
export function admitCalls(bench: Bench, late: Late): AdmitCalls {
  const { settings, clock, log, metrics } = bench;
  const live = () => late.live?.calls() ?? [];
  const account = accountPlaces(bench, live);
  const admission: Admission = createAdmission({ limits: settings.calls, live, account, clock });
  return {
    admit: async (call) => {
      const { answer, again } = await admission.ask(call);
      if (!again && answer !== "admitted") log.warn({ call, reason: answer }, "a call was served without an assistant");
      return answer === "admitted";
    },
    check: {
      name: "calls",
      required: false,
      full: true,
      check: () => {
        const why = admission.full();
        return Promise.resolve(why === undefined ? { ok: true } : { ok: false, why });
      },
    },
    follow: ({ cases }) => {
      const unfollow = cases.onCommit((_caseId, { caller }, event) => {
        // A call arrives once, whichever gateways the carrier asks again.
        const answer = event.kind === "call-arrived" ? admission.answered(event.call) : undefined;
        if (answer !== undefined) metrics.count("warmline_admissions_total", { answer });
        if (caller?.place === "gone") admission.left(caller.call);
      });
      return () => {
        unfollow();
        account?.close();
      };
    },
  };
}

function accountPlaces(bench: Bench, live: () => readonly CallId[]): AccountPlaces | undefined {
  const { settings, stores, nodes, clock, log } = bench;
  const { perAccount: limit } = settings.calls;
  return limit === undefined ? undefined : openAccountPlaces({ limit, places: stores.places, nodes, live, clock, log });
}
