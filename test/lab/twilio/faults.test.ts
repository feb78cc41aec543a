import { afterEach, beforeEach, expect, test } from "vitest";

import { tone } from "../../../lab/audio/tones.ts";
import { startFakeGateway, twiml } from "./fake-gateway.ts";
import { AGENT, type Bench, CALLER, eventually, heardMs, NUMBER, SAY_HZ, startBench } from "./lab-bench.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
  bench.gateway.documents["/voice"] = () => twiml("<Say>hello</Say>");
});
afterEach(() => bench.close());

const hold = twiml(`<Pause length="60"/>`);

/** Rings the agent with a status callback for every step. */
function ringAgent({ rest, gateway }: Bench) {
  return rest.calls.create({
    to: AGENT,
    from: NUMBER,
    twiml: hold,
    statusCallback: `${gateway.url}/agent-status`,
    statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
  });
}

const sequence = (one: Bench) => one.gateway.askedFor("/agent-status").map((asked) => asked.params["SequenceNumber"]);

test("webhook-duplicate: the same callback comes as often as it is told to", async () => {
  const { twin } = bench;
  twin.phone(AGENT, { kind: "busy" });
  twin.faults.add({ name: "webhook-duplicate", copies: 2, when: ({ params }) => params["CallStatus"] === "busy" });
  await ringAgent(bench);
  await eventually(() => sequence(bench)).toEqual(["0", "1", "1", "1"]);
  expect(twin.faults.fired("webhook-duplicate")).toBe(1);
});

test("webhook-reorder: a callback comes after the one that followed it", async () => {
  const { twin } = bench;
  twin.phone(AGENT, { kind: "busy" });
  twin.faults.add({ name: "webhook-reorder", when: ({ params }) => params["CallStatus"] === "initiated" });
  await ringAgent(bench);
  await eventually(() => sequence(bench)).toEqual(["1", "0"]);
});

test("webhook-drop and webhook-delay: a callback never comes, or late", async () => {
  const { twin } = bench;
  twin.phone(AGENT, { kind: "busy" });
  twin.faults.add({ name: "webhook-drop", when: ({ params }) => params["CallStatus"] === "initiated" });
  twin.faults.add({ name: "webhook-delay", ms: 300, when: ({ params }) => params["CallStatus"] === "busy" });
  await ringAgent(bench);
  const ended = await twin.log.waitFor("call", (entry) => entry.event === "ended");
  const told = await twin.log.waitFor("webhook", (entry) => entry.response !== undefined);
  expect(told.at - ended.at).toBeGreaterThanOrEqual(300);
  expect(sequence(bench)).toEqual(["1"]);
});

test("rest-500-before and rest-500-after: the same answer, and only one of them rang", async () => {
  const { twin } = bench;
  twin.phone(AGENT, { kind: "rings" });
  twin.faults.add({ name: "rest-500-before" });
  await expect(ringAgent(bench)).rejects.toMatchObject({ status: 500 });
  expect(twin.legs()).toEqual([]);
  twin.faults.add({ name: "rest-500-after" });
  await expect(ringAgent(bench)).rejects.toMatchObject({ status: 500 });
  expect(twin.legs()).toHaveLength(1);
});

test("rest-answer-lost and rest-timeout: no answer, and only one of them rang", async () => {
  const { twin } = bench;
  twin.phone(AGENT, { kind: "rings" });
  const settled: string[] = [];
  const note = (name: string) => () => void settled.push(name);
  twin.faults.add({ name: "rest-timeout", when: ({ path }) => path.endsWith("/Calls.json") });
  ringAgent(bench).then(note("timeout answered"), note("timeout failed"));
  await twin.log.waitFor("fault", (entry) => entry.name === "rest-timeout");
  twin.faults.add({ name: "rest-answer-lost" });
  ringAgent(bench).then(note("lost answered"), note("lost failed"));
  await twin.log.waitFor("call", (entry) => entry.event === "ringing");
  expect(twin.legs()).toHaveLength(1);
  expect(settled).toEqual([]);
});

test("rest-429 and rest-slow: refused without being performed, or merely late", async () => {
  const { twin, rest } = bench;
  twin.faults.add({ name: "rest-429" });
  await expect(ringAgent(bench)).rejects.toMatchObject({ status: 429, code: 20_429 });
  expect(twin.legs()).toEqual([]);
  twin.faults.add({ name: "rest-slow", ms: 200 });
  const startedAt = performance.now();
  await rest.calls.list();
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(200);
});

test.each([
  ["call-busy", "busy"],
  ["call-failed", "failed"],
] as const)("%s: a phone that would answer does not", async (name, status) => {
  const { twin } = bench;
  twin.phone(AGENT, { kind: "answers" });
  twin.faults.add({ name, when: ({ to }) => to === AGENT });
  await ringAgent(bench);
  const end = await twin.log.waitFor("call", (entry) => entry.event === "ended");
  expect(end.status).toBe(status);
});

test("call-no-answer: it rings and nobody comes", async () => {
  const { twin, rest } = bench;
  twin.phone(AGENT, { kind: "answers" });
  twin.faults.add({ name: "call-no-answer" });
  await rest.calls.create({ to: AGENT, from: NUMBER, twiml: hold, timeout: 1 });
  const end = await twin.log.waitFor("call", (entry) => entry.event === "ended");
  expect(end).toMatchObject({ status: "no-answer", sipCode: 487 });
});

test("call-no-audio: the call is up and nothing is heard", async () => {
  const { twin, rest } = bench;
  const desk = twin.phone(AGENT, { kind: "answers" });
  twin.faults.add({ name: "call-no-audio" });
  await rest.calls.create({ to: AGENT, from: NUMBER, twiml: twiml(`<Say>hello hello</Say>`) });
  const agent = await desk.nextAnswer();
  await agent.ended;
  expect(agent.recording.heard.durationMs).toBeGreaterThan(400);
  expect(heardMs(agent.recording.heard.heard(), SAY_HZ)).toBe(0);
});

test("join-event-lost: the participant is in, and nobody is told", async () => {
  const { twin, gateway } = bench;
  gateway.documents["/voice"] = () =>
    twiml(
      `<Dial><Conference waitUrl="" statusCallback="${gateway.url}/conf" statusCallbackEvent="join leave">r</Conference></Dial>`,
    );
  twin.faults.add({ name: "join-event-lost" });
  const caller = twin.callIn({ from: CALLER, to: NUMBER });
  await twin.log.waitFor("conference", (entry) => entry.event === "participant-join");
  caller.hangUp();
  await eventually(() => gateway.askedFor("/conf").map((one) => one.params["StatusCallbackEvent"])).toEqual([
    "participant-leave",
  ]);
});

test("a gateway that cannot be reached is tried once more, then the fallback, then the caller hears an apology", async () => {
  const { twin, gateway } = bench;
  const gone = await startFakeGateway();
  await gone.close();
  const nobody = gone.url;
  twin.number({ phoneNumber: NUMBER, voiceUrl: `${nobody}/voice`, voiceFallbackUrl: `${gateway.url}/fallback` });
  gateway.documents["/fallback"] = () => twiml("<Say>fallback</Say>");
  const caller = twin.callIn({ from: CALLER, to: NUMBER });
  await caller.ended;
  const tries = twin.log.of("webhook", (entry) => entry.url.startsWith(nobody));
  expect(tries.map((entry) => entry.attempt)).toEqual([1, 2]);
  expect(gateway.askedFor("/fallback")[0]?.params).toMatchObject({ ErrorCode: "11205", ErrorUrl: `${nobody}/voice` });
  expect(twin.log.of("verb").map((entry) => entry.text)).toEqual(["fallback"]);

  twin.number({ phoneNumber: NUMBER, voiceUrl: `${gateway.url}/broken`, voiceFallbackUrl: "" });
  gateway.documents["/broken"] = () => ({ status: 500, body: "oops" });
  const second = twin.callIn({ from: CALLER, to: NUMBER });
  await second.answered;
  second.hangUp();
  expect(gateway.askedFor("/broken")).toHaveLength(1);
});

/** A gateway with a stream, and a caller on it. */
async function onStream(lostSocket: "noticed" | "unnoticed") {
  const { twin, gateway } = bench;
  twin.variants.lostSocket = lostSocket;
  twin.latencies.lostSocketMs = 200;
  gateway.documents["/voice"] = () =>
    twiml(
      `<Connect action="/ended"><Stream url="${gateway.streamUrl}" statusCallback="${gateway.url}/stream"/></Connect>`,
    );
  gateway.documents["/ended"] = () => twiml("<Say>recovered</Say>");
  const caller = twin.callIn({ from: CALLER, to: NUMBER });
  await twin.log.waitFor("stream", (entry) => entry.event === "opened");
  return caller;
}

test("stream-drop: the gateway sees no close frame; a carrier that notices goes on with the action", async () => {
  const { twin, gateway } = bench;
  twin.faults.add({ name: "stream-drop", afterMs: 100 });
  const caller = await onStream("noticed");
  expect(await gateway.streams[0]?.closed).toBe(1006);
  await caller.ended;
  expect(gateway.askedFor("/ended")).toHaveLength(1);
  const events = () => gateway.askedFor("/stream").map((one) => one.params["StreamEvent"]);
  await eventually(events).toEqual(["stream-started", "stream-error"]);
});

test("a gateway's dead socket that the carrier does not notice leaves the caller in silence until REST moves the call", async () => {
  const { twin, gateway, rest } = bench;
  const caller = await onStream("unnoticed");
  gateway.streams[0]?.socket.terminate();
  await twin.log.waitFor("stream", (entry) => entry.event === "lost");
  await caller.say(tone([700], 500));
  expect(gateway.askedFor("/ended")).toEqual([]);
  await rest.calls(caller.callSid).update({ twiml: twiml("<Say>taken over</Say>") });
  await caller.ended;
  expect(twin.log.of("verb", (entry) => entry.verb === "Say").map((entry) => entry.text)).toEqual(["taken over"]);
});

test("a message Twilio cannot read is a protocol error that ends the stream", async () => {
  const { gateway, twin } = bench;
  await onStream("noticed");
  gateway.streams[0]?.socket.send("not json");
  await gateway.streams[0]?.closed;
  expect(twin.log.of("warning").map((entry) => entry.code)).toContain(31_924);
});
