import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import express from "express";
import { afterEach, beforeEach, expect, test } from "vitest";

import { tone } from "../../../lab/audio/tones.ts";
import { startTwilioTwin, type TwilioTwin } from "../../../lab/twilio/twin.ts";
import { AgentId, EscalationId, LegId, NodeId, OfferId, OwnerToken, QueueId } from "../../../src/domain/ids.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import { decide } from "../../../src/handoff/decide.ts";
import { defaultPolicy, type HandoffPolicy } from "../../../src/handoff/policy.ts";
import type { CallerLine, CallerLineEvent } from "../../../src/ports/caller-line.ts";
import type { News } from "../../../src/ports/cases.ts";
import type { AgentProfile } from "../../../src/ports/directory.ts";
import type { Telephony } from "../../../src/ports/telephony.ts";
import { type CaseLoop, createCaseLoop } from "../../../src/runtime/case-loop.ts";
import { randomIds } from "../../../src/runtime/random-ids.ts";
import { createSystemClock } from "../../../src/runtime/system-clock.ts";
import { createMemoryConversations } from "../../../src/stores/memory/conversations.ts";
import { createMemoryDirectory } from "../../../src/stores/memory/directory.ts";
import { createMemoryJournal } from "../../../src/stores/memory/journal.ts";
import { callIdOf } from "../../../src/vendors/twilio/call-ids.ts";
import { createMediaSocket } from "../../../src/vendors/twilio/media-socket.ts";
import { twilioRoutes } from "../../../src/vendors/twilio/routes.ts";
import { createStreamSecrets } from "../../../src/vendors/twilio/stream-secrets.ts";
import { createTwilioTelephony } from "../../../src/vendors/twilio/telephony.ts";
import { silentLog } from "../../support/silent-log.ts";
import { closeServer, shippedTemplates } from "./gateway.ts";

const ACCOUNT = `AC${"0".repeat(32)}`;
const TOKEN = "twin token";
const NUMBER = "+15550100100";
const CALLER = "+15550100001";
const PHONE = "+15550100200";
const DANA: AgentProfile = {
  id: AgentId("dana"),
  name: "Dana",
  skills: [],
  queues: [],
  languages: [],
  device: { kind: "phone", address: PHONE },
};
const TARGET = { queue: QueueId("disputes"), skills: [], team: "our disputes team" };
const OFFER = OfferId("off_1");
/** Nothing runs out while a busy machine is slow: these tests are about the edge, not about time. */
const PATIENT: HandoffPolicy = {
  ...defaultPolicy,
  ringMs: 120_000,
  ringsWithinMs: 120_000,
  unknownMs: 120_000,
  whisperMs: 120_000,
  announceMs: 120_000,
  joinMs: 120_000,
  moveMs: 120_000,
  audioMs: 120_000,
  fallbackMs: 120_000,
  acceptByMs: 120_000,
  backMs: 120_000,
};

let twin: TwilioTwin;
let loop: CaseLoop;
let telephony: Telephony;
let lines: { line: CallerLine; events: CallerLineEvent[] }[];
let close: () => Promise<void>;

beforeEach(async () => {
  lines = [];
  twin = await startTwilioTwin({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    voice: (text) => tone([500], 20 * text.length),
    callsPerSecond: 50,
  });
  const clock = createSystemClock();
  const journal = createMemoryJournal();
  loop = createCaseLoop({
    shared: false,
    decide,
    journal,
    clock,
    ids: randomIds,
    node: NodeId("node_1"),
    policy: PATIENT,
    callbackDueMs: 3_600_000,
    log: silentLog,
  });
  // The test performs the effects by hand, so that what is asked of the edge is in plain sight.
  loop.performWith(() => undefined);
  const app = express();
  const server = createServer(app);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const secrets = createStreamSecrets({ key: "session secret", clock, ids: randomIds });
  const shared = { publicUrl, authToken: TOKEN, secrets, clock, log: silentLog };
  app.use(
    twilioRoutes({
      ...shared,
      templates: await shippedTemplates(),
      cases: loop,
      conversations: createMemoryConversations((id) => journal.escalationsOf(id)),
      numbers: { of: () => ({ mode: "assistant", assistant: "default", language: "en", target: TARGET }) },
      words: { line: (_, line) => line },
      callbackDueAt: (at) => EpochMs(at + 3_600_000),
      whisper: async () => "a disputed charge",
      admit: () => Promise.resolve(true),
    }),
  );
  const media = createMediaSocket({
    ...shared,
    opened: (line) => {
      const events: CallerLineEvent[] = [];
      line.listen((event) => events.push(event));
      lines.push({ line, events });
    },
  });
  server.on("upgrade", (request, socket, head) => void media.upgrade(request, socket, head));
  telephony = createTwilioTelephony(
    { accountSid: ACCOUNT, authToken: TOKEN, number: NUMBER, apiUrl: twin.url, publicUrl },
    { directory: createMemoryDirectory([DANA]), clock, log: silentLog, timeoutMs: 1_500 },
  );
  twin.number({
    phoneNumber: NUMBER,
    voiceUrl: `${publicUrl}/twilio/voice`,
    statusCallback: `${publicUrl}/twilio/status`,
  });
  close = async () => {
    await twin.close();
    loop.close();
    media.close();
    await closeServer(server);
  };
});
afterEach(() => close());

const eventually = <T>(ask: () => T) => expect.poll(ask, { timeout: 20_000, interval: 20 });

/** A caller who talks with the assistant, with Dana on offer. */
async function callAndOffer() {
  const caller = twin.callIn({ from: CALLER, to: NUMBER });
  const call = callIdOf(LegId(caller.callSid));
  await eventually(() => lines.length).toBe(1);
  const tell = (news: News) => loop.deliver(call, news, "test");
  await tell({ kind: "assistant-started", stream: lines[0]?.line.stream ?? "" });
  await tell({
    kind: "escalation-decided",
    escalation: EscalationId("esc_1"),
    target: TARGET,
    priority: "medium",
    decision: {
      trigger: "explicit-request",
      because: "asked",
      evidence: [],
      signals: {},
      thresholds: {},
      policyRevision: "1",
    },
  });
  const token = OwnerToken("esc_1.1.1");
  await tell({
    kind: "agent-reserved",
    attempt: 1,
    offer: OFFER,
    agent: DANA.id,
    agentName: "Dana",
    token,
    device: "phone",
  });
  await tell({ kind: "packet-painted", offer: OFFER, version: 1, hash: "0" });
  const dial = () =>
    telephony.dialAgent({
      call,
      escalation: EscalationId("esc_1"),
      offer: OFFER,
      agent: DANA.id,
      device: DANA.device,
      timeoutMs: 30_000,
    });
  const handoff = async () => (await loop.state(call))?.handoff;
  const offer = async () => {
    const now = await handoff();
    return now && "offer" in now ? now.offer : undefined;
  };
  return { caller, call, tell, dial, handoff, offer };
}

/** Everything Twilio's debugger would show; refused and failed webhooks are among it. */
const complaints = () => [
  ...twin.log.of("warning").map(({ code, message }) => `${code} ${message}`),
  ...twin.log.of("webhook", ({ response }) => (response?.status ?? 200) >= 400).map(({ url }) => url),
];

test("a call goes from the assistant to an agent and ends, over Twilio's own protocol", async () => {
  const desk = twin.phone(PHONE, { kind: "answers", afterMs: 50 });
  const { caller, call, dial, handoff, offer } = await callAndOffer();
  await eventually(() => lines[0]?.events.some((event) => event.kind === "audio")).toBe(true);
  lines[0]?.line.play(Buffer.from(tone([800], 200)).toString("base64"), "played");
  await eventually(() => lines[0]?.events).toContainEqual({ kind: "mark", name: "played" });

  const answering = desk.nextAnswer();
  const placed = await dial();
  expect(placed.kind).toBe("placed");
  const agent = await answering;
  await agent.untilAsked();
  await expect.poll(offer, { timeout: 20_000 }).toMatchObject({ phase: "answered", leg: agent.callSid });
  await agent.press("1");
  await expect.poll(offer, { timeout: 20_000 }).toMatchObject({ joined: true });
  expect((await handoff())?.kind).toBe("accepted");

  await loop.deliver(call, { kind: "line-ended", line: "announce" }, "test");
  lines[0]?.line.letGo();
  await expect.poll(handoff, { timeout: 20_000 }).toMatchObject({ kind: "bridged" });
  expect(lines[0]?.events.at(-1)).toEqual({ kind: "ended", how: "released" });
  const seen = await telephony.askRoom(EscalationId("esc_1"));
  expect(seen.kind === "legs" ? seen.legs.toSorted() : seen).toEqual([caller.callSid, agent.callSid].toSorted());

  expect(await telephony.endLeg(LegId(agent.callSid))).toEqual({ kind: "done" });
  await expect.poll(handoff, { timeout: 20_000 }).toMatchObject({ kind: "agent-lost" });
  expect((await telephony.endLeg(LegId(agent.callSid))).kind).toBe("gone");
  await telephony.refreshLeg({ call, leg: LegId(caller.callSid), party: "caller" });
  await eventually(() => lines.length).toBe(2);
  caller.hangUp();
  await expect.poll(async () => (await loop.state(call))?.caller?.place, { timeout: 20_000 }).toBe("gone");
  expect(complaints()).toEqual([]);
});

test("a create whose answer is lost is found by asking, and by its first callback", async () => {
  twin.phone(PHONE, { kind: "rings" });
  const { dial, offer, tell } = await callAndOffer();
  twin.faults.add({ name: "rest-answer-lost", when: ({ path }) => path.endsWith("/Calls.json") });
  const since = Date.now();
  const answer = await dial();
  expect(answer.kind).toBe("unknown");
  await tell({ kind: "dial-unknown", offer: OFFER });
  await expect.poll(async () => (await offer())?.phase, { timeout: 20_000 }).toBe("ringing");
  const leg = (await offer())?.leg;
  const found = await telephony.askOffer({
    call: callIdOf(LegId(`CA${"0".repeat(32)}`)),
    offer: OFFER,
    address: PHONE,
    sinceMs: since,
  });
  expect(found).toEqual({ kind: "live", leg, phase: "ringing" });
  expect(twin.log.of("rest", ({ method, path }) => method === "POST" && path.endsWith("/Calls.json"))).toHaveLength(1);
});

test("a media socket that dies silently is noticed, and the caller's document brings a new one", async () => {
  const { caller, call } = await callAndOffer();
  for (const stream of twin.streams()) stream.drop();
  await eventually(() => lines[0]?.events.at(-1)).toEqual({ kind: "ended", how: "lost" });
  // Twilio may not notice (the twin's default): the second way is a redirect.
  expect(await telephony.refreshLeg({ call, leg: LegId(caller.callSid), party: "caller" })).toEqual({ kind: "done" });
  await eventually(() => lines.length).toBe(2);
  expect(lines[1]?.line.call).toBe(call);
});

test("a ring that nobody answers is taken back", async () => {
  const desk = twin.phone(PHONE, { kind: "rings" });
  const { dial, offer } = await callAndOffer();
  const ringing = desk.nextRing();
  const placed = await dial();
  const ring = await ringing;
  await expect.poll(async () => (await offer())?.phase, { timeout: 20_000 }).toBe("ringing");
  expect(placed.kind === "placed" && (await telephony.endLeg(placed.leg))).toEqual({ kind: "done" });
  expect(await ring.over).toBe("cancelled");
});
