// Vapi's pitfalls 4 and 12, and a console that ends, reminds and plays.
import { expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import { lineOf } from "./caller-line.ts";
import { endOf, offerAt, timelineOf, until } from "./scene.ts";
import { twinOf } from "./vapi-call.ts";
import { bridged, sharedConsole } from "./vapi-console.ts";

const opened = sharedConsole();

test("pitfall 4: the agent declines, and is not put through", { timeout: 60_000 }, async () => {
  const calls = opened();
  const { scene } = calls;
  const sam = await calls.someone({ kind: "declines", afterMs: 200 });
  const { caller, vapi } = await calls.meet();
  await caller.say(clip("speak-to-human").audio);
  const { escalationId } = await offerAt(scene, sam);
  await until("the fallback", 30_000, async () =>
    (await timelineOf(scene, escalationId)).find(({ state }) => state === "offering-fallback"),
  );
  expect(vapi.over).toBe(false);
  expect(scene.rig.twilio.conferences()).toEqual([]);
});

test(
  "pitfall 12: none of their events about the end comes, and the record is complete all the same",
  { timeout: 60_000 },
  async () => {
    const calls = opened();
    const { scene } = calls;
    Object.assign(twinOf(scene).faults, { lost: ["status-update", "end-of-call-report"] });
    const sam = await calls.someone({ kind: "answers", afterMs: 300 });
    const { caller } = await calls.meet();
    await caller.say(clip("speak-to-human").audio);
    const { escalationId } = await bridged(scene, sam);
    caller.hangUp();
    await endOf(scene, caller.callSid);
    const row = await until("the end", 10_000, async () =>
      (await timelineOf(scene, escalationId)).find(({ state }) => state === "wrapping-up"),
    );
    expect(row.actor).toBe("carrier");
  },
);

test(
  "settings of the console that end, remind or play do not reach a waiting caller",
  { timeout: 60_000 },
  async () => {
    const calls = opened();
    const { scene } = calls;
    const sam = await calls.someone({ kind: "rings" });
    const { caller, vapi } = await calls.meet();
    await caller.say(clip("speak-to-human").audio);
    const { escalationId } = await offerAt(scene, sam);
    const at = Date.now();
    // Longer than its own silence limit, and longer than its calls may last.
    await until("a while", 15_000, () => (Date.now() - at > 9_000 ? true : undefined));
    expect(vapi.over).toBe(false);
    expect(vapi.spoken.map(({ text }) => text)).not.toContain("Are you still there?");
    expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false });
  },
);
