// H13: Postgres freezes, is killed, answers too late or resets its connections in the middle of a call. The caller's call
// goes on from the node's own disk, nothing that is not stored is confirmed aloud, and the record catches up, once.
import { afterAll, beforeAll, expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { lineAsked, lineHeard, linesAsked } from "../calls/assistant-lines.ts";
import { lineOf, promisesHeard } from "../calls/caller-line.ts";
import { lanes } from "../calls/numbers.ts";
import {
  type Agent,
  answerAt,
  callerArrives,
  creates,
  endOf,
  escalationOf,
  offerAt,
  sitDown,
  until,
} from "../calls/scene.ts";
import { caseOf, type FleetScene, nodeAt, openFleet, recordOf, withoutGap } from "./fleet-scene.ts";
import { caughtUp, figure, freeze, readiness, withNetwork } from "./store-weather.ts";

const numbers = lanes(["frozen", "nobody", "slow", "resets"]);
const numberOf = (queue: string): string => numbers.find((each) => each.queue === queue)?.number ?? "";

const { through, network } = withNetwork();
let scene: FleetScene;
beforeAll(async () => {
  scene = await openFleet({ nodes: 1, numbers, through, callsPerSecond: 20 });
});
afterAll(() => scene.close());

/** From the caller's wish to the conversation, as it would go on any day. */
async function isBridged(caller: Handset, agent: Agent): Promise<string> {
  await caller.say(clip("speak-to-human").audio);
  const { escalationId } = await offerAt(scene, agent);
  const handset = await answerAt(agent);
  await handset.untilAsked();
  await handset.press("1");
  await agent.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged", 20_000);
  return escalationId;
}

/** Every event is there, in its order and once, and what was to be done is done. */
async function recordIsWhole(caller: Handset): Promise<string[]> {
  const record = await recordOf(scene, caller);
  expect(withoutGap(record)).toBe(true);
  const events = record.map(({ event }) => event);
  for (const once of ["call-arrived", "escalation-decided", "agent-reserved", "packet-painted", "agent-consented"]) {
    expect.soft(events.filter((event) => event === once).length, once).toBeLessThanOrEqual(1);
  }
  await until("nothing is left to do", 20_000, async () => {
    const { rows } = await scene.db.query("select count(*) from jobs where case_id = $1", [caseOf(caller)]);
    return Number(rows[0]?.count) === 0 ? true : undefined;
  });
  return events;
}

async function handoffIsWhole(caller: Handset, agent: Agent, escalationId: string): Promise<void> {
  const events = await recordIsWhole(caller);
  expect(events).toEqual(expect.arrayContaining(["escalation-decided", "agent-reserved", "agent-consented"]));
  expect(await escalationOf(scene, escalationId)).toMatchObject({ handoff: { state: "bridged", agent: agent.id } });
  expect(agent.phone.rings).toHaveLength(1);
  expect(creates(scene, agent.phone.address)).toHaveLength(1);
  const { rows: turns } = await scene.db.query<{ text: string }>(
    "select turn->>'text' as text from turns where case_id = $1 order by index",
    [caseOf(caller)],
  );
  expect(turns.filter(({ text }) => /human|person/iu.test(text)).length).toBeGreaterThan(0);
  const { rows: packets } = await scene.db.query<{ hash: string }>("select hash from packets where escalation = $1", [
    escalationId,
  ]);
  const shown = agent.seat.received.flatMap(({ frame }) => (frame.type === "offer" ? [frame["hash"]] : []));
  expect(packets.map(({ hash }) => hash)).toEqual(expect.arrayContaining(shown));
}

test("frozen from before the decision to after the bridge", { timeout: 120_000 }, async () => {
  const node = nodeAt(scene, 0);
  const dana = await sitDown(scene, { id: "dana", queue: "frozen", phone: { kind: "answers", afterMs: 300 } });
  const caller = await callerArrives(scene, { to: numberOf("frozen"), from: "+14155553101" });
  const thaw = freeze(scene.postgres);
  let escalationId: string;
  try {
    escalationId = await isBridged(caller, dana);
    expect(await figure(node, "warmline_spool_commits")).toBeGreaterThan(5);
    expect(await figure(node, "warmline_spool_writes")).toBeGreaterThan(0);
    const [size, limit] = [
      await figure(node, "warmline_spool_bytes"),
      await figure(node, "warmline_spool_limit_bytes"),
    ];
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThan(limit);
    const { http, status, checks } = await readiness(node);
    expect([http, status]).toEqual([503, "not-ready"]);
    expect(checks).toContainEqual(
      expect.objectContaining({ name: "spool", ok: false, why: expect.stringMatching(/wait for the database/u) }),
    );
  } finally {
    thaw();
  }
  await caughtUp(node);
  expect((await readiness(node)).http).toBe(200);
  expect(await figure(node, "warmline_spool_lost")).toBe(0);
  await handoffIsWhole(caller, dana, escalationId);
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  caller.hangUp();
  await endOf(scene, caller.callSid);
});

test("killed, and then the gateway too: the callback was not confirmed, and is not forgotten", async () => {
  const node = nodeAt(scene, 0);
  const { rig, postgres } = scene;
  await sitDown(scene, { id: "pat", queue: "nobody", phone: { kind: "rings" }, available: false });
  const caller = await callerArrives(scene, { to: numberOf("nobody"), from: "+14155553102" });
  const began = linesAsked(rig).length;
  await postgres.end("SIGQUIT");
  await caller.say(clip("speak-to-human").audio);
  await lineHeard(caller, await lineAsked(rig, /call you back\?/u));
  await caller.say(clip("call-me-back").audio);
  await lineHeard(caller, await lineAsked(rig, /your number/u));
  await caller.press("1");
  await lineHeard(caller, await lineAsked(rig, /cannot confirm it/u));
  const said = linesAsked(rig).slice(began);
  expect(said.filter(({ text }) => /arranged/u.test(text))).toEqual([]);
  expect(promisesHeard(scene, caller)).toEqual([]);
  caller.hangUp();
  await endOf(scene, caller.callSid);
  const kept = await until("everything is on the disk", 10_000, async () => {
    const count = await figure(node, "warmline_spool_commits");
    return count > 3 ? count : undefined;
  });
  expect(kept).toBeGreaterThan(3);

  await node.kill();
  await postgres.start();
  await node.start();
  await caughtUp(node);
  await recordIsWhole(caller);
  const { items } = (await rig.api("GET", "/api/callbacks")) as { items: { number: string; status: string }[] };
  expect(items).toMatchObject([{ number: "+14155553102", status: "scheduled" }]);
});

test("too slow to answer in time, though it does what it is asked", { timeout: 120_000 }, async () => {
  const node = nodeAt(scene, 0);
  const kim = await sitDown(scene, { id: "kim", queue: "slow", phone: { kind: "answers", afterMs: 300 } });
  const caller = await callerArrives(scene, { to: numberOf("slow"), from: "+14155553103" });
  network().postgres.weather({ kind: "slow", ms: 2_600 });
  const escalationId = await isBridged(caller, kim);
  expect(await figure(node, "warmline_spool_commits")).toBeGreaterThan(0);
  network().postgres.weather({ kind: "clear" });
  await caughtUp(node);
  expect(await figure(node, "warmline_spool_lost")).toBe(0);
  await handoffIsWhole(caller, kim, escalationId);
  caller.hangUp();
  await endOf(scene, caller.callSid);
});

test("connections reset again and again", { timeout: 120_000 }, async () => {
  const node = nodeAt(scene, 0);
  const lee = await sitDown(scene, { id: "lee", queue: "resets", phone: { kind: "answers", afterMs: 300 } });
  const caller = await callerArrives(scene, { to: numberOf("resets"), from: "+14155553104" });
  let resets = 0;
  const storm = setInterval(() => {
    network().postgres.weather({ kind: "reset" });
    // Every other time the database is reached in between.
    if ((resets += 1) % 2 === 0) network().postgres.weather({ kind: "clear" });
  }, 400);
  let escalationId: string;
  try {
    escalationId = await isBridged(caller, lee);
  } finally {
    clearInterval(storm);
    network().postgres.weather({ kind: "clear" });
  }
  await caughtUp(node);
  expect(await figure(node, "warmline_spool_lost")).toBe(0);
  await handoffIsWhole(caller, lee, escalationId);
  caller.hangUp();
  await endOf(scene, caller.callSid);
});
