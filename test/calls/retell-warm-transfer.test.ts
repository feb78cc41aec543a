// One warm transfer with an agent of Retell's: started by the model's own function, while the caller goes on talking and the
// phone rings for long. Looked at for what people report of Retell's own transfers (facts/retell.md §12: of the ten most cited, 3 is
// in retell-handoffs, 7 in test/vendors/retell/set-up-agent). Each test can fail by itself.
import { afterAll, beforeAll, expect, test } from "vitest";
import { findVoice } from "../../lab/audio/find-voice.ts";
import { clip } from "../../lab/audio/clips.ts";
import { listenTo } from "../../lab/people/ear.ts";
import type { RetellCall } from "../../lab/retell/call.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { silenceIn, SILENCE_MAX_MS } from "./line-silence.ts";
import { callerGreeted, openRetellScene, type RetellScene } from "./retell-scene.ts";
import { until } from "./scene.ts";

/** Until somebody picks up, at least: two rings of a telephone. */
const TWO_RINGS_MS = 6_000;

let scene: RetellScene;
let caller: Handset;
let agent: Handset;
let visit: RetellCall;
let rows: readonly { readonly at: string; readonly event: string; readonly state: string }[];
let rungForMs: number;
let offers: number;
let heardAfterMs: number;
let retellGoneBeforeAgentSpoke: boolean;
beforeAll(async () => {
  scene = await openRetellScene("retell");
  const { rig, seat, phone } = scene;
  const ringing = phone.nextRing(60_000);
  ({ caller, visit } = await callerGreeted(scene));
  await caller.say(clip("real-person").audio);
  const { frame } = await seat.waitFor((each) => each.type === "offer", 20_000);
  const escalationId = String(frame["escalationId"]);
  const ring = await ringing;
  const rangAt = Date.now();
  const ear = listenTo(caller);
  // The caller speaks into the wait: Retell's own transfer would be cancelled by it.
  await caller.say(clip("still-there").audio);
  await ear.untilSpokenTo(700);
  await until("two rings", 20_000, () => (Date.now() - rangAt > TWO_RINGS_MS ? true : undefined));
  rungForMs = Date.now() - rangAt;
  const picked = ring.answer();
  if (picked === undefined) throw new Error("the phone rings no more");
  agent = picked;
  await agent.untilAsked();
  await agent.press("1");
  await seat.waitFor((each) => each.type === "state" && each["state"] === "bridged", 20_000);
  offers = seat.received.filter((each) => each.frame.type === "offer").length;
  await until("the end of Retell's leg", 20_000, () => (visit.ongoing ? undefined : true));
  retellGoneBeforeAgentSpoke = !visit.ongoing;
  const spokeAt = performance.timeOrigin + performance.now();
  await agent.say(clip("agent-intro").audio);
  // The room's buffers still hold the end of it.
  await agent.say(clip("agent-look").audio);
  const { heard } = caller.recording;
  const [hit] = findVoice(heard.heard(), clip("agent-intro").audio);
  heardAfterMs = (heard.startedAt ?? 0) + (hit?.atMs ?? Infinity) - spokeAt;
  ear.close();
  seat.send({ type: "end", escalationId });
  await Promise.all([caller.ended, agent.ended]);
  const timeline = (await rig.api("GET", `/api/escalations/${escalationId}/timeline`)) as { items: typeof rows };
  rows = timeline.items;
}, 150_000);
afterAll(() => scene.close());

const at = (event: string): number => Date.parse(rows.find((row) => row.event === event)?.at ?? "");
const requests = (): string => JSON.stringify(scene.retell.log.entries);

test("pitfall 1: a phone that rings for long is still answered", () => {
  expect(rungForMs).toBeGreaterThan(TWO_RINGS_MS);
  expect(rows.some(({ state }) => state === "bridged")).toBe(true);
});

test("pitfall 2: a caller who speaks meanwhile cancels nothing, and somebody speaks with them all the while", () => {
  expect(offers).toBe(1);
  expect(visit.transcript.spoken().some(({ role, content }) => role === "user" && /still there/iu.test(content))).toBe(
    true,
  );
  expect(silenceIn(caller, rows)).toBeLessThanOrEqual(SILENCE_MAX_MS);
});

test("pitfall 4: no REFER is asked of the carrier: the caller's leg is moved by a document of ours", () => {
  expect(JSON.stringify(scene.rig.twilio.log.of("verb"))).not.toMatch(/refer/iu);
  const joined = scene.rig.twilio.log.of("conference", ({ event }) => event === "participant-join");
  expect(joined.map(({ callSid }) => callSid)).toContain(caller.callSid);
});

test("pitfall 5: after the bridge Retell is out of the path: its leg is gone, and the agent is heard without its delay", () => {
  expect(retellGoneBeforeAgentSpoke).toBe(true);
  expect(heardAfterMs).toBeLessThan(1_500);
});

test("pitfall 6: nobody listens whether it is a human: from the key to the bridge it is our own move alone", () => {
  expect(at("caller-joined") - at("agent-consented")).toBeLessThan(6_000);
});

test("pitfall 8: a move the carrier refused would be told; here it has happened, and once", () => {
  expect(rows.filter(({ event }) => event === "caller-joined")).toHaveLength(1);
});

test("pitfall 9: no call goes out over Retell: the agent's leg is ours, and no transfer of Retell's is used", () => {
  expect(requests()).not.toMatch(/transfer_number|transfer_call|create-phone-call/u);
  const dials = scene.rig.twilio.log.of(
    "rest",
    ({ method, path }) => method === "POST" && path.endsWith("/Calls.json"),
  );
  expect(dials).toHaveLength(1);
});

test("pitfall 10: our BYE is the end of its leg and of nothing else", () => {
  expect(visit.reason).toBe("user_hangup");
  expect(rows.map(({ event }) => event)).not.toContain("assistant-lost");
});

test("what Retell makes of the call is taken", async () => {
  await until("the analysis", 20_000, () =>
    scene.retell.webhooks.find(
      ({ event, callId, status }) => event === "call_analyzed" && callId === visit.id && status === 204,
    ),
  );
});
