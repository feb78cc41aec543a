import { feedCaseMetrics } from "../runtime/case-metrics.ts";
import type { LiveCalls } from "../runtime/live/live-calls.ts";
import type { GatewayNode } from "../runtime/node.ts";
import type { Bench } from "./bench.ts";

/** Everything that `/metrics` says of cases and calls, from now on. */
export function feedMetrics({ metrics, stores, log }: Bench, node: GatewayNode, live: LiveCalls): void {
  feedCaseMetrics(node.cases, metrics);
  metrics.gauge("warmline_live_calls", () => live.count());
  metrics.gauge("warmline_live_cases", () => node.cases.count());
  metrics.gauge("warmline_dial_queue", () => node.dialsWaiting());
  metrics.gauge("warmline_open_jobs", async () => {
    try {
      return await stores.journal.openJobs();
    } catch (err) {
      // The other figures are wanted most while the store is away.
      log.warn({ err }, "the open jobs could not be counted");
      return undefined;
    }
  });
}
