// From the decision to the first request that rings an agent, measured on the carrier's socket, while 200 calls are up on
// one gateway with real Redis and Postgres and 50 dials a second allowed. What the desk takes to paint the card is waited
// for by design (design §2); what comes on top of it is the gateway's own time.
//
// The callers dial numbers that go straight to people: 200 lines of audio would measure this machine (see `media`).
import { setTimeout as sleep } from "node:timers/promises";
import { openDeskSeat, type DeskSeat, type Frame } from "../../lab/people/desk-seat.ts";
import { DESK_KEY } from "../../lab/rig/start-rig.ts";
import { LegId } from "../../src/domain/ids.ts";
import { callIdOf } from "../../src/vendors/twilio/call-ids.ts";
import type { NumberSetting } from "../../test/calls/numbers.ts";
import { type FleetScene, openFleet } from "../../test/nodes/fleet-scene.ts";

/** Calls that are up at any time of the measured part. */
const CALLS = count("BENCH_CALLS", 200);
const CALLS_PER_SECOND = 50;
/** Arrivals a second; each call stays for as long as keeps `CALLS` of them up. */
const ARRIVALS_PER_SECOND = count("BENCH_ARRIVALS_PER_SECOND", 4);
const MEASURED = count("BENCH_HANDOFFS", 100);
const TALK_MS = (CALLS / ARRIVALS_PER_SECOND) * 1_000;
/** The first ones have the gateway nearly to themselves: what the busy ones are compared with. */
const IDLE = 20;
const PAINT_MS = 60;
const LIMIT_MS = 50;
const QUEUES = 4;

const numbers: NumberSetting[] = Array.from({ length: QUEUES }, (_, place) => ({
  number: `+1500555${2_100 + place}`,
  queue: `team-${place}`,
  mode: "queue",
}));

type Spread = { readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number };

export type HandoffBench = {
  readonly bench: "handoff";
  readonly calls: number;
  readonly callsPerSecond: number;
  readonly handoffs: number;
  /** From the decision to the request on the carrier's socket. */
  readonly total: Spread;
  /** From the card's arrival at the desk to its acknowledgement. */
  readonly paintWait: Spread;
  /** What is left of the total without the paint wait, handoff by handoff. */
  readonly above: Spread;
  /** The same while few calls are up. */
  readonly aboveIdle: Spread;
  readonly ratioToPaintWait: number;
  readonly ratioToIdle: number;
  readonly limitMs: number;
  readonly held: boolean;
};

/** Runs some three minutes. */
export async function run({ json }: { json: boolean }): Promise<HandoffBench> {
  const scene = await openFleet({
    nodes: 1,
    numbers,
    callsPerSecond: CALLS_PER_SECOND,
    env: { LOG_LEVEL: "error", LIVE_CALLS_MAX: String(CALLS * 2) },
    twin: {
      recordings: false,
      latencies: { ringMs: 20, restMs: 10, webhookMs: 5, redirectMs: 20, conferenceJoinMs: 20, actionMs: 20 },
    },
  });
  try {
    const result = await measure(scene);
    console.log(json ? JSON.stringify(result) : describe(result));
    return result;
  } finally {
    await scene.close();
  }
}

async function measure(scene: FleetScene): Promise<HandoffBench> {
  const { twilio } = scene.fleet;
  // Somebody is always free: a queue is not what is measured.
  const seats = await Promise.all(Array.from({ length: CALLS + CALLS / 4 }, (_, place) => sitDown(scene, place)));
  const stop = startWorking(seats);
  const calls: string[] = [];
  const ended: Promise<unknown>[] = [];
  for (let place = 0; place < CALLS + MEASURED; place += 1) {
    const to = numbers[place % QUEUES]?.number ?? "";
    const caller = twilio.callIn({ from: `+1415${5_000_000 + place}`, to });
    calls.push(caller.callSid);
    ended.push(caller.ended);
    await sleep(1_000 / ARRIVALS_PER_SECOND);
  }
  await Promise.all(ended);
  stop();
  const all = await timesOf(scene, seats);
  await Promise.all(seats.map((seat) => seat.close()));
  const busy = calls.slice(CALLS).flatMap((sid) => all.get(sid) ?? []);
  const idle = calls.slice(0, IDLE).flatMap((sid) => all.get(sid) ?? []);
  const above = spread(busy.map((one) => one.totalMs - one.paintMs));
  const aboveIdle = spread(idle.map((one) => one.totalMs - one.paintMs));
  const total = spread(busy.map(({ totalMs }) => totalMs));
  const paintWait = spread(busy.map(({ paintMs }) => paintMs));
  return {
    bench: "handoff",
    calls: CALLS,
    callsPerSecond: CALLS_PER_SECOND,
    handoffs: busy.length,
    total,
    paintWait,
    above,
    aboveIdle,
    ratioToPaintWait: total.p50Ms / paintWait.p50Ms,
    ratioToIdle: above.p50Ms / aboveIdle.p50Ms,
    limitMs: LIMIT_MS,
    held: busy.length === MEASURED && above.p99Ms <= LIMIT_MS,
  };
}

async function sitDown(scene: FleetScene, place: number): Promise<DeskSeat> {
  const queue = `team-${place % QUEUES}`;
  const id = `agent-${place}`;
  const address = `+1500556${String(1_000 + place)}`;
  await scene.rig.api("POST", "/api/agents", {
    id,
    name: id,
    skills: [],
    queues: [queue],
    languages: ["en"],
    device: { kind: "phone", address },
  });
  scene.fleet.twilio.phone(address, { kind: "answers", afterMs: 20 });
  const seat = await openDeskSeat({ url: scene.fleet.url, apiKey: DESK_KEY, agent: id, paintAfterMs: PAINT_MS });
  seat.send({ type: "presence", status: "available" });
  await seat.waitFor((frame) => frame.type === "presence" && frame["status"] === "available", 60_000);
  return seat;
}

/** Everybody takes what comes, talks for as long as a call lasts, writes it up and is there again. */
function startWorking(seats: readonly DeskSeat[]): () => void {
  const seen = seats.map(() => 0);
  const timer = setInterval(() => {
    for (const [place, seat] of seats.entries()) {
      for (const { frame } of seat.received.slice(seen[place])) act(seat, frame);
      seen[place] = seat.received.length;
    }
  }, 50);
  return () => clearInterval(timer);
}

function act(seat: DeskSeat, frame: Frame): void {
  const { escalationId } = frame;
  if (frame.type === "presence" && frame["status"] === "check-in") seat.send({ type: "presence", status: "available" });
  if (frame.type === "offer") seat.send({ type: "accept", offerId: frame["offerId"], hash: frame["hash"] });
  if (frame.type !== "state") return;
  if (frame["state"] === "bridged") setTimeout(() => seat.send({ type: "end", escalationId }), TALK_MS);
  if (frame["state"] === "wrapping-up" && frame["cause"] !== "wrapped-up")
    seat.send({ type: "wrap-up", escalationId, disposition: "resolved", resolved: true, notes: "" });
}

type Times = { readonly totalMs: number; readonly paintMs: number };

/** By the caller's call. Where callers go straight to people the decision falls with their arrival. The first offer of each case counts; a case that never got one is missing, and shows as such. */
async function timesOf({ fleet, db }: FleetScene, seats: readonly DeskSeat[]): Promise<ReadonlyMap<string, Times>> {
  const { rows } = await db.query<{ id: string; at: string; offer: string }>(`
    select case_id as id, min((event->>'at')::bigint) filter (where event->>'kind' = 'call-arrived') as at,
      (array_agg(event->>'offer' order by seq) filter (where event->>'kind' = 'agent-reserved'))[1] as offer
    from case_events group by case_id`);
  const painted = new Map<unknown, number>();
  for (const { received, sent } of seats) {
    for (const { frame, at } of sent) {
      if (frame.type !== "painted") continue;
      const came = received.find((got) => got.frame.type === "offer" && got.frame["offerId"] === frame["offerId"]);
      if (came) painted.set(frame["offerId"], at - came.at);
    }
  }
  const requests = fleet.twilio.log.of("rest", ({ method, path }) => method === "POST" && path.endsWith("/Calls.json"));
  const requestedAt = (offer: string): number | undefined =>
    requests.find(({ params }) => Object.values(params).some((values) => values.some((it) => it.includes(offer))))?.at;
  const byCase = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    fleet.twilio.log
      .of("call", ({ event }) => event === "created")
      .flatMap(({ callSid }) => {
        const row = byCase.get(callIdOf(LegId(callSid)));
        const at = row && requestedAt(row.offer);
        const paintMs = row && painted.get(row.offer);
        return row && at !== undefined && paintMs !== undefined
          ? [[callSid, { totalMs: at - Number(row.at), paintMs }] as const]
          : [];
      }),
  );
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: sorted.at(-1) ?? Number.NaN };
}

const ms = ({ p50Ms, p99Ms, maxMs }: Spread): string =>
  `p50 ${p50Ms.toFixed(0).padStart(4)}  p99 ${p99Ms.toFixed(0).padStart(4)}  max ${maxMs.toFixed(0).padStart(4)} ms`;

function describe(result: HandoffBench): string {
  const { calls, callsPerSecond, handoffs, total, paintWait, above, aboveIdle, ratioToPaintWait, ratioToIdle } = result;
  return [
    `handoff: ${calls} calls up, ${callsPerSecond} dials a second allowed, ${handoffs} of ${MEASURED} handoffs seen; decision to the carrier's socket`,
    `  in all             ${ms(total)}  (${ratioToPaintWait.toFixed(2)} × the paint wait)`,
    `  desk paints        ${ms(paintWait)}`,
    `  above the painting ${ms(above)}  (${ratioToIdle.toFixed(2)} × the idle gateway's); p99 at most ${result.limitMs}: ${result.held ? "held" : "MISSED"}`,
    `  … idle gateway     ${ms(aboveIdle)}`,
  ].join("\n");
}

function count(name: string, usual: number): number {
  const value = Number(process.env[name] ?? usual);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name}: expected a whole number above 0`);
  return value;
}

if (import.meta.main) process.exitCode = (await run({ json: process.argv.includes("--json") })).held ? 0 : 1;
