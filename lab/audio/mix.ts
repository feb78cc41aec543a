import { mulawToSample, sampleToMulaw } from "./mulaw.ts";

/**
 * Sums μ-law frames of one length as a conference bridge does. A lone frame is passed on untouched,
 * bit for bit, so audio of one talker arrives as it was sent; `undefined` is silence.
 */
export function mixFrames(frames: readonly Uint8Array[]): Uint8Array | undefined {
  const [first] = frames;
  if (first === undefined || frames.length === 1) return first;
  const mixed = new Uint8Array(first.length);
  for (let i = 0; i < mixed.length; i++) {
    let sum = 0;
    for (const frame of frames) sum += mulawToSample(frame[i] ?? 0xff);
    mixed[i] = sampleToMulaw(sum);
  }
  return mixed;
}
