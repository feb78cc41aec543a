// A gateway is told to stop while callers are on its lines: nobody notices. The last one left waits for its calls.
import { afterAll, beforeAll, expect, test } from "vitest";

import { longestSilence } from "../../lab/audio/analyse.ts";
import { clip } from "../../lab/audio/clips.ts";
import { openDeskSeat } from "../../lab/people/desk-seat.ts";
import { DESK_KEY } from "../../lab/rig/start-rig.ts";
import { lanes } from "../calls/numbers.ts";
import { callerArrives, callerAsksForPerson, creates, offerAt, ringAt, sitDown, until } from "../calls/scene.ts";
import {
  type FleetScene,
  happened,
  nodeAt,
  now,
  openFleet,
  prefer,
  reached,
  recordOf,
  withoutGap,
} from "./fleet-scene.ts";

const numbers = lanes(["talks", "rings"]);
const [talksTo, ringsTo] = numbers.map(({ number }) => number);

let scene: FleetScene;
beforeAll(async () => {
  scene = await openFleet({ numbers, env: { DRAIN_NOTICE_SECONDS: "1" } });
});
afterAll(() => scene.close());

test(
  "callers change hands in silence, desks reconnect, and the last node waits for its calls",
  { timeout: 90_000 },
  async () => {
    const { fleet } = scene;
    const { twilio } = fleet;
    const [leaving, staying] = [nodeAt(scene, 0), nodeAt(scene, 1)];
    prefer(scene, { calls: leaving, desks: leaving });
    const pat = await sitDown(scene, { id: "pat", queue: "rings", phone: { kind: "rings" } });
    const [talks, rings] = await Promise.all([
      callerArrives(scene, { to: talksTo ?? "", from: "+14155553001" }),
      callerAsksForPerson(scene, { to: ringsTo ?? "", from: "+14155553002" }),
    ]);
    const ring = await ringAt(pat);
    const { offerId } = await offerAt(scene, pat);
    // Everything at the agent's phone is over before the window is; the fleet has ten seconds to change hands.
    prefer(scene, {});
    const toldAt = now();
    const gone = leaving.stop("SIGTERM", 40_000);
    await until("not ready any more", 5_000, async () =>
      (await fetch(`${leaving.url}/readyz`)).status === 503 ? true : undefined,
    );
    expect(twilio.streams()).toHaveLength(2);
    expect((await fetch(`${leaving.url}/healthz`)).status).toBe(200);
    const openedAgain = (callSid: string) =>
      twilio.log.waitFor("stream", (it) => it.callSid === callSid && it.event === "opened" && it.at > toldAt, 25_000);
    await Promise.all([openedAgain(talks.callSid), openedAgain(rings.callSid)]);
    const seat = await openDeskSeat({ url: fleet.url, apiKey: DESK_KEY, agent: "pat" });
    expect(seat.received[0]?.frame).toMatchObject({
      type: "hello",
      presence: { status: "reserved" },
      open: [{ kind: "offer", offerId }],
    });
    expect(await gone).toBe(0);
    const leftAt = now();

    // The carrier said nothing in its own voice, and whoever was spoken with knows what was said before.
    expect(twilio.log.of("verb", ({ verb, at }) => verb === "Say" && at > toldAt)).toEqual([]);
    const spoken = fleet.openai.sessions.flatMap((session) => session.spoken.filter(({ at }) => at > toldAt));
    expect(spoken.filter(({ text }) => /gone for a moment|How can I help/u.test(text))).toEqual([]);
    const agent = ring.answer();
    await agent?.untilAsked();
    await agent?.press("1");
    await reached(scene, rings, "bridged");
    expect(creates(scene)).toHaveLength(1);
    const { heard } = rings.recording;
    const quiet = longestSilence(heard.between(toldAt, leftAt));
    expect(quiet.ms, "the longest silence of the caller who waits").toBeLessThanOrEqual(4_000);
    await talks.say(clip("speak-to-human").audio);
    const decided = await happened(scene, talks, "escalation-decided");
    expect(decided.node).toBe(staying.id);
    for (const caller of [talks, rings]) expect(withoutGap(await recordOf(scene, caller))).toBe(true);

    // Nobody is there to take these two from the last one.
    const last = staying.stop("SIGTERM", 40_000);
    await until("not ready any more", 5_000, async () =>
      (await fetch(`${staying.url}/readyz`)).status === 503 ? true : undefined,
    );
    const still = await Promise.race([last, new Promise((resolve) => setTimeout(() => resolve("still there"), 2_500))]);
    expect(still).toBe("still there");
    talks.hangUp();
    rings.hangUp();
    expect(await last).toBe(0);
    await seat.close();
  },
);
