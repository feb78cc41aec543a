/** Twilio's frame: 20 ms of μ-law at 8 kHz mono, one byte a sample. https://www.twilio.com/docs/voice/media-streams/websocket-messages */
export const FRAME_BYTES = 160;

/** μ-law's positive zero (ITU-T G.711): the byte of a silent sample. */
export const SILENCE_BYTE = 0xff;

const BIAS = 0x84;
const CLIP = 32_635;

// G.711 expands one byte to 14 bits, kept here left-aligned in 16 as every telephony tool does.
function expand(byte: number): number {
  const inverted = ~byte & 0xff;
  const exponent = (inverted >> 4) & 0x07;
  const magnitude = (((inverted & 0x0f) << 3) + BIAS) << exponent;
  return inverted & 0x80 ? BIAS - magnitude : magnitude - BIAS;
}

function compress(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  // The exponent is the place of the highest set bit above bit 7; the bias guarantees bit 7 at least.
  const exponent = 31 - Math.clz32(magnitude) - 7;
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

const TO_PCM = Int16Array.from({ length: 256 }, (_, byte) => expand(byte));
const TO_ULAW = Uint8Array.from({ length: 65_536 }, (_, index) => compress(index - 32_768));

/** One μ-law byte (0 to 255) as a 16-bit linear sample. */
export function mulawToSample(byte: number): number {
  return TO_PCM[byte] ?? 0;
}

/** One linear sample as a μ-law byte; samples beyond 16 bits are clipped. */
export function sampleToMulaw(sample: number): number {
  const clipped = Math.max(-32_768, Math.min(32_767, sample));
  return TO_ULAW[clipped + 32_768] ?? SILENCE_BYTE;
}

/** μ-law bytes to 16-bit linear samples, one for one. */
export function decodeMulaw(bytes: Uint8Array): Int16Array {
  const pcm = new Int16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) pcm[i] = TO_PCM[bytes[i] ?? SILENCE_BYTE] ?? 0;
  return pcm;
}

/** 16-bit linear samples to μ-law bytes, one for one. */
export function encodeMulaw(pcm: Int16Array): Uint8Array {
  const bytes = new Uint8Array(pcm.length);
  for (let i = 0; i < pcm.length; i++) bytes[i] = TO_ULAW[(pcm[i] ?? 0) + 32_768] ?? SILENCE_BYTE;
  return bytes;
}
