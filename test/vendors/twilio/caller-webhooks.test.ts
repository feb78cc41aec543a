import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { elements, parseXml, textOf } from "../../../lab/twilio/xml.ts";
import type { NumberSetup } from "../../../src/ports/numbers.ts";
import {
  agentPath,
  CALL,
  CALLER,
  CALLER_LEG,
  type Gateway,
  OFFER,
  offerAgent,
  post,
  START,
  startGateway,
  storeFault,
  TEAM,
  voice,
} from "./gateway.ts";

let gateway: Gateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.close());

const again = async (setup: Partial<NumberSetup>) => {
  await gateway.close();
  gateway = await startGateway(setup);
};

const verbs = (twiml: string) => elements(parseXml(twiml)).map(({ name }) => name);
const verb = (twiml: string, name: string) => elements(parseXml(twiml)).find((one) => one.name === name);
const withoutSecret = (twiml: string) => twiml.replace(/name="secret" value="[^"]*"/, "");
const says = (twiml: string) =>
  elements(parseXml(twiml))
    .flatMap((one) => (one.name === "Say" ? [one] : elements(one)))
    .map(textOf);

describe("a call arrives", () => {
  test("it is answered with the disclosure and a stream that is this call's own", async () => {
    const { body } = await post(gateway, "/twilio/voice", voice({ CallStatus: "ringing" }));
    expect(verbs(body)).toEqual(["Say", "Connect", "Redirect"]);
    expect(says(body)[0]).toBe('en:disclosure {"notice":"recorded"}');
    const connect = verb(body, "Connect");
    expect(connect?.attributes.get("action")).toBe(`${gateway.publicUrl}/twilio/ended/caller`);
    const stream = connect && elements(connect)[0];
    expect(stream?.attributes.get("url")).toBe(`${gateway.publicUrl.replace("http", "ws")}/twilio/media`);
    const secret = stream && elements(stream)[0];
    expect(secret?.attributes.get("name")).toBe("secret");
    expect(gateway.secrets.use(CALLER_LEG, secret?.attributes.get("value") ?? "")).toBe(true);
    const redirect = verb(body, "Redirect");
    expect(redirect && textOf(redirect)).toBe(`${gateway.publicUrl}/twilio/document/caller`);
  });

  test("who called is kept, and may be rung back", async () => {
    await post(gateway, "/twilio/voice", voice({ StirVerstat: "TN-Validation-Passed-A", CallerName: "WALNUT" }));
    expect(gateway.callers.get(CALL)).toEqual({
      ani: CALLER,
      dnis: "+15550100100",
      name: "WALNUT",
      verification: [{ method: "stir-shaken", result: "TN-Validation-Passed-A", at: START }],
    });
    expect((await gateway.state())?.caller).toMatchObject({ canCallBack: true, language: "en", place: "arriving" });
  });

  test.each([
    "anonymous",
    "client:eve",
    "sip:eve@example.com",
    "5550100001",
    "+266696687",
    "+19005550123",
    "+1911",
    "",
  ])("nobody promises to ring back %j", async (from) => {
    await post(gateway, "/twilio/voice", voice({ From: from }));
    expect((await gateway.state())?.caller?.canCallBack).toBe(false);
  });

  test("a webhook that comes again answers the same and changes nothing", async () => {
    const first = await post(gateway, "/twilio/voice", voice());
    gateway.callers.set(CALL, { verification: [], customerId: "learnt since" });
    const entries = await gateway.entries();
    const second = await post(gateway, "/twilio/voice", voice());
    expect(withoutSecret(second.body)).toBe(withoutSecret(first.body));
    expect(await gateway.entries()).toEqual(entries);
    expect(gateway.callers.get(CALL)?.customerId).toBe("learnt since");
  });
});

describe("a number has a mode", () => {
  test("forward dials the admin's number, and never twice", async () => {
    await again({ mode: "forward", forwardTo: "+15550100300" });
    const { body } = await post(gateway, "/twilio/voice", voice());
    const dial = verb(body, "Dial");
    expect(dial && elements(dial).map(textOf)).toEqual(["+15550100300"]);
    expect(dial?.attributes.get("action")).toBe(`${gateway.publicUrl}/twilio/ended/forward`);
    const nobody = await post(gateway, "/twilio/ended/forward", voice({ DialCallStatus: "no-answer" }));
    expect([verbs(nobody.body), says(nobody.body)]).toEqual([["Say", "Hangup"], ["en:closed {}"]]);
    const talked = await post(gateway, "/twilio/ended/forward", voice({ DialCallStatus: "completed" }));
    expect(verbs(talked.body)).toEqual(["Hangup"]);
  });

  test.each([undefined, "+19005550123", "911", "sip:anyone@example.com"])(
    "forward to %j is not dialled",
    async (forwardTo) => {
      await again({ mode: "forward", ...(forwardTo !== undefined && { forwardTo }) });
      const { body } = await post(gateway, "/twilio/voice", voice());
      expect(verbs(body)).toEqual(["Say", "Hangup"]);
      expect(gateway.lines).toMatchObject([{ level: "error", reason: "forbidden-destination" }]);
    },
  );

  test("closed says so", async () => {
    await again({ mode: "closed" });
    const { body } = await post(gateway, "/twilio/voice", voice());
    expect([verbs(body), says(body)]).toEqual([["Say", "Hangup"], ["en:closed {}"]]);
  });

  test("queue has keys from the start, and asks again by itself", async () => {
    await again({ mode: "queue", language: "es" });
    const { body } = await post(gateway, "/twilio/voice", voice());
    const gather = verb(body, "Gather");
    expect(verbs(body)).toEqual(["Gather", "Redirect"]);
    expect(gather?.attributes.get("action")).toBe(`${gateway.publicUrl}/twilio/keys/caller`);
    const said = gather && elements(gather)[0];
    expect([said && textOf(said), said?.attributes.get("language")]).toEqual([
      expect.stringMatching(/^es:menu/),
      "es-ES",
    ]);
  });
});

describe("without the assistant, keys lead on", () => {
  beforeEach(async () => {
    await post(gateway, "/twilio/voice", voice());
    await gateway.loop.deliver(CALL, { kind: "assistant-started", stream: "MZ1" }, "test");
    await gateway.loop.deliver(CALL, { kind: "assistant-lost", stream: "MZ1", down: true }, "test");
  });

  test("key 1 asks for a person", async () => {
    const { body } = await post(gateway, "/twilio/keys/caller", voice({ Digits: "1" }));
    expect((await gateway.state())?.escalation).toMatchObject({ decision: { trigger: "explicit-request" } });
    expect(says(body)).toEqual([expect.stringMatching(/^en:menu-holding/)]);
  });

  test("key 2 asks for a callback, and the caller's own number is read back", async () => {
    const { body } = await post(gateway, "/twilio/keys/caller", voice({ Digits: "2" }));
    expect(says(body)).toEqual([expect.stringContaining('"number":"1 5 5 5 0 1 0 0 0 0 1"')]);
    expect(JSON.stringify(await gateway.entries())).not.toContain(CALLER);
  });

  test("no key is no event", async () => {
    const before = gateway.delivered.length;
    await post(gateway, "/twilio/keys/caller", voice());
    await post(gateway, "/twilio/document/caller", voice());
    expect(gateway.delivered.length).toBe(before);
  });
});

describe("the caller's leg moves", () => {
  test("from the assistant to the room, however Twilio comes to ask", async () => {
    await offerAgent(gateway);
    await post(gateway, agentPath("document"), voice({ CallSid: `CA${"a".repeat(32)}` }));
    await post(gateway, agentPath("keys"), voice({ CallSid: `CA${"a".repeat(32)}`, Digits: "1" }));
    for (const path of ["/twilio/ended/caller", "/twilio/document/caller", "/twilio/ended/caller"]) {
      const { body } = await post(gateway, path, voice());
      const dial = verb(body, "Dial");
      const room = dial && elements(dial)[0];
      expect(room && textOf(room)).toBe("warmline-esc_1");
      expect(Object.fromEntries(room?.attributes ?? [])).toEqual({
        beep: "false",
        jitterBufferSize: "small",
        startConferenceOnEnter: "true",
        endConferenceOnExit: "false",
        participantLabel: "caller-esc_1-1-1",
        waitUrl: `${gateway.publicUrl}/twilio/wait/room?call=${CALL}`,
        waitMethod: "POST",
        statusCallback: `${gateway.publicUrl}/twilio/room?call=${CALL}&escalation=esc_1`,
        statusCallbackMethod: "POST",
        statusCallbackEvent: "start end join leave",
      });
    }
  });

  test("the question that leads them into the room is told to the case, once", async () => {
    await offerAgent(gateway);
    await post(gateway, agentPath("keys"), voice({ CallSid: `CA${"a".repeat(32)}`, Digits: "1" }));
    await post(gateway, "/twilio/ended/caller", voice());
    await post(gateway, "/twilio/document/caller", voice());
    expect(gateway.kinds().filter((kind) => kind === "caller-leg-asked")).toEqual(["caller-leg-asked"]);
    expect((await gateway.loop.state(CALL))?.handoff).toMatchObject({ kind: "accepted", sentIn: true });
  });

  test("whoever comes out of the room and belongs there waits a second before going in again", async () => {
    await offerAgent(gateway);
    await gateway.loop.deliver(CALL, { kind: "agent-leg-answered", offer: OFFER, leg: CALLER_LEG }, "test");
    await gateway.loop.deliver(CALL, { kind: "agent-consented", offer: OFFER, via: "desk" }, "test");
    const { body } = await post(gateway, "/twilio/ended/caller?room=1", voice({ DialCallStatus: "answered" }));
    expect(verbs(body)).toEqual(["Pause", "Dial", "Redirect"]);
  });

  test("alone in the room the caller hears a voice, and only what a conference can wait with", async () => {
    await offerAgent(gateway);
    const { body } = await post(gateway, `/twilio/wait/room?call=${CALL}`, voice());
    expect(verbs(body)).toEqual(["Pause", "Say", "Pause", "Redirect"]);
    expect(says(body)).toEqual(["en:holding-1 {}"]);
  });
});

describe("the caller leaves", () => {
  beforeEach(() => offerAgent(gateway));

  test.each([
    ["the number's status callback", "/twilio/status", { CallStatus: "completed" }],
    ["the end of an interrupted verb", "/twilio/ended/caller", { CallStatus: "completed" }],
    [
      "the room",
      `/twilio/room?call=${CALL}&escalation=esc_1`,
      { StatusCallbackEvent: "participant-leave", ParticipantCallStatus: "completed" },
    ],
  ])("as %s says, once or three times", async (_, path, fields) => {
    for (let time = 0; time < 3; time += 1) expect((await post(gateway, path, voice(fields))).status).toBe(200);
    expect((await gateway.state())?.caller?.place).toBe("gone");
    expect((await gateway.state())?.handoff).toEqual({ kind: "closed", outcome: "abandoned" });
    expect((await gateway.entries()).filter(({ event }) => event.kind === "caller-left")).toHaveLength(1);
    const { body } = await post(gateway, "/twilio/document/caller", voice());
    expect(verbs(body)).toEqual(["Hangup"]);
  });

  test("progress that is no end is none", async () => {
    for (const status of ["initiated", "ringing", "in-progress"]) {
      await post(gateway, "/twilio/status", voice({ CallStatus: status }));
    }
    expect((await gateway.state())?.caller?.place).toBe("assistant");
    const refused = await post(gateway, "/twilio/status", voice({ CallStatus: "exploded" }));
    expect(refused.status).toBe(400);
  });
});

describe("something is broken inside", () => {
  test.each([
    ["/twilio/voice", "/twilio/voice"],
    ["/twilio/document/caller", "/twilio/document/caller"],
    ["/twilio/keys/caller", "/twilio/document/caller"],
    ["/twilio/ended/caller", "/twilio/document/caller"],
    [agentPath("document"), agentPath("document")],
    [agentPath("keys"), agentPath("document")],
  ])("%s still speaks, and asks again", async (path, next) => {
    for (const away of [storeFault(), new Error("a bug")]) {
      gateway.stores.away = away;
      const { status, body } = await post(gateway, path, voice({ Digits: "1" }));
      expect([status, verbs(body)]).toEqual([200, ["Say", "Pause", "Redirect"]]);
      const redirect = verb(body, "Redirect");
      expect(redirect && textOf(redirect)).toBe(`${gateway.publicUrl}${next}`);
      expect(gateway.lines.at(-1)).toMatchObject({ level: "error", message: expect.stringContaining("asked again") });
    }
  });

  test("the room's wait never fails, or the caller would be dropped", async () => {
    gateway.stores.away = storeFault();
    const { status, body } = await post(gateway, `/twilio/wait/room?call=${CALL}`, voice());
    expect([status, says(body)]).toEqual([200, ["en:holding-1 {}"]]);
  });

  test("a callback that cannot be kept is not acknowledged", async () => {
    gateway.stores.away = storeFault();
    const { status, body } = await post(gateway, "/twilio/status", voice({ CallStatus: "completed" }));
    expect([status, JSON.parse(body)]).toEqual([503, expect.objectContaining({ status: 503 })]);
  });

  test("facts that cannot be stored cost the callback, not the call", async () => {
    const { callers } = gateway;
    callers.set = () => {
      throw storeFault();
    };
    const { body } = await post(gateway, "/twilio/voice", voice());
    expect(verbs(body)).toEqual(["Say", "Connect", "Redirect"]);
    expect((await gateway.state())?.caller?.canCallBack).toBe(false);
  });

  test("what Twilio could not use is answered from the state as it is", async () => {
    await post(gateway, "/twilio/voice", voice());
    const { body } = await post(gateway, "/twilio/fallback", voice({ ErrorCode: "11200" }));
    expect(verbs(body)).toContain("Connect");
    expect(gateway.lines).toMatchObject([{ level: "error", raw: "11200" }]);
    expect(gateway.kinds()).toEqual(["call-arrived"]);
  });
});

test("the fallback URL takes a call that never reached the voice URL", async () => {
  const { body } = await post(gateway, "/twilio/fallback", voice({ ErrorCode: "11200" }));
  expect(verbs(body)).toContain("Connect");
  expect(gateway.kinds()).toEqual(["call-arrived"]);
});

test("a stream that failed leaves a line without personal data", async () => {
  await post(gateway, "/twilio/stream", voice({ StreamEvent: "stream-error", StreamError: "31920 handshake" }));
  await post(gateway, "/twilio/stream", voice({ StreamEvent: "stream-started", StreamSid: `MZ${"1".repeat(32)}` }));
  expect(gateway.lines).toEqual([expect.objectContaining({ level: "warn", call: CALL, raw: "31920 handshake" })]);
  // It never started, so it has no name; without it the caller would hear nothing (H13).
  expect(gateway.delivered).toEqual([{ actor: "carrier", news: { kind: "assistant-lost", stream: "", down: false } }]);
});

test("a text message is acknowledged and counted", async () => {
  const { body } = await post(gateway, "/twilio/sms", { Body: "call me", From: CALLER, MessageSid: "SM1" });
  expect(body).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
  expect(gateway.lines).toMatchObject([{ level: "info", count: 1 }]);
  expect(JSON.stringify(gateway.lines)).not.toContain("call me");
});

test("the team's name comes from the state", async () => {
  await post(gateway, "/twilio/voice", voice());
  expect((await gateway.state())?.caller?.target.team).toBe(TEAM);
});
