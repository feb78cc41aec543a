// A caller with an agent of Retell's gets nobody: failed and returned; and given up by the caller (facts/retell.md §12, §13).
// How one gets a person is in retell-warm-transfer.test.ts.
import { afterAll, beforeAll, expect, test } from "vitest";
import { clip } from "../../lab/audio/clips.ts";
import { callerGreeted, openRetellScene, type RetellScene, soonOf } from "./retell-scene.ts";

let scene: RetellScene;
beforeAll(async () => {
  scene = await openRetellScene("retell");
});
afterAll(() => scene.close());

type Row = { readonly at: string; readonly event: string; readonly state: string };
const rowsOf = async (escalationId: string): Promise<Row[]> => {
  const { items } = (await scene.rig.api("GET", `/api/escalations/${escalationId}/timeline`)) as { items: Row[] };
  return items;
};

const offerAfter = async (known: number): Promise<string> => {
  const frame = await soonOf(
    () => scene.seat.received.slice(known).find(({ frame: each }) => each.type === "offer")?.frame,
    "an offer",
  );
  return String(frame["escalationId"]);
};

const available = async (known: number): Promise<void> => {
  scene.seat.send({ type: "presence", status: "available" });
  await soonOf(
    () =>
      scene.seat.received
        .slice(known)
        .find(({ frame }) => frame.type === "presence" && frame["status"] === "available"),
    "an available agent",
  );
};

test(
  "pitfalls 3 and 11, §13.4: the agent is busy, and the record says so; the same Retell call goes on, the caller may choose",
  { timeout: 90_000 },
  async () => {
    const { seat, phone, rig } = scene;
    phone.behave({ kind: "busy", afterMs: 500 });
    const { caller, visit } = await callerGreeted(scene);
    const known = seat.received.length;
    await caller.say(clip("real-person").audio);
    const escalationId = await offerAfter(known);
    const rows = await soonOf(async () => {
      const items = await rowsOf(escalationId);
      return items.some(({ state }) => state === "offering-fallback") ? items : undefined;
    }, "the fallback");
    // Not a generic error, and not the same as one who does not answer.
    const ended = rows.find(({ event }) => event === "agent-leg-ended");
    expect(JSON.stringify(ended)).toContain("busy");
    await soonOf(
      () => visit.spoken.find(({ at, text }) => at > Date.parse(rows.at(-1)?.at ?? "") - 500 && text.length > 20),
      "the sentence that offers the choice",
    );
    expect(visit.ongoing).toBe(true);
    caller.hangUp();
    await soonOf(() => (visit.ongoing ? undefined : true), "the end of Retell's call");
    await soonOf(() => (rig.twilio.legs().length === 0 ? true : undefined), "the end of every leg");
  },
);

test(
  "§13.5: the caller leaves while the agent's phone rings; ring, offer and Retell's call are over",
  { timeout: 90_000 },
  async () => {
    const { seat, phone, rig } = scene;
    phone.behave({ kind: "rings" });
    await available(seat.received.length);
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
    await soonOf(() => (visit.ongoing ? undefined : true), "the end of Retell's call");
    await soonOf(() => (rig.twilio.legs().length === 0 ? true : undefined), "the end of every leg");
    const seen = (await rig.api("GET", `/api/escalations/${escalationId}`)) as { handoff: { outcome?: string } };
    expect(seen.handoff.outcome).toBe("abandoned");
  },
);
