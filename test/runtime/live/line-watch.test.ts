import { expect, test } from "vitest";
import { clip } from "../../../lab/audio/clips.ts";
import { CallId } from "../../../src/domain/ids.ts";
import { type LineSound, watchLine } from "../../../src/runtime/live/line-watch.ts";
import { type LogLine, keptLog } from "../../vendors/twilio/gateway.ts";

const FRAME = 160;

/** Plays μ-law to a watch, again and again for so many seconds, and answers what it said. */
function watched(ulaw: Uint8Array, seconds: number) {
  const lines: LogLine[] = [];
  const heard: Record<LineSound, number> = { sound: 0, silent: 0, clipped: 0 };
  const watch = watchLine({
    call: CallId("call-1"),
    log: keptLog(lines),
    heard: (sound, s) => {
      heard[sound] += s;
    },
  });
  const whole = Math.floor(ulaw.length / FRAME);
  for (let frame = 0; frame < seconds * 50; frame += 1) {
    const at = (frame % whole) * FRAME;
    watch.frame(ulaw.subarray(at, at + FRAME));
  }
  watch.close();
  return { heard, reasons: lines.map(({ reason }) => reason) };
}

test("speech is sound, and nothing is said about it", () => {
  const { heard, reasons } = watched(clip("long-story").audio, 20);
  expect(heard.sound).toBeGreaterThan(2);
  expect(heard.clipped).toBe(0);
  expect(heard.sound + heard.silent).toBeCloseTo(4, 5);
  expect(reasons).toEqual([]);
});

test("digital silence is counted, and said once after 10 s", () => {
  const silence = new Uint8Array(FRAME).fill(0xff);
  expect(watched(silence, 9).reasons).toEqual([]);
  const { heard, reasons } = watched(silence, 30);
  expect(heard).toEqual({ sound: 0, silent: expect.closeTo(6, 5), clipped: 0 });
  expect(reasons).toEqual(["silent"]);
});

test("a line that is too loud is counted, and said once", () => {
  // Both signs of the loudest sample: what a square wave at full scale looks like.
  const square = Uint8Array.from({ length: FRAME }, (_, i) => (i % 16 < 8 ? 0x00 : 0x80));
  const { heard, reasons } = watched(square, 30);
  expect(heard).toEqual({ sound: 0, silent: 0, clipped: expect.closeTo(6, 5) });
  expect(reasons).toEqual(["clipped"]);
});

test("an empty frame and one that is too long do no harm", () => {
  const watch = watchLine({ call: CallId("call-1"), log: keptLog([]), heard: undefined });
  for (let i = 0; i < 10; i += 1) watch.frame(new Uint8Array(i % 2 === 0 ? 0 : 100_000));
  watch.close();
});
