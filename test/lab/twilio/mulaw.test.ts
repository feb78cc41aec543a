import { expect, test } from "vitest";

import { decodeMulaw, encodeMulaw, SILENCE_BYTE } from "../../../lab/audio/mulaw.ts";

// Values of ITU-T G.711's μ-law table, scaled to 16 bits.
const G711: [number, number][] = [
  [0xff, 0],
  [0x7f, 0],
  [0x80, 32_124],
  [0x00, -32_124],
  [0xf0, 120],
  [0x70, -120],
  [0xdf, 396],
  [0x5f, -396],
];

test("decodes the published values of the μ-law table", () => {
  for (const [byte, sample] of G711) expect(decodeMulaw(Uint8Array.of(byte))[0]).toBe(sample);
});

test("every byte survives decoding and encoding, but for the two zeros", () => {
  for (let byte = 0; byte < 256; byte++) {
    const back = encodeMulaw(decodeMulaw(Uint8Array.of(byte)))[0];
    expect(back).toBe(byte === 0x7f ? SILENCE_BYTE : byte);
  }
});

test("an encoded sample is never further off than half its step", () => {
  for (let sample = -32_000; sample <= 32_000; sample += 37) {
    const back = decodeMulaw(encodeMulaw(Int16Array.of(sample)))[0] ?? Number.NaN;
    expect(Math.abs(back - sample)).toBeLessThanOrEqual((Math.abs(sample) + 132) / 32);
  }
});
