// A number that Retell hosts, with our bridge number behind it: its own transfer brings the caller to a person; its failed
// transfer leaves them with its assistant until the next one; and who comes unannounced is caught by our own assistant.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { clip } from "../../lab/audio/clips.ts";
import { findVoice } from "../../lab/audio/find-voice.ts";
import { listenTo } from "../../lab/people/ear.ts";
import type { RetellCall } from "../../lab/retell/call.ts";
import { noFaults } from "../../lab/retell/faults.ts";
import { TRANSFER_FAILED } from "../../lab/rig/retell-hosted-number.ts";
import { NUMBER } from "../../lab/rig/start-rig.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
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
  scene = await openHostedScene("retell");
});
beforeEach(() => void Object.assign(retell().faults, noFaults()));
afterEach(async () => {
  caller?.hangUp();
  scene.seat.send({ type: "presence", status: "offline" });
  await emptyCarrier(scene);
});
afterAll(() => scene.close());

function retell() {
  const { retell: twin } = scene.rig;
  if (twin === undefined) throw new Error("the rig has no Retell");
  return twin;
}
const newest = (): RetellCall => {
  const call = [...retell().calls.values()].at(-1);
  if (call === undefined) throw new Error("Retell has no call");
  return call;
};
const transfers = () => retell().log.entries.filter(({ kind }) => kind === "transfer");

test(
  "its model asks for a person and transfers: the agent knows what was said there, and the two speak",
  { timeout: 90_000 },
  async () => {
    const { rig, seat, phone } = scene;
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
    expect(offer.frame["packet"]).toMatchObject({ trigger: { kind: "assistant-request" } });
    expect(newest().reason).toBe("call_transfer");
    expect(transfers().map(({ data }) => data["number"])).toEqual([NUMBER]);
    await agent.untilAsked();
    await agent.press("1");
    await seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged", 20_000);
    await agent.say(clip("agent-intro").audio);
    await agent.say(clip("agent-look").audio);
    const escalationId = String(offer.frame["escalationId"]);
    seat.send({ type: "end", escalationId });
    await caller.ended;
    expect(findVoice(caller.recording.heard.heard(), clip("agent-intro").audio).length).toBeGreaterThan(0);
    seat.send({ type: "wrap-up", escalationId, disposition: "resolved", resolved: true, notes: "" });
    await seat.waitFor((frame) => frame.type === "state" && frame["cause"] === "wrapped-up");
    expect(bridgeCalls(scene)).toHaveLength(1);
    expect(rig.log.join("\n")).toContain("has come to the bridge number");
  },
);

test(
  "its transfer fails: the caller stays with its assistant, asks again, and our own assistant catches them",
  { timeout: 90_000 },
  async () => {
    const known = bridgeCalls(scene).length;
    retell().faults.transferRefused = true;
    caller = await callsHosted(scene, "speak-to-human");
    const visit = newest();
    await until("the news of it", 15_000, () => visit.spoken.find(({ text }) => text === TRANSFER_FAILED));
    expect([visit.ongoing, bridgeCalls(scene).length]).toEqual([true, known]);
    retell().faults.transferRefused = false;
    const ear = listenTo(caller);
    await ear.untilSpokenTo(600, 15_000);
    ear.close();
    await caller.say(clip("speak-to-human").audio);
    // Nobody is at a desk: it is our assistant that says so and offers what there is.
    const found = await caseAfter(scene, 1);
    expect(found).toMatchObject({ trigger: "assistant-request" });
    await until("the choice", 20_000, () =>
      scene.rig.openai.sessions.at(-1)?.spoken.find(({ text }) => /call you back/iu.test(text)),
    );
    expect([visit.reason, bridgeCalls(scene).length]).toEqual(["call_transfer", known + 1]);
  },
);

test(
  "the caller withholds their number: Retell dials the digits, and they are known by them",
  { timeout: 90_000 },
  async () => {
    caller = await callsHosted(scene, "speak-to-human", "anonymous");
    expect(await caseAfter(scene, 2)).toMatchObject({ trigger: "assistant-request" });
    const [tool] = transfers().slice(-1);
    expect(tool?.what).toBe("transfer_with_code");
  },
);

test(
  "the caller's number is not shown: nobody was expected, and our own assistant has an ordinary call",
  { timeout: 90_000 },
  async () => {
    const { response_engine: engine } = [...retell().agents.values()][0] ?? {};
    if (engine?.type !== "retell-llm") throw new Error("the rig's agent is hosted");
    const [tool] = engine.transfers ?? [];
    if (tool === undefined) throw new Error("the rig's agent has its transfer");
    tool.transfer_option.show_transferee_as_caller = false;
    const sessions = scene.rig.openai.sessions.length;
    caller = await callsHosted(scene, "speak-to-human");
    const session = await until("a session of ours", 20_000, () => scene.rig.openai.sessions[sessions]);
    await until("a greeting", 15_000, () => session.spoken[0]);
    const ear = listenTo(caller);
    await ear.untilSpokenTo(600, 15_000);
    ear.close();
    await caller.say(clip("speak-to-human").audio);
    expect(await caseAfter(scene, 3)).toMatchObject({ trigger: "explicit-request" });
    tool.transfer_option.show_transferee_as_caller = true;
  },
);
