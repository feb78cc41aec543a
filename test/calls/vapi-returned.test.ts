// Two of the five sequences of a call whose assistant Vapi runs: failed and returned, caller gone.
import { afterAll, beforeAll, expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import type { PhoneBehaviour } from "../../lab/twilio/phone-book.ts";
import {
  type Agent,
  endOf,
  leftovers,
  NOTHING_LEFT,
  offerAt,
  openScene,
  ringAt,
  type Scene,
  sitDown,
  timelineOf,
  until,
} from "./scene.ts";
import { callerMeetsAssistant, saidAfter, sayAndHear } from "./vapi-call.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ assistant: "vapi", opening: "An assistant speaks." });
});
afterAll(() => scene.close());

let count = 0;
/** Each test has its own agent, so that none waits for another's paperwork. */
const someone = (phone: PhoneBehaviour): Promise<Agent> => sitDown(scene, { id: `dana${(count += 1)}`, phone });
const leaves = ({ seat }: Agent): void => seat.send({ type: "presence", status: "offline" });

test(
  "15.4, pitfall 7: failed and returned: the same call of the assistant's goes on",
  { timeout: 90_000 },
  async () => {
    const dana = await someone({ kind: "declines", afterMs: 300 });
    const { caller, vapi } = await callerMeetsAssistant(scene);
    await caller.say(clip("speak-to-human").audio);
    await until("the fallback", 40_000, () =>
      vapi.spoken.find(({ text, source }) => source === "force-say" && /call(?:ed)? (?:you )?back|wait/iu.test(text)),
    );
    await sayAndHear(caller, clip("cancel-go-on").audio);
    const asked = Date.now();
    await sayAndHear(caller, clip("still-there").audio);
    expect(saidAfter(vapi, asked)).toContain("I am still here with you.");
    expect(vapi.over).toBe(false);
    expect(JSON.stringify(vapi.mind.history)).toContain("has ended: cancelled");
    caller.hangUp();
    await endOf(scene, caller.callSid);
    expect(await until("the end", 5_000, () => vapi.record.endedReason)).toBe("customer-ended-call");
    leaves(dana);
  },
);

test("15.5 the caller leaves while the agent's phone rings: nothing goes on ringing", { timeout: 60_000 }, async () => {
  const dana = await someone({ kind: "rings" });
  const { caller, vapi } = await callerMeetsAssistant(scene);
  await caller.say(clip("speak-to-human").audio);
  const { escalationId } = await offerAt(scene, dana);
  const ring = await ringAt(dana);
  const leftAt = Date.now();
  caller.hangUp();
  expect(await ring.over).toBe("cancelled");
  expect(Date.now() - leftAt).toBeLessThan(3_000);
  expect(await until("the end", 5_000, () => vapi.record.endedReason)).toBe("customer-ended-call");
  const rows = await timelineOf(scene, escalationId);
  expect(rows.at(-1)?.state).toBe("closed");
  expect(leftovers(scene)).toEqual(NOTHING_LEFT);
});
