/** Mono linear audio as read from a WAV file. */
export type Wav = { sampleRate: number; pcm: Int16Array };

const MULAW_FORMAT = 7;
const PCM_FORMAT = 1;

/**
 * Reads a mono 16-bit PCM WAV file.
 * Throws when the bytes are not such a file. A data length beyond the file (espeak-ng writes one to a pipe) is read as "to the end".
 */
export function readWav(file: Uint8Array): Wav {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 44 || word(view, 0) !== "RIFF" || word(view, 8) !== "WAVE") throw new Error("not a WAV file");
  let at = 12;
  let sampleRate = 0;
  while (at + 8 <= file.length) {
    const kind = word(view, at);
    const length = view.getUint32(at + 4, true);
    if (kind === "fmt ") {
      if (view.getUint16(at + 8, true) !== PCM_FORMAT || view.getUint16(at + 10, true) !== 1)
        throw new Error("only mono PCM WAV files are read here");
      sampleRate = view.getUint32(at + 12, true);
    }
    if (kind === "data") return { sampleRate, pcm: samples(view, at + 8, Math.min(length, file.length - at - 8)) };
    at += 8 + length + (length % 2);
  }
  throw new Error("the WAV file has no data chunk");
}

/** A WAV file of 8 kHz mono μ-law audio, for listening to what a party heard. */
export function writeMulawWav(audio: Uint8Array): Uint8Array {
  const file = new Uint8Array(58 + audio.length);
  const view = new DataView(file.buffer);
  const put = (at: number, text: string) => file.set(new TextEncoder().encode(text), at);
  put(0, "RIFF");
  view.setUint32(4, 50 + audio.length, true);
  put(8, "WAVEfmt ");
  view.setUint32(16, 18, true);
  view.setUint16(20, MULAW_FORMAT, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 8000, true);
  view.setUint32(28, 8000, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  put(38, "fact");
  view.setUint32(42, 4, true);
  view.setUint32(46, audio.length, true);
  put(50, "data");
  view.setUint32(54, audio.length, true);
  file.set(audio, 58);
  return file;
}

function word(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

function samples(view: DataView, from: number, bytes: number): Int16Array {
  const pcm = new Int16Array(bytes >> 1);
  for (let i = 0; i < pcm.length; i++) pcm[i] = view.getInt16(from + i * 2, true);
  return pcm;
}
