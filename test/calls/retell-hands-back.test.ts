// The agent gives the caller back to Retell's agent: a fresh call at the vendor, no second greeting, and the model knows
// what was said before.
import { afterAll, beforeAll, expect, test } from "vitest";
import { clip } from "../../lab/audio/clips.ts";
import { listenTo } from "../../lab/people/ear.ts";
import { callerGreeted, openRetellScene, type RetellScene } from "./retell-scene.ts";
import { emptyCarrier, until } from "./scene.ts";

let scene: RetellScene;
beforeAll(async () => {
  scene = await openRetellScene("retell");
});
afterAll(() => scene.close());

test(
  "handed back, the caller hears the assistant again, which goes on where it was",
  { timeout: 120_000 },
  async () => {
    const { seat, phone, retell } = scene;
    phone.behave({ kind: "answers", afterMs: 500 });
    const { caller, visit } = await callerGreeted(scene);
    const greeting = visit.spoken[0]?.text ?? "";
    await caller.say(clip("real-person").audio);
    const { frame } = await seat.waitFor((each) => each.type === "offer", 20_000);
    const escalationId = String(frame["escalationId"]);
    const agent = await until("an answered call", 20_000, () => phone.handsets[0]);
    await agent.untilAsked();
    await agent.press("1");
    await seat.waitFor((each) => each.type === "state" && each["state"] === "bridged", 20_000);
    await agent.say(clip("agent-intro").audio);

    const askedAt = Date.now();
    seat.send({ type: "hand-back", escalationId, instruction: "Read the opening hours to the caller." });
    const again = await until("a fresh call at Retell", 20_000, () =>
      [...retell.calls.values()].find((each) => each !== visit && each.ongoing),
    );
    const first = await until("the assistant's first words", 20_000, () => again.spoken[0]);
    expect(first.text).not.toBe(greeting);
    expect(first.at - askedAt).toBeLessThan(5_000);
    await until("the agent's way out", 20_000, () => (agent.status === "completed" ? true : undefined));
    const ear = listenTo(caller);
    await ear.untilSpokenTo(500);
    await caller.say(clip("still-there").audio);
    await ear.untilSpokenTo(500);
    ear.close();
    const told = again.transcript.items.flatMap((item) => (item.role === "injected" ? [item.content] : [])).join("\n");
    expect(told).toContain(clip("real-person").text);
    caller.hangUp();
    await emptyCarrier(scene);
    expect(again.ongoing).toBe(false);
  },
);
