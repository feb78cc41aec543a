// H13: another node went on with a case while the record was away from this one. What this node decided meanwhile never
// happened, for the record: nothing may be decided on it any more, and the legs it had put up are given to the case.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

import { Fault } from "../../src/domain/fault.ts";
import { CallId, EscalationId, LegId, NodeId, OfferId } from "../../src/domain/ids.ts";
import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { createCaseLoop, type CaseLoop } from "../../src/runtime/case-loop.ts";
import { followTheRecord } from "../../src/runtime/follow-the-record.ts";
import { randomIds } from "../../src/runtime/random-ids.ts";
import { createMemoryJournal } from "../../src/stores/memory/journal.ts";
import { createSpool } from "../../src/stores/spool/spool.ts";
import { withSpool } from "../../src/stores/spool/with-spool.ts";
import type { Log } from "../../src/telemetry/log.ts";
import { fakeClock } from "../stores/fake-clock.ts";
import { agent, callerState, commit, offer, silentLog, target, token } from "../stores/values.ts";

const call = CallId("c1");
const away = (): Fault => new Fault("postgres-gone", { blame: "store", retryable: true });

/** The record of two nodes; it can be away from one of them. */
async function twoNodes() {
  const dir = await mkdtemp(join(tmpdir(), "warmline-follow-"));
  const spool = await createSpool(dir, { limitBytes: 1_000_000, log: silentLog });
  const clock = fakeClock(10_000);
  const record = createMemoryJournal();
  const weather = { away: false, awayOnceTold: false };
  const there = <T>(ask: () => Promise<T>): Promise<T> => (weather.away ? Promise.reject(away()) : ask());
  const seen: Journal = {
    ...record,
    load: (id) => there(() => record.load(id)),
    commit: (one) => there(() => record.commit(one)),
    overdue: (before, limit) => there(() => record.overdue(before, limit)),
  };
  const journal = withSpool({
    journal: seen,
    spool,
    clock,
    log: silentLog,
    lost: (commits) => {
      weather.away = weather.awayOnceTold;
      void followTheRecord({ cases: one, clock, log: silentLog }, commits);
    },
  });
  const loop = (name: string, with_: Journal): CaseLoop => {
    const cases = createCaseLoop({
      journal: with_,
      clock,
      ids: randomIds,
      node: NodeId(name),
      decide,
      shared: true,
      policy: defaultPolicy,
      callbackDueMs: 900_000,
      log: silentLog,
    });
    cases.performWith(() => undefined);
    return cases;
  };
  const one = loop("one", journal);
  const other = loop("other", record);
  onTestFinished(async () => {
    one.close();
    other.close();
    journal.close();
    await spool.close();
    await rm(dir, { recursive: true, force: true });
  });
  return { one, other, record, journal, clock, weather };
}

test("what another node overtook is decided on no more, though the record is away again at once", async () => {
  const { one, other, record, journal, clock, weather } = await twoNodes();
  await one.deliver(
    call,
    { kind: "call-arrived", call, leg: LegId("l1"), mode: "assistant", language: "en", target, canCallBack: true },
    "carrier",
  );
  await one.deliver(call, { kind: "assistant-started", stream: "s1" }, "carrier");
  weather.away = true;
  const decision = {
    trigger: "api",
    because: "b",
    evidence: [],
    signals: {},
    thresholds: {},
    policyRevision: "1",
  } as const;
  const escalation = EscalationId("e1");
  await one.deliver(call, { kind: "escalation-decided", escalation, target, priority: "low", decision }, "caller");
  expect(one.remembered(call)?.handoff.kind).toBe("reserving");
  await other.deliver(call, { kind: "caller-left" }, "carrier");
  const overtaken = await record.load(call);
  expect(overtaken).toMatchObject({ seq: 3, state: { caller: { place: "gone" } } });

  Object.assign(weather, { away: false, awayOnceTold: true });
  clock.advance(500);
  await expect.poll(() => weather.away).toBe(true);
  const reserved = one.deliver(
    call,
    {
      kind: "agent-reserved",
      offer: OfferId("o1"),
      attempt: 1,
      agent: agent("dana"),
      agentName: "Dana",
      token: token("t1"),
      device: "softphone",
    },
    "presence",
  );
  await expect(reserved).rejects.toMatchObject({ blame: "store" });

  Object.assign(weather, { away: false, awayOnceTold: false });
  await expect.poll(() => (clock.advance(500), journal.caughtUp())).toBe(true);
  expect(await record.load(call)).toEqual(overtaken);
  await expect.poll(() => one.state(call)).toEqual(overtaken?.state);
});

const held = { ...offer("o1", "dana"), leg: LegId("leg-of-dana") };
const lost = [
  commit("c1", 3, { state: { ...callerState("c1"), handoff: { kind: "bridged", offer: held, since: held.giveUpAt } } }),
];

/** Gives the leg to a case that fails with these, one after the other. */
function given(failures: readonly Error[]) {
  const clock = fakeClock(10_000);
  const told: string[] = [];
  const errors: string[] = [];
  const log: Log = { ...silentLog, error: (_fields: unknown, message?: string) => void errors.push(String(message)) };
  const cases = {
    forget: () => undefined,
    heard: () => undefined,
    deliver: (caseId: string, news: object) => {
      told.push(`${caseId} ${JSON.stringify(news)}`);
      const failure = failures[told.length - 1];
      return failure ? Promise.reject(failure) : Promise.resolve(callerState("c1"));
    },
  };
  let over = false;
  void followTheRecord({ cases, clock, log }, lost).finally(() => {
    over = true;
  });
  return { clock, told, errors, over: () => over };
}

test("a leg is given to its case until the record takes it", async () => {
  const { clock, told, errors, over } = given([away(), away()]);
  await expect.poll(() => (clock.advance(1_000), over())).toBe(true);
  expect(told).toEqual(Array(3).fill('c1 {"kind":"leg-left-behind","offer":"o1","leg":"leg-of-dana"}'));
  expect(errors).toEqual([]);
});

test("a leg that cannot be given is told as such", async () => {
  const { told, errors, over } = given([new Error("a bug")]);
  await expect.poll(over).toBe(true);
  expect(told).toHaveLength(1);
  expect(errors).toHaveLength(1);
});
