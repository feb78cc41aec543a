// The node that holds five callers' lines is killed while each is somewhere else on the way to a person. What the
// carrier makes of the dead sockets is the test's variant.

import { expect } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import type { Variants } from "../../lab/twilio/twin-options.ts";
import { lanes } from "../calls/numbers.ts";
import {
  answerAt,
  callerArrives,
  callerAsksForPerson,
  creates,
  escalationOf,
  offerAt,
  ringAt,
  sitDown,
  until,
} from "../calls/scene.ts";
import {
  caseOf,
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

/** Design §3, H11. */
const CARRIED_ON_MS = 5_000;
const VOICE_MS = 4_000;

const NAMES = ["talks", "rings", "whispers", "nobody", "callback"] as const;
type Name = (typeof NAMES)[number];

const numbers = lanes(NAMES);
const numberOf = (name: Name): string => numbers.find(({ queue }) => queue === name)?.number ?? "";

export const openWard = (variants: Partial<Variants>, lostSocketMs: number): Promise<FleetScene> =>
  openFleet({ numbers, callsPerSecond: 20, twin: { variants, latencies: { lostSocketMs } } });

/** Everybody on their way; the first node holds every line, the second one the desks. */
export async function fiveCallers(scene: FleetScene) {
  const [doomed, healthy] = [nodeAt(scene, 0), nodeAt(scene, 1)];
  prefer(scene, { calls: doomed, desks: healthy });
  const pat = await sitDown(scene, { id: "pat", queue: "rings", phone: { kind: "rings" } });
  const kim = await sitDown(scene, { id: "kim", queue: "whispers", phone: { kind: "answers", afterMs: 300 } });
  const call = (name: Name, place: number): Promise<Handset> => {
    const numbered = { to: numberOf(name), from: `+1415555${3_000 + place}` };
    return name === "talks" ? callerArrives(scene, numbered) : callerAsksForPerson(scene, numbered);
  };
  const [talks, rings, whispers, nobody, callback] = await Promise.all(NAMES.map(call));
  if (!talks || !rings || !whispers || !nobody || !callback) throw new Error("a caller is missing");
  await Promise.all([reached(scene, callback, "offering-fallback"), reached(scene, nobody, "offering-fallback")]);
  await callback.say(clip("call-me-back").audio);
  await Promise.all([
    reached(scene, callback, "capturing-callback"),
    ringAt(pat),
    answerAt(kim).then((agent) => agent.untilAsked()),
    happened(scene, whispers, "agent-leg-answered"),
  ]);
  return { doomed, healthy, pat, kim, callers: { talks, rings, whispers, nobody, callback } };
}

export type Ward = Awaited<ReturnType<typeof fiveCallers>>;

/** Kills the node that holds them all, and holds what each caller hears against the clock. */
export async function killTheirNode(scene: FleetScene, { doomed, healthy, callers }: Ward): Promise<number> {
  const { fleet, commits } = scene;
  const diedAt = await kill(doomed);
  prefer(scene, {});
  const each = Object.entries(callers).map(async ([name, caller]) => {
    const { callSid } = caller;
    const asked = await fleet.twilio.log.waitFor(
      "webhook",
      (it) => it.purpose === "document" && it.callSid === callSid && it.at > diedAt && it.response?.status === 200,
      CARRIED_ON_MS + 5_000,
    );
    const voiceAt = await until(`a voice for the caller who ${name}`, 10_000, () => voiceAfter(caller, asked.at));
    return [name, { afterMs: asked.at - diedAt, voiceMs: voiceAt - asked.at }] as const;
  });
  const heard = Object.fromEntries(await Promise.all(each));
  for (const [name, { afterMs, voiceMs }] of Object.entries(heard)) {
    expect.soft(afterMs, `${name}: carried on`).toBeLessThanOrEqual(CARRIED_ON_MS);
    expect.soft(voiceMs, `${name}: a voice`).toBeLessThanOrEqual(VOICE_MS);
  }
  process.stderr.write(`${JSON.stringify(heard)}\n`);
  // Whatever is committed from now on is the other node's.
  for (const { node, at } of commits) if (at > diedAt + 500) expect(node).toBe(healthy.id);
  return diedAt;
}

/** The agent who is still being rung answers, and both end up with their caller. */
export async function peopleTakeOver(scene: FleetScene, { pat, kim, callers }: Ward): Promise<void> {
  const ring = await ringAt(pat);
  const agent = ring.answer();
  expect(agent, "the phone rings on").toBeDefined();
  await agent?.untilAsked();
  await agent?.press("1");
  await (await answerAt(kim)).press("1");
  await Promise.all([reached(scene, callers.rings, "bridged"), reached(scene, callers.whispers, "bridged")]);
  for (const one of [pat, kim]) {
    expect(one.phone.rings, `${one.id} was rung once`).toHaveLength(1);
    expect(creates(scene, one.phone.address)).toHaveLength(1);
    const { escalationId } = await offerAt(scene, one);
    expect(await escalationOf(scene, escalationId)).toMatchObject({ handoff: { state: "bridged", agent: one.id } });
  }
}

/** Who was asked what they would like says so, and gets it. */
export async function callersDecide(scene: FleetScene, { callers }: Ward, diedAt: number): Promise<void> {
  const { callback, nobody, talks } = callers;
  // Keys that are pressed while the carrier speaks are nobody's.
  const back = (caller: Handset) =>
    scene.committed(
      "the assistant is back",
      (it) => it.case === caseOf(caller) && it.event === "assistant-started" && it.at > diedAt,
    );
  await Promise.all([callback, nobody, talks].map(back));
  await callback.press("1");
  await reached(scene, callback, "closed");
  await nobody.press("2");
  await reached(scene, nobody, "capturing-callback");
  await nobody.press("1");
  await reached(scene, nobody, "closed");
  await talks.say(clip("speak-to-human").audio);
  await happened(scene, talks, "escalation-decided");
  const { items } = (await scene.rig.api("GET", "/api/callbacks")) as { items: { status: string }[] };
  expect(items.map(({ status }) => status)).toEqual(["scheduled", "scheduled"]);
}

export async function nothingIsMissing(scene: FleetScene, { callers }: Ward): Promise<void> {
  for (const [name, caller] of Object.entries(callers)) {
    expect(withoutGap(await recordOf(scene, caller)), `the record of ${name}`).toBe(true);
  }
}
