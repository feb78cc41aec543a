import { mulawToSample } from "./mulaw.ts";

/** Audio that is looked for byte by byte: most of it arrives untouched, and then nothing needs to be computed. */
export type Verbatim = { audio: Buffer; signatureAt: number };

const SIGNATURE = 48;
/** The signature lies in the first half second, so that an unfinished sentence can be found, too. */
const SIGNATURE_WITHIN = 4000;

/** Marks the loudest early part of some audio as what to search for. */
export function verbatim(audio: Uint8Array): Verbatim {
  let best = { at: 0, loudness: -1 };
  for (let at = 0; at + SIGNATURE <= Math.min(audio.length, SIGNATURE_WITHIN); at += 16) {
    let loudness = 0;
    for (let i = at; i < at + SIGNATURE; i++) loudness += Math.abs(mulawToSample(audio[i] ?? 0xff));
    if (loudness > best.loudness) best = { at, loudness };
  }
  return { audio: Buffer.from(audio.buffer, audio.byteOffset, audio.length), signatureAt: best.at };
}

/**
 * Where all of `known` begins in `sound` (bytes), or where its beginning does when the sound ends within it.
 * `undefined` when it is not there byte for byte.
 */
export function findVerbatim(sound: Buffer, { audio, signatureAt }: Verbatim): number | undefined {
  const signature = audio.subarray(signatureAt, signatureAt + SIGNATURE);
  for (let at = sound.indexOf(signature); at >= 0; at = sound.indexOf(signature, at + 1)) {
    const start = at - signatureAt;
    const length = Math.min(audio.length, sound.length - start);
    if (start >= 0 && sound.compare(audio, 0, length, start, start + length) === 0) return start;
  }
  return undefined;
}
