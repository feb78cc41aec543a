import { readdirSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { audibleSpans, levelDb, longestSilence } from "../../../lab/audio/analyse.ts";
import { clip, clipFile, clips, lines, type Speaker } from "../../../lab/audio/clips.ts";
import { findVoice } from "../../../lab/audio/find-voice.ts";
import { FRAME_BYTES } from "../../../lab/audio/mulaw.ts";
import { voice } from "../../../lab/audio/voice.ts";
import { readWav, writeMulawWav } from "../../../lab/audio/wav.ts";

test("every line is recorded, nothing else is, and all of it is small", () => {
  const files = readdirSync(new URL("./", clipFile("any"))).filter((name) => name.endsWith(".ulaw"));
  expect(files.toSorted()).toEqual(
    lines()
      .map((line) => `${line.id}.ulaw`)
      .toSorted(),
  );
  expect(clips().reduce((sum, each) => sum + each.audio.length, 0)).toBeLessThan(1_500_000);
});

test("no clip has a pause that a voice detector could take for the end of a turn", () => {
  for (const each of clips()) {
    expect(longestSilence(each.audio, undefined, { minMs: 20 }).ms, each.id).toBeLessThanOrEqual(200);
    expect(each.audio.length % FRAME_BYTES, each.id).toBe(0);
  }
});

test("an unknown clip is named", () => {
  expect(() => clip("nonsense")).toThrow('no clip "nonsense"');
});

test("a recorded sentence is its clip, however it is written", () => {
  expect(voice("caller", "  can I speak to a HUMAN please? ")).toEqual(clip("speak-to-human").audio);
  expect(voice("agent", "Hello?")).toEqual(clip("agent-hello").audio);
});

test("sentences are joined from their clips", () => {
  const joined = voice("assistant", "I understand. Your reference is seven. Let me look that up for you.");
  expect(findVoice(joined, clip("look-that-up").audio)).toHaveLength(1);
  expect(findVoice(joined, clip("assistant-understand").audio)[0]?.atMs).toBe(0);
});

test("any other sentence sounds like speech of its length, and always the same", () => {
  for (const speaker of ["caller", "assistant", "agent", "carrier"] satisfies Speaker[]) {
    const text = `I am the ${speaker} and this has never been recorded anywhere.`;
    const audio = voice(speaker, text);
    expect(audio).toEqual(voice(speaker, text));
    expect(Math.abs(audio.length / 8 - text.length * 65)).toBeLessThanOrEqual(20);
    expect(levelDb(audio)).toBeGreaterThan(-23);
    expect(levelDb(audio)).toBeLessThan(-17);
    expect(longestSilence(audio).ms).toBeLessThanOrEqual(200);
    expect(audibleSpans(audio).length).toBeGreaterThan(1);
  }
  expect(voice("caller", "One.")).not.toEqual(voice("caller", "Two."));
});

/** A WAV file of 16-bit samples, as espeak-ng writes it to a pipe: with lengths it does not know yet. */
function pipedWav(samples: readonly number[]): Uint8Array {
  const file = Buffer.alloc(44 + samples.length * 2);
  file.write("RIFF", 0);
  file.writeUInt32LE(0x7f_ff_f0_24, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(22_050, 24);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(0x7f_ff_f0_00, 40);
  for (const [index, sample] of samples.entries()) file.writeInt16LE(sample, 44 + index * 2);
  return file;
}

test("a WAV file from a pipe is read to its end", () => {
  expect(readWav(pipedWav([0, 1, -2, 32_767]))).toEqual({ sampleRate: 22_050, pcm: Int16Array.of(0, 1, -2, 32_767) });
  expect(() => readWav(readFileSync(new URL(import.meta.url)))).toThrow("not a WAV file");
});

test("recordings are written as μ-law WAV files", () => {
  const file = Buffer.from(writeMulawWav(Uint8Array.of(1, 2, 3)));
  expect(file.toString("latin1", 0, 4) + file.toString("latin1", 8, 16)).toBe("RIFFWAVEfmt ");
  expect(file.readUInt32LE(4)).toBe(file.length - 8);
  expect([file.readUInt16LE(20), file.readUInt32LE(24), file.readUInt32LE(54)]).toEqual([7, 8_000, 3]);
  expect([...file.subarray(58)]).toEqual([1, 2, 3]);
  expect(() => readWav(file)).toThrow("only mono PCM");
});
