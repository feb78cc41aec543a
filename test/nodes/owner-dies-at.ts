// The node that holds the caller's line, and has committed everything so far, is killed in a state that lasts for a
// moment only: the database tells of the commit, and the node is gone some milliseconds later.

import { expect } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import type { Variants } from "../../lab/twilio/twin-options.ts";
import { type Agent, answerAt, creates, endOf, frameAfter, ringAt, sitDown, until } from "../calls/scene.ts";
import { type Proxy, startProxy } from "../stores/proxy.ts";
import {
  caseOf,
  type Commit,
  type FleetScene,
  happened,
  kill,
  nodeAt,
  openFleet,
  prefer,
  reached,
  recordOf,
  voiceAfter,
  withoutGap,
} from "./fleet-scene.ts";

const CARRIED_ON_MS = 5_000;
const VOICE_MS = 4_000;

export type Hospital = FleetScene & { readonly dana: Agent; readonly redisOfTheDoomed: Proxy };

/** Two nodes; the first one's way to Redis can be made slow, so that a state lasts. */
export async function openHospital(): Promise<Hospital> {
  let redisOfTheDoomed: Proxy | undefined;
  const scene = await openFleet({
    callsPerSecond: 20,
    twin: { latencies: { lostSocketMs: 500 } },
    through: async ({ redis, postgres }) => {
      redisOfTheDoomed = await startProxy(redis.port);
      return { redisUrl: redis.url, databaseUrl: postgres.url };
    },
    envOf: (place): Record<string, string> =>
      place === 0 && redisOfTheDoomed ? { REDIS_URL: `redis://127.0.0.1:${redisOfTheDoomed.port}` } : {},
  });
  if (!redisOfTheDoomed) throw new Error("the way to Redis was not made");
  const proxy = redisOfTheDoomed;
  prefer(scene, { calls: nodeAt(scene, 0), desks: nodeAt(scene, 1) });
  const dana = await sitDown(scene, { phone: { kind: "answers", afterMs: 500 } });
  return {
    ...scene,
    dana,
    redisOfTheDoomed: proxy,
    close: async () => {
      await scene.close();
      await proxy.close();
    },
  };
}

export type Death = {
  readonly variant: Variants["lostSocket"];
  /** Killed at the first commit of the case that fits. */
  readonly at: (commit: Commit) => boolean;
  /** Before the caller asks for a person. */
  readonly prepare?: (scene: Hospital) => void;
  /** Instead of the commit: what to wait for. */
  readonly moment?: (scene: Hospital) => Promise<unknown>;
  /** What the caller does after it. */
  readonly afterwards?: (scene: Hospital, caller: Handset, diedAt: number) => Promise<void>;
};

export type Outcome = { readonly caller: Handset; readonly agent: Handset; readonly diedAt: number };

let callers = 0;

/** One call to the bridge and through the death of its node, with everything that must hold on the way. */
export async function survives(scene: Hospital, death: Death): Promise<Outcome> {
  const { fleet, dana } = scene;
  const [doomed, healthy] = [nodeAt(scene, 0), nodeAt(scene, 1)];
  fleet.twilio.variants.lostSocket = death.variant;
  await doomed.start();
  prefer(scene, { calls: doomed, desks: healthy });
  const rings = dana.phone.rings.length;
  const caller = fleet.twilio.callIn({ from: `+1415555${4_000 + (callers += 1)}`, to: "+15005550199" });
  await happened(scene, caller, "assistant-started");
  death.prepare?.(scene);
  const moment =
    death.moment?.(scene) ??
    scene.committed("the moment to die", (it) => it.case === caseOf(caller) && death.at(it), 25_000);
  const acceptance = accept(scene, rings);
  await caller.press("1");
  await moment;
  const diedAt = await kill(doomed);
  prefer(scene, {});
  scene.redisOfTheDoomed.weather({ kind: "clear" });
  await Promise.all([acceptance, carriedOn(scene, { caller, diedAt }), death.afterwards?.(scene, caller, diedAt)]);
  const agent = await acceptance;
  await reached(scene, caller, "bridged", 20_000);
  expect(dana.phone.rings, "rung once").toHaveLength(rings + 1);
  expect(creates(scene, dana.phone.address)).toHaveLength(rings + 1);
  return { caller, agent, diedAt };
}

/** She presses 1 as soon as she is asked, and speaks from then on: to the room, and to whoever comes into it. */
export async function accept({ dana }: Pick<Hospital, "dana">, rings: number): Promise<Handset> {
  await ringAt(dana, rings);
  const agent = await answerAt(dana, rings);
  await agent.untilAsked();
  await agent.press("1");
  void speakOn(agent);
  return agent;
}

async function speakOn(agent: Handset): Promise<void> {
  while (agent.status === "in-progress") await agent.say(clip("agent-look").audio);
}

async function carriedOn(scene: Hospital, { caller, diedAt }: { caller: Handset; diedAt: number }): Promise<void> {
  const healthy = nodeAt(scene, 1);
  // In a conversation nothing has to be done, and nothing is.
  const bridged = scene.commits.some((it) => it.case === caseOf(caller) && it.state === "bridged" && it.at <= diedAt);
  const { at } = bridged
    ? { at: diedAt }
    : await scene.committed(
        "the other node goes on",
        (it) => it.case === caseOf(caller) && it.node === healthy.id && it.at > diedAt,
      );
  const voiceAt = await until("a voice for the caller", 10_000, () => voiceAfter(caller, diedAt));
  expect.soft(at - diedAt, "carried on").toBeLessThanOrEqual(CARRIED_ON_MS);
  expect.soft(voiceAt - Math.max(at, diedAt), "a voice").toBeLessThanOrEqual(VOICE_MS);
  process.stderr.write(
    `carried on after ${Math.round(at - diedAt)} ms, voice after ${Math.round(voiceAt - diedAt)} ms\n`,
  );
}

/** The agent ends the call and writes it up: nothing is left at the carrier, and the record has no hole. */
export async function endsWell(scene: Hospital, { caller, agent }: Outcome): Promise<void> {
  const { dana } = scene;
  const escalationId = String(
    dana.seat.received.findLast(({ frame }) => frame.type === "offer")?.frame["escalationId"],
  );
  const known = dana.seat.received.length;
  dana.seat.send({ type: "end", escalationId });
  await Promise.all([endOf(scene, caller.callSid), endOf(scene, agent.callSid)]);
  dana.seat.send({ type: "wrap-up", escalationId, disposition: "resolved", resolved: true, notes: "" });
  await frameAfter(dana.seat, known, (frame) => frame.type === "presence" && frame["status"] === "available");
  const record = await recordOf(scene, caller);
  expect(withoutGap(record)).toBe(true);
  expect(record.filter(({ event }) => event === "dial-accepted" || event === "agent-leg-ringing")).not.toEqual([]);
  // Asked of the record: what the database tells of its commits may come later than everything they led to.
  const end = record.slice(record.findIndex(({ event }) => event === "agent-ended"));
  expect(end.map(({ event }) => event)).toContain("wrapped-up");
  expect(new Set(end.map(({ node }) => node))).toEqual(new Set([nodeAt(scene, 1).id]));
  await dana.seat.becomes("available");
}
