// A number that Vapi hosts, with our bridge number behind it: the transfer we order brings the caller to a person, also one
// who shows no number; where Vapi does not take the order, the caller stays with its assistant until the next one.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { NUMBER } from "../../lab/rig/start-rig.ts";
import { listenTo } from "../../lab/people/ear.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { noFaults } from "../../lab/vapi/faults.ts";
import { clip } from "../../lab/audio/clips.ts";
import {
  bridgeCalls,
  callsHosted,
  caseAfter,
  danaIs,
  emptyCarrier,
  type HostedScene,
  openHostedScene,
} from "./hosted-number-scene.ts";
import { until } from "./scene.ts";

let scene: HostedScene;
let caller: Handset | undefined;
beforeAll(async () => {
  scene = await openHostedScene("vapi");
});
beforeEach(() => void Object.assign(vapi().faults, noFaults()));
afterEach(async () => {
  caller?.hangUp();
  scene.seat.send({ type: "presence", status: "offline" });
  await emptyCarrier(scene);
});
afterAll(() => scene.close());

function vapi() {
  const { vapi: twin } = scene.rig;
  if (twin === undefined) throw new Error("the rig has no Vapi");
  return twin;
}
const transfers = () => vapi().controls.filter(({ message }) => message["type"] === "transfer");

test(
  "its assistant asks for a person: the agent knows what was said there, and the two are joined",
  { timeout: 90_000 },
  async () => {
    const { seat, phone } = scene;
    await danaIs(seat, "available");
    const answered = phone.nextAnswer(60_000);
    caller = await callsHosted(scene, "marker-pineapple");
    const ear = listenTo(caller);
    await ear.untilSpokenTo(600, 15_000);
    ear.close();
    await caller.say(clip("speak-to-human").audio);
    const agent = await answered;
    const offer = await seat.waitFor((frame) => frame.type === "offer");
    expect(JSON.stringify(offer.frame["packet"])).toContain("pineapple");
    expect(transfers().map(({ message }) => message["destination"])).toEqual([
      { type: "number", number: NUMBER, message: "" },
    ]);
    await agent.untilAsked();
    await agent.press("1");
    await seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged", 20_000);
    expect(vapi().all.at(-1)?.record.endedReason).toBe("assistant-forwarded-call");
    const escalationId = String(offer.frame["escalationId"]);
    seat.send({ type: "end", escalationId });
    await caller.ended;
    seat.send({ type: "wrap-up", escalationId, disposition: "resolved", resolved: true, notes: "" });
    await seat.waitFor((frame) => frame.type === "state" && frame["cause"] === "wrapped-up");
  },
);

test(
  "Vapi does not take the order: the caller, who shows no number, stays; the next order brings them, known by digits",
  { timeout: 90_000 },
  async () => {
    const known = bridgeCalls(scene).length;
    vapi().faults.controlStatus = 500;
    caller = await callsHosted(scene, "speak-to-human", "anonymous");
    const refused = await until("the refused order", 15_000, () => transfers().find(({ status }) => status === 500));
    const call = vapi().all.at(-1);
    expect([call?.over, bridgeCalls(scene).length]).toEqual([false, known]);
    vapi().faults.controlStatus = 0;
    await caller.say(clip("speak-to-human").audio);
    // Nobody is at a desk: it is our assistant that says so and offers what there is.
    expect(await caseAfter(scene, 1)).toMatchObject({ trigger: "assistant-request" });
    await until("the choice", 20_000, () =>
      scene.rig.openai.sessions.at(-1)?.spoken.find(({ text }) => /wait|call you back|leave/iu.test(text)),
    );
    expect(bridgeCalls(scene)).toHaveLength(known + 1);
    expect(JSON.stringify(refused.message)).toMatch(/"extension":"\d{6}"/u);
  },
);
