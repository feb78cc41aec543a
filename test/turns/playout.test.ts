import * as fc from "fast-check";
import { expect, test } from "vitest";
import { EpochMs } from "../../src/domain/time.ts";
import {
  audible,
  completed,
  emptyPlayout,
  interrupted,
  marked,
  payloadMs,
  type Playout,
  sent,
  settled,
  settlesAt,
} from "../../src/turns/playout.ts";

const at = EpochMs;

function sending(playout: Playout, item: string, ms: number, when: number): { playout: Playout; mark: string } {
  return sent(playout, { reply: "r", item, ms, at: at(when) });
}

test.each([1, 2, 3, 160, 161, 8_000])("the length of %i bytes is read off the base64 text", (bytes) => {
  expect(payloadMs(Buffer.alloc(bytes).toString("base64"))).toBe(bytes / 8);
});

test("what was heard is what marks confirm, carried on in real time and clamped to what was sent", () => {
  const first = sending(emptyPlayout, "a", 1_000, 0);
  const second = sending(first.playout, "a", 1_000, 10);
  const half = marked(second.playout, first.mark, at(1_020)).playout;
  expect(interrupted(half, at(1_220)).heard).toEqual([{ reply: "r", item: "a", heardMs: 1_250, sentMs: 2_000 }]);
  expect(interrupted(half, at(99_000)).heard[0]?.heardMs).toBe(2_000);
});

test("an item behind the one that plays was not heard", () => {
  const a = sending(emptyPlayout, "a", 1_000, 0);
  const b = sending(a.playout, "b", 1_000, 0);
  expect(interrupted(b.playout, at(300)).heard.map(({ item, heardMs }) => [item, heardMs])).toEqual([
    ["a", 350],
    ["b", 0],
  ]);
});

test("marks that come back because of an interruption confirm nothing", () => {
  const a = sending(emptyPlayout, "a", 1_000, 0);
  const cut = interrupted(a.playout, at(100)).playout;
  const b = sending(cut, "b", 1_000, 110);
  const echoed = marked(b.playout, a.mark, at(120));
  expect(echoed.playout).toEqual(b.playout);
  expect(interrupted(echoed.playout, at(310)).heard[0]?.heardMs).toBe(250);
});

test("an item is over with its end mark, and only then", () => {
  const a = sending(emptyPlayout, "a", 200, 0);
  const end = completed(a.playout, "a");
  const played = marked(end.playout, a.mark, at(200));
  expect(played.finished).toEqual([]);
  expect(marked(played.playout, end.mark ?? "", at(201)).finished.map(({ item }) => item)).toEqual(["a"]);
});

test("a later item's mark ends an earlier one whose own end mark was lost", () => {
  const a = sending(emptyPlayout, "a", 200, 0);
  const ended = completed(a.playout, "a").playout;
  const b = sending(ended, "b", 200, 0);
  expect(marked(b.playout, b.mark, at(400)).finished.map(({ item }) => item)).toEqual(["a"]);
});

test("without any mark an item is over a second after its audio must have ended", () => {
  const a = sending(emptyPlayout, "a", 200, 0);
  const ended = completed(a.playout, "a").playout;
  expect(settlesAt(ended)).toBe(1_200);
  expect(settled(ended, at(1_199)).finished).toEqual([]);
  expect(settled(ended, at(1_200)).finished.map(({ item }) => item)).toEqual(["a"]);
});

test("nothing is audible once its audio has run out", () => {
  const a = sending(emptyPlayout, "a", 200, 1_000);
  expect([audible(a.playout, at(1_100)), audible(a.playout, at(1_200))]).toEqual([true, false]);
});

test("for all runs: nobody has heard more than was sent, and an interruption empties the queue", () => {
  const step = fc.record({
    item: fc.constantFrom("a", "b", "c"),
    ms: fc.integer({ min: 1, max: 3_000 }),
    wait: fc.nat(2_000),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.array(fc.nat(30)), (steps, returned) => {
      let playout = emptyPlayout;
      let now = 0;
      const marks: string[] = [];
      const sentMs = new Map<string, number>();
      for (const { item, ms, wait } of steps) {
        now += wait;
        const next = sending(playout, item, ms, now);
        playout = next.playout;
        marks.push(next.mark);
        sentMs.set(item, (sentMs.get(item) ?? 0) + ms);
      }
      for (const place of returned) playout = marked(playout, marks[place] ?? "", at(now)).playout;
      const { heard, playout: after } = interrupted(playout, at(now));
      expect(after.queue).toEqual([]);
      for (const { item, heardMs, sentMs: of } of heard) {
        expect(Number.isInteger(heardMs)).toBe(true);
        expect(heardMs).toBeLessThanOrEqual(of);
        expect(of).toBeLessThanOrEqual(sentMs.get(item) ?? 0);
      }
    }),
  );
});
