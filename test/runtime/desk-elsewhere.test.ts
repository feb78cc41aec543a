import { expect, test } from "vitest";

import { AgentId, NodeId } from "../../src/domain/ids.ts";
import { deskElsewhere } from "../../src/runtime/fleet/desk-elsewhere.ts";
import { createMemoryBus } from "../../src/stores/memory/bus.ts";
import { fakeClock } from "../stores/fake-clock.ts";
import { silentLog } from "../support/silent-log.ts";

const [DANA, GENE] = [AgentId("dana"), AgentId("gene")];

function fleet(others = true) {
  const clock = fakeClock(1_000);
  const bus = createMemoryBus(silentLog);
  const open = { one: new Set<string>(), two: new Set<string>() };
  const node = (name: "one" | "two") =>
    deskElsewhere({
      node: NodeId(name),
      bus,
      clock,
      others: async () => others,
      here: (agent) => open[name].has(agent),
    });
  return { clock, open, one: node("one"), two: node("two") };
}

test("a desk on another node is found at once; one's own is none", async () => {
  const { open, one, two } = fleet();
  open.one.add(DANA);
  expect(await two.ask(DANA)).toBe(true);
  open.two.add(DANA);
  expect(await Promise.all([one.ask(DANA), one.ask(DANA), two.ask(DANA)])).toEqual([true, true, true]);
});

test("nobody answers: no, after a moment", async () => {
  const { clock, open, one } = fleet();
  open.one.add(DANA);
  open.two.add(GENE);
  let answer: boolean | undefined;
  const asked = one.ask(DANA).then((found) => (answer = found));
  await new Promise((resolve) => setImmediate(resolve));
  clock.passTo(1_299);
  await new Promise((resolve) => setImmediate(resolve));
  expect(answer).toBeUndefined();
  clock.passTo(1_300);
  await asked;
  expect(answer).toBe(false);
});

test("alone, nothing is waited for", async () => {
  const { open, one } = fleet(false);
  open.two.add(DANA);
  expect(await one.ask(DANA)).toBe(false);
});
