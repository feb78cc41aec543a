import { expect, test } from "vitest";
import { WaitingAudio } from "../../src/turns/waiting-audio.ts";

/** 40 ms that say which they are. */
const piece = (name: number): Uint8Array => new Uint8Array(320).fill(name);
const names = (audio: readonly Uint8Array[]): readonly (number | undefined)[] => audio.map(([first]) => first);

test("what waits is given in its order, once", () => {
  const waiting = new WaitingAudio(1_000);
  for (const name of [1, 2, 3]) expect(waiting.keep(piece(name))).toBe(0);
  expect(names(waiting.take())).toEqual([1, 2, 3]);
  expect(waiting.take()).toEqual([]);
});

test("the bytes are borrowed: what waits is a copy", () => {
  const waiting = new WaitingAudio(1_000);
  const borrowed = piece(1);
  waiting.keep(borrowed);
  borrowed.fill(9);
  expect(names(waiting.take())).toEqual([1]);
});

test("at the limit each new piece takes the place of the oldest, and says so", () => {
  const waiting = new WaitingAudio(120);
  for (const name of [1, 2, 3]) expect(waiting.keep(piece(name))).toBe(0);
  expect(waiting.keep(piece(4))).toBe(1);
  expect(waiting.keep(new Uint8Array(640).fill(5))).toBe(2);
  expect(names(waiting.take())).toEqual([4, 5]);
});

test("a piece longer than the limit does not wait at all", () => {
  const waiting = new WaitingAudio(39);
  expect(waiting.keep(piece(1))).toBe(1);
  expect(waiting.take()).toEqual([]);
});
