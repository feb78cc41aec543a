// Frames are put together on the way to the model: whatever the carrier sends, the same bytes must go on, in order.
import { array, assert, oneof, property, uint8Array } from "fast-check";
import { describe, expect, test } from "vitest";
import { type AudioJoiner, createAudioJoiner, JOINED_MAX_BYTES } from "../../../src/vendors/twilio/join-audio.ts";

type Passed = { readonly bytes: Buffer; readonly atMs: number };

/** A joiner, and what it passed on so far. */
function joining(): { joiner: AudioJoiner; passed: Passed[] } {
  const passed: Passed[] = [];
  const joiner = createAudioJoiner((audio, atMs) => passed.push({ bytes: Buffer.from(audio), atMs }));
  return { joiner, passed };
}

/** Takes frames as a carrier without holes sends them. */
function through(frames: readonly Uint8Array[]): Passed[] {
  const { joiner, passed } = joining();
  let atMs = 0;
  for (const frame of frames) {
    joiner.take(frame, atMs);
    atMs += frame.length / 8;
  }
  joiner.flush();
  return passed;
}

const carrier = uint8Array({ minLength: 160, maxLength: 160 });
const odd = uint8Array({ minLength: 0, maxLength: 700 });

describe("whatever is sent", () => {
  test("the bytes that go on are the bytes that were sent, in order, each at its place in the call", () => {
    assert(
      property(array(oneof({ weight: 4, arbitrary: carrier }, odd), { maxLength: 40 }), (frames) => {
        const passed = through(frames);
        expect(Buffer.concat(passed.map(({ bytes }) => bytes)).equals(Buffer.concat(frames))).toBe(true);
        let atMs = 0;
        for (const { bytes, atMs: said } of passed) {
          if (bytes.length > 0) expect(said).toBe(atMs);
          atMs += bytes.length / 8;
        }
      }),
    );
  });

  test("nothing is put together beyond 40 ms, and no more than one frame is ever held back", () => {
    assert(
      property(array(oneof(carrier, odd), { maxLength: 40 }), (frames) => {
        const { joiner, passed } = joining();
        let taken = 0;
        for (const frame of frames) {
          joiner.take(frame, taken / 8);
          taken += frame.length;
          const left = passed.reduce((sum, { bytes }) => sum + bytes.length, 0);
          expect(taken - left).toBeLessThanOrEqual(JOINED_MAX_BYTES / 2);
        }
        for (const { bytes } of passed)
          if (!frames.some((one) => one.length === bytes.length))
            expect(bytes.length).toBeLessThanOrEqual(JOINED_MAX_BYTES);
      }),
    );
  });
});

test("two of the carrier's frames go on as 40 ms", () => {
  const passed = through(Array.from({ length: 6 }, (_, i) => new Uint8Array(160).fill(i)));
  expect(passed.map(({ bytes, atMs }) => [bytes.length, atMs])).toEqual([
    [320, 0],
    [320, 40],
    [320, 80],
  ]);
});

test("what is held back is a copy: the carrier's bytes are borrowed", () => {
  const { joiner, passed } = joining();
  const borrowed = new Uint8Array(160).fill(1);
  joiner.take(borrowed, 0);
  borrowed.fill(2);
  joiner.take(borrowed, 20);
  expect([...new Set(passed[0]?.bytes)]).toEqual([1, 2]);
});

const frame = (value: number): Uint8Array => new Uint8Array(160).fill(value);

test("two calls that take turns do not mix", () => {
  const [one, two] = [joining(), joining()];
  one.joiner.take(frame(1), 0);
  two.joiner.take(frame(3), 0);
  one.joiner.take(frame(2), 20);
  two.joiner.take(frame(4), 20);
  expect([one, two].map(({ passed }) => passed.map(({ bytes }) => [...new Set(bytes)]))).toEqual([[[1, 2]], [[3, 4]]]);
});

test("a frame with a hole before it goes on its own, so that the hole can be seen", () => {
  const { joiner, passed } = joining();
  for (const at of [0, 100, 120]) joiner.take(frame(1), at);
  expect(passed.map(({ bytes, atMs }) => [bytes.length, atMs])).toEqual([
    [160, 0],
    [320, 100],
  ]);
});

test("what is longer than 40 ms by itself passes untouched, behind what was held back", () => {
  const { joiner, passed } = joining();
  joiner.take(new Uint8Array(160).fill(1), 0);
  expect(passed).toEqual([]);
  joiner.take(new Uint8Array(8_000).fill(2), 20);
  expect(passed.map(({ bytes, atMs }) => [bytes.length, bytes[0], atMs])).toEqual([
    [160, 1, 0],
    [8_000, 2, 20],
  ]);
});
