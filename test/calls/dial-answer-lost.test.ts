// C11: the carrier's answer to "ring the agent" is lost or is an error. Whether it rings is unknown until the carrier is
// heard of again: nobody is rung twice (H8), and the caller is told nothing that may be wrong.
import { afterAll, beforeAll, describe, test } from "vitest";

import type { FaultRule } from "../../lab/twilio/fault-switches.ts";
import { lineAsked, lineHeard, linesAsked } from "./assistant-lines.ts";
import { lineOf } from "./caller-line.ts";
import { lanes } from "./numbers.ts";
import {
  type Agent,
  answerAt,
  callerAsksForPerson,
  creates,
  endOf,
  escalationOf,
  offerAt,
  openScene,
  type Scene,
  sitDown,
  timelineOf,
} from "./scene.ts";

const numbers = lanes(["lost", "unseen", "after", "before"]);
const [LOST = "", UNSEEN = "", AFTER = "", BEFORE = ""] = numbers.map(({ number }) => number);
/** What a caller hears when something went wrong with an agent. */
const FAILED = /did not answer|nobody could take/iu;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ numbers, callsPerSecond: 50 });
  const { faults } = scene.rig.twilio;
  const add = async (
    queue: string,
    name: "rest-answer-lost" | "rest-500-after" | "rest-500-before",
  ): Promise<Agent> => {
    // Picks up when the create has been unknown for longer than the gateway waits for its answer.
    const agent = await sitDown(scene, { id: queue, queue, phone: { kind: "answers", afterMs: 4_500 } });
    const when: FaultRule["when"] = ({ path, params }: { path?: string; params: Readonly<Record<string, unknown>> }) =>
      // The list of calls has the same path, and no form.
      path?.endsWith("/Calls.json") === true && String(params["To"]) === agent.phone.address;
    faults.add({ name, when } as FaultRule);
    return agent;
  };
  await add("lost", "rest-answer-lost");
  const unseen = await add("unseen", "rest-answer-lost");
  // Nothing of this leg's progress arrives either: only asking the carrier can settle it.
  faults.add({
    name: "webhook-drop",
    times: 20,
    when: ({ purpose, params }) => purpose === "call-status" && params["To"] === unseen.phone.address,
  });
  await add("after", "rest-500-after");
  await add("before", "rest-500-before");
});
afterAll(() => scene.close());

const agentOf = (queue: string): Agent => {
  const agent = scene.agents.get(queue);
  if (!agent) throw new Error(`nobody serves ${queue}`);
  return agent;
};

describe.concurrent("a create without a good answer", () => {
  test.for([
    ["lost", LOST, "the answer never comes, the callbacks do"],
    ["unseen", UNSEEN, "neither the answer nor the callbacks come"],
    ["after", AFTER, "the carrier rang, and answered 500"],
  ] as const)("%s: %s %s", { timeout: 50_000 }, async ([queue, to], { expect, annotate }) => {
    const agent = agentOf(queue);
    const caller = await callerAsksForPerson(scene, { to });
    const { escalationId } = await offerAt(scene, agent);
    const handset = await answerAt(agent);
    await handset.untilAsked();
    await handset.press("1");
    await agent.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
    const timeline = await timelineOf(scene, escalationId);
    await annotate(timeline.map(({ event }) => event).join(" "));

    expect(creates(scene, agent.phone.address)).toHaveLength(1);
    expect(agent.phone.rings).toHaveLength(1);
    expect(linesAsked(scene.rig).filter(({ text }) => FAILED.test(text) && text.includes(`our ${queue} team`))).toEqual(
      [],
    );
    agent.seat.send({ type: "end", escalationId });
    await endOf(scene, caller.callSid);
    expect(await escalationOf(scene, escalationId)).toMatchObject({
      handoff: { outcome: "bridged" },
      offers: [{ agent: queue, outcome: "accepted" }],
    });
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
  });

  test(
    "before: the carrier answered 500 and rang nobody: the fallback begins after 5 s",
    { timeout: 50_000 },
    async ({ expect, annotate }) => {
      const agent = agentOf("before");
      const caller = await callerAsksForPerson(scene, { to: BEFORE });
      const { escalationId } = await offerAt(scene, agent);
      const offered = await lineAsked(scene.rig, /before team.*nobody could take/iu);
      const heardAt = await lineHeard(caller, offered);
      const [create, ...others] = creates(scene, agent.phone.address);
      const timeline = await timelineOf(scene, escalationId);
      const fallback = timeline.find(({ state }) => state === "offering-fallback");
      const begunMs = Date.parse(fallback?.at ?? "") - (create?.at ?? 0);
      await annotate(
        `the fallback began ${Math.round(begunMs)} ms after the create and was heard after ${Math.round(heardAt - (create?.at ?? 0))} ms`,
      );
      expect(others).toEqual([]);
      expect(agent.phone.rings).toEqual([]);
      // Unknown first, as long as somebody may ring after all; what the caller hears of it comes with the fallback.
      const events = timeline.map(({ event, state }) => (state === "offering-fallback" ? "fallback" : event));
      expect(events.slice(0, events.indexOf("fallback"))).toContain("dial-unknown");
      expect(begunMs).toBeLessThanOrEqual(5_500);
      expect(heardAt - Date.parse(fallback?.at ?? "")).toBeLessThanOrEqual(2_000);
      expect(
        linesAsked(scene.rig).filter(
          ({ text, at }) => FAILED.test(text) && text.includes("before team") && at < offered.at,
        ),
      ).toEqual([]);

      caller.hangUp();
      await endOf(scene, caller.callSid);
      expect(await escalationOf(scene, escalationId)).toMatchObject({
        offers: [{ agent: "before", outcome: "carrier-fault", raw: "create-unknown" }],
      });
      // Not the agent's doing: they stay available.
      const last = agent.seat.received.findLast(({ frame }) => frame.type === "presence");
      expect(last?.frame).toMatchObject({ status: "available" });
      expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
    },
  );
});
