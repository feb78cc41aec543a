// Warmline is the model behind an agent of Retell's (facts/retell.md §12.12: no warm transfer from a custom LLM there).
// What it would promise is not said, a lost socket costs no word, and the caller gets a person.
import { afterAll, beforeAll, expect, test } from "vitest";
import { findVoice } from "../../lab/audio/find-voice.ts";
import { clip } from "../../lab/audio/clips.ts";
import { disputeScript, promisesOnItsOwn } from "../../lab/openai/dispute-brain.ts";
import { scriptedBrain } from "../../lab/openai/scripted-brain.ts";
import { listenTo } from "../../lab/people/ear.ts";
import { silenceIn, SILENCE_MAX_MS } from "./line-silence.ts";
import { callerGreeted, openRetellScene, type RetellScene } from "./retell-scene.ts";
import { until } from "./scene.ts";

let scene: RetellScene;
beforeAll(async () => {
  scene = await openRetellScene("retell-llm", scriptedBrain([promisesOnItsOwn, ...disputeScript]));
});
afterAll(() => scene.close());

test(
  "pitfall 12: a promise is replaced before it is heard, the socket is lost and comes back, and the caller is bridged",
  { timeout: 120_000 },
  async () => {
    const { rig, seat, phone, retell } = scene;
    phone.behave({ kind: "answers", afterMs: 500 });
    const { caller, visit } = await callerGreeted(scene);
    const ear = listenTo(caller);
    await caller.say(clip("unknown-charge").audio);
    await ear.untilSpokenTo(700);
    expect(visit.spoken.map(({ text }) => text).join(" ")).not.toContain("connect you");
    expect(visit.spoken.length).toBeGreaterThan(1);
    const sockets = () =>
      retell.log.entries.filter(({ kind, what }) => kind === "llm-socket" && what === "open").length;
    visit.dropModelSocket();
    await until("the second socket", 20_000, () => (sockets() === 2 ? true : undefined));
    const known = seat.received.length;
    await caller.say(clip("real-person").audio);
    const { frame } = await seat.waitFor((each) => each.type === "offer", 20_000);
    expect(seat.received.findIndex((each) => each.frame === frame)).toBeGreaterThanOrEqual(known);
    const agent = await until("an answered call", 20_000, () => phone.handsets[0]);
    await agent.untilAsked();
    await agent.press("1");
    await seat.waitFor((each) => each.type === "state" && each["state"] === "bridged", 20_000);
    await agent.say(clip("agent-intro").audio);
    // The room's buffers still hold the end of it.
    await agent.say(clip("agent-look").audio);
    await until("the end of Retell's leg", 20_000, () => (visit.ongoing ? undefined : true));
    ear.close();
    const escalationId = String(frame["escalationId"]);
    seat.send({ type: "end", escalationId });
    await Promise.all([caller.ended, agent.ended]);
    const { items } = (await rig.api("GET", `/api/escalations/${escalationId}/timeline`)) as {
      items: { at: string; event: string; state: string }[];
    };
    expect(silenceIn(caller, items)).toBeLessThanOrEqual(SILENCE_MAX_MS);
    expect(findVoice(caller.recording.heard.heard(), clip("agent-intro").audio).length).toBeGreaterThan(0);
    const escalation = (await rig.api("GET", `/api/escalations/${escalationId}`)) as { trigger: string };
    expect(escalation.trigger).toBe("explicit-request");
  },
);
