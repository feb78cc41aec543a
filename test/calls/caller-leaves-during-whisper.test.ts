// C2: the agent has picked up and hears the briefing when the caller hangs up. One fixed sentence, then the agent is let go.
import { afterAll, beforeAll, expect, test } from "vitest";

import { audibleSpans } from "../../lab/audio/analyse.ts";
import { findVoice } from "../../lab/audio/find-voice.ts";
import { voice } from "../../lab/audio/voice.ts";
import { listenTo } from "../../lab/people/ear.ts";
import { lineOf } from "./caller-line.ts";
import {
  type Agent,
  answerAt,
  callerAsksForPerson,
  endOf,
  escalationOf,
  freeAgain,
  leftovers,
  NOTHING_LEFT,
  offerAt,
  openScene,
  presenceOf,
  type Scene,
  sitDown,
} from "./scene.ts";

const CALLER_GONE = "The caller has hung up. Thank you, goodbye.";

let scene: Scene;
let dana: Agent;
beforeAll(async () => {
  scene = await openScene();
  dana = await sitDown(scene, { phone: { kind: "answers", afterMs: 300 } });
});
afterAll(() => scene.close());

test("the briefing stops, one fixed sentence is said without a model, and the agent is free again", async ({
  annotate,
}) => {
  const { openai, twilio } = scene.rig;
  const caller = await callerAsksForPerson(scene);
  const { escalationId, offerId } = await offerAt(scene, dana);
  const agent = await answerAt(dana);
  const ear = listenTo(agent);
  await ear.hears(1_000);
  ear.close();
  caller.hangUp();
  const leftAt = await endOf(scene, caller.callSid);
  const repliesBefore = openai.log.filter(({ type }) => type === "response.create").length;

  const endedAt = await endOf(scene, agent.callSid);
  expect(endedAt - leftAt).toBeLessThanOrEqual(6_000);
  const said = twilio.log.of("verb", (it) => it.callSid === agent.callSid && it.verb === "Say" && it.at > leftAt);
  expect(said.map(({ text }) => text)).toEqual([CALLER_GONE]);

  // On the audio: after the cut there is that sentence and nothing else.
  const { heard } = agent.recording;
  const audio = heard.between(leftAt, endedAt + 500);
  const [sentence] = findVoice(audio, voice("carrier", CALLER_GONE));
  const fromMs = sentence?.atMs ?? Infinity;
  const before = audibleSpans(audio).filter((span) => span.fromMs < fromMs - 20);
  const stoppedMs = before.at(-1)?.toMs ?? 0;
  await annotate(
    `ms after the hang-up: briefing stops ${stoppedMs}, sentence begins ${fromMs}, leg ends ${endedAt - leftAt}`,
  );
  expect(sentence?.heardMs).toBeGreaterThanOrEqual(voice("carrier", CALLER_GONE).length / 8 - 200);
  expect(stoppedMs).toBeLessThanOrEqual(500);

  expect(openai.log.filter(({ type }) => type === "response.create")).toHaveLength(repliesBefore);
  const withdrawn = await dana.seat.waitFor(({ type }) => type === "offer-withdrawn");
  expect(withdrawn.frame).toMatchObject({ offerId, reason: "caller-left" });
  await presenceOf(dana.seat, "reserved");
  await freeAgain(dana.seat);
  // What the agent needs to ring back is there: the case, open, with the packet they saw.
  expect(await escalationOf(scene, escalationId)).toMatchObject({ status: "open", handoff: { outcome: "abandoned" } });
  expect(leftovers(scene)).toEqual(NOTHING_LEFT);
  expect(twilio.log.of("conference")).toEqual([]);
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
});
