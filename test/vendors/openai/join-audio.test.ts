// Frames are put together on the way to the model: whatever the carrier sends, the same bytes must leave, in order.
import { array, assert, oneof, property, uint8Array } from "fast-check";
import { describe, expect, test } from "vitest";
import { createAudioJoiner, JOINED_MAX_BYTES } from "../../../src/vendors/openai/join-audio.ts";

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const bytesOf = (payloads: readonly string[]): Buffer =>
  Buffer.concat(payloads.map((payload) => Buffer.from(payload, "base64")));

function through(frames: readonly Uint8Array[]): { sent: string[]; rest: readonly string[] } {
  const joiner = createAudioJoiner();
  const sent = frames.flatMap((frame) => joiner.take(base64(frame)));
  return { sent, rest: joiner.rest() };
}

const carrier = uint8Array({ minLength: 160, maxLength: 160 });
const odd = uint8Array({ minLength: 0, maxLength: 700 });

describe("whatever is sent", () => {
  test("the bytes that arrive are the bytes that were sent, in order", () => {
    assert(
      property(array(oneof({ weight: 4, arbitrary: carrier }, odd), { maxLength: 40 }), (frames) => {
        const { sent, rest } = through(frames);
        expect(bytesOf([...sent, ...rest]).equals(Buffer.concat(frames))).toBe(true);
      }),
    );
  });

  test("nothing is put together beyond 40 ms, and no more than one frame is ever held back", () => {
    assert(
      property(array(oneof(carrier, odd), { maxLength: 40 }), (frames) => {
        const joiner = createAudioJoiner();
        let taken = 0;
        let left = 0;
        for (const frame of frames) {
          taken += frame.length;
          for (const payload of joiner.take(base64(frame))) {
            const { length } = Buffer.from(payload, "base64");
            left += length;
            if (!frames.some((one) => one.length === length)) expect(length).toBeLessThanOrEqual(JOINED_MAX_BYTES);
          }
          expect(taken - left).toBeLessThanOrEqual(JOINED_MAX_BYTES / 2);
        }
      }),
    );
  });

  test("every message is one base64 text of its own, with padding at its end only", () => {
    assert(
      property(array(carrier, { minLength: 2, maxLength: 20 }), (frames) => {
        for (const payload of through(frames).sent) expect(payload).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
      }),
    );
  });
});

test("two of the carrier's frames make one message of 40 ms", () => {
  const frames = Array.from({ length: 6 }, (_, i) => new Uint8Array(160).fill(i));
  const { sent, rest } = through(frames);
  expect(sent.map((payload) => Buffer.from(payload, "base64").length)).toEqual([320, 320, 320]);
  expect(rest).toEqual([]);
});

test("two calls that take turns do not mix", () => {
  const [one, two] = [createAudioJoiner(), createAudioJoiner()];
  const a = [1, 2].map((value) => base64(new Uint8Array(160).fill(value)));
  const b = [3, 4].map((value) => base64(new Uint8Array(160).fill(value)));
  const sent = [one.take(a[0] ?? ""), two.take(b[0] ?? ""), one.take(a[1] ?? ""), two.take(b[1] ?? "")];
  expect(sent.map((payloads) => [...new Set(bytesOf(payloads))])).toEqual([[], [], [1, 2], [3, 4]]);
});

test("what is longer than 40 ms by itself passes untouched, behind what was held back", () => {
  const joiner = createAudioJoiner();
  const short = base64(new Uint8Array(160).fill(1));
  const long = base64(new Uint8Array(8_000).fill(2));
  expect(joiner.take(short)).toEqual([]);
  expect(joiner.take(long)).toEqual([short, long]);
  expect(joiner.rest()).toEqual([]);
});
