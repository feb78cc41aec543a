import { expect, test } from "vitest";

import { decodeMulaw } from "../../../lab/audio/mulaw.ts";
import { audioFromFile } from "../../../lab/twilio/load-audio.ts";

/** A RIFF/WAVE file with one sample format and its samples. */
function wave(format: number, sampleRate: number, data: Buffer): Buffer {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + data.length, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(format, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

test("μ-law is taken as it is, from a WAV file or bare", () => {
  const bytes = Buffer.from([1, 2, 3, 4]);
  expect([...audioFromFile(wave(7, 8_000, bytes), "a.wav")]).toEqual([1, 2, 3, 4]);
  expect([...audioFromFile(bytes, "a.ulaw")]).toEqual([1, 2, 3, 4]);
});

test("16-bit PCM at twice the rate loses every other sample", () => {
  const data = Buffer.alloc(8);
  [8_031, 1, -8_031, 1].forEach((sample, index) => data.writeInt16LE(sample, index * 2));
  const pcm = decodeMulaw(audioFromFile(wave(1, 16_000, data), "a.wav"));
  expect(pcm).toHaveLength(2);
  expect(Math.abs((pcm[0] ?? 0) - 8_031)).toBeLessThan(256);
  expect(Math.abs((pcm[1] ?? 0) + 8_031)).toBeLessThan(256);
});

test("anything else is refused by name", () => {
  expect(() => audioFromFile(wave(1, 44_100, Buffer.alloc(8)), "song.wav")).toThrow(
    "song.wav: WAV format 1 at 44100 Hz",
  );
});
