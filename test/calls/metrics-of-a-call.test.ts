// Real calls over sockets and audio, and what Prometheus reads afterwards: every stage of the budget, offers by how they
// ended, and whether promises were kept.
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { lanes } from "./numbers.ts";
import {
  type Agent,
  answerAt,
  callerKeysForPerson,
  endOf,
  offerAt,
  openScene,
  type Scene,
  sitDown,
  until,
} from "./scene.ts";

const numbers = lanes(["kept", "nobody"]);
const numberOf = (queue: string): string => numbers.find((number) => number.queue === queue)?.number ?? "";

let scene: Scene;
let declines: Agent;
let takes: Agent;
beforeAll(async () => {
  scene = await openScene({ numbers });
  declines = await sitDown(scene, { id: "dana", queue: "kept", phone: { kind: "answers", afterMs: 60_000 } });
  takes = await sitDown(scene, { id: "lee", queue: "kept", phone: { kind: "answers", afterMs: 300 } });
});
afterAll(() => scene.close());

/** The figures of the exposition, by name and labels. */
async function figures(): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${scene.rig.url}/metrics`)).text();
  const rows = text.matchAll(/^(warmline_\S+) (\S+)$/gmu);
  return new Map(Array.from(rows, ([, name = "", value]) => [name, Number(value)]));
}

/** What was counted of a stage, when something was. */
const stageAt = async (stage: string) =>
  until(`the stage ${stage}`, 30_000, async () => {
    const read = await figures();
    const count = read.get(`warmline_stage_seconds_count{stage="${stage}"}`);
    const seconds = read.get(`warmline_stage_seconds_sum{stage="${stage}"}`);
    return count === undefined || seconds === undefined ? undefined : { count, seconds };
  });

describe("/metrics after", () => {
  test("a call that is declined once and then bridged", { timeout: 60_000 }, async () => {
    const caller = await callerKeysForPerson(scene, { to: numberOf("kept") });
    const { offerId } = await offerAt(scene, declines);
    // Its own stages are those of the first agent asked: she lets it ring before she declines.
    await stageAt("ringing");
    await stageAt("promised");
    declines.seat.send({ type: "decline", offerId });
    const { escalationId } = await offerAt(scene, takes);
    const agent = await answerAt(takes);
    await agent.untilAsked();
    await agent.press("1");
    await takes.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
    takes.seat.send({ type: "end", escalationId });
    await endOf(scene, caller.callSid);

    const reached = [
      "reserved",
      "painted",
      "dialled",
      "ringing",
      "promised",
      "accepted",
      "move-ordered",
      "moved",
      "bridged",
    ];
    const seconds = new Map<string, number>();
    for (const stage of reached) {
      const { count, seconds: took } = await stageAt(stage);
      expect(count, stage).toBe(1);
      seconds.set(stage, took);
    }
    // What happens later is later, from the same decision. The card may be painted late: then it rings without it.
    const order = ["reserved", "dialled", "ringing", "accepted", "move-ordered", "moved"];
    const inOrder = order.map((stage) => seconds.get(stage) ?? Number.NaN);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
    expect(seconds.get("promised")).toBeGreaterThan(seconds.get("reserved") ?? Infinity);
    const read = await figures();
    expect(read.get('warmline_offers_total{outcome="declined"}')).toBe(1);
    expect(read.get('warmline_offers_total{outcome="accepted"}')).toBe(1);
    expect(read.get('warmline_promises_total{kind="person",kept="yes"}')).toBe(1);
    expect(read.get('warmline_promises_total{kind="person",kept="no"}')).toBeUndefined();
    expect(read.get('warmline_handoffs_total{outcome="bridged"}')).toBe(1);
    expect(read.get("warmline_move_seconds_count")).toBe(1);
    const move = read.get("warmline_move_seconds_sum") ?? Number.NaN;
    expect(move).toBeCloseTo((seconds.get("bridged") ?? 0) - (seconds.get("move-ordered") ?? 0), 2);
  });

  test("a call that nobody can take: the sentence that says so, and a callback", { timeout: 60_000 }, async () => {
    const caller = await callerKeysForPerson(scene, { to: numberOf("nobody") });
    expect((await stageAt("fallback")).count).toBe(1);
    await caller.press("2");
    await until("the number is read back", 20_000, async () => {
      const { items } = (await scene.rig.api("GET", "/api/escalations?queue=nobody")) as {
        items: { handoff?: { state: string } }[];
      };
      return items[0]?.handoff?.state === "capturing-callback" ? true : undefined;
    });
    await caller.press("1");
    const read = await until("the callback is stored", 20_000, async () => {
      const all = await figures();
      return all.has('warmline_promises_total{kind="callback",kept="made"}') ? all : undefined;
    });
    expect(read.get('warmline_promises_total{kind="callback",kept="made"}')).toBe(1);
    expect(read.get('warmline_handoffs_total{outcome="callback"}')).toBe(1);
    caller.hangUp();
    await endOf(scene, caller.callSid);
  });
});
