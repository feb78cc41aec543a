import { expect, test } from "vitest";
import { EpochMs } from "../../../src/domain/time.ts";
import { borneMs, companyLine } from "../../../src/runtime/live/company.ts";
import { modeOf } from "../../../src/runtime/live/instructions.ts";
import { type CaseState, emptyCase } from "../../../src/handoff/state.ts";
import { HoleFiller } from "../../../src/runtime/live/hole-filler.ts";
import { Keys } from "../../../src/runtime/live/keys.ts";
import { spokenNumber, spokenValues } from "../../../src/runtime/live/spoken-values.ts";
import { fakeClock } from "../../stores/fake-clock.ts";

const frame = new Uint8Array(160).fill(0x55);
const msOf = (audio: Uint8Array): number => audio.length / 8;

test("a hole in the caller's audio is filled, jitter is not", () => {
  const heard: number[] = [];
  const filler = new HoleFiller(fakeClock(1_000), (audio) => heard.push(msOf(audio)));
  for (const at of [0, 20, 45, 145]) filler.frame(frame, at);
  expect(heard).toEqual([20, 20, 20, 80, 20]);
});

test("a turn can end although the telephone sends nothing any more, and the filling is bounded", () => {
  const clock = fakeClock(1_000);
  let filledMs = 0;
  const filler = new HoleFiller(clock, (audio) => (filledMs += msOf(audio)));
  filler.frame(frame, 0);
  for (let turn = 0; turn < 40; turn += 1) {
    filler.speaking(true);
    clock.advance(751);
  }
  expect(filledMs).toBe(20 + 10_000);
});

test("a line that comes back and stops again is filled again, and not while frames come", () => {
  const clock = fakeClock(1_000);
  const filled: number[] = [];
  const filler = new HoleFiller(clock, (audio) => {
    if (msOf(audio) > 20) filled.push(msOf(audio));
  });
  filler.speaking(true);
  for (let at = 0; at < 1_000; at += 20) {
    clock.advance(20);
    filler.frame(frame, at);
  }
  expect(filled).toEqual([]);
  clock.advance(751);
  expect(filled).toEqual([1_000]);
  filler.frame(frame, 1_750);
  clock.advance(751);
  expect(filled).toEqual([1_000, 1_000]);
});

test("one key alone is meant, a number being typed is not", () => {
  const clock = fakeClock(1_000);
  const meant: string[] = [];
  const keys = new Keys(
    clock,
    () => false,
    (key) => meant.push(key),
  );
  for (const key of "4111222") keys.press(key);
  clock.advance(5_000);
  expect(meant).toEqual([]);
  keys.press("1");
  clock.advance(700);
  keys.press("9");
  clock.advance(700);
  expect(meant).toEqual(["1"]);
});

test("a key answers a question at once", () => {
  const meant: string[] = [];
  const keys = new Keys(
    fakeClock(1_000),
    () => true,
    (key) => meant.push(key),
  );
  keys.press("2");
  expect(meant).toEqual(["2"]);
});

test.each([
  ["+15550100012", "1, 5 5 5, 0 1 0, 0 0 1 2"],
  ["+442079460123", "4 4, 2 0 7, 9 4 6, 0 1 2 3"],
])("%s is read back whole", (number, spoken) => {
  expect(spokenNumber(number)).toBe(spoken);
});

test("counts and times become words of the language", () => {
  const now = EpochMs(0);
  const facts = { language: "de", zone: "UTC", now, dueAt: EpochMs(15 * 60_000), number: "+15550100012" };
  expect(spokenValues({ team: "x", number: "", time: "", wait: "5", attempts: "2" }, facts)).toEqual({
    team: "x",
    number: "1, 5 5 5, 0 1 0, 0 0 1 2",
    time: "in 15 Minuten",
    wait: "5 Minuten",
    attempts: "zweimal",
  });
  expect(spokenValues({ wait: "", attempts: "0" }, { language: "en", zone: "UTC", now })).toMatchObject({
    wait: "",
    attempts: "",
    time: "",
  });
});

test("a slow assistant is asked earlier, so that no silence reaches 4 s", () => {
  for (const latency of [0, 500, 1_500, 2_500]) {
    const borne = borneMs(2_000, latency);
    expect(borne).toBeGreaterThanOrEqual(1_000);
    if (latency <= 2_500) expect(borne + latency).toBeLessThanOrEqual(3_500);
  }
});

const saidInto = (handoff: object, canCallBack = true) => {
  const state = { ...emptyCase, handoff, caller: { canCallBack } } as unknown as CaseState;
  return companyLine(modeOf(state), state, 1)?.line;
};

test("into a silence nobody is asked what cannot be kept, or what they were not asked", () => {
  expect(saidInto({ kind: "offering-fallback" })).toBe("ask-choice-again");
  expect(saidInto({ kind: "offering-fallback" }, false)).toBe("offer-without-callback");
  expect(saidInto({ kind: "capturing-callback" })).toBe("read-back");
  expect(saidInto({ kind: "capturing-callback", step: "time" })).toBe("ask-time");
});
