// Callers and agents for as long as it is asked for: each lane is one caller after the other.
import { clip } from "../../../lab/audio/clips.ts";
import type { Handset } from "../../../lab/twilio/handset.ts";
import type { NumberSetting } from "../../../test/calls/numbers.ts";
import type { FleetScene } from "../../../test/nodes/fleet-scene.ts";
import type { Random } from "../../../test/simulation/world/random.ts";
import { type Desk, openDesk } from "./desk.ts";

export const QUEUE_NUMBERS: readonly NumberSetting[] = [
  { number: "+15005552201", queue: "soak-people", mode: "queue" },
  { number: "+15005552202", queue: "soak-talk", mode: "assistant" },
];
/** Of the callers; the others dial a number that goes straight to people, without audio through the gateway. */
const TALKING = 0.7;
/** Agents of each queue, by calls at once: so many that most callers get one. */
const AGENTS_BY_LANE = 0.4;
/** A caller who got stuck would stop a lane: whoever waits so long hangs up. */
const PATIENCE_MS = 60_000;
/** The assistant is on the line within this, unless something is wrong. */
const GREETED_MS = 20_000;

export type Traffic = {
  readonly counts: { calls: number; talking: number };
  readonly desks: readonly Desk[];
  /** No new callers; resolves when the last one is gone. */
  stop(): Promise<void>;
  close(): Promise<void>;
};

export async function startTraffic(scene: FleetScene, lanes: number, random: Random): Promise<Traffic> {
  const counts = { calls: 0, talking: 0 };
  const agentsEach = Math.max(4, Math.round(lanes * AGENTS_BY_LANE));
  const desks = await Promise.all(
    QUEUE_NUMBERS.flatMap(({ queue }, which) =>
      Array.from({ length: agentsEach }, (_, place) =>
        openDesk(scene, { id: `${queue}-${place}`, queue, address: `+1500557${which + 1}${100 + place}` }),
      ),
    ),
  );
  const going = new AbortController();
  const lane = async (): Promise<void> => {
    while (!going.signal.aborted) {
      counts.calls += 1;
      const talks = random.chance(TALKING);
      if (talks) counts.talking += 1;
      await oneCaller(scene, { random, place: counts.calls, talks });
    }
  };
  const running = Promise.all(Array.from({ length: lanes }, lane));
  return {
    counts,
    desks,
    stop: async () => {
      going.abort();
      await running;
    },
    close: async () => {
      await Promise.all(desks.map((desk) => desk.close()));
    },
  };
}

type One = { readonly random: Random; readonly place: number; readonly talks: boolean };

/** Asks for a person in words or is put through at once; some hang up on the way, at no particular moment. */
async function oneCaller(scene: FleetScene, { random, place, talks }: One): Promise<void> {
  const to = QUEUE_NUMBERS[talks ? 1 : 0]?.number ?? "";
  const caller = scene.fleet.twilio.callIn({ from: `+1415${6_000_000 + place}`, to });
  const leaves = random.chance(0.25) ? random.int(200, 20_000) : PATIENCE_MS;
  const timer = setTimeout(() => caller.hangUp(), leaves);
  if (talks) void talk(scene, caller, random.int(1_000, 4_000));
  await caller.ended;
  clearTimeout(timer);
}

/** Says what it is about once the assistant is on the line, and a little later asks for a person. */
async function talk({ fleet }: FleetScene, caller: Handset, thinksMs: number): Promise<void> {
  const { callSid, ended } = caller;
  const opened = fleet.twilio.log.waitFor(
    "stream",
    (it) => it.callSid === callSid && it.event === "first-audio",
    GREETED_MS,
  );
  // No assistant is what a fault may bring: the words are said all the same.
  await Promise.race([ended, opened.catch(String)]);
  await caller.say(clip("last-tuesday").audio);
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, thinksMs))]);
  await caller.say(clip("speak-to-human").audio);
}
