import { afterEach, beforeEach, expect, test } from "vitest";

import { tone } from "../../../lab/audio/tones.ts";
import { twiml } from "./fake-gateway.ts";
import { AGENT, type Bench, CALLER, eventually, heardMs, NUMBER, SAY_HZ, startBench } from "./lab-bench.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

const answer = (verbs: string) => {
  bench.gateway.documents["/voice"] = () => twiml(verbs);
};
const callIn = () => bench.twin.callIn({ from: CALLER, to: NUMBER });
const saidTo = (callSid: string) =>
  bench.twin.log.of("verb", (entry) => entry.callSid === callSid && entry.verb === "Say").map((entry) => entry.text);

test("prompts are heard in real time, and the end of the document ends the call", async () => {
  answer(`<Say>0123456789</Say><Pause length="0.2"/><Say>0123456789</Say>`);
  const caller = callIn();
  const end = await caller.ended;
  expect(end).toMatchObject({ status: "completed", by: "document" });
  expect(heardMs(caller.recording.heard.heard(), SAY_HZ)).toBeGreaterThanOrEqual(1_120);
  expect(caller.recording.heard.durationMs).toBeGreaterThanOrEqual(1_380);
});

test("gathered keys go to the action; the first stops the prompt; the finish key is not among them", async () => {
  answer(`<Gather action="/keys" finishOnKey="#"><Say>${"long ".repeat(100)}</Say></Gather><Say>none</Say>`);
  bench.gateway.documents["/keys"] = () => twiml("<Hangup/>");
  const caller = callIn();
  await caller.untilAsked();
  await caller.press("42#");
  await caller.ended;
  expect(bench.gateway.askedFor("/keys")[0]?.params).toMatchObject({ Digits: "42", FinishedOnKey: "#" });
  expect(caller.recording.heard.durationMs).toBeLessThan(10_000);
});

test("no key falls through; with actionOnEmptyResult the action is asked", async () => {
  answer(
    `<Gather timeout="0.2" action="/keys"/><Say>none</Say><Gather timeout="0.2" action="/keys" actionOnEmptyResult="true"/>`,
  );
  bench.gateway.documents["/keys"] = () => twiml("<Hangup/>");
  const caller = callIn();
  await caller.ended;
  expect(saidTo(caller.callSid)).toEqual(["none"]);
  expect(bench.gateway.askedFor("/keys").map((one) => one.params["Digits"])).toEqual([""]);
});

test("redirects lead on, relative to the document; later verbs are unreachable", async () => {
  answer(`<Redirect>next?a=1&amp;b=2</Redirect><Say>unreachable</Say>`);
  bench.gateway.documents["/next"] = () => twiml("<Say>there</Say>");
  const caller = callIn();
  await caller.ended;
  expect(saidTo(caller.callSid)).toEqual(["there"]);
  expect(bench.gateway.askedFor("/next")[0]?.signed).toBe(true);
});

test("a rejected call is never answered", async () => {
  answer(`<Reject reason="busy"/>`);
  const caller = callIn();
  expect(await caller.ended).toMatchObject({ status: "busy", sipCode: 486 });
  expect(caller.recording.heard.startedAt).toBeUndefined();
});

test("unknown verbs are skipped with a warning; broken XML is an apology and the end", async () => {
  answer(`<Speak>no</Speak><Say>yes</Say>`);
  const caller = callIn();
  await caller.ended;
  expect(saidTo(caller.callSid)).toEqual(["yes"]);
  expect(bench.twin.log.of("warning").map((entry) => entry.code)).toContain(12_200);
  bench.gateway.documents["/voice"] = () => "<Response><Say>half";
  const second = callIn();
  await second.answered;
  second.hangUp();
  expect(bench.twin.log.of("warning").map((entry) => entry.code)).toContain(12_100);
});

test("inline TwiML has no base for a relative action", async () => {
  const { rest, twin } = bench;
  twin.phone(AGENT, { kind: "answers" });
  await rest.calls.create({ to: AGENT, from: NUMBER, twiml: twiml(`<Gather timeout="1" numDigits="1" action="/x"/>`) });
  await twin.log.waitFor("warning", (entry) => entry.code === 15_004);
});

test("a dialled device is bridged both ways, and the dial's action says how it went", async () => {
  answer(`<Dial action="/dialled" timeout="5"><Sip>sip:desk@pbx.example;transport=tls?x-case=1</Sip></Dial>`);
  bench.gateway.documents["/dialled"] = () => twiml("<Hangup/>");
  const desk = bench.twin.phone("sip:desk@pbx.example", { kind: "answers", afterMs: 100 });
  const caller = callIn();
  const far = await desk.nextAnswer();
  expect(desk.rings[0]?.to).toContain("x-case=1");
  await Promise.all([caller.say(tone([700], 300)), far.say(tone([1_300], 300))]);
  await eventually(() => heardMs(far.recording.heard.heard(), 700)).toBeGreaterThanOrEqual(240);
  await eventually(() => heardMs(caller.recording.heard.heard(), 1_300)).toBeGreaterThanOrEqual(240);
  far.hangUp();
  await caller.ended;
  expect(bench.gateway.askedFor("/dialled")[0]?.params).toMatchObject({
    DialCallStatus: "completed",
    DialCallSid: far.callSid,
    DialBridged: "true",
  });
});

test("two numbers ring at once, the first to answer wins, and its whisper is heard by nobody else", async () => {
  answer(`<Dial timeout="5"><Number url="/whisper">${AGENT}</Number><Number>+15550100201</Number></Dial>`);
  bench.gateway.documents["/whisper"] = () => twiml("<Say>whisper</Say>");
  const first = bench.twin.phone(AGENT, { kind: "answers" });
  const second = bench.twin.phone("+15550100201", { kind: "rings" });
  const caller = callIn();
  const far = await first.nextAnswer();
  await bench.twin.log.waitFor("call", (entry) => entry.event === "ended" && entry.to === "+15550100201");
  expect(await second.rings[0]?.over).toBe("cancelled");
  await far.say(tone([900], 200));
  expect(heardMs(far.recording.heard.heard(), SAY_HZ)).toBeGreaterThan(200);
  expect(heardMs(caller.recording.heard.heard(), SAY_HZ)).toBe(0);
  caller.hangUp();
  expect(await far.ended).toMatchObject({ by: "parent" });
});

test("a one-way stream copies both tracks while the document goes on", async () => {
  const { gateway, twin } = bench;
  answer(`<Start><Stream url="${gateway.streamUrl}" track="both_tracks"/></Start><Say>${"x".repeat(10)}</Say>`);
  const caller = callIn();
  await caller.ended;
  await gateway.streams[0]?.closed;
  const tracks = (gateway.streams[0]?.messages ?? []).flatMap((one) =>
    one.event === "media" ? [(one["media"] as { track: string }).track] : [],
  );
  expect(new Set(tracks)).toEqual(new Set(["inbound", "outbound"]));
  expect(twin.log.of("verb").map((entry) => entry.verb)).toEqual(["Start", "Say"]);
});

test("an app participant runs the application's document, with its own CallSid or the participant's", async () => {
  const { rest, gateway, twin } = bench;
  twin.setCallsPerSecond(50);
  const app = await rest.applications.create({ friendlyName: "A", voiceUrl: `${gateway.url}/app` });
  gateway.documents["/app"] = () => twiml(`<Connect><Stream url="${gateway.streamUrl}"/></Connect>`);
  for (const [variant, room] of [
    ["two", "room-a"],
    ["one", "room-b"],
  ] as const) {
    twin.variants.appLegSids = variant;
    const to = `app:${app.sid}?case=c-${variant}`;
    const made = await rest.conferences(room).participants.create({ from: NUMBER, to, label: "ai", waitUrl: "" });
    await twin.log.waitFor("conference", (entry) => entry.friendlyName === room && entry.event === "participant-join");
    const asked = gateway.asked.find((one) => one.params["case"] === `c-${variant}`);
    expect(asked?.params["ApplicationSid"]).toBe(app.sid);
    expect(asked?.params["CallSid"] === made.callSid).toBe(variant === "one");
    await rest.calls(made.callSid).update({ status: "completed" });
  }
  await Promise.all(gateway.streams.map((stream) => stream.closed));
});

test("people can place calls by hand over the lab's own API", async () => {
  const { twin, gateway } = bench;
  answer(`<Gather numDigits="1" action="/keys"><Say>press</Say></Gather>`);
  gateway.documents["/keys"] = () => twiml(`<Pause length="60"/>`);
  const ask = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${twin.url}/lab${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const placed = await ask("POST", "/calls", { from: CALLER, to: NUMBER });
  const callSid = String(placed.body["callSid"]);
  await twin.handset(callSid)?.untilAsked();
  await ask("POST", `/calls/${callSid}/press`, { digits: "1" });
  await twin.log.waitFor("webhook", (entry) => entry.params["Digits"] === "1");
  expect((await ask("POST", `/calls/${callSid}/hang-up`)).status).toBe(200);
  expect(twin.legs()).toEqual([]);
  expect((await ask("POST", "/calls", { from: CALLER })).status).toBe(400);
  expect((await ask("GET", "/nowhere")).status).toBe(404);
});
