import { expect, test } from "vitest";
import { EpochMs } from "../../src/domain/time.ts";
import { type AnswerGate, type GateEvent, gateWakesAt, openGate, stepGate } from "../../src/turns/answer-gate.ts";

const turn = (item: string, at = 0): GateEvent => ({ kind: "turn", item, at: EpochMs(at), waitMs: 350 });
const judged = (item: string, verdict: "answer" | "handled"): GateEvent => ({ kind: "judged", item, verdict });
const time = (at: number): GateEvent => ({ kind: "time", at: EpochMs(at) });

function run(...events: GateEvent[]): { gate: AnswerGate; answers: number } {
  let gate = openGate;
  let answers = 0;
  for (const event of events) {
    const step = stepGate(gate, event);
    gate = step.gate;
    if (step.answer) answers += 1;
  }
  return { gate, answers };
}

test("the answer comes when the turn is judged", () => {
  expect(run(turn("a"), judged("a", "answer")).answers).toBe(1);
});

test("or after the wait, once, although the words come later", () => {
  expect(run(turn("a"), time(349)).answers).toBe(0);
  expect(run(turn("a"), time(350), judged("a", "answer")).answers).toBe(1);
});

test("what the system handles is not answered, nor what was said before it", () => {
  expect(run(turn("a"), turn("b"), judged("b", "handled"), time(9_000)).answers).toBe(0);
  expect(run(turn("a"), judged("a", "handled"), turn("b", 100), time(9_000)).answers).toBe(1);
});

test("nobody is answered while they speak; then one answer for everything", () => {
  const talking = run(turn("a"), { kind: "speech-started" }, judged("a", "answer"), time(9_000));
  expect(talking.answers).toBe(0);
  expect(gateWakesAt(talking.gate)).toBeUndefined();
  expect(
    run(turn("a"), { kind: "speech-started" }, turn("b"), { kind: "speech-ended" }, time(900), time(999)).answers,
  ).toBe(1);
});

test("the wait is told as a time to wake", () => {
  expect(gateWakesAt(run(turn("a", 100)).gate)).toBe(450);
});

test("a turn told twice waits once", () => {
  expect(run(turn("a"), turn("a"), judged("a", "answer"), time(9_000)).answers).toBe(1);
});

test("a cleared gate owes nothing", () => {
  expect(run(turn("a"), { kind: "clear" }, time(9_000)).answers).toBe(0);
});
