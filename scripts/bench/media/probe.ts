// Loaded before the process that is measured (`--import`): answers what it has used so far.

export type ProbeAnswer = {
  readonly probe: number;
  readonly cpuMs: number;
  /** After a collection: what is really held. */
  readonly heldBytes: number;
  readonly rssBytes: number;
};

process.on("message", (question: unknown) => {
  if (typeof question !== "object" || question === null || !("probe" in question)) return;
  const { probe } = question as { probe: number };
  if ("collect" in question) globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { heapUsed, external, rss } = process.memoryUsage();
  const answer: ProbeAnswer = {
    probe,
    cpuMs: (user + system) / 1_000,
    heldBytes: heapUsed + external,
    rssBytes: rss,
  };
  process.send?.(answer);
});
// Without the parent there is nobody to measure for.
process.on("disconnect", () => process.exit(0));
