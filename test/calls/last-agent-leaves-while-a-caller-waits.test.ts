// C27: everybody was busy, and the caller chose to wait. Then the last agent who could have become free leaves: the caller
// is told and offered a callback within 5 s.
import { afterAll, beforeAll, expect, test } from "vitest";

import { lineAsked, lineHeard, linesAsked } from "./assistant-lines.ts";
import { lineOf } from "./caller-line.ts";
import {
  type Agent,
  CALLER,
  callerKeysForPerson,
  endOf,
  escalationOf,
  offerAt,
  openScene,
  presenceOf,
  ringAt,
  type Scene,
  sitDown,
  until,
} from "./scene.ts";

const TOLD_MS = 5_000;

let scene: Scene;
let dana: Agent;
beforeAll(async () => {
  scene = await openScene();
  dana = await sitDown(scene, { phone: { kind: "rings" } });
});
afterAll(() => scene.close());

test("the caller who waits hears that nobody is left", { timeout: 50_000 }, async ({ annotate }) => {
  const { rig } = scene;
  const [first, waits] = await Promise.all([
    callerKeysForPerson(scene, { from: "+14155550143" }),
    callerKeysForPerson(scene, { from: CALLER }),
  ]);
  // One of the two has the only agent; the other one is asked, and waits.
  const { escalationId: taken } = await offerAt(scene, dana);
  const ring = await ringAt(dana);
  const question = await lineAsked(rig, /Everyone from our service team is busy/u);
  const { items } = (await rig.api("GET", "/api/escalations")) as { items: { id: string; callId: string }[] };
  const other = items.find(({ id }) => id !== taken);
  if (!other) throw new Error("there is no second case");
  const waiting = other.callId.endsWith(waits.callSid.slice(2)) ? waits : first;
  const gone = waiting === waits ? first : waits;
  await lineHeard(waiting, question);
  await waiting.press("1");
  await until("the caller waits", 5_000, async () =>
    (await escalationOf(scene, other.id)).handoff?.state === "waiting" ? true : undefined,
  );

  // She wants to go after this one, and there is no "this one" any more.
  dana.seat.send({ type: "presence", status: "offline" });
  gone.hangUp();
  const left = await presenceOf(dana.seat, "offline");
  await endOf(scene, ring.callSid);
  const told = await until("the caller is told", 10_000, () =>
    linesAsked(rig).find(({ text, at }) => at > left.at - 100 && /call you back\?/u.test(text)),
  );
  const heardAt = await lineHeard(waiting, told);
  await annotate(`heard ${Math.round(heardAt - left.at)} ms after the last agent had left`);
  expect(heardAt - left.at).toBeLessThanOrEqual(TOLD_MS);
  expect((await escalationOf(scene, other.id)).handoff?.state).toBe("offering-fallback");

  // And the offer stands: two is a callback.
  await waiting.press("2");
  await until("the number is read back", 5_000, async () =>
    (await escalationOf(scene, other.id)).handoff?.state === "capturing-callback" ? true : undefined,
  );
  waiting.hangUp();
  await endOf(scene, waiting.callSid);
  expect(await lineOf(scene, waiting, other.id)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
});
