// H13: Redis freezes, answers too late, or comes back without what it had acknowledged. While it cannot answer nobody is
// promised and nobody is rung; who is in a conversation stays in it, and no agent gets a second caller.
import { afterAll, beforeAll, expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { lineAsked, lineHeard } from "../calls/assistant-lines.ts";
import { promisesHeard } from "../calls/caller-line.ts";
import { lanes } from "../calls/numbers.ts";
import {
  type Agent,
  answerAt,
  callerArrives,
  creates,
  endOf,
  frameAfter,
  offerAt,
  ringAt,
  sitDown,
  until,
} from "../calls/scene.ts";
import { type FleetScene, happened, nodeAt, openFleet, reached, recordOf, withoutGap } from "./fleet-scene.ts";
import { freeze, readiness, withNetwork } from "./store-weather.ts";

const numbers = lanes(["frozen", "slow", "forgets"]);
const numberOf = (queue: string): string => numbers.find((each) => each.queue === queue)?.number ?? "";

const { through, network } = withNetwork();
let scene: FleetScene;
beforeAll(async () => {
  scene = await openFleet({ nodes: 1, numbers, through, callsPerSecond: 20 });
});
afterAll(() => scene.close());

/** Says so until it is true: a Redis that has just come back may need another moment. */
async function saysAvailable({ seat }: Agent): Promise<void> {
  await until("the agent is available", 30_000, async () => {
    const known = seat.received.length;
    seat.send({ type: "presence", status: "available" });
    return frameAfter(seat, known, ({ type, status }) => type === "presence" && status === "available", 2_000).then(
      () => true as const,
      () => undefined,
    );
  });
}

/** The caller asks for a person, and is told that nobody can be asked. */
async function nobodyIsPromised(caller: Handset, agent: Agent): Promise<void> {
  const asked = clip("speak-to-human");
  await caller.say(asked.audio);
  const decided = await happened(scene, caller, "escalation-decided");
  const offer = await lineAsked(scene.rig, new RegExp(`cannot reach our ${agent.id}`, "u"));
  // A caller whom no agent can take now hears so within 5 s (contract §9).
  expect((await lineHeard(caller, offer)) - decided.at).toBeLessThanOrEqual(5_000);
  expect(promisesHeard(scene, caller)).toEqual([]);
  expect(creates(scene, agent.phone.address)).toEqual([]);
  const record = await recordOf(scene, caller);
  expect(record.map(({ event }) => event)).not.toContain("agent-reserved");
}

test(
  "frozen: nobody is promised; when it is back the caller who waits gets the agent",
  { timeout: 120_000 },
  async () => {
    const agent = await sitDown(scene, { id: "frozen", queue: "frozen", phone: { kind: "answers", afterMs: 300 } });
    const caller = await callerArrives(scene, { to: numberOf("frozen"), from: "+14155553201" });
    const thaw = freeze(scene.redis);
    try {
      await nobodyIsPromised(caller, agent);
      const { http, checks } = await readiness(nodeAt(scene, 0));
      expect(http).toBe(503);
      expect(checks).toContainEqual(expect.objectContaining({ name: "presence", ok: false }));
    } finally {
      thaw();
    }
    await saysAvailable(agent);
    await caller.press("1");
    await (await answerAt(agent)).untilAsked();
    await (await answerAt(agent)).press("1");
    await reached(scene, caller, "bridged");
    expect(agent.phone.rings).toHaveLength(1);
    caller.hangUp();
    await endOf(scene, caller.callSid);
  },
);

test(
  "too slow: nobody is promised, and an agent it reserved all the same is free again",
  { timeout: 120_000 },
  async () => {
    const agent = await sitDown(scene, { id: "slow", queue: "slow", phone: { kind: "rings" } });
    const caller = await callerArrives(scene, { to: numberOf("slow"), from: "+14155553202" });
    network().redis.weather({ kind: "slow", ms: 900 });
    await nobodyIsPromised(caller, agent);
    caller.hangUp();
    await endOf(scene, caller.callSid);
    network().redis.weather({ kind: "clear" });
    await until("the agent is not held for nobody", 30_000, async () => {
      const { status } = (await scene.rig.api("GET", "/api/agents/slow/presence").catch(() => ({}))) as {
        status?: string;
      };
      return status === "available" || status === "offline" ? status : undefined;
    });
  },
);

test(
  "back without what it had acknowledged: the ring goes on, and nobody else gets the agent",
  { timeout: 120_000 },
  async () => {
    // What was slow before is over: a desk that opens in that moment waits for its own state.
    await until("Redis answers", 30_000, async () => {
      const { http } = await readiness(nodeAt(scene, 0));
      return http === 200 ? http : undefined;
    });
    const agent = await sitDown(scene, { id: "forgets", queue: "forgets", phone: { kind: "rings" } });
    const arrive = (from: string): Promise<Handset> => callerArrives(scene, { to: numberOf("forgets"), from });
    const [first, second] = await Promise.all([arrive("+14155553203"), arrive("+14155553204")]);
    await first.say(clip("speak-to-human").audio);
    const ring = await ringAt(agent);
    const { escalationId } = await offerAt(scene, agent);
    await scene.redis.end("SIGKILL");
    await scene.redis.start();
    await saysAvailable(agent);
    await second.say(clip("speak-to-human").audio);
    await happened(scene, second, "escalation-decided");
    const handset = ring.answer();
    await handset?.untilAsked();
    await handset?.press("1");
    await reached(scene, first, "bridged");
    await reached(scene, second, "offering-fallback", 40_000);
    const cards = agent.seat.received.filter(({ frame }) => frame.type === "offer");
    expect(new Set(cards.map(({ frame }) => frame["escalationId"]))).toEqual(new Set([escalationId]));
    expect(agent.phone.rings).toHaveLength(1);
    expect(creates(scene, agent.phone.address)).toHaveLength(1);
    expect(promisesHeard(scene, second)).toEqual([]);
    for (const caller of [first, second]) {
      expect(withoutGap(await recordOf(scene, caller))).toBe(true);
      caller.hangUp();
      await endOf(scene, caller.callSid);
    }
  },
);
