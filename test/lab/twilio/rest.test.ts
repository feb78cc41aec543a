import twilio from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";

import { ACCOUNT, twiml } from "./fake-gateway.ts";
import { AGENT, type Bench, CALLER, eventually, NUMBER, startBench } from "./lab-bench.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

const hold = twiml(`<Pause length="60"/>`);

test("wrong credentials, unknown resources and bad addresses are refused with Twilio's numbers", async () => {
  const { rest, twin } = bench;
  const stranger = twilio(ACCOUNT, "wrong");
  stranger.api.baseUrl = twin.url;
  await expect(stranger.calls.list()).rejects.toMatchObject({ status: 401, code: 20_003 });
  await expect(rest.calls(`CA${"1".repeat(32)}`).fetch()).rejects.toMatchObject({ status: 404, code: 20_404 });
  const create = (to: string, from: string) => rest.calls.create({ to, from, twiml: hold });
  await expect(create("12345", NUMBER)).rejects.toMatchObject({ status: 400, code: 21_211 });
  await expect(create(AGENT, "+15550109999")).rejects.toMatchObject({ status: 400, code: 21_210 });
  await expect(rest.calls.create({ to: AGENT, from: NUMBER })).rejects.toMatchObject({ code: 21_205 });
  const long = twiml(`<Say>${"x".repeat(4_000)}</Say>`);
  await expect(rest.calls.create({ to: AGENT, from: NUMBER, twiml: long })).rejects.toMatchObject({ status: 400 });
  expect(twin.legs()).toEqual([]);
});

test("one call a second starts; the others wait in line, say how long, and can be cancelled without a callback", async () => {
  const { rest, twin, gateway } = bench;
  twin.phone(AGENT, { kind: "rings" });
  const create = () =>
    rest.calls.create({
      to: AGENT,
      from: NUMBER,
      twiml: hold,
      statusCallback: `${gateway.url}/agent-status`,
      statusCallbackEvent: ["initiated", "completed"],
    });
  const [first, second, third] = [await create(), await create(), await create()];
  expect(first.queueTime).toBe("0");
  expect(Number(second.queueTime)).toBeGreaterThan(0);
  expect(Number(third.queueTime)).toBeGreaterThan(1_000);
  expect((await rest.calls(third.sid).update({ status: "canceled" })).status).toBe("canceled");
  const initiated = (sid: string) =>
    twin.log.waitFor("call", (entry) => entry.callSid === sid && entry.event === "initiated");
  const gap = (await initiated(second.sid)).at - (await initiated(first.sid)).at;
  expect(gap).toBeGreaterThanOrEqual(900);
  await rest.calls(second.sid).update({ status: "completed" });
  await twin.log.waitFor(
    "webhook",
    (entry) => entry.params["CallStatus"] === "canceled" && entry.response !== undefined,
  );
  expect(gateway.askedFor("/agent-status").some((one) => one.params["CallSid"] === third.sid)).toBe(false);
});

test.each([
  ["busy", { kind: "busy" }, "busy", "486"],
  ["declining", { kind: "declines" }, "busy", "603"],
  ["failing trunk", { kind: "fails", sipCode: 503 }, "failed", "503"],
  ["ringing out", { kind: "rings" }, "no-answer", "487"],
  ["never ringing", { kind: "silent" }, "no-answer", "487"],
] as const)("a %s phone ends as its own status and SIP code", async (_, behaviour, status, sipCode) => {
  const { rest, twin, gateway } = bench;
  twin.phone(AGENT, behaviour);
  const statusCallback = `${gateway.url}/agent-status`;
  await rest.calls.create({ to: AGENT, from: NUMBER, twiml: hold, timeout: 1, statusCallback });
  await eventually(() => gateway.askedFor("/agent-status").length).toBe(1);
  const [end] = gateway.askedFor("/agent-status");
  expect(end?.params).toMatchObject({ CallStatus: status, SipResponseCode: sipCode, CallDuration: "0" });
});

test("a number nobody has fails with 404", async () => {
  const { rest, twin } = bench;
  await rest.calls.create({ to: "+15550107777", from: NUMBER, twiml: hold });
  const end = await twin.log.waitFor("call", (entry) => entry.event === "ended");
  expect(end).toMatchObject({ status: "failed", sipCode: 404 });
});

test("an event list in one string is accepted, and no callback ever comes", async () => {
  const { rest, twin, gateway } = bench;
  twin.phone(AGENT, { kind: "busy" });
  await rest.calls.create({
    to: AGENT,
    from: NUMBER,
    twiml: hold,
    statusCallback: `${gateway.url}/agent-status`,
    statusCallbackEvent: ["initiated ringing answered completed"],
  });
  await twin.log.waitFor("call", (entry) => entry.event === "ended");
  expect(twin.log.of("warning").map((entry) => entry.code)).toContain(21_626);
  expect(twin.log.of("webhook")).toEqual([]);
});

test("an ended call refuses updates with 21220 while fresh and 20404 later", async () => {
  const { rest, twin } = bench;
  bench.gateway.documents["/voice"] = () => twiml("<Say>hi</Say>");
  const caller = twin.callIn({ from: CALLER, to: NUMBER });
  await caller.ended;
  const update = () => rest.calls(caller.callSid).update({ twiml: hold });
  await expect(update()).rejects.toMatchObject({ status: 400, code: 21_220 });
  twin.latencies.deadCallForgottenMs = 0;
  await expect(update()).rejects.toMatchObject({ status: 404, code: 20_404 });
});

test("a ringing call cannot be redirected", async () => {
  const { rest, twin } = bench;
  const desk = twin.phone(AGENT, { kind: "rings" });
  const ringing = desk.nextRing();
  const { sid } = await rest.calls.create({ to: AGENT, from: NUMBER, twiml: hold });
  const ring = await ringing;
  await expect(rest.calls(sid).update({ twiml: hold })).rejects.toMatchObject({ code: 21_220 });
  await rest.calls(sid).update({ status: "completed" });
  expect(await ring.over).toBe("cancelled");
  expect(ring.answer()).toBeUndefined();
});

test("calls can be listed by status, and read back while they live", async () => {
  const { rest, twin } = bench;
  bench.gateway.documents["/voice"] = () => twiml(`<Say>hi</Say><Pause length="60"/>`);
  const caller = twin.callIn({ from: CALLER, to: NUMBER });
  await caller.answered;
  const live = await rest.calls.list({ to: NUMBER, status: "in-progress" });
  expect(live.map((call) => call.sid)).toEqual([caller.callSid]);
  expect(await rest.calls(caller.callSid).fetch()).toMatchObject({ direction: "inbound", from: CALLER });
  expect(await rest.calls.list({ to: NUMBER, status: "completed" })).toEqual([]);
});

test("long lists come in pages", async () => {
  const { rest, twin } = bench;
  bench.gateway.documents["/voice"] = () => twiml("<Reject/>");
  const callers = Array.from({ length: 5 }, () => twin.callIn({ from: CALLER, to: NUMBER }));
  await Promise.all(callers.map((caller) => caller.ended));
  const listed = await rest.calls.list({ from: CALLER, pageSize: 2 });
  expect(listed.map((call) => call.sid)).toEqual(callers.map((caller) => caller.callSid).toReversed());
});

test("closing the twin ends every call", async () => {
  const { twin } = bench;
  const callers = [twin.callIn({ from: CALLER, to: NUMBER }), twin.callIn({ from: CALLER, to: NUMBER })];
  const ends = Promise.all(callers.map((caller) => caller.ended));
  await twin.close();
  expect((await ends).map((end) => end.by)).toEqual(["carrier", "carrier"]);
});

test("numbers and applications can be read and wired, messages are kept", async () => {
  const { rest, twin, gateway } = bench;
  const [number] = await rest.incomingPhoneNumbers.list({ phoneNumber: NUMBER });
  await rest.incomingPhoneNumbers(number?.sid ?? "").update({ voiceUrl: `${gateway.url}/other` });
  twin.callIn({ from: CALLER, to: NUMBER });
  await twin.log.waitFor("webhook", (entry) => entry.url.endsWith("/other"));
  const created = await rest.applications.create({ friendlyName: "Assistant", voiceUrl: `${gateway.url}/app` });
  expect((await rest.applications.list({ friendlyName: "Assistant" })).map((app) => app.sid)).toEqual([created.sid]);
  await rest.messages.create({ to: CALLER, from: NUMBER, body: "Your reference is R7" });
  expect(twin.messages).toMatchObject([{ to: CALLER, body: "Your reference is R7" }]);
});

test("a parameter Twilio does not know is taken without a word, and logged", async () => {
  const { twin } = bench;
  const authorization = `Basic ${Buffer.from(`${ACCOUNT}:12345`).toString("base64")}`;
  const response = await fetch(`${twin.url}/2010-04-01/Accounts/${ACCOUNT}/Calls.json`, {
    method: "POST",
    headers: { authorization, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ To: AGENT, From: NUMBER, Twiml: hold, StatusCallBack: "http://x.test/" }).toString(),
  });
  expect(response.status).toBe(201);
  expect(
    twin.log
      .of("warning")
      .map((entry) => entry.message)
      .join(),
  ).toContain("StatusCallBack");
});

test("a participant created by name opens the room and joins on answering", async () => {
  const { rest, twin, gateway } = bench;
  const desk = twin.phone(AGENT, { kind: "answers" });
  const participant = await rest.conferences("case-2").participants.create({
    from: NUMBER,
    to: AGENT,
    label: "agent",
    conferenceStatusCallback: `${gateway.url}/conf`,
    conferenceStatusCallbackEvent: ["join", "leave"],
  });
  expect(participant).toMatchObject({ status: "queued", label: "agent" });
  const agent = await desk.nextAnswer();
  expect(agent.callSid).toBe(participant.callSid);
  await eventually(() => gateway.askedFor("/conf")[0]?.params["StatusCallbackEvent"]).toBe("participant-join");
  const seated = await rest.conferences(participant.conferenceSid).participants.list();
  expect(seated.map((one) => one.label)).toEqual(["agent"]);
  await rest.conferences(participant.conferenceSid).update({ status: "completed" });
  expect(await agent.ended).toMatchObject({ status: "completed" });
});
