import { once } from "node:events";
import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import express from "express";
import twilio from "twilio";
import { expect } from "vitest";

import { type CallId, EscalationId, LegId, NodeId, OfferId, QueueId } from "../../../src/domain/ids.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import { Fault } from "../../../src/domain/fault.ts";
import { decide } from "../../../src/handoff/decide.ts";
import { defaultPolicy } from "../../../src/handoff/policy.ts";
import type { CaseState } from "../../../src/handoff/state.ts";
import type { CallerFacts } from "../../../src/ports/conversations.ts";
import type { Cases, News } from "../../../src/ports/cases.ts";
import type { BridgedCallers, DialledAssistants } from "../../../src/ports/hosted-assistant.ts";
import type { NumberSetup } from "../../../src/ports/numbers.ts";
import { createCaseLoop } from "../../../src/runtime/case-loop.ts";
import { randomIds } from "../../../src/runtime/random-ids.ts";
import { createMemoryJournal } from "../../../src/stores/memory/journal.ts";
import type { Log, LogFields } from "../../../src/telemetry/log.ts";
import { callIdOf } from "../../../src/vendors/twilio/call-ids.ts";
import { loadTemplates, type Templates } from "../../../src/vendors/twilio/load-templates.ts";
import { twilioRoutes } from "../../../src/vendors/twilio/routes.ts";
import { createStreamSecrets } from "../../../src/vendors/twilio/stream-secrets.ts";
import { fakeClock } from "../../stores/fake-clock.ts";

export const TOKEN = "the auth token";
export const CALLER_LEG = LegId(`CA${"c".repeat(32)}`);
export const AGENT_LEG = LegId(`CA${"a".repeat(32)}`);
export const CALL: CallId = callIdOf(CALLER_LEG);
export const OFFER = OfferId("off_1");
export const CALLER = "+15550100001";
const NUMBER = "+15550100100";
export const TEAM = "our disputes team";

const QUEUE = QueueId("disputes");
export const START = EpochMs(1_784_000_000_000);

export type LogLine = LogFields & { readonly level: string; readonly message: string };

/** A log that is read by the test. */
export function keptLog(lines: LogLine[]): Log {
  const at = (level: string) => (fields: LogFields, message: string) => void lines.push({ ...fields, level, message });
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error"), child: () => keptLog(lines) };
}

export async function shippedTemplates(): Promise<Templates> {
  const loaded = await loadTemplates("twiml");
  if (!loaded.ok) throw new Error(loaded.problems.join("\n"));
  return loaded.templates;
}

/** The edge on a real socket, over the real core and the memory stores. */
export async function startGateway(
  { bridged, ...setup }: Partial<NumberSetup> & { readonly bridged?: Pick<BridgedCallers, "arrived"> } = {},
  admit: (call: CallId) => boolean = () => true,
  dialled?: (cases: Cases) => DialledAssistants,
  hasAssistant?: (assistant: string) => boolean,
) {
  const lines: LogLine[] = [];
  const log = keptLog(lines);
  const clock = fakeClock(START);
  const callers = new Map<string, CallerFacts>();
  const delivered: { news: News; actor: string }[] = [];
  const journal = createMemoryJournal();
  const loop = createCaseLoop({
    shared: false,
    decide,
    journal,
    clock,
    ids: randomIds,
    node: NodeId("node_1"),
    policy: defaultPolicy,
    callbackDueMs: 3_600_000,
    log,
  });
  loop.performWith(() => undefined);
  const stores: { away: Error | undefined } = { away: undefined };
  const answered = <T>(ask: () => Promise<T>): Promise<T> => (stores.away ? Promise.reject(stores.away) : ask());
  const cases: Cases = {
    deliver: (caseId, news, actor) => {
      delivered.push({ news, actor });
      return answered(() => loop.deliver(caseId, news, actor));
    },
    state: (caseId) => answered(() => loop.state(caseId)),
    remembered: (caseId) => loop.remembered(caseId),
  };
  const app = express();
  const server = createServer(app);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const secrets = createStreamSecrets({ key: "session secret", clock, ids: randomIds });
  app.use(
    twilioRoutes({
      publicUrl,
      authToken: TOKEN,
      templates: await shippedTemplates(),
      secrets,
      cases,
      conversations: {
        caller: (id) => answered(async () => callers.get(id)),
        saveCaller: (id, facts) => answered(async () => void callers.set(id, facts)),
      },
      numbers: {
        of: () => ({
          mode: "assistant",
          assistant: "default",
          language: "en",
          target: { queue: QUEUE, skills: [], team: TEAM },
          disclosure: "recorded",
          ...setup,
        }),
      },
      words: { line: (language, line, values) => `${language}:${line} ${JSON.stringify(values)}` },
      clock,
      admit: (call) => Promise.resolve(admit(call)),
      ...(hasAssistant && { hasAssistant }),
      ...(bridged && { bridged }),
      ...(dialled && { dialled: dialled(cases) }),
      callbackDueAt: (at) => EpochMs(at + 3_600_000),
      whisper: async () => "Ms Walnut disputes a charge",
      log,
    }),
  );
  return {
    publicUrl,
    clock,
    callers,
    delivered,
    kinds: () => delivered.map(({ news }) => news.kind),
    lines,
    stores,
    secrets,
    loop,
    journal,
    entries: () => journal.entries(CALL),
    state: (): Promise<CaseState | undefined> => loop.state(CALL),
    close: () => closeServer(server),
  };
}
export type Gateway = Awaited<ReturnType<typeof startGateway>>;

export async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}

export const storeFault = (): Fault => new Fault("store-away", { blame: "store", retryable: true });

/** The parameters of every voice request. */
export const voice = (more: Record<string, string> = {}): Record<string, string> => ({
  AccountSid: `AC${"0".repeat(32)}`,
  ApiVersion: "2010-04-01",
  CallSid: CALLER_LEG,
  CallStatus: "in-progress",
  Direction: "inbound",
  From: CALLER,
  To: NUMBER,
  FromCity: "",
  ...more,
});

/** The parameters of a request about an agent's leg. */
export const agentLeg = (more: Record<string, string> = {}): Record<string, string> =>
  voice({ CallSid: AGENT_LEG, Direction: "outbound-api", From: NUMBER, To: "+15550100200", ...more });

export type Answer = { status: number; body: string; type: string };

/** Sends what Twilio would: a form, signed over the URL and its fields. */
export function post(gateway: Gateway, path: string, fields: Record<string, string>): Promise<Answer> {
  const signature = twilio.getExpectedTwilioSignature(TOKEN, `${gateway.publicUrl}${path}`, fields);
  return send(gateway, path, {
    body: new URLSearchParams(fields).toString(),
    headers: { "x-twilio-signature": signature },
  });
}

/** Sends anything. A `length` that is not the body's makes it a truncated request. */
export function send(
  gateway: Gateway,
  path: string,
  what: { method?: string; body?: string; headers?: Record<string, string>; length?: number },
): Promise<Answer> {
  const { method = "POST", body = "", headers = {}, length } = what;
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${gateway.publicUrl}${path}`, {
      method,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        ...(method === "POST" && { "content-length": String(length ?? Buffer.byteLength(body)) }),
        ...headers,
      },
    });
    request.on("error", reject);
    request.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(parts).toString("utf8"),
          type: response.headers["content-type"] ?? "",
        }),
      );
    });
    request.end(body);
  });
}

/** A call that has arrived, is talking with the assistant, and has an agent on offer. */
export async function offerAgent(gateway: Gateway): Promise<EscalationId> {
  expect((await post(gateway, "/twilio/voice", voice({ CallStatus: "ringing" }))).status).toBe(200);
  const escalation = EscalationId("esc_1");
  const tell = (news: News) => gateway.loop.deliver(CALL, news, "test");
  await tell({ kind: "assistant-started", stream: "MZ1" });
  await tell({
    kind: "escalation-decided",
    escalation,
    target: { queue: QUEUE, skills: [], team: TEAM },
    priority: "medium",
    decision: {
      trigger: "explicit-request",
      because: "asked",
      evidence: [0],
      signals: {},
      thresholds: {},
      policyRevision: "1",
    },
  });
  await tell({
    kind: "agent-reserved",
    attempt: 1,
    offer: OFFER,
    agent: "dana" as never,
    agentName: "Dana",
    token: `${escalation}.1.1` as never,
    device: "phone",
  });
  await tell({ kind: "packet-painted", offer: OFFER, version: 1, hash: "0".repeat(64) });
  return escalation;
}

export const agentPath = (door: string): string => `/twilio/${door}/agent?call=${CALL}&offer=${OFFER}`;
