// A caller with an agent of Retell's gets a person: started by the model's own function, while the caller goes on
// talking and the phone rings for long; failed and returned; and given up by the caller. (facts/retell.md §12, §13)
import { afterAll, beforeAll, expect, test } from "vitest";
import { findVoice } from "../../lab/audio/find-voice.ts";
import { clip } from "../../lab/audio/clips.ts";
import { listenTo } from "../../lab/people/ear.ts";
import { silenceIn, SILENCE_MAX_MS } from "./line-silence.ts";
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
  "pitfalls 1, 2, 4 to 6, 8 to 10: a phone that rings for long and a caller who talks meanwhile spoil nothing; after the bridge Retell is out of the path",
  { timeout: 90_000 },
  async () => {
    const { seat, phone, retell } = scene;
    const ringing = phone.nextRing(40_000);
    const { caller, visit } = await callerGreeted(scene);
    const known = seat.received.length;
    await caller.say(clip("real-person").audio);
    const escalationId = await offerAfter(known);
    const ring = await ringing;
    // The caller speaks into the wait: Retell's own transfer would be cancelled by it. More than two rings meanwhile.
    const ear = listenTo(caller);
    await caller.say(clip("still-there").audio);
    await ear.untilSpokenTo(700);
    ear.close();
    const agent = ring.answer();
    if (agent === undefined) throw new Error("the phone rings no more");
    await agent.untilAsked();
    await agent.press("1");
    await seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged", 20_000);
    await soonOf(() => (visit.ongoing ? undefined : true), "the end of Retell's leg");
    expect(visit.reason).toBe("user_hangup");
    await agent.say(clip("agent-intro").audio);
    // The room's buffers still hold the end of it.
    await agent.say(clip("agent-look").audio);
    // No transfer of the vendor's was used: nothing of it is in any request or document.
    expect(JSON.stringify(retell.log.entries)).not.toMatch(/transfer_number|transfer_call|REFER/u);
    seat.send({ type: "end", escalationId });
    await Promise.all([caller.ended, agent.ended]);
    expect(findVoice(caller.recording.heard.heard(), clip("agent-intro").audio).length).toBeGreaterThan(0);
    const after = seat.received.length;
    seat.send({ type: "wrap-up", escalationId, disposition: "resolved", resolved: true, notes: "" });
    const rows = await rowsOf(escalationId);
    expect(rows.map(({ event }) => event)).toContain("escalation-decided");
    expect(silenceIn(caller, rows)).toBeLessThanOrEqual(SILENCE_MAX_MS);
    await soonOf(
      () =>
        retell.webhooks.find(
          ({ event, callId, status }) => event === "call_analyzed" && callId === visit.id && status === 204,
        ),
      "the analysis",
    );
    await soonOf(
      () => seat.received.slice(after).find(({ frame }) => frame.type === "state" && frame["cause"] === "wrapped-up"),
      "the end of the wrap-up",
    );
    await available(seat.received.length);
  },
);

test(
  "pitfalls 3 and 11, §13.4: the agent is busy; the same Retell call goes on, the caller is told and may choose",
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
    expect(rows.map(({ event }) => event)).toContain("agent-leg-ended");
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
