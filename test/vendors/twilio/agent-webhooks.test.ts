import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { elements, parseXml, textOf } from "../../../lab/twilio/xml.ts";
import {
  AGENT_LEG,
  agentLeg,
  agentPath,
  CALL,
  type Gateway,
  OFFER,
  offerAgent,
  post,
  startGateway,
  voice,
} from "./gateway.ts";

let gateway: Gateway;
beforeEach(async () => {
  gateway = await startGateway();
  await offerAgent(gateway);
});
afterEach(() => gateway.close());

const verbs = (twiml: string) => elements(parseXml(twiml)).map(({ name }) => name);
const offer = async () => {
  const handoff = (await gateway.state())?.handoff;
  return handoff && "offer" in handoff ? handoff.offer : undefined;
};
const progress = (status: string, more: Record<string, string> = {}) =>
  post(gateway, agentPath("status"), agentLeg({ CallStatus: status, ...more }));
const answer = () => post(gateway, agentPath("document"), agentLeg());
const press = (Digits: string) => post(gateway, agentPath("keys"), agentLeg({ Digits }));
const room = (fields: Record<string, string>) =>
  post(gateway, `/twilio/room?call=${CALL}&escalation=esc_1`, agentLeg(fields));

describe("the agent answers", () => {
  test("asking for the document is the fact that the leg is up", async () => {
    const { body } = await answer();
    expect(await offer()).toMatchObject({ phase: "answered", leg: AGENT_LEG });
    expect(verbs(body)).toEqual(["Gather", "Gather", "Redirect"]);
    const [first, second] = elements(parseXml(body));
    expect(first && elements(first).map(textOf)).toEqual([
      'en:whisper {"briefing":"Ms Walnut disputes a charge"}',
      "en:whisper-key {}",
    ]);
    expect(second && elements(second).map(textOf)).toEqual(["en:whisper-key {}"]);
    expect(first?.attributes.get("action")).toBe(`${gateway.publicUrl}${agentPath("keys")}`);
  });

  test("a document asked for a leg that only rings is no answer", async () => {
    await post(gateway, agentPath("document"), agentLeg({ CallStatus: "ringing" }));
    expect((await offer())?.phase).toBe("dialling");
  });

  test("key 1 takes the call, however often it is pressed", async () => {
    await answer();
    for (let time = 0; time < 3; time += 1) {
      const { body } = await press("1");
      const [dial] = elements(parseXml(body));
      const conference = dial && elements(dial)[0];
      expect(conference && textOf(conference)).toBe("warmline-esc_1");
      expect(conference?.attributes.get("participantLabel")).toBe(`agent-1-${OFFER}`);
      expect(conference?.attributes.get("waitUrl")).toBe("");
      expect(dial?.attributes.get("action")).toBe(`${gateway.publicUrl}${agentPath("ended")}`);
    }
    expect((await gateway.state())?.handoff.kind).toBe("accepted");
    expect((await gateway.entries()).filter(({ event }) => event.kind === "agent-consented")).toHaveLength(1);
  });

  test.each(["2", "9", "0", "#", "*"])("key %s declines", async (key) => {
    await answer();
    const { body } = await press(key);
    expect((await gateway.state())?.escalation?.offers).toMatchObject([{ id: OFFER, outcome: "declined" }]);
    expect(verbs(body)).toEqual(["Say", "Hangup"]);
  });

  test("consent at the desk skips the whisper", async () => {
    await gateway.loop.deliver(CALL, { kind: "agent-consented", offer: OFFER, via: "desk" }, "test");
    expect(verbs((await answer()).body)).toEqual(["Dial", "Redirect"]);
  });

  test("whoever is on the line when the caller leaves hears one fixed sentence", async () => {
    await answer();
    await post(gateway, "/twilio/status", voice({ CallStatus: "completed" }));
    const { body } = await press("1");
    expect(verbs(body)).toEqual(["Say", "Hangup"]);
    expect(elements(parseXml(body)).map(textOf)[0]).toMatch(/^en:caller-gone/);
  });

  test("a leg of an offer that nobody knows hears that the call is taken", async () => {
    const { body } = await post(gateway, `/twilio/document/agent?call=${CALL}&offer=off_9`, agentLeg());
    expect(elements(parseXml(body)).map(textOf)[0]).toMatch(/^en:call-taken/);
    const unknown = await post(
      gateway,
      `/twilio/document/agent?call=call-${"0".repeat(32)}&offer=${OFFER}`,
      agentLeg(),
    );
    expect(elements(parseXml(unknown.body)).map(textOf)[0]).toMatch(/^en:call-taken/);
  });
});

describe("the agent's leg makes progress", () => {
  test("the first callback names the leg of a create whose answer was lost", async () => {
    await gateway.loop.deliver(CALL, { kind: "dial-unknown", offer: OFFER }, "test");
    await progress("initiated");
    expect(await offer()).toMatchObject({ dial: "placed", leg: AGENT_LEG });
  });

  test.each([
    ["busy", "486", "busy", "busy 486"],
    ["busy", "600", "busy", "busy 600"],
    ["no-answer", "487", "no-answer", "no-answer 487"],
    ["no-answer", "480", "no-answer", "no-answer 480"],
    ["failed", "408", "no-answer", "failed 408"],
    ["busy", "603", "declined", "busy 603"],
    ["failed", "603", "declined", "failed 603"],
    ["failed", "503", "failed", "failed 503"],
    ["failed", "404", "failed", "failed 404"],
    ["failed", "", "failed", "failed"],
    ["canceled", "487", "cancelled", "canceled 487"],
    ["completed", "200", "hung-up", "completed 200"],
    ["no-answer", "", "no-answer", "no-answer"],
  ])("%s with SIP %j is %s, and the raw code is kept", async (status, code, how, raw) => {
    await progress("ringing");
    await progress(status, code === "" ? {} : { SipResponseCode: code });
    expect(gateway.delivered.at(-1)?.news).toEqual({ kind: "agent-leg-ended", offer: OFFER, leg: AGENT_LEG, how, raw });
  });

  test("out of order, twice and late: the record is that of the order", async () => {
    const steps = ["initiated", "ringing", "in-progress"];
    for (const status of steps) await progress(status);
    const inOrder = await gateway.state();
    for (const status of [...steps.toReversed(), ...steps, "initiated"]) await progress(status);
    expect(await gateway.state()).toEqual(inOrder);
    await progress("no-answer", { SipResponseCode: "487" });
    const over = await gateway.state();
    for (const status of steps) await progress(status);
    expect((await gateway.state())?.escalation?.offers).toEqual(over?.escalation?.offers);
  });

  test("a status Twilio does not document is refused", async () => {
    expect((await progress("exploded")).status).toBe(400);
    expect((await progress("failed", { SipResponseCode: "5xx" })).status).toBe(400);
  });
});

describe("the room tells who is in it", () => {
  beforeEach(async () => {
    await answer();
    await press("1");
  });

  test("agent and caller come in, and the call is bridged", async () => {
    await room({ StatusCallbackEvent: "participant-join", ParticipantLabel: `agent-1-${OFFER}` });
    expect((await offer())?.joined).toBe(true);
    await room(voice({ StatusCallbackEvent: "participant-join", ParticipantLabel: "caller-1-1" }));
    await room({ StatusCallbackEvent: "conference-start", CallSid: AGENT_LEG });
    expect(gateway.kinds().slice(-2)).toEqual(["agent-joined", "caller-joined"]);
    await room(voice({ StatusCallbackEvent: "participant-join", ParticipantLabel: "caller-1-1" }));
    expect((await gateway.state())?.caller?.place).toBe("room");
  });

  test("a label that was lost does not lose the agent", async () => {
    await room({ StatusCallbackEvent: "participant-join" });
    expect((await offer())?.joined).toBe(true);
  });

  test("a leg that is nobody's is logged and changes nothing", async () => {
    const before = gateway.delivered.length;
    await room({ StatusCallbackEvent: "participant-join", CallSid: `CA${"9".repeat(32)}` });
    expect(gateway.delivered.length).toBe(before);
    expect(gateway.lines.at(-1)).toMatchObject({ level: "warn", call: CALL });
  });

  test("leaving the room is not hanging up", async () => {
    await room(voice({ StatusCallbackEvent: "participant-join" }));
    await room(voice({ StatusCallbackEvent: "participant-leave", ParticipantCallStatus: "in-progress" }));
    expect(gateway.kinds().at(-1)).toBe("caller-left-room");
    expect((await gateway.state())?.caller?.place).not.toBe("gone");
    await room({ StatusCallbackEvent: "participant-leave", ParticipantLabel: `agent-1-${OFFER}` });
    expect(gateway.kinds().at(-1)).toBe("agent-left-room");
  });

  test("an agent who hung up in the room is gone, even if the callback that says so is lost", async () => {
    await room(voice({ StatusCallbackEvent: "participant-join" }));
    await room({ StatusCallbackEvent: "participant-join" });
    expect((await gateway.state())?.handoff.kind).toBe("bridged");
    await post(gateway, agentPath("ended"), agentLeg({ CallStatus: "completed", DialCallStatus: "answered" }));
    expect((await gateway.state())?.handoff.kind).toBe("agent-lost");
  });

  test("an agent who comes out of the room and belongs there goes in again, after a second", async () => {
    const { body } = await post(gateway, agentPath("ended"), agentLeg({ DialCallStatus: "answered" }));
    expect(verbs(body)).toEqual(["Pause", "Dial", "Redirect"]);
  });
});
