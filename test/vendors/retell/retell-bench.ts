import express from "express";
import Retell from "retell-sdk";
import { createHttpServer } from "../../../src/http/http-server.ts";
import { CallId } from "../../../src/domain/ids.ts";
import type {
  ExpectedCaller,
  HostedEvent,
  HostedSession,
  HostedVerdict,
  HostedVisits,
  OpenedVisit,
  Visit,
} from "../../../src/ports/hosted-assistant.ts";
import type { Once } from "../../../src/ports/once.ts";
import type { PassOn } from "../../../src/ports/pass-on.ts";
import type { ReplySource } from "../../../src/ports/writer.ts";
import { createSystemClock } from "../../../src/runtime/system-clock.ts";
import type { Log, LogFields } from "../../../src/telemetry/log.ts";
import { createRetellEdge, type RetellEdge } from "../../../src/vendors/retell/retell-edge.ts";
import { disputeBrain } from "../../../lab/openai/dispute-brain.ts";
import type { Brain } from "../../../lab/openai/brain.ts";
import { type RetellTwin, startRetellTwin } from "../../../lab/retell/twin.ts";
import { type PartyDouble, SipDouble } from "../../lab/retell/sip-double.ts";

export const SOCKET_SECRET = "socket-secret-of-the-test-0001";

/** Every line that was logged, as text, to look for what must not be there. */
export function keptLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (level: string) => (fields: LogFields, message: string) => {
    const { err, ...rest } = fields;
    lines.push(`${level} ${JSON.stringify(rest)} ${err instanceof Error ? err.message : ""} ${message}`);
  };
  const log = { debug: keep("debug"), info: keep("info"), warn: keep("warn"), error: keep("error"), lines };
  return { ...log, child: () => ({ ...log, child: () => log as never }) };
}

/** The runtime's side, as a test looks at it. */
export class VisitsDouble implements HostedVisits {
  readonly events: HostedEvent[] = [];
  readonly sessions: HostedSession[] = [];
  verdict: HostedVerdict = "answer";
  /** What an assistant's sentence is replaced by; `undefined`: it may be said. */
  instead: (soFar: string) => string | undefined = () => undefined;
  toolAnswer: (name: string, input: string) => string = () => '{"noted":true}';
  gone = false;
  /** What was said on earlier visits. */
  history: OpenedVisit["setup"]["history"] = [];

  read(token: string): Visit | undefined {
    return token.startsWith("token") ? { call: CallId("call-1"), visit: token.slice(5) } : undefined;
  }

  open(_visit: Visit, session: HostedSession): Promise<OpenedVisit | undefined> {
    this.sessions.push(session);
    if (this.gone) return Promise.resolve(undefined);
    return Promise.resolve({
      assistant: "disputes",
      setup: { ...SETUP, history: this.history },
      listener: {
        hear: (event) => {
          this.events.push(event);
          if (event.kind === "tool-call")
            queueMicrotask(() => session.answerTool(event.toolCall, this.toolAnswer(event.name, event.input)));
          return this.verdict;
        },
        check: (soFar) => {
          const text = this.instead(soFar);
          return text === undefined ? { kind: "say" } : { kind: "instead", text };
        },
      },
    });
  }

  of<Kind extends HostedEvent["kind"]>(kind: Kind): Extract<HostedEvent, { kind: Kind }>[] {
    return this.events.filter((event): event is Extract<HostedEvent, { kind: Kind }> => event.kind === kind);
  }

  /** Texts of finished turns of one party. */
  finals(party: "caller" | "assistant"): string[] {
    return this.of("words").flatMap((event) => (event.final && event.party === party ? [event.text] : []));
  }
}

const SETUP = {
  instructions: "You help.",
  language: "en",
  tools: [{ name: "escalate_to_human", description: "Get a person.", parameters: { type: "object", properties: {} } }],
  history: [],
};

export type Bench = {
  readonly twin: RetellTwin;
  readonly sip: SipDouble;
  readonly visits: VisitsDouble;
  readonly edge: RetellEdge;
  readonly url: string;
  readonly client: Retell;
  readonly log: ReturnType<typeof keptLog>;
  /** Callers who were announced at the bridge number. */
  readonly expected: readonly ExpectedCaller[];
  /** Dials a fresh visit of an engine, as the carrier does. */
  dial(engine: "hosted" | "socketed", visit?: string): Promise<{ readonly party: PartyDouble; readonly id: string }>;
  /** The words that were spoken on the line of this call, speech by speech. */
  spoken(id: string): string[];
  close(): Promise<void>;
};

/** Our Retell folder against the twin over real sockets; SIP is the test's. */
export async function retellBench(
  options: { brain?: Brain; replies?: ReplySource; once?: Once; passOn?: PassOn } = {},
): Promise<Bench> {
  const sip = new SipDouble();
  const twin = await startRetellTwin({ sip, pace: { asrMs: 5, ttfaMs: 5, ttsMs: 5 } });
  const visits = new VisitsDouble();
  const log = keptLog();
  const expected: ExpectedCaller[] = [];
  const late: { edge?: RetellEdge } = {};
  // The doors' addresses hold the server's port, so it listens first.
  const router = express.Router();
  router.use((request, response, next) => {
    if (late.edge === undefined) next();
    else late.edge.router(request, response, next);
  });
  const server = await createHttpServer({
    host: "127.0.0.1",
    port: 0,
    log,
    routers: [router],
    upgrades: [(request, socket, head) => late.edge?.upgrade(request, socket, head) ?? false],
  });
  const url = `http://127.0.0.1:${server.port}`;
  const edge = createRetellEdge({
    apiKey: twin.apiKey,
    apiUrl: twin.url,
    socketSecret: SOCKET_SECRET,
    publicUrl: url,
    agent: (assistant) => (assistant === "disputes" ? { agentId: "agent_1", sipHost: "sip.retellai.com" } : undefined),
    visits,
    bridgeOf: (agentId) => (agentId === "agent_1" ? "+15005550177" : undefined),
    bridged: () => ({
      expect: (caller) => {
        expected.push(caller);
        return Promise.resolve(caller.ani === undefined ? "123456" : undefined);
      },
      arrived: () => Promise.resolve({ kind: "go-on" }),
    }),
    greeting: () => "Hello, this is the desk.",
    replies: options.replies ?? { reply: () => Promise.resolve("said") },
    clock: createSystemClock(),
    once: options.once,
    passOn: options.passOn,
    log,
  });
  late.edge = edge;
  twin.agents.set("agent_1", {
    agent_id: "agent_1",
    agent_name: "Front desk",
    version: 1,
    response_engine: {
      type: "retell-llm",
      llm_id: "llm_1",
      prompt: "Help.",
      begin_message: "Hello, how can I help?",
      functions: [
        { name: "escalate_to_human", url: `${url}/retell/functions/escalate_to_human`, speak_after_execution: false },
      ],
      brain: options.brain ?? disputeBrain,
    },
  });
  let visitCount = 0;
  return {
    twin,
    sip,
    visits,
    edge,
    url,
    log,
    expected,
    client: new Retell({ apiKey: twin.apiKey, baseURL: twin.url, maxRetries: 0 }),
    dial: async (engine, visit) => {
      visitCount += 1;
      const name = visit ?? String(visitCount);
      const address = await edge[engine].address({
        visit: { call: CallId("call-1"), visit: name },
        token: `token${name}`,
        assistant: "disputes",
        setup: { ...SETUP, history: visits.history },
      });
      if (address.kind !== "sip") throw new Error(address.raw);
      const id = /^sip:([^@]+)@/u.exec(address.uri)?.[1] ?? "";
      return { party: sip.dial(address.uri.split(";")[0] ?? ""), id };
    },
    spoken: (id) =>
      (twin.calls.get(id)?.transcript.items ?? []).flatMap((item) => (item.role === "agent" ? [item.content] : [])),
    close: async () => {
      edge.close();
      await twin.close();
      await server.close();
    },
  };
}

/** Waits for what only a real socket can bring about. */
export async function until(fits: () => boolean, what = "it", timeoutMs = 15_000): Promise<void> {
  const limit = Date.now() + timeoutMs;
  while (!fits()) {
    if (Date.now() > limit) throw new Error(`${what} did not come within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
