import * as fc from "fast-check";
import { expect, test } from "vitest";
import { remembered } from "../../src/scoring/remembered.ts";

/** A function that tells how often it was asked. */
function counted(): { readonly read: (text: string) => number; readonly asked: () => number } {
  let times = 0;
  const read = (text: string): number => {
    times++;
    return text.length;
  };
  return { read, asked: () => times };
}

test("answers as the function does, in whatever order it is asked", () => {
  const { read } = counted();
  const known = remembered((text) => read(text));
  const said = fc.array(fc.string({ maxLength: 3 }), { maxLength: 400 });
  fc.assert(
    fc.property(said, (texts) => {
      expect(texts.map((text) => known(text))).toEqual(texts.map((text) => text.length));
    }),
  );
});

test("a text said again is not read again", () => {
  const { read, asked } = counted();
  const known = remembered(read);
  for (const text of ["yes", "no", "yes", "no", "yes"]) known(text);
  expect(asked()).toBe(2);
});

test("what was said a thousand texts ago is forgotten", () => {
  const { read, asked } = counted();
  const known = remembered(read);
  for (let i = 0; i < 1_000; i++) known(`turn ${i}`);
  known("turn 999");
  expect(asked()).toBe(1_000);
  known("turn 0");
  expect(asked()).toBe(1_001);
});

test("an answer of nothing is remembered too", () => {
  let times = 0;
  const known = remembered((): undefined => void times++);
  known("yes");
  known("yes");
  expect(times).toBe(1);
});

test("very long texts are not kept", () => {
  const { read, asked } = counted();
  const known = remembered(read);
  const long = "a ".repeat(50_000);
  known(long);
  known(long);
  expect(asked()).toBe(2);
});
