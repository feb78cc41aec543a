// The figures come out of what was committed: one case is played over the memory journal, and /metrics read afterwards.
import { beforeEach, describe, expect, test } from "vitest";
import { AgentId, CallId, EscalationId, LegId, NodeId, OfferId, OwnerToken, QueueId } from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import type { LineId } from "../../src/handoff/lines.ts";
import type { News } from "../../src/ports/cases.ts";
import { type CaseLoop, createCaseLoop } from "../../src/runtime/case-loop.ts";
import { feedCaseMetrics, recordLineStage, samplesOf } from "../../src/runtime/case-metrics.ts";
import { measuredJournal } from "../../src/runtime/measured-journal.ts";
import { randomIds } from "../../src/runtime/random-ids.ts";
import { createMemoryJournal } from "../../src/stores/memory/journal.ts";
import { createMetrics, type Metrics } from "../../src/telemetry/metrics.ts";
import { fakeClock } from "../stores/fake-clock.ts";
import { silentLog } from "../support/silent-log.ts";

const START = 1_000_000;
const CALL = CallId("call-1");
const OFFER = OfferId("off-1");
const AGENT_LEG = LegId("leg-agent");
const target = { queue: QueueId("general"), skills: [], team: "our team" };

const arrived: News = {
  kind: "call-arrived",
  call: CALL,
  leg: LegId("leg-caller"),
  mode: "assistant",
  language: "en",
  target,
  canCallBack: true,
};
const decided: News = {
  kind: "escalation-decided",
  escalation: EscalationId("esc-1"),
  target,
  priority: "medium",
  decision: {
    trigger: "explicit-request",
    because: "asked",
    evidence: [0],
    signals: {},
    thresholds: {},
    policyRevision: "1",
  },
};
const reserved = (attempt = 1, offer = OFFER): News => ({
  kind: "agent-reserved",
  attempt,
  offer,
  agent: AgentId(`agent-${attempt}`),
  agentName: "Dana",
  token: OwnerToken(`esc-1.1.${attempt}`),
  device: "phone",
});

let loop: CaseLoop;
let metrics: Metrics;
let clock: ReturnType<typeof fakeClock>;
beforeEach(() => {
  clock = fakeClock(EpochMs(START));
  metrics = createMetrics({ processMetrics: false });
  loop = createCaseLoop({
    shared: false,
    decide,
    journal: measuredJournal(createMemoryJournal(), metrics),
    clock,
    ids: randomIds,
    node: NodeId("node-1"),
    policy: defaultPolicy,
    callbackDueMs: 60_000,
    log: silentLog,
  });
  loop.performWith(() => undefined);
  feedCaseMetrics(loop, metrics);
});

/** Events at their milliseconds from the start. */
async function play(...script: readonly (readonly [atMs: number, news: News])[]): Promise<void> {
  for (const [atMs, news] of script) {
    clock.passTo(START + atMs);
    await loop.idle();
    await loop.deliver(CALL, news, "test");
  }
}

/** One sample of the exposition, by its name and labels. */
async function figure(sample: string): Promise<number | undefined> {
  const line = (await metrics.text()).split("\n").find((one) => one.startsWith(`${sample} `));
  return line === undefined ? undefined : Number(line.slice(sample.length + 1));
}
const stage = async (name: string) => ({
  seconds: await figure(`warmline_stage_seconds_sum{stage="${name}"}`),
  count: await figure(`warmline_stage_seconds_count{stage="${name}"}`),
});

const UNTIL_RINGING: readonly (readonly [number, News])[] = [
  [0, arrived],
  [10, { kind: "assistant-started", stream: "MZ1" }],
  [1_000, decided],
  [1_050, reserved()],
  [1_200, { kind: "packet-painted", offer: OFFER, version: 1, hash: "h" }],
  [1_400, { kind: "dial-accepted", offer: OFFER, leg: AGENT_LEG }],
  [2_600, { kind: "agent-leg-ringing", offer: OFFER, leg: AGENT_LEG }],
];

const UNTIL_BRIDGED: readonly (readonly [number, News])[] = [
  ...UNTIL_RINGING,
  [4_000, { kind: "agent-leg-answered", offer: OFFER, leg: AGENT_LEG }],
  [5_000, { kind: "agent-consented", offer: OFFER, via: "key" }],
  [5_100, { kind: "agent-joined", offer: OFFER, leg: AGENT_LEG }],
  [6_000, { kind: "line-ended", line: "announce" }],
  [6_700, { kind: "caller-joined" }],
];

/** The line's first audio is sent to the caller. */
async function hears(line: LineId, atMs: number): Promise<void> {
  recordLineStage(metrics, { line, state: await loop.state(CALL), at: EpochMs(START + atMs) });
}

describe("a case that ends well", () => {
  test("each stage is measured from the decision, once", async () => {
    await play(...UNTIL_BRIDGED);
    expect(await stage("reserved")).toEqual({ seconds: 0.05, count: 1 });
    expect(await stage("painted")).toEqual({ seconds: 0.2, count: 1 });
    expect(await stage("dialled")).toEqual({ seconds: 0.4, count: 1 });
    expect(await stage("ringing")).toEqual({ seconds: 1.6, count: 1 });
    expect(await stage("accepted")).toEqual({ seconds: 4, count: 1 });
    expect(await stage("move-ordered")).toEqual({ seconds: 5, count: 1 });
    expect(await stage("moved")).toEqual({ seconds: 5.7, count: 1 });
    expect(await stage("bridged")).toEqual({ seconds: 5.7, count: 1 });
    expect((await stage("fallback")).count).toBeUndefined();
    expect(await figure("warmline_move_seconds_count")).toBe(1);
    expect(await figure("warmline_move_seconds_sum")).toBeCloseTo(0.7);
  });

  test("a promise counts when it begins, whatever was ordered before and whatever else is said", async () => {
    await play(...UNTIL_RINGING.slice(0, 4));
    expect((await stage("promised")).count).toBeUndefined();
    await hears("holding-1", 1_500);
    await hears("promise", 1_900);
    expect(await stage("promised")).toEqual({ seconds: 0.9, count: 1 });
  });

  test("every limit of the budget is the edge of a bucket", async () => {
    await play(...UNTIL_BRIDGED);
    const edges =
      (await metrics.text()).match(/stage_seconds_bucket\{le="[\d.]+",stage="bridged"\}/gu)?.join(" ") ?? "";
    for (const limit of [0.1, 0.3, 0.5, 1, 1.5, 2, 20, 28, 30]) expect(edges).toContain(`le="${limit}"`);
    expect(await figure('warmline_move_seconds_bucket{le="1.5"}')).toBe(1);
  });

  test("the decision, the offer, the handoff and the kept promise are counted once, repetitions and the end included", async () => {
    await play(
      ...UNTIL_BRIDGED,
      [6_800, { kind: "caller-joined" }],
      [6_900, decided],
      [6_950, { kind: "agent-leg-ringing", offer: OFFER, leg: AGENT_LEG }],
      [60_000, { kind: "agent-ended", agent: AgentId("agent-1") }],
      [61_000, { kind: "wrapped-up", agent: AgentId("agent-1"), disposition: "resolved", resolved: true }],
    );
    expect((await loop.state(CALL))?.handoff).toEqual({ kind: "closed", outcome: "bridged" });
    expect(await figure('warmline_escalations_total{trigger="explicit-request"}')).toBe(1);
    expect(await figure('warmline_offers_total{outcome="accepted"}')).toBe(1);
    expect(await figure('warmline_handoffs_total{outcome="bridged"}')).toBe(1);
    expect(await figure('warmline_promises_total{kind="person",kept="yes"}')).toBe(1);
    expect(await figure("warmline_commit_seconds_count")).toBeGreaterThanOrEqual(UNTIL_BRIDGED.length);
  });

  test("a case at rest is looked after no more", async () => {
    await play(...UNTIL_RINGING);
    expect(loop.count()).toBe(1);
    await play(
      [3_000, { kind: "caller-left" }],
      [3_100, { kind: "agent-leg-ended", offer: OFFER, leg: AGENT_LEG, how: "cancelled", raw: "x" }],
    );
    expect(loop.count()).toBe(0);
  });
});

describe("a case that does not", () => {
  test("a refused dial, then nobody: fault, offer, fallback, the broken promise, and the callback that was made", async () => {
    const refused = { outcome: "carrier-fault", raw: "21215" } as const;
    await play(
      ...UNTIL_RINGING.slice(0, 5),
      [1_300, { kind: "dial-refused", offer: OFFER, fault: refused }],
      [1_500, { kind: "no-agent-free", attempt: 2, why: "all-busy" }],
    );
    expect((await stage("fallback")).count).toBeUndefined();
    await hears("offer-after-attempts", 2_200);
    await play([3_000, { kind: "caller-pressed", key: "2" }], [5_000, { kind: "caller-pressed", key: "1" }]);
    // With an assistant on the line the question counts when it begins, and once.
    expect(await stage("fallback")).toEqual({ seconds: 1.2, count: 1 });
    expect(await figure('warmline_faults_total{blame="carrier",code="dial-refused"}')).toBe(1);
    expect(await figure('warmline_offers_total{outcome="carrier-fault"}')).toBe(1);
    expect(await figure('warmline_handoffs_total{outcome="callback"}')).toBe(1);
    expect(await figure('warmline_promises_total{kind="person",kept="no"}')).toBe(1);
    expect(await figure('warmline_promises_total{kind="callback",kept="made"}')).toBe(1);
  });

  test("in the carrier's menu the question counts when it is ordered: the carrier says it at once", async () => {
    const toPeople: News = { ...arrived, mode: "queue" };
    await play([0, toPeople], [800, { kind: "no-agent-free", attempt: 1, why: "all-busy" }]);
    expect(await stage("fallback")).toEqual({ seconds: 0.8, count: 1 });
  });

  test("a caller who leaves while it rings releases us from the promise", async () => {
    await play(...UNTIL_RINGING, [3_000, { kind: "caller-left" }]);
    expect(await figure('warmline_handoffs_total{outcome="abandoned"}')).toBe(1);
    expect(await figure('warmline_offers_total{outcome="caller-left"}')).toBe(1);
    expect(await figure('warmline_promises_total{kind="person",kept="released"}')).toBe(1);
  });

  test("the stages of a second agent say nothing about the first one's budget, acceptance does", async () => {
    const second = OfferId("off-2");
    await play(
      ...UNTIL_RINGING,
      [3_000, { kind: "agent-declined", offer: OFFER }],
      [3_100, reserved(2, second)],
      [3_200, { kind: "packet-painted", offer: second, version: 1, hash: "h" }],
      [3_300, { kind: "dial-accepted", offer: second, leg: LegId("leg-2") }],
      [4_000, { kind: "agent-leg-ringing", offer: second, leg: LegId("leg-2") }],
      [5_000, { kind: "agent-leg-answered", offer: second, leg: LegId("leg-2") }],
      [6_000, { kind: "agent-consented", offer: second, via: "key" }],
    );
    expect((await stage("reserved")).count).toBe(1);
    expect((await stage("ringing")).count).toBe(1);
    expect(await stage("accepted")).toEqual({ seconds: 5, count: 1 });
    expect(await figure('warmline_offers_total{outcome="declined"}')).toBe(1);
  });

  test("a presence store that does not answer is the store's fault", async () => {
    await play(...UNTIL_RINGING.slice(0, 3), [
      1_100,
      { kind: "no-agent-free", attempt: 1, why: "presence-unavailable" },
    ]);
    expect(await figure('warmline_faults_total{blame="store",code="presence-unavailable"}')).toBe(1);
  });

  test("a commit that changes nothing of interest has no samples", async () => {
    await play(arrivedOnly);
    const state = await loop.state(CALL);
    if (!state) throw new Error("the call did not arrive");
    expect(samplesOf({ before: state, after: state, event: { kind: "time-passed", at: clock.now() } })).toEqual([]);
  });
});

const arrivedOnly = [0, arrived] as const;
