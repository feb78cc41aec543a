// What a call's media cost the gateway, against a bare `ws` relay that forwards the same frames unread: both run in the
// same session, in turns, on one core. Also: memory a call, and how long a frame takes through.
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import {
  ACCOUNT,
  type CarrierSide,
  type Kind,
  NUMBER,
  startCarrierSide,
  type Target,
  TOKEN,
} from "./media/carrier-side.ts";
import { createFrameLedger, type FrameLedger, type LedgerFigures } from "./media/frame-ledger.ts";
import { canPin, freePort, type Measured, pin, startMeasured } from "./media/measured-process.ts";
import { type ModelSide, startModelSide } from "./media/model-side.ts";

const CALLS = Number(process.env["BENCH_CALLS"] ?? 150);
/**
 * The machine's own pace varies by a quarter from one half minute to the next: both have their calls open all the time, and
 * take turns so short that they meet the same pace.
 */
const ROUNDS = 24;
const TURN_MS = 2_000;
/** What is under way when they change has arrived by then. */
const CHANGE_MS = 400;
/** Rounds in which the sender was late do not count, and are run again: frames that come in heaps are no fifty a second. */
const ROUNDS_MAX = 60;
const LATE_MAX_MS = 15;
/** Before anything is counted: greetings are over, the assistant is speaking, the code is warm. */
const SETTLE_MS = 5_000;
/** Calls last minutes. In a shorter time the heap is still on its way from nobody to 150 calls that began at once. */
const MEASURE_MS = 20_000;
const RATIO_MAX = 1.1;
const BYTES_A_CALL_MAX = 150 * 1_024;
const FORWARD_P99_MAX_MS = 20;
/** Of one core: above it a burst has nowhere to go. */
const CORE_SHARE = 0.8;
const LATENCY_SHARE = 0.6;
/** As often is it measured at most, until the sender is in time. */
const LATENCY_TRIES = 3;
/** Calls that go straight from the sender to the receiver meanwhile: what the bench itself takes. One in each of its steps. */
const STRAIGHT_CALLS = 10;
/** More than this the one load generator cannot send in time. */
const GENERATOR_MAX_CALLS = 200;

export type MediaBench = {
  readonly bench: "media";
  readonly calls: number;
  readonly pinned: boolean;
  /** CPU time a second of one call, in milliseconds, by round. */
  readonly gatewayMs: readonly number[];
  readonly relayMs: readonly number[];
  /** Rounds that did not count. */
  readonly late: number;
  readonly ratio: number;
  readonly bytesPerCall: number;
  readonly rssBytesPerCall: number;
  /** Calls that fill 80 % of one core. */
  readonly limit: number;
  readonly latency: {
    readonly calls: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
    readonly maxMs: number;
    readonly generatorLateP99Ms: number;
    readonly relayP99Ms: number;
    /** The same frames straight from the sender to the receiver, at the same time. */
    readonly straightP99Ms: number;
    /** Of a second: in it the gateway could have worked, and others had its core. */
    readonly waitedMs: number;
  };
  /** Frames that were lost, changed or out of turn, of all that were sent. */
  readonly wrong: number;
  readonly frames: number;
  readonly held: boolean;
};

type Bench = {
  readonly ledger: FrameLedger;
  readonly straight: FrameLedger;
  readonly modelPort: number;
  readonly model: ModelSide;
  readonly gateway: Measured;
  readonly relay: Measured;
};
type Round = { readonly gateway: Phase; readonly relay: Phase };
type Phase = {
  readonly cpuMsPerCallSecond: number;
  readonly figures: LedgerFigures;
  readonly lateMs: readonly number[];
  /** Of the frames that went straight meanwhile, if any did. */
  readonly straightMs: readonly number[];
  /** A second. */
  readonly waitedMs: number;
};

/** Runs some four minutes, and up to three more where other work is in the way. */
export async function run({ json }: { json: boolean }): Promise<MediaBench> {
  const ledger = createFrameLedger();
  const straight = createFrameLedger();
  const [modelPort, gatewayPort, relayPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const model = await startModelSide(modelPort, ledger, straight);
  const pinned = canPin();
  if (pinned) pin(process.pid, 0);
  const gateway = await startMeasured("gateway-process.ts", {
    port: gatewayPort,
    env: {
      PORT: String(gatewayPort),
      LOG_LEVEL: "error",
      TWILIO_ACCOUNT_SID: ACCOUNT,
      TWILIO_AUTH_TOKEN: TOKEN,
      TWILIO_NUMBER: NUMBER,
      OPENAI_API_KEY: "bench",
      OPENAI_BASE_URL: model.url,
      LIVE_CALLS_MAX: "10000",
    },
  });
  const relay = await startMeasured("relay-process.ts", {
    port: relayPort,
    args: [String(relayPort), `ws://127.0.0.1:${modelPort}/relayed`],
  });
  try {
    const result = await measure({ ledger, straight, modelPort, model, gateway, relay }, pinned);
    console.log(json ? JSON.stringify(result) : describe(result));
    return result;
  } finally {
    await Promise.all([gateway.close(), relay.close()]);
    model.close();
  }
}

async function measure(bench: Bench, pinned: boolean): Promise<MediaBench> {
  // Unmeasured: code is compiled and caches are filled before anything is compared or weighed.
  await phase(bench, "gateway", { calls: 30, measureMs: 2_000 });
  await phase(bench, "relay", { calls: 30, measureMs: 2_000 });
  const memory = await memoryOfCalls(bench);
  const { rounds, late } = await roundsInTime(bench);
  const gatewayMs = rounds.map(({ gateway }) => gateway.cpuMsPerCallSecond);
  const relayMs = rounds.map(({ relay }) => relay.cpuMsPerCallSecond);
  const ratio = median(ratios({ gatewayMs, relayMs }));
  const limit = Math.floor((1_000 * CORE_SHARE) / median(gatewayMs));
  const latency = await latencyAt(bench, Math.min(GENERATOR_MAX_CALLS, Math.floor(limit * LATENCY_SHARE)));
  const all = rounds.map(({ gateway }) => gateway.figures);
  const wrong = all.reduce((sum, figures) => sum + figures.wrong, 0);
  return {
    bench: "media",
    calls: CALLS,
    pinned,
    gatewayMs,
    relayMs,
    late,
    ratio,
    ...memory,
    limit,
    latency,
    wrong,
    frames: all.reduce((sum, { arrived }) => sum + arrived, 0),
    held:
      rounds.length === ROUNDS &&
      ratio <= RATIO_MAX &&
      memory.bytesPerCall <= BYTES_A_CALL_MAX &&
      latency.p99Ms <= FORWARD_P99_MAX_MS &&
      wrong === 0,
  };
}

async function roundsInTime(bench: Bench): Promise<{ readonly rounds: readonly Round[]; readonly late: number }> {
  const rounds: Round[] = [];
  let late = 0;
  const sides = await openBoth(bench);
  while (rounds.length < ROUNDS && rounds.length + late < ROUNDS_MAX) {
    const first = (rounds.length + late) % 2 === 0 ? "relay" : "gateway";
    const before = await turn(bench, sides, first);
    const after = await turn(bench, sides, first === "relay" ? "gateway" : "relay");
    const [relay, gateway] = first === "relay" ? [before, after] : [after, before];
    if (Math.max(quantile(relay.lateMs, 0.99), quantile(gateway.lateMs, 0.99)) > LATE_MAX_MS) late += 1;
    else rounds.push({ relay, gateway });
  }
  await Promise.all([sides.relay.close(), sides.gateway.close()]);
  bench.model.only(undefined);
  if (rounds.length === 0)
    throw new Error(`media: the sender was late in all ${ROUNDS_MAX} rounds: other work is in the way, measure again`);
  return { rounds, late };
}

type Sides = Readonly<Record<Kind, CarrierSide>>;

/** Calls last minutes: in the seconds after 150 began at once the heap is still on its way. */
async function openBoth(bench: Bench): Promise<Sides> {
  const relay = await startCarrierSide(targetOf(bench, "relay"), CALLS, bench.ledger);
  await sleep(SETTLE_MS);
  relay.pause();
  const gateway = await startCarrierSide(targetOf(bench, "gateway"), CALLS, bench.ledger);
  await sleep(MEASURE_MS);
  return { relay, gateway };
}

async function turn(bench: Bench, sides: Sides, kind: Kind): Promise<Phase> {
  sides[kind === "relay" ? "gateway" : "relay"].pause();
  sides[kind].resume();
  bench.model.only(kind);
  await sleep(CHANGE_MS);
  return counted(bench, kind, { carrier: sides[kind], calls: CALLS, measureMs: TURN_MS });
}

const targetOf = (bench: Bench, kind: Target["kind"]): Target => ({
  kind,
  origin: `http://127.0.0.1:${bench[kind].port}`,
});

async function phase(
  bench: Bench,
  kind: Target["kind"],
  { calls, measureMs = MEASURE_MS }: { calls: number; measureMs?: number },
): Promise<Phase> {
  const carrier = await startCarrierSide(targetOf(bench, kind), calls, bench.ledger);
  await sleep(SETTLE_MS);
  const seen = await counted(bench, kind, { carrier, calls, measureMs });
  await carrier.close();
  return seen;
}

async function counted(
  bench: Bench,
  kind: Kind,
  { carrier, calls, measureMs }: { carrier: CarrierSide; calls: number; measureMs: number },
): Promise<Phase> {
  const measured = bench[kind];
  bench.ledger.begin();
  bench.straight.begin();
  carrier.lateMs.length = 0;
  const before = await measured.probe();
  const began = performance.now();
  const waited = measured.waitedMs();
  await sleep(measureMs);
  const after = await measured.probe();
  const seconds = (performance.now() - began) / 1_000;
  const figures = bench.ledger.figures();
  const straightMs = bench.straight.figures().forwardMs;
  const waitedMs = (measured.waitedMs() - waited) / seconds;
  const share = figures.arrived / (calls * 50 * seconds);
  if (share < 0.95) {
    process.stderr.write(`media: only ${Math.round(share * 100)} % of the frames went through the ${kind}\n`);
  }
  // Per call-second of frames that really went through: a generator that was held up is not the gateway's merit.
  const callSeconds = figures.arrived / 50;
  return {
    cpuMsPerCallSecond: (after.cpuMs - before.cpuMs) / callSeconds,
    figures,
    lateMs: carrier.lateMs.toSorted((a, b) => a - b),
    straightMs,
    waitedMs,
  };
}

async function memoryOfCalls(bench: Bench): Promise<Pick<MediaBench, "bytesPerCall" | "rssBytesPerCall">> {
  const before = await bench.gateway.probe(true);
  const carrier = await startCarrierSide(targetOf(bench, "gateway"), CALLS, bench.ledger);
  await sleep(SETTLE_MS);
  const during = await bench.gateway.probe(true);
  await carrier.close();
  return {
    bytesPerCall: (during.heldBytes - before.heldBytes) / CALLS,
    rssBytesPerCall: (during.rssBytes - before.rssBytes) / CALLS,
  };
}

async function latencyAt(bench: Bench, calls: number): Promise<MediaBench["latency"]> {
  const relay = await phase(bench, "relay", { calls });
  const origin = `http://127.0.0.1:${bench.modelPort}/straight`;
  const straight = await startCarrierSide({ kind: "relay", origin }, STRAIGHT_CALLS, bench.straight);
  let through = await phase(bench, "gateway", { calls });
  for (let tries = 1; tries < LATENCY_TRIES && quantile(through.lateMs, 0.99) > LATE_MAX_MS; tries += 1)
    through = await phase(bench, "gateway", { calls });
  await straight.close();
  const { figures, lateMs, straightMs, waitedMs } = through;
  return {
    waitedMs,
    calls,
    p50Ms: quantile(figures.forwardMs, 0.5),
    p99Ms: quantile(figures.forwardMs, 0.99),
    maxMs: figures.forwardMs.at(-1) ?? Number.NaN,
    generatorLateP99Ms: quantile(lateMs, 0.99),
    relayP99Ms: quantile(relay.figures.forwardMs, 0.99),
    straightP99Ms: quantile(straightMs, 0.99),
  };
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

const said = (held: boolean): string => (held ? "held" : "MISSED");
/** The middle, and between what three of four are. */
function spread(values: readonly number[], digits: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, middle, high] = [0.125, 0.5, 0.875].map((share) => quantile(sorted, share).toFixed(digits));
  return `${middle} (${low} to ${high})`;
}

const ratios = ({ gatewayMs, relayMs }: Pick<MediaBench, "gatewayMs" | "relayMs">): readonly number[] =>
  gatewayMs.map((gateway, round) => gateway / (relayMs[round] ?? Number.NaN));

function describe(result: MediaBench): string {
  const { gatewayMs, relayMs, ratio, bytesPerCall, latency, limit, wrong, frames } = result;
  return [
    `media: ${result.calls} calls${result.pinned ? " on one core" : ", not pinned"}: ${ratio.toFixed(2)} × a bare relay, at most ${RATIO_MAX}: ${said(ratio <= RATIO_MAX && gatewayMs.length === ROUNDS)}`,
    `       CPU ms a call-second: gateway ${spread(gatewayMs, 2)}, relay ${spread(relayMs, 2)}, one by the other ${spread(ratios(result), 2)}; ${limit} calls fill 80 % of a core`,
    `       ${gatewayMs.length} of ${ROUNDS} rounds count; ${result.late} did not, as the sender was late by more than ${LATE_MAX_MS} ms (p99)`,
    `media: ${(bytesPerCall / 1_024).toFixed(0)} KiB a live call (RSS ${(result.rssBytesPerCall / 1_024).toFixed(0)}), at most 150: ${said(bytesPerCall <= BYTES_A_CALL_MAX)}`,
    `media: a frame's way through at ${latency.calls} calls: p50 ${latency.p50Ms.toFixed(1)}, p99 ${latency.p99Ms.toFixed(1)}, max ${latency.maxMs.toFixed(1)} ms, p99 under ${FORWARD_P99_MAX_MS}: ${said(latency.p99Ms <= FORWARD_P99_MAX_MS)}`,
    `       from the frame's handing to the socket to its reading at the other end. p99 of a relay ${latency.relayP99Ms.toFixed(1)} ms; of the same frames with nothing between, at the same time: ${latency.straightP99Ms.toFixed(1)} ms, which is the bench's own; the sender was ${latency.generatorLateP99Ms.toFixed(1)} ms behind its times, and of each second others had the gateway's core for ${latency.waitedMs.toFixed(0)} ms while it had work`,
    "       From the last of the frames that go together: the first waits 20 ms for it",
    `media: ${frames} frames through the gateway, ${wrong} lost, changed or out of turn: ${said(wrong === 0)}`,
  ].join("\n");
}

if (import.meta.main) process.exitCode = (await run({ json: process.argv.includes("--json") })).held ? 0 : 1;
