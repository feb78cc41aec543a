// C23: while the agent hears the briefing, and again while a colleague does, nobody hears the other side. A sentence of the
// caller's is on no agent's line; one of an agent's is not on the caller's line and in no input of the model (H9).
import { afterAll, beforeAll, expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import { findVoice } from "../../lab/audio/find-voice.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { lineOf } from "./caller-line.ts";
import { lanes } from "./numbers.ts";
import { type Agent, answerAt, callerKeysForPerson, endOf, offerAt, openScene, type Scene, sitDown } from "./scene.ts";

const CALLERS = clip("marker-pineapple");
const AGENTS = clip("marker-walnut");
const LEES = clip("agent-look");
/** Two different clips stay below 0.45 of each other; a marker on a line it is spoken on is far above. */
const OVERHEARD_FROM = 0.45;

const numbers = lanes(["others"]);

let scene: Scene;
let dana: Agent;
let lee: Agent;
beforeAll(async () => {
  scene = await openScene({ numbers, callsPerSecond: 50 });
  dana = await sitDown(scene, { phone: { kind: "answers", afterMs: 300 } });
  lee = await sitDown(scene, { id: "lee", queue: "others", phone: { kind: "answers", afterMs: 300 } });
});
afterAll(() => scene.close());

/** The best likeness of a marker on what this party heard between two times; 0: nothing is like it. */
function likeness(party: Handset, marker: Uint8Array, [from, to]: readonly [number, number]): number {
  const found = findVoice(party.recording.heard.between(from, to), marker, { threshold: 0.05 });
  return Math.max(0, ...found.map(({ score }) => score));
}

/** All of them say their marker at the same time; answers when. */
async function speak(parts: readonly (readonly [Handset, Uint8Array])[]): Promise<[number, number]> {
  const from = Date.now();
  await Promise.all(parts.map(([party, audio]) => party.say(audio)));
  // What was said last is on its way for a moment.
  await new Promise((resolve) => setTimeout(resolve, 700));
  return [from, Date.now()];
}

/** Everything any session of the model was given as text, and every transcript: what it heard and what it was told. */
const givenToModels = (): string =>
  scene.rig.openai.log
    .filter(({ type }) => type !== "response.output_audio.delta")
    .map(({ event }) => JSON.stringify(event))
    .join("\n");

test("the briefing of an agent, and that of a colleague, are nobody else's", { timeout: 40_000 }, async (context) => {
  const { openai } = scene.rig;
  const caller = await callerKeysForPerson(scene);
  const { escalationId } = await offerAt(scene, dana);
  const agent = await answerAt(dana);
  const first = await speak([
    [caller, CALLERS.audio],
    [agent, AGENTS.audio],
  ]);
  await openai.waitFor(({ event }) => JSON.stringify(event).includes(CALLERS.text), 5_000);
  const session = openai.sessions[0];
  const whileBriefed = { caller: likeness(caller, AGENTS.audio, first), agent: likeness(agent, CALLERS.audio, first) };
  expect(whileBriefed.caller).toBeLessThan(OVERHEARD_FROM);
  expect(whileBriefed.agent).toBeLessThan(OVERHEARD_FROM);

  await agent.press("1");
  await dana.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
  // The measure measures: together, each is heard by the other.
  const together = await speak([
    [caller, CALLERS.audio],
    [agent, AGENTS.audio],
  ]);
  expect(likeness(caller, AGENTS.audio, together)).toBeGreaterThan(OVERHEARD_FROM);
  expect(likeness(agent, CALLERS.audio, together)).toBeGreaterThan(OVERHEARD_FROM);

  dana.seat.send({ type: "transfer", escalationId, queue: "others", note: "yours" });
  const colleague = await answerAt(lee);
  const second = await speak([
    [caller, CALLERS.audio],
    [colleague, LEES.audio],
  ]);
  const whileConsulting = {
    caller: likeness(caller, LEES.audio, second),
    agent: likeness(agent, LEES.audio, second),
    colleague: likeness(colleague, CALLERS.audio, second),
  };
  await context.annotate(`likeness ${JSON.stringify({ whileBriefed, whileConsulting })}`);
  for (const each of Object.values(whileConsulting)) expect(each).toBeLessThan(OVERHEARD_FROM);
  expect(likeness(agent, CALLERS.audio, second)).toBeGreaterThan(OVERHEARD_FROM);

  // One session, the caller's own: it heard the caller before the bridge, and no agent ever.
  expect(openai.sessions).toHaveLength(1);
  expect(session?.heard.filter(({ text }) => text === CALLERS.text)).toHaveLength(1);
  const given = givenToModels();
  for (const { text } of [AGENTS, LEES]) expect(given).not.toContain(text);

  dana.seat.send({ type: "end", escalationId });
  await Promise.all([caller, agent, colleague].map(({ callSid }) => endOf(scene, callSid)));
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
});
