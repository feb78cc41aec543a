// A caller with an agent of Retell's gets nobody: failed and returned; and given up by the caller (facts/retell.md §12, §13).
// How one gets a person is in retell-warm-transfer.test.ts.
import { afterAll, beforeAll, expect, test } from "vitest";
import { clip } from "../../lab/audio/clips.ts";
import { callerGreeted, openRetellScene, type RetellScene } from "./retell-scene.ts";
import { emptyCarrier, escalationOf, timelineOf, until } from "./scene.ts";

let scene: RetellScene;
beforeAll(async () => {
  scene = await openRetellScene("retell");
});
afterAll(() => scene.close());

const offerAfter = async (known: number): Promise<string> => {
  const frame = await until(
    "an offer",
    20_000,
    () => scene.seat.received.slice(known).find(({ frame: each }) => each.type === "offer")?.frame,
  );
  return String(frame["escalationId"]);
};

test(
  "pitfalls 3 and 11, §13.4: the agent is busy, and the record says so; the same Retell call goes on, the caller may choose",
  { timeout: 90_000 },
  async () => {
    const { seat, phone } = scene;
    phone.behave({ kind: "busy", afterMs: 500 });
    const { caller, visit } = await callerGreeted(scene);
    const known = seat.received.length;
    await caller.say(clip("real-person").audio);
    const escalationId = await offerAfter(known);
    const rows = await until("the fallback", 20_000, async () => {
      const items = await timelineOf(scene, escalationId);
      return items.some(({ state }) => state === "offering-fallback") ? items : undefined;
    });
    // Not a generic error, and not the same as one who does not answer.
    const ended = rows.find(({ event }) => event === "agent-leg-ended");
    expect(JSON.stringify(ended)).toContain("busy");
    await until("the sentence that offers the choice", 20_000, () =>
      visit.spoken.find(({ at, text }) => at > Date.parse(rows.at(-1)?.at ?? "") - 500 && text.length > 20),
    );
    expect(visit.ongoing).toBe(true);
    caller.hangUp();
    await until("the end of Retell's call", 20_000, () => (visit.ongoing ? undefined : true));
    await emptyCarrier(scene);
  },
);

test(
  "§13.5: the caller leaves while the agent's phone rings; ring, offer and Retell's call are over",
  { timeout: 90_000 },
  async () => {
    const { seat, phone } = scene;
    phone.behave({ kind: "rings" });
    await seat.becomes("available");
    const ringing = phone.nextRing(40_000);
    const { caller, visit } = await callerGreeted(scene);
    const known = seat.received.length;
    await caller.say(clip("real-person").audio);
    const escalationId = await offerAfter(known);
    const ring = await ringing;
    const leftAt = Date.now();
    caller.hangUp();
    expect(await ring.over).toBe("cancelled");
    expect(Date.now() - leftAt).toBeLessThan(4_000);
    await until("the end of Retell's call", 20_000, () => (visit.ongoing ? undefined : true));
    await emptyCarrier(scene);
    expect(await escalationOf(scene, escalationId)).toMatchObject({ handoff: { outcome: "abandoned" } });
  },
);
