import { expect, test } from "vitest";
import { EpochMs } from "../../src/domain/time.ts";
import { type BargeInEvent, isBackchannel, noBargeIn, stepBargeIn } from "../../src/turns/barge-in.ts";

const started: BargeInEvent = { kind: "started", item: "a", at: EpochMs(0) };
const heard = (speechMs: number): BargeInEvent => ({ kind: "heard", speechMs });
const words = (delta: string, item = "a"): BargeInEvent => ({ kind: "words", item, delta });
const ended: BargeInEvent = { kind: "ended", item: "a" };

function interrupts(...events: BargeInEvent[]): boolean {
  let bargeIn = noBargeIn;
  return events.some((event) => {
    const step = stepBargeIn(bargeIn, event);
    bargeIn = step.bargeIn;
    return step.interrupt;
  });
}

const CASES: [string, BargeInEvent[], boolean][] = [
  ["a cough", [started, heard(180), ended, heard(500)], false],
  ["300 ms of speech", [started, heard(200), heard(100)], true],
  ["speech without a beginning of a turn", [heard(900)], false],
  ["mm-hm", [started, heard(250), words(" mm"), words("-hm"), ended], false],
  ["a first word that says something", [started, words(" Wait")], true],
  ["a word that is still growing", [started, words(" ye")], false],
  ["okay, and then more", [started, words(" Okay"), words(" but")], true],
  ["words of another turn", [started, words(" Wait", "b")], false],
  ["a turn that will not end, unmeasured", [started, { kind: "time", at: EpochMs(800) }], true],
  ["too early to say, unmeasured", [started, { kind: "time", at: EpochMs(799) }], false],
];

test.each(CASES)("%s", (_name, events, expected) => {
  expect(interrupts(...events)).toBe(expected);
});

test.each([
  ["Okay.", true],
  ["Mm-hm, yeah.", true],
  ["", true],
  ["No.", false],
  ["Yes, and the other one too", false],
  ["Ja, genau", true],
  ["okay okay okay okay", false],
])("%j only says 'I am listening': %s", (text, expected) => {
  expect(isBackchannel(text)).toBe(expected);
});
