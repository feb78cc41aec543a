// `npm run replay` on a record that is as it was decided, and on records that somebody has changed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { AgentId, CallId, EscalationId, LegId, NodeId, OfferId, OwnerToken, QueueId } from "../../src/domain/ids.ts";
import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import { emptyCase } from "../../src/handoff/state.ts";
import type { News } from "../../src/ports/cases.ts";
import { type Recorded, replayCase } from "../../src/reports/replay-case.ts";
import { createCaseLoop } from "../../src/runtime/case-loop.ts";
import { randomIds } from "../../src/runtime/random-ids.ts";
import { openPostgres } from "../../src/stores/postgres/open.ts";
import { type Server, startPostgres } from "../stores/servers.ts";
import { settableClock } from "../stores/settable-clock.ts";
import { silentLog } from "../support/silent-log.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const call = CallId("call-1");
const escalation = EscalationId("esc_1");
const target = { queue: QueueId("general"), skills: [], team: "our service team" };
const offer = OfferId("offer-1");

const story: readonly News[] = [
  { kind: "call-arrived", call, leg: LegId("CA1"), mode: "assistant", language: "en", target, canCallBack: true },
  { kind: "assistant-started", stream: "MZ1" },
  {
    kind: "escalation-decided",
    escalation,
    target,
    priority: "medium",
    decision: {
      trigger: "explicit-request",
      because: "asked",
      evidence: [0],
      signals: {},
      thresholds: {},
      policyRevision: "1",
    },
  },
  {
    kind: "agent-reserved",
    attempt: 1,
    offer,
    agent: AgentId("dana"),
    agentName: "Dana",
    token: OwnerToken("esc_1.1.1"),
    device: "phone",
  },
  { kind: "packet-painted", offer, version: 1, hash: "00" },
  { kind: "dial-accepted", offer, leg: LegId("CA2") },
  { kind: "agent-leg-ringing", offer, leg: LegId("CA2") },
  { kind: "caller-left" },
];

/** Plays the story through the real loop; nothing is performed. */
async function record(databaseUrl: string): Promise<void> {
  const stores = await openPostgres({ databaseUrl }, silentLog);
  const clock = settableClock();
  const loop = createCaseLoop({
    shared: false,
    decide,
    journal: stores.journal,
    clock,
    ids: randomIds,
    node: NodeId("n1"),
    policy: defaultPolicy,
    callbackDueMs: 900_000,
    log: silentLog,
  });
  loop.performWith(() => undefined);
  for (const news of story) {
    clock.put(clock.now() + 100);
    await loop.deliver(call, news, "test");
  }
  loop.close();
  await stores.close();
}

async function replay(args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ["scripts/replay.ts", ...args], {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", ...env },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (data) => (out += String(data)));
  child.stderr.on("data", (data) => (err += String(data)));
  const [code] = (await once(child, "close")) as [number];
  return { code, out, err };
}

describe("npm run replay", () => {
  let server: Server;
  let db: Pool;
  beforeAll(async () => {
    server = await startPostgres();
    db = new Pool({ connectionString: server.url, max: 1 });
    db.on("error", () => undefined);
  });
  afterAll(async () => {
    await db.end();
    await server.stop();
  });
  beforeEach(async () => {
    await db.query("drop schema public cascade; create schema public");
    await record(server.url);
  });
  const again = () => replay([escalation], { DATABASE_URL: server.url });

  test("prints every step of a record that is as it was decided", async () => {
    const { code, out, err } = await again();
    expect(err).toBe("");
    expect(code).toBe(0);
    const steps = out.split("\n").filter((line) => /^ +\d+ {2}/u.test(line));
    expect(steps).toHaveLength(story.length);
    expect(steps[2]).toMatch(/\+0 ms {2}escalation-decided \(test\) → reserving .*reserve-agent/u);
    expect(steps.at(-1)).toMatch(/\+500 ms {2}caller-left \(test\) → closed .*end-leg/u);
    expect(out).toContain("8 events, decided again: the same.");
  });

  test.each([
    [
      "an event that was changed",
      `update case_events set event = jsonb_set(event, '{attempt}', '7') where event->>'kind' = 'agent-reserved'`,
      "Event 4: after agent-reserved the record says offering, the rules say reserving.",
    ],
    [
      "an event that is gone",
      "delete from case_events where seq = 5",
      "Event 5: event 5 is missing: the next one recorded is 6.",
    ],
    [
      "another agent than was decided",
      `update case_events set event = jsonb_set(event, '{agent}', '"mallory"') where event->>'kind' = 'agent-reserved'`,
      "Event 8: the snapshot differs: escalation.offers.0.agent is not what the rules say.",
    ],
    [
      "a snapshot that was changed",
      `update cases set state = jsonb_set(state, '{handoff,outcome}', '"bridged"')`,
      "Event 8: the snapshot differs: handoff.outcome is not what the rules say.",
    ],
    ["a last event that is gone", "delete from case_events where seq = 8", "its snapshot is that of event 8"],
  ])("fails on %s, naming the first difference", async (_what, tamper, sentence) => {
    await db.query(tamper);
    const { code, err } = await again();
    expect(code).toBe(1);
    expect(err).toContain(sentence);
  });

  test("says so when there is nothing to replay", async () => {
    expect(await replay(["esc_unknown"], { DATABASE_URL: server.url })).toMatchObject({ code: 2 });
    expect(await replay([], { DATABASE_URL: server.url })).toMatchObject({ code: 2 });
    const nowhere = await replay([escalation], { DATA_DIR: "/nowhere" });
    expect(nowhere).toMatchObject({ code: 2 });
    expect(nowhere.err).toContain("There is no record under /nowhere");
  });
});

test("an empty record with a snapshot is no record", () => {
  const nothing: readonly Recorded[] = [];
  expect(replayCase(nothing, { seq: 0, state: emptyCase }, defaultPolicy)).toEqual({ steps: [] });
  expect(replayCase(nothing, { seq: 1, state: emptyCase }, defaultPolicy).difference).toMatchObject({ seq: 1 });
});
