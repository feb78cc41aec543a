// What a node knows of its cases, and the wake-ups it keeps for them.
import { expect, test } from "vitest";
import { CallId, EscalationId } from "../../src/domain/ids.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { fakeClock } from "../stores/fake-clock.ts";
import { startCaseBench, target } from "./case-bench.ts";

test("a node that is closed stores what is still under way, and wakes for nothing", async () => {
  const [call, time] = [CallId("c1"), fakeClock(1_000)];
  let armed = 0;
  const at: Clock["at"] = (when, wake) => {
    armed += 1;
    return time.at(when, wake);
  };
  const bench = await startCaseBench({ clock: { ...time, at }, call });
  await bench.arrives({ speech: () => undefined, other: () => undefined });
  bench.cases.close();
  armed = 0;
  const decision = {
    trigger: "api",
    because: "b",
    evidence: [],
    signals: {},
    thresholds: {},
    policyRevision: "1",
  } as const;
  await bench.cases.deliver(
    call,
    { kind: "escalation-decided", escalation: EscalationId("e1"), target, priority: "medium", decision },
    "test",
  );
  expect([bench.state()?.handoff.kind, armed]).toEqual(["reserving", 0]);
});
