import type { ReadyCheck } from "../http/health-routes.ts";
import { type Admission, createAdmission } from "../runtime/admission.ts";
import { countElsewhere } from "../runtime/fleet/count-elsewhere.ts";
import type { GatewayNode } from "../runtime/node.ts";
import type { CallId } from "../domain/ids.ts";
import { type Bench, type Late, there } from "./bench.ts";

export type AdmitCalls = {
  /** May this call have an assistant? Counted. */
  readonly admit: (call: CallId) => boolean;
  /** Says "full" in `/readyz`. */
  readonly check: ReadyCheck;
  /** Gives the places back of callers who leave before their media come; the result ends everything. */
  follow(node: GatewayNode): () => void;
};

/** The limits of live calls, of this node and of all nodes together. */
export function admitCalls(bench: Bench, late: Late): AdmitCalls {
  const { settings, stores, nodeId, clock, log, metrics } = bench;
  const limits = settings.calls;
  const others =
    limits.perAccount === undefined ? undefined : countElsewhere({ node: nodeId, leases: stores.leases, clock, log });
  const admission: Admission = createAdmission({
    limits,
    live: () => there(late.live).calls(),
    elsewhere: () => others?.count() ?? 0,
    clock,
  });
  return {
    admit: (call) => {
      const answer = admission.ask(call);
      metrics.count("warmline_admissions_total", { answer });
      if (answer !== "admitted") log.warn({ call, reason: answer }, "a call was served without an assistant");
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
      const unfollow = cases.onCommit((_caseId, { caller }) => {
        if (caller?.place === "gone") admission.left(caller.call);
      });
      return () => {
        unfollow();
        others?.close();
      };
    },
  };
}
