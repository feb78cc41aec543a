/** Bytes of μ-law audio in a millisecond: 8 kHz mono, one byte a sample (ITU-T G.711). */
export const BYTES_PER_MS = 8;

const BIAS = 0x84;
const FULL_SCALE = 32_768;

function expand(byte: number): number {
  // G.711 sends all bits inverted: sign, three bits of exponent, four of mantissa.
  const bits = ~byte & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + BIAS) << ((bits >> 4) & 0x07)) - BIAS;
  return (bits & 0x80 ? -magnitude : magnitude) / FULL_SCALE;
}

/** Linear sample of each μ-law byte, from -0.98 to 0.98 of full scale. */
export const MULAW_LINEAR: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => expand(byte));

/** The square of each of them. */
export const MULAW_SQUARE: Float64Array = Float64Array.from(MULAW_LINEAR, (sample) => sample * sample);
