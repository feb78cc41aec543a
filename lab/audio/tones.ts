import { encodeMulaw } from "./mulaw.ts";

const SAMPLE_RATE = 8_000;

/** Sine waves sounding together, as μ-law. `level` is the peak of each wave, 0 to 1. */
export function tone(frequencies: readonly number[], durationMs: number, level = 0.2): Uint8Array {
  const pcm = new Int16Array((durationMs * SAMPLE_RATE) / 1000);
  for (let i = 0; i < pcm.length; i++) {
    let sum = 0;
    for (const hz of frequencies) sum += Math.sin((2 * Math.PI * hz * i) / SAMPLE_RATE);
    pcm[i] = Math.round(sum * level * 32_000);
  }
  return encodeMulaw(pcm);
}

/** Concatenates stretches of μ-law. */
export function joinAudio(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** μ-law silence. */
export function silence(durationMs: number): Uint8Array {
  return new Uint8Array((durationMs * SAMPLE_RATE) / 1000).fill(0xff);
}

const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];
const KEYS = "123A456B789C*0#D";

/** The tone of one key (ITU-T Q.23), 100 ms. */
export function keyTone(key: string): Uint8Array {
  const place = KEYS.indexOf(key.toUpperCase());
  if (place < 0) throw new Error(`"${key}" is no telephone key; use one of ${KEYS}`);
  return tone([ROWS[Math.floor(place / 4)] ?? 0, COLUMNS[place % 4] ?? 0], 100);
}

/** The beep a conference plays when somebody enters or leaves. */
export const CONFERENCE_BEEP = tone([440], 200, 0.15);

/** North American ringback: two seconds on, four off. */
export const RINGBACK = joinAudio([tone([440, 480], 2_000, 0.1), silence(4_000)]);

/** Hold music nobody has rights in: a slow broken chord, eight seconds, made to loop. */
export const HOLD_MUSIC = joinAudio(
  [262, 330, 392, 523, 392, 330, 262, 330, 220, 262, 330, 440, 330, 262, 220, 262].map((hz) => tone([hz], 500, 0.12)),
);
