import { expect, test } from "vitest";
import { rehearseHandoffs } from "../../src/compose/rehearse-handoffs.ts";
import { after, EpochMs } from "../../src/domain/time.ts";
import { randomIds } from "../../src/runtime/random-ids.ts";
import { createSystemClock } from "../../src/runtime/system-clock.ts";
import { keptLog, type LogLine } from "../vendors/twilio/gateway.ts";

const system = createSystemClock();
const rehearse = (now: () => EpochMs, logged: LogLine[]) =>
  rehearseHandoffs({ clock: { ...system, now }, ids: randomIds, insight: () => ({}), log: keptLog(logged) });

test("handoffs are rehearsed to their bridge, and the log is told of none", async () => {
  const logged: LogLine[] = [];
  expect(await rehearse(() => system.now(), logged)).toBeGreaterThan(0);
  expect(logged).toEqual([]);
});

test("a machine that is too busy for it starts without", async () => {
  let looks = 0;
  expect(await rehearse(() => EpochMs(after(system.now(), (looks += 1) * 4_000)), [])).toBe(0);
});
