import { afterEach, expect, test } from "vitest";

import { tone } from "../../../lab/audio/tones.ts";
import { twiml } from "./fake-gateway.ts";
import { AGENT, type Bench, CALLER, eventually, heardMs, NUMBER, SAY_HZ, startBench } from "./lab-bench.ts";

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

/** A document that puts a leg into the room. */
function room(label: string, callbackUrl: string, extra = ""): string {
  const events = "start end join leave mute hold modify";
  return `<Dial action="/left?who=${label}"><Conference participantLabel="${label}" beep="false" jitterBufferSize="small" waitUrl="" statusCallback="${callbackUrl}/conf?by=${label}" statusCallbackEvent="${events}" ${extra}>case-1</Conference></Dial>`;
}

/** A caller in the room, and an agent who is asked to press 1. */
async function transferBench(extra = ""): Promise<Bench> {
  const started = await startBench({}, { callsPerSecond: 50 });
  const { documents, url } = started.gateway;
  documents["/voice"] = () => twiml(room("caller", url, extra));
  documents["/agent"] = () =>
    twiml(`<Gather numDigits="1" timeout="5" action="/agent/key"><Say>whisper whisper</Say></Gather><Hangup/>`);
  documents["/agent/key"] = ({ Digits }) => twiml(Digits === "1" ? room("agent", url, extra) : "<Hangup/>");
  documents["/left"] = () => twiml("<Hangup/>");
  return started;
}

async function ringAgent({ rest, gateway }: Bench) {
  return rest.calls.create({
    to: AGENT,
    from: NUMBER,
    url: `${gateway.url}/agent`,
    timeout: 12,
    statusCallback: `${gateway.url}/agent-status`,
    statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
  });
}

const confEvents = (one: Bench) => one.gateway.askedFor("/conf").map((asked) => asked.params["StatusCallbackEvent"]);

test("an agent hears the whisper, presses 1, and caller and agent hear each other and nobody before", async () => {
  bench = await transferBench();
  const { twin, gateway } = bench;
  const desk = twin.phone(AGENT, { kind: "answers", afterMs: 100 });
  const caller = twin.callIn({ from: CALLER, to: NUMBER });
  await caller.answered;
  const joined = twin.log.waitFor("conference", (entry) => entry.event === "participant-join");
  await joined;
  const talking = caller.say(tone([700], 900));
  const created = await ringAgent(bench);
  expect(created.status).toBe("queued");
  const agent = await desk.nextAnswer();
  await talking;
  await agent.say(tone([900], 100));
  await agent.untilAsked();
  await agent.press("1");
  await twin.log.waitFor("conference", (entry) => entry.event === "conference-start");
  const metAt = Date.now();
  await Promise.all([caller.say(tone([1_100], 400)), agent.say(tone([1_300], 400))]);
  await eventually(() => heardMs(agent.recording.heard.heard(), 1_100)).toBeGreaterThanOrEqual(360);
  await eventually(() => heardMs(caller.recording.heard.heard(), 1_300)).toBeGreaterThanOrEqual(360);
  expect(heardMs(agent.recording.heard.heard(), SAY_HZ)).toBeGreaterThan(100);
  expect(heardMs(agent.recording.heard.heard(), 700)).toBe(0);
  expect(heardMs(caller.recording.heard.heard(), 900)).toBe(0);
  expect(heardMs(caller.recording.heard.heard(), 1_100)).toBe(0);
  expect(heardMs(caller.recording.heard.between(metAt - 5_000, metAt), 1_300)).toBe(0);

  agent.hangUp();
  await twin.log.waitFor("conference", (entry) => entry.event === "participant-leave" && entry.label === "agent");
  caller.hangUp();
  await twin.log.waitFor("conference", (entry) => entry.event === "conference-end");
  await eventually(() => confEvents(bench as Bench)).toContain("conference-end");
  expect(confEvents(bench)).toEqual([
    "participant-join",
    "participant-join",
    "conference-start",
    "participant-leave",
    "participant-leave",
    "conference-end",
  ]);
  const conf = gateway.askedFor("/conf");
  expect(conf.map((one) => one.params["SequenceNumber"])).toEqual(["1", "2", "3", "4", "5", "6"]);
  expect(conf.every((one) => one.signed)).toBe(true);
  expect(conf.at(-2)?.params).toMatchObject({
    ParticipantLabel: "caller",
    ReasonParticipantLeft: "participant_hung_up",
    ParticipantCallStatus: "completed",
  });
  expect(conf.at(-1)?.params).toMatchObject({ ReasonConferenceEnded: "last-participant-left" });
  const status = () => gateway.askedFor("/agent-status").map((one) => one.params["CallStatus"]);
  await eventually(status).toEqual(["initiated", "ringing", "in-progress", "completed"]);
  const order = gateway.askedFor("/agent-status").map((one) => one.params["SequenceNumber"]);
  expect(order).toEqual(["0", "1", "2", "3"]);
});

test("the first participant fixes where the room's events go", async () => {
  bench = await transferBench();
  const { twin, gateway } = bench;
  const other = "+15550100002";
  gateway.documents["/voice"] = ({ From }) => twiml(room(From === CALLER ? "first" : "second", gateway.url));
  twin.callIn({ from: CALLER, to: NUMBER });
  await twin.log.waitFor("conference", (entry) => entry.label === "first");
  twin.callIn({ from: other, to: NUMBER });
  await twin.log.waitFor(
    "webhook",
    (entry) => entry.params["ParticipantLabel"] === "second" && entry.response !== undefined,
  );
  expect(
    twin.log
      .of("webhook", (entry) => entry.purpose === "conference-status")
      .every((one) => one.url.endsWith("by=first")),
  ).toBe(true);
});

test("a label that is taken is refused with 16025 and the document goes on", async () => {
  bench = await transferBench();
  const { twin } = bench;
  twin.callIn({ from: CALLER, to: NUMBER });
  await twin.log.waitFor("conference", (entry) => entry.event === "participant-join");
  const second = twin.callIn({ from: "+15550100002", to: NUMBER });
  await second.ended;
  expect(twin.log.of("warning").map((entry) => entry.code)).toContain(16_025);
  expect(twin.conferences()[0]?.seats.size).toBe(1);
});

test("the one who ends the room sends the other on with their own document", async () => {
  bench = await transferBench('endConferenceOnExit="true"');
  const { twin, gateway, rest } = bench;
  const desk = twin.phone(AGENT, { kind: "answers" });
  const caller = twin.callIn({ from: CALLER, to: NUMBER });
  void ringAgent(bench);
  const agent = await desk.nextAnswer();
  await agent.untilAsked();
  await agent.press("1");
  const started = await twin.log.waitFor("conference", (entry) => entry.event === "conference-start");
  const live = await rest.conferences.list({ friendlyName: "case-1", status: "in-progress" });
  expect(live.map((one) => one.sid)).toEqual([started.conferenceSid]);
  agent.hangUp();
  await caller.ended;
  const action = gateway.asked.find((one) => one.path === "/left" && one.params["CallSid"] === caller.callSid);
  expect(action?.params).toMatchObject({ DialCallStatus: "answered", CallStatus: "in-progress" });
  const ended = await rest.conferences(started.conferenceSid).fetch();
  expect(ended).toMatchObject({
    status: "completed",
    reasonConferenceEnded: "participant-with-end-conference-on-exit-left",
    callSidEndingConference: agent.callSid,
  });
});

test("held participants hear music and are not heard; changing endConferenceOnExit meanwhile does nothing", async () => {
  bench = await transferBench('endConferenceOnExit="true"');
  const { twin, rest } = bench;
  const desk = twin.phone(AGENT, { kind: "answers" });
  const caller = twin.callIn({ from: CALLER, to: NUMBER });
  void ringAgent(bench);
  const agent = await desk.nextAnswer();
  await agent.untilAsked();
  await agent.press("1");
  const { conferenceSid } = await twin.log.waitFor("conference", (entry) => entry.event === "conference-start");
  const participant = rest.conferences(conferenceSid).participants(caller.callSid);
  expect(await participant.update({ hold: true })).toMatchObject({ hold: true });
  expect(await participant.update({ endConferenceOnExit: false })).toMatchObject({ endConferenceOnExit: false });
  await caller.say(tone([700], 400));
  await agent.say(tone([1_300], 200));
  expect(heardMs(agent.recording.heard.heard(), 700)).toBe(0);
  expect(heardMs(caller.recording.heard.heard(), 1_300)).toBe(0);
  expect(heardMs(caller.recording.heard.heard(), 262)).toBeGreaterThan(100);
  caller.hangUp();
  await twin.log.waitFor("conference", (entry) => entry.event === "conference-end");
});

test("muted participants hear and are not heard; a deleted one goes on with their document", async () => {
  bench = await transferBench();
  const { twin, rest, gateway } = bench;
  const desk = twin.phone(AGENT, { kind: "answers" });
  const caller = twin.callIn({ from: CALLER, to: NUMBER });
  void ringAgent(bench);
  const agent = await desk.nextAnswer();
  await agent.untilAsked();
  await agent.press("1");
  const { conferenceSid } = await twin.log.waitFor("conference", (entry) => entry.event === "conference-start");
  await rest.conferences(conferenceSid).participants("caller").update({ muted: true });
  await Promise.all([caller.say(tone([700], 300)), agent.say(tone([1_300], 300))]);
  await eventually(() => heardMs(caller.recording.heard.heard(), 1_300)).toBeGreaterThanOrEqual(240);
  expect(heardMs(agent.recording.heard.heard(), 700)).toBe(0);
  expect(await rest.conferences(conferenceSid).participants("caller").remove()).toBe(true);
  await caller.ended;
  expect(gateway.asked.some((one) => one.path === "/left" && one.params["CallSid"] === caller.callSid)).toBe(true);
  expect(agent.status).toBe("in-progress");
});

test("a redirected caller leaves the room, the dial's action is asked before the new document", async () => {
  bench = await transferBench();
  const { twin, gateway, rest } = bench;
  gateway.documents["/moved"] = () => twiml("<Pause length='60'/>");
  const caller = twin.callIn({ from: CALLER, to: NUMBER });
  await twin.log.waitFor("conference", (entry) => entry.event === "participant-join");
  await rest.calls(caller.callSid).update({ url: `${gateway.url}/moved` });
  await twin.log.waitFor("webhook", (entry) => entry.url.endsWith("/moved") && entry.response !== undefined);
  expect(gateway.asked.map((one) => one.path).filter((path) => path === "/left" || path === "/moved")).toEqual([
    "/left",
    "/moved",
  ]);
  const leave = await twin.log.waitFor(
    "webhook",
    (entry) => entry.params["StatusCallbackEvent"] === "participant-leave",
  );
  expect(leave.params["ReasonParticipantLeft"]).toBe("participant_updated_via_api");
  expect(caller.status).toBe("in-progress");
});
