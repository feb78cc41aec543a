// Callers, agents and faults for as long as it is asked for: each lane is one caller after the other.
import { clip } from "../../../lab/audio/clips.ts";
import { openDeskSeat, type DeskSeat, type Frame } from "../../../lab/people/desk-seat.ts";
import { hireAgent } from "../../../lab/people/hire-agent.ts";
import { DESK_KEY } from "../../../lab/rig/start-rig.ts";
import type { FaultRule } from "../../../lab/twilio/fault-switches.ts";
import type { NumberSetting } from "../../../test/calls/numbers.ts";
import type { FleetScene } from "../../../test/nodes/fleet-scene.ts";
import { createRandom, type Random } from "../../../test/simulation/world/random.ts";

export const QUEUE_NUMBERS: readonly NumberSetting[] = [
  { number: "+15005552201", queue: "soak-people", mode: "queue" },
  { number: "+15005552202", queue: "soak-talk", mode: "assistant" },
];
const AGENTS_EACH = 4;
const FAULT_EVERY_MS = 1_500;
/** A caller who got stuck would stop a lane: whoever waits so long hangs up. */
const PATIENCE_MS = 60_000;

const FAULTS: readonly FaultRule[] = [
  { name: "webhook-delay", ms: 2_000 },
  { name: "webhook-duplicate", copies: 2, gapMs: 300 },
  { name: "webhook-reorder" },
  { name: "join-event-lost" },
  { name: "rest-500-before" },
  { name: "rest-500-after" },
  { name: "rest-answer-lost" },
  { name: "rest-429" },
  { name: "rest-slow", ms: 1_500 },
  { name: "call-busy" },
  { name: "call-no-answer" },
  { name: "call-failed", sipCode: 503 },
  { name: "call-no-audio" },
  { name: "stream-drop", afterMs: 4_000 },
];

export type Traffic = {
  readonly counts: { calls: number; faults: number };
  /** No new callers; resolves when the last one is gone. */
  stop(): Promise<void>;
  close(): Promise<void>;
};

export async function startTraffic(scene: FleetScene, lanes: number, seed: number): Promise<Traffic> {
  const random = createRandom(seed);
  const counts = { calls: 0, faults: 0 };
  const seats = await Promise.all(
    QUEUE_NUMBERS.flatMap(({ queue }) => Array.from({ length: AGENTS_EACH }, (_, place) => sit(scene, queue, place))),
  );
  const stops = seats.map((seat) => works(seat));
  const going = new AbortController();
  const faults = setInterval(() => {
    scene.fleet.twilio.faults.add({ ...random.pick(FAULTS), times: 1 });
    counts.faults += 1;
  }, FAULT_EVERY_MS);
  const lane = async (): Promise<void> => {
    while (!going.signal.aborted) {
      counts.calls += 1;
      await oneCaller(scene, random, counts.calls);
    }
  };
  const running = Promise.all(Array.from({ length: lanes }, lane));
  return {
    counts,
    stop: async () => {
      going.abort();
      clearInterval(faults);
      scene.fleet.twilio.faults.clear();
      await running;
    },
    close: async () => {
      for (const stop of stops) stop();
      await Promise.all(seats.map((seat) => seat.close()));
    },
  };
}

/** Asks for a person in words or is put through at once; some hang up on the way, at no particular moment. */
async function oneCaller(scene: FleetScene, random: Random, place: number): Promise<void> {
  const talks = random.chance(0.3);
  const to = QUEUE_NUMBERS[talks ? 1 : 0]?.number ?? "";
  const caller = scene.fleet.twilio.callIn({ from: `+1415${6_000_000 + place}`, to });
  const leaves = random.chance(0.25) ? random.int(200, 20_000) : PATIENCE_MS;
  const timer = setTimeout(() => caller.hangUp(), leaves);
  if (talks) void caller.say(clip("speak-to-human").audio);
  await caller.ended;
  clearTimeout(timer);
}

async function sit(scene: FleetScene, queue: string, place: number): Promise<DeskSeat> {
  const id = `${queue}-${place}`;
  const address = `+1500557${queue === "soak-people" ? 1 : 2}${100 + place}`;
  await hireAgent(scene.fleet, { id, queue, address }, { kind: "answers", afterMs: 300 });
  const seat = await openDeskSeat({ url: scene.fleet.url, apiKey: DESK_KEY, agent: id, paintAfterMs: 30 });
  seat.send({ type: "presence", status: "available" });
  return seat;
}

/** Takes what comes, talks for two seconds, writes it up, and is there again. */
function works(seat: DeskSeat): () => void {
  let seen = seat.received.length;
  const timer = setInterval(() => {
    const fresh = seat.received.slice(seen);
    seen += fresh.length;
    for (const { frame } of fresh) act(seat, frame);
  }, 50);
  return () => clearInterval(timer);
}

function act(seat: DeskSeat, frame: Frame): void {
  const { escalationId, offerId, hash, state, status } = frame;
  if (frame.type === "presence" && (status === "check-in" || status === "offline"))
    seat.send({ type: "presence", status: "available" });
  if (frame.type === "offer") seat.send({ type: "accept", offerId, hash });
  if (frame.type !== "state") return;
  if (state === "bridged") setTimeout(() => seat.send({ type: "end", escalationId }), 2_000);
  if (state === "wrapping-up" && frame["cause"] !== "wrapped-up")
    seat.send({ type: "wrap-up", escalationId, disposition: "resolved", resolved: true, notes: "" });
}
