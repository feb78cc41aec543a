import { expect, test } from "vitest";
import { rehearseDials } from "../../src/compose/rehearse-dials.ts";
import { after, EpochMs } from "../../src/domain/time.ts";
import { createSystemClock } from "../../src/runtime/system-clock.ts";
import { keptLog, type LogLine } from "../vendors/twilio/gateway.ts";

const system = createSystemClock();

test("dials are rehearsed with nobody, and the log is told of none", async () => {
  const logged: LogLine[] = [];
  expect(await rehearseDials({ clock: system, log: keptLog(logged) })).toBeGreaterThan(0);
  expect(logged).toEqual([]);
});

test("a machine that is too busy for it starts without", async () => {
  let looks = 0;
  const now = (): EpochMs => EpochMs(after(system.now(), (looks += 1) * 4_000));
  expect(await rehearseDials({ clock: { ...system, now }, log: keptLog([]) })).toBe(0);
});
