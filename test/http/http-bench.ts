import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Router } from "express";
import { createNumbers } from "../../src/config/create-numbers.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { AgentId, NodeId, QueueId } from "../../src/domain/ids.ts";
import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import { createApiRoutes } from "../../src/http/api-routes.ts";
import { createAuth } from "../../src/http/auth.ts";
import { createDeskPage } from "../../src/http/desk-page.ts";
import { createHealthRoutes, type ReadyCheck } from "../../src/http/health-routes.ts";
import { createHttpServer, type Upgrade } from "../../src/http/http-server.ts";
import type { KeptAnswers } from "../../src/ports/kept-answers.ts";
import type { Log, LogFields } from "../../src/telemetry/log.ts";
import { createMetrics } from "../../src/telemetry/metrics.ts";
import { createCaseLoop } from "../../src/runtime/case-loop.ts";
import { randomIds } from "../../src/runtime/random-ids.ts";
import { createMemoryConversations } from "../../src/stores/memory/conversations.ts";
import { createMemoryDirectory } from "../../src/stores/memory/directory.ts";
import { createMemoryJournal } from "../../src/stores/memory/journal.ts";
import { createMemoryKeptAnswers } from "../../src/stores/memory/kept-answers.ts";
import { createMemoryPresence } from "../../src/stores/memory/presence.ts";
import { beginOffer, noteReservations } from "../desk/begin-offer.ts";
import { fakeClock } from "../stores/fake-clock.ts";
import { whyNeverRung } from "../../src/vendors/twilio/agent-address.ts";

/** One secret a role; `dana` and `gene` are agents' own keys. */
export const KEYS = {
  admin: "admin-secret",
  supervisor: "supervisor-secret",
  integration: "integration-secret",
  desk: "desk-secret",
  dana: "dana-secret",
  gene: "gene-secret",
} as const;

const API_KEYS = [
  { name: "ops", role: "admin", secret: KEYS.admin },
  { name: "kim", role: "supervisor", secret: KEYS.supervisor },
  { name: "bot", role: "integration", secret: KEYS.integration },
  { name: "panel", role: "desk", secret: KEYS.desk },
  { name: "dana", role: "agent", secret: KEYS.dana },
  { name: "gene", role: "agent", secret: KEYS.gene },
] as const;

export const DANA = {
  id: "dana",
  name: "Dana",
  skills: ["disputes"],
  queues: ["disputes", "general"],
  languages: ["en"],
  device: { kind: "phone", address: "+15005550111" },
} as const;

type Options = {
  readonly checks?: readonly ReadyCheck[];
  readonly upgrades?: readonly Upgrade[];
  readonly routers?: readonly Router[];
  /** The desk's files; a directory of its own unless said. */
  readonly files?: string;
  readonly publicUrl?: string;
  /** Shared with another node. */
  readonly answers?: KeptAnswers;
};

/** The whole HTTP edge on memory stores and the real case loop; effects are not performed. */
export async function httpBench(options: Options = {}) {
  const clock = fakeClock(Date.parse("2026-11-21T09:00:00Z"));
  const lines: { readonly level: string; readonly fields: LogFields; readonly message: string }[] = [];
  const log = recordingLog(lines);
  const journal = createMemoryJournal();
  const conversations = createMemoryConversations((caseId) => journal.escalationsOf(caseId));
  const agents = [
    { ...DANA, id: AgentId("dana"), queues: DANA.queues.map(QueueId) },
    { ...DANA, id: AgentId("gene"), name: "Gene", skills: [], queues: [QueueId("disputes")] },
  ];
  const directory = createMemoryDirectory(agents);
  const presence = createMemoryPresence({ clock, log });
  const node = NodeId("n1");
  const cases = createCaseLoop({
    journal,
    clock,
    ids: randomIds,
    node,
    decide,
    shared: false,
    policy: defaultPolicy,
    callbackDueMs: 900_000,
    log,
  });
  const asked = noteReservations(cases);
  const loaded = await loadConfig("config");
  if (!loaded.ok) throw new Error(loaded.problems.join("\n"));
  const { routing, revision } = loaded.config;
  const publicUrl = options.publicUrl ?? "https://voice.example.com";
  const auth = createAuth({ apiKeys: API_KEYS, sessionSecret: "s".repeat(32), publicUrl, clock });
  const metrics = createMetrics({ processMetrics: false });
  const answers = options.answers ?? createMemoryKeptAnswers();
  const deps = { cases, answers, journal, conversations, directory, presence, clock, log, auth, publicUrl };
  const numbers = createNumbers(routing);
  const api = createApiRoutes({
    ...deps,
    numbers,
    config: () => ({ revision, routing, languages: ["en"], assistants: ["default"] }),
    ids: randomIds,
    whyNeverRung,
  });
  const files = options.files ?? (await mkdtemp(join(tmpdir(), "warmline-desk-")));
  const server = await createHttpServer({
    host: "127.0.0.1",
    port: 0,
    routers: [
      createHealthRoutes({ checks: options.checks ?? [], metrics }),
      api,
      createDeskPage({ auth, directory, presence, clock, log, files }),
      ...(options.routers ?? []),
    ],
    upgrades: options.upgrades ?? [],
    log,
    metrics,
  });
  const url = `http://127.0.0.1:${server.port}`;

  return {
    ...deps,
    numbers,
    /** A call of the disputes queue whose agent is Dana, being asked. */
    offerToDana: (name: string) =>
      beginOffer(cases, asked, { id: AgentId("dana"), name: "Dana", device: DANA.device }, name),
    url,
    port: server.port,
    lines,
    clock,
    files,
    /** One request; the answer's body as JSON when it is that. */
    async ask(method: string, path: string, request: AskOptions = {}) {
      const { key, body, headers } = request;
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...(key !== undefined && { authorization: `Bearer ${KEYS[key]}` }),
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = /json/.test(response.headers.get("content-type") ?? "");
      return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
    },
    async close(): Promise<void> {
      cases.close();
      presence.close();
      await server.close();
    },
  };
}

export type AskOptions = {
  readonly key?: keyof typeof KEYS;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export type HttpBench = Awaited<ReturnType<typeof httpBench>>;

function recordingLog(lines: { level: string; fields: LogFields; message: string }[]): Log {
  const write = (level: string) => (fields: LogFields, message: string) => void lines.push({ level, fields, message });
  const log: Log = {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    child: () => log,
  };
  return log;
}
