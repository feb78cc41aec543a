// After the record was away, recovery leaves other nodes the time to give back what they decided meanwhile; but a record that
// goes away every few seconds must not keep it from its work for good (H11), nor be silent without being noticed.
import { expect, onTestFinished, test } from "vitest";

import { Fault } from "../../src/domain/fault.ts";
import { CallId, NodeId } from "../../src/domain/ids.ts";
import type { CaseLoop } from "../../src/runtime/case-loop.ts";
import type { Performer } from "../../src/runtime/perform-effect.ts";
import { startRecovery } from "../../src/runtime/recovery.ts";
import { createMemoryJournal } from "../../src/stores/memory/journal.ts";
import { fakeClock } from "../stores/fake-clock.ts";
import { callerState, silentLog } from "../stores/values.ts";

const nobody = (): never => {
  throw new Error("nothing else is asked of it");
};

/** One case is overdue all the time; `looks` names each second in which the record was asked, `woken` those with a wake-up. */
function recovering(record: { settled: boolean; away: boolean }) {
  const clock = fakeClock(0);
  const [looks, woken]: [number[], number[]] = [[], []];
  const journal = {
    ...createMemoryJournal(),
    overdue: async () => {
      looks.push(clock.now() / 1_000);
      if (record.away) throw new Fault("store-away", { blame: "store", retryable: false });
      return [CallId("c1")];
    },
  };
  const wake: CaseLoop["wake"] = async () => {
    woken.push(clock.now() / 1_000);
    return callerState("c1");
  };
  const cases = { wake, state: nobody, deliver: nobody } as unknown as CaseLoop;
  const performer: Performer = { perform: nobody, isBusyWith: nobody, busy: () => 0 };
  const node = NodeId("n1");
  onTestFinished(
    startRecovery({ cases, journal, clock, node, performer, log: silentLog, settled: () => record.settled }),
  );
  return {
    looks,
    woken,
    seconds: async (count: number) => {
      for (let second = 0; second < count; second += 1) {
        // A look is over when it has armed the next one.
        await new Promise((resolve) => void setImmediate(resolve));
        clock.advance(1_000);
      }
      await new Promise((resolve) => void setImmediate(resolve));
    },
  };
}

test("it rests while the record settles, and asks it all the same", async () => {
  const record = { settled: false, away: false };
  const { looks, woken, seconds } = recovering(record);
  await seconds(2);
  expect([looks, woken]).toEqual([[0, 1, 2], []]);
  record.settled = true;
  await seconds(2);
  expect([looks, woken]).toEqual([
    [0, 1, 2, 3, 4],
    [3, 4],
  ]);
});

test("a record that never settles keeps it from its work for some seconds at a time, not for good", async () => {
  const { woken, seconds } = recovering({ settled: false, away: false });
  await seconds(10);
  expect(woken).toEqual([4, 9]);
});

test("the time without the record is no rest: other nodes have theirs when it is back", async () => {
  const record = { settled: false, away: true };
  const { looks, woken, seconds } = recovering(record);
  await seconds(20);
  record.away = false;
  await seconds(3);
  expect(looks).toHaveLength(24);
  expect(woken).toEqual([]);
});
