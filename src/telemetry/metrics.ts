import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** Everything that is counted, with its labels: closed sets only, never a caller, an agent or a case. */
const COUNTERS = {
  warmline_http_requests_total: { help: "HTTP requests answered.", labels: ["method", "route", "status"] },
  warmline_escalations_total: { help: "Decisions to get a person.", labels: ["trigger"] },
  warmline_offers_total: { help: "Offers that ended.", labels: ["outcome"] },
  warmline_handoffs_total: { help: "Handoffs that ended.", labels: ["outcome"] },
  warmline_effects_total: { help: "Effects performed.", labels: ["effect", "result"] },
  warmline_faults_total: { help: "Expected failures, by whose doing.", labels: ["blame", "code"] },
  warmline_promises_total: { help: "Promises made to callers.", labels: ["kind", "kept"] },
  warmline_admissions_total: { help: "Calls that asked for an assistant, by the answer.", labels: ["answer"] },
  warmline_line_seconds_total: { help: "Audio of callers that was looked at, by what was in it.", labels: ["sound"] },
  warmline_audio_dropped_total: { help: "Pieces of audio that could not be passed on in time.", labels: ["towards"] },
} as const;

const HISTOGRAMS = {
  warmline_http_seconds: {
    help: "Time to answer a request.",
    labels: ["method", "route"],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  },
  /** The budget of a handoff, from the decision (t0). */
  warmline_stage_seconds: {
    help: "From the decision to a stage of the handoff.",
    labels: ["stage"],
    // Every limit of the budget is an edge, so that a share of kept ones can be read off.
    buckets: [0.05, 0.1, 0.2, 0.3, 0.5, 1, 1.5, 2, 5, 10, 20, 28, 30, 60],
  },
  warmline_move_seconds: {
    help: "From the order that moves the caller to the bridge.",
    labels: [],
    buckets: [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 5],
  },
  warmline_commit_seconds: {
    help: "Time to commit an event.",
    labels: [],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1],
  },
} as const;

const GAUGES = {
  warmline_desks: "Desk tabs connected to this node.",
  warmline_live_calls: "Calls whose media is on this node.",
  warmline_live_cases: "Cases this node looks after.",
  warmline_dial_queue: "Outbound calls waiting for their second.",
  warmline_open_jobs: "Effects committed and not yet confirmed.",
  warmline_spool_commits: "Events that only this node's disk has, because the database is away.",
  warmline_spool_writes: "Turns, packets and the like that only this node's disk has.",
  warmline_spool_bytes: "Size of this node's spool.",
  warmline_spool_limit_bytes: "What this node's spool may grow to; beyond it nothing more is kept.",
  warmline_spool_lost: "Spooled events that another node had overtaken, since the start.",
} as const;

type CounterName = keyof typeof COUNTERS;
type HistogramName = keyof typeof HISTOGRAMS;
type GaugeName = keyof typeof GAUGES;
type Labels<L extends { readonly labels: readonly string[] }> = { readonly [K in L["labels"][number]]: string };

export type Metrics = {
  /** `by` is at least 0; 1 unless said. */
  count<N extends CounterName>(name: N, labels: Labels<(typeof COUNTERS)[N]>, by?: number): void;
  /** `value` in seconds. */
  observe<N extends HistogramName>(name: N, labels: Labels<(typeof HISTOGRAMS)[N]>, value: number): void;
  /** Read at every scrape. A figure that cannot be had now is left out of it: `undefined`. */
  gauge(name: GaugeName, read: () => number | Promise<number | undefined>): void;
  /** The Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
};

/** One registry a process; `processMetrics: false` leaves Node's own figures out (tests). */
export function createMetrics(options: { readonly processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry();
  if (options.processMetrics !== false) collectDefaultMetrics({ register: registry });
  const counters = new Map(
    Object.entries(COUNTERS).map(([name, { help, labels }]) => [
      name,
      new Counter({ name, help, labelNames: [...labels], registers: [registry] }),
    ]),
  );
  const histograms = new Map(
    Object.entries(HISTOGRAMS).map(([name, { help, labels, buckets }]) => [
      name,
      new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers: [registry] }),
    ]),
  );
  return {
    count: (name, labels, by = 1) => counters.get(name)?.inc(labels, by),
    observe: (name, labels, value) => histograms.get(name)?.observe(labels, value),
    gauge(name, read) {
      registry.removeSingleMetric(name);
      const gauge: Gauge = new Gauge({
        name,
        help: GAUGES[name],
        registers: [registry],
        collect: async () => {
          const value = await read();
          if (value === undefined) gauge.reset();
          else gauge.set(value);
        },
      });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
