import { encodeMulaw } from "../audio/mulaw.ts";
import type { Carrier } from "./carrier.ts";

const FORMAT_PCM = 1;
const FORMAT_MULAW = 7;

/** What a RIFF/WAVE file says about its samples, and the samples. */
type Wave = { format: number; channels: number; sampleRate: number; data: Buffer };

function readWave(bytes: Buffer): Wave {
  const wave: Wave = { format: 0, channels: 0, sampleRate: 0, data: Buffer.alloc(0) };
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.toString("latin1", at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const body = bytes.subarray(at + 8, at + 8 + size);
    if (name === "fmt ") {
      wave.format = body.readUInt16LE(0);
      wave.channels = body.readUInt16LE(2);
      wave.sampleRate = body.readUInt32LE(4);
    }
    if (name === "data") wave.data = body;
    at += 8 + size + (size % 2);
  }
  return wave;
}

/**
 * An audio file as μ-law, 8 kHz mono. WAV with μ-law at 8 kHz or 16-bit PCM at a multiple of 8 kHz,
 * or bare μ-law. Throws on anything else, naming it.
 */
export function audioFromFile(bytes: Buffer, name: string): Uint8Array {
  if (bytes.toString("latin1", 0, 4) !== "RIFF") return new Uint8Array(bytes);
  const { format, channels, sampleRate, data } = readWave(bytes);
  if (format === FORMAT_MULAW && channels === 1 && sampleRate === 8_000) return new Uint8Array(data);
  if (format !== FORMAT_PCM || sampleRate % 8_000 !== 0) {
    throw new Error(
      `${name}: WAV format ${format} at ${sampleRate} Hz cannot be played; use μ-law or 16-bit PCM at 8 kHz`,
    );
  }
  const stride = channels * 2 * (sampleRate / 8_000);
  const pcm = new Int16Array(Math.floor(data.length / stride));
  for (let i = 0; i < pcm.length; i++) pcm[i] = data.readInt16LE(i * stride);
  return encodeMulaw(pcm);
}

/** Fetches what a `<Play>` names. A file that cannot be had is a warning and silence, as at Twilio. */
export async function loadAudio(carrier: Carrier, url: string, callSid: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(carrier.latencies.webhookTimeoutMs) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return audioFromFile(Buffer.from(await response.arrayBuffer()), url);
  } catch (error) {
    carrier.log.warn(11_200, `cannot play ${url}: ${String(error)}`, callSid);
    return new Uint8Array();
  }
}
