import { expect, test } from "vitest";
import { EpochMs } from "../../../src/domain/time.ts";
import type { NumberSetup } from "../../../src/ports/numbers.ts";
import { timeInTurn, timeOfTool } from "../../../src/runtime/live/named-time.ts";
import { target } from "../../stores/values.ts";

const setup: NumberSetup = {
  mode: "assistant",
  assistant: "default",
  language: "en",
  target,
  timeZone: "Europe/Berlin",
};
const now = EpochMs(Date.parse("2026-11-19T13:20:00Z"));
const tomorrowAtTen = { kind: "at", at: Date.parse("2026-11-20T09:00:00Z") };

test("an assistant passes the caller's words on, or writes a moment; both are the number's own time", () => {
  for (const written of ["tomorrow at ten", "2026-11-20T09:00:00Z", "2026-11-20T10:00"])
    expect(timeOfTool(written, undefined, { setup, now }), written).toEqual(tomorrowAtTen);
});

test("a moment that cannot be is held against what the caller said", () => {
  for (const written of ["2024-05-17T10:00:00Z", "whichever", undefined])
    expect(timeOfTool(written, "Call me back tomorrow at ten.", { setup, now }), written).toEqual(tomorrowAtTen);
});

test("what nobody can read is not passed over in silence", () => {
  expect(timeOfTool("when pigs fly", "Call me back, please.", { setup, now })).toEqual({ kind: "unclear" });
  expect(timeOfTool("2024-05-17T10:00:00Z", undefined, { setup, now })).toEqual({ kind: "past" });
});

test("no time was named, none is made up", () => {
  expect(timeOfTool(undefined, "Call me back, please.", { setup, now })).toBeUndefined();
  expect(timeInTurn("Yes, that is right.", { setup, now })).toBeUndefined();
});

test("without a zone it is UTC", () => {
  const { timeZone: _unset, ...bare } = setup;
  expect(timeOfTool("tomorrow at ten", undefined, { setup: bare, now })).toEqual({
    kind: "at",
    at: Date.parse("2026-11-20T10:00:00Z"),
  });
});
