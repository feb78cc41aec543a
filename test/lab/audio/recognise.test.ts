import { expect, test } from "vitest";

import { clip, clips } from "../../../lab/audio/clips.ts";
import { decodeMulaw, encodeMulaw } from "../../../lab/audio/mulaw.ts";
import { learn, recognise, recogniseBeginning } from "../../../lab/audio/recognise.ts";
import { voice } from "../../../lab/audio/voice.ts";

const FRAME = 160;
const silence = (ms: number) => new Uint8Array(ms * 8).fill(0xff);
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const louder = (audio: Uint8Array, gain: number) =>
  encodeMulaw(decodeMulaw(audio).map((x) => Math.max(-32_767, Math.min(32_767, Math.round(x * gain)))));
const frames = (audio: Uint8Array) =>
  Array.from({ length: Math.floor(audio.length / FRAME) }, (_, i) => audio.subarray(i * FRAME, (i + 1) * FRAME));

test.each(clips().map((each) => [each.id, each] as const))("%s is understood as it was recorded", (_, each) => {
  expect(recognise(each.audio)?.text.toLowerCase()).toBe(each.text.toLowerCase());
});

test("silence around a sentence, another loudness and an odd sample offset are tolerated", () => {
  for (const each of clips().filter((one) => one.speaker === "caller")) {
    const heard = recognise(joined(silence(487.5), louder(each.audio, 0.6), silence(500)));
    expect(heard?.text).toBe(each.text);
    expect(heard?.parts[0]?.atMs).toBeCloseTo(487.5, 0);
  }
});

test("two sentences in one breath are both understood, in order", () => {
  const said = joined(clip("no-thank-you").audio, silence(200), clip("speak-to-human").audio);
  expect(recognise(said)?.text).toBe("No thank you. Can I speak to a human please?");
});

test("one lost frame in three seconds does not matter", () => {
  const all = frames(clip("real-person").audio);
  expect(recognise(joined(...all.filter((_, i) => i !== 60)))?.text).toBe(clip("real-person").text);
});

test("a sentence without a clip is understood once it is learnt", () => {
  const text = "My reference is seven oh nine blue.";
  expect(recognise(voice("caller", text))).toBeUndefined();
  learn("caller", text);
  expect(recognise(voice("caller", text))?.text).toBe(text);
});

const DAMAGE: Record<string, (audio: Uint8Array) => Uint8Array> = {
  "base64 shifted by one character": (audio) => Buffer.from(Buffer.from(audio).toString("base64").slice(1), "base64"),
  "sent as 16-bit PCM under the name of μ-law": (audio) => new Uint8Array(decodeMulaw(audio).buffer),
  "every third frame missing": (audio) => joined(...frames(audio).filter((_, i) => i % 3 !== 1)),
  "every third frame silent": (audio) => joined(...frames(audio).map((each, i) => (i % 3 === 1 ? silence(20) : each))),
  "every frame twice": (audio) => joined(...frames(audio).flatMap((each) => [each, each])),
  "the second half missing": (audio) => audio.subarray(0, audio.length / 2),
  "clipped hard": (audio) => louder(louder(audio, 40), 0.2),
  "played backwards": (audio) => audio.toReversed(),
};

test.each(Object.entries(DAMAGE))("%s is not understood", (_, damage) => {
  const long = clips().filter((each) => each.speaker === "caller" && each.audio.length > 8000);
  expect(long.length).toBeGreaterThan(5);
  for (const each of long) expect(recognise(damage(each.audio))?.text, each.id).toBeUndefined();
});

test("noise and silence say nothing", () => {
  expect(recognise(silence(2000))).toBeUndefined();
  expect(recognise(new Uint8Array(0))).toBeUndefined();
  const noise = Int16Array.from({ length: 16_000 }, (_, i) => ((i * 7919) % 6007) - 3003);
  expect(recognise(encodeMulaw(noise))).toBeUndefined();
});

test.each([1, 0.7])("the beginning of a sentence is followed while it is said (gain %d)", (gain) => {
  const { audio, text } = clip("who-charged-me");
  const said = joined(silence(300), louder(audio, gain));
  let following = recogniseBeginning(said.subarray(0, 300 * 8));
  expect(following).toBeUndefined();
  for (const ms of [1300, 1800, 2600, 3600]) {
    following = recogniseBeginning(said.subarray(0, ms * 8), following);
    expect(following?.text).toBe(text);
    expect(following?.saidMs).toBeCloseTo(ms - 300, -1);
  }
});

test("what went on differently than it began is not followed", () => {
  const begun = joined(clip("who-charged-me").audio.subarray(0, 9_600), clip("real-person").audio.toReversed());
  const following = recogniseBeginning(begun.subarray(0, 9_600));
  expect(following?.text).toBe(clip("who-charged-me").text);
  expect(recogniseBeginning(begun, following)).toBeUndefined();
});
