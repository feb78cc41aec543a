/** A complex signal, one number of each array a sample. */
export type Complex = { re: Float64Array; im: Float64Array };

const twiddles = new Map<number, Complex>();

/** The discrete Fourier transform in place (radix 2). Lengths must be a power of two. */
export function fft({ re, im }: Complex): void {
  const size = re.length;
  if (size === 0 || (size & (size - 1)) !== 0) throw new Error(`an FFT needs a power of two, not ${size} samples`);
  reorder(re, im);
  const turn = twiddlesOf(size);
  for (let half = 1; half < size; half *= 2) {
    const stride = size / (half * 2);
    for (let start = 0; start < size; start += half * 2) butterflies({ re, im }, { start, half, stride, turn });
  }
}

/** The inverse of `fft`, in place and scaled. */
export function inverseFft(signal: Complex): void {
  const { re, im } = signal;
  for (let i = 0; i < im.length; i++) im[i] = -(im[i] ?? 0);
  fft(signal);
  for (let i = 0; i < re.length; i++) {
    re[i] = (re[i] ?? 0) / re.length;
    im[i] = -(im[i] ?? 0) / re.length;
  }
}

type Stage = { start: number; half: number; stride: number; turn: Complex };

function butterflies({ re, im }: Complex, { start, half, stride, turn }: Stage): void {
  for (let i = 0; i < half; i++) {
    const cos = turn.re[i * stride] ?? 0;
    const sin = turn.im[i * stride] ?? 0;
    const a = start + i;
    const b = a + half;
    const x = re[b] ?? 0;
    const y = im[b] ?? 0;
    const turnedRe = x * cos - y * sin;
    const turnedIm = x * sin + y * cos;
    re[b] = (re[a] ?? 0) - turnedRe;
    im[b] = (im[a] ?? 0) - turnedIm;
    re[a] = (re[a] ?? 0) + turnedRe;
    im[a] = (im[a] ?? 0) + turnedIm;
  }
}

function reorder(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j] ?? 0, re[i] ?? 0];
    [im[i], im[j]] = [im[j] ?? 0, im[i] ?? 0];
  }
}

function twiddlesOf(size: number): Complex {
  const known = twiddles.get(size);
  if (known) return known;
  const re = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size));
  const im = Float64Array.from({ length: size / 2 }, (_, i) => -Math.sin((2 * Math.PI * i) / size));
  twiddles.set(size, { re, im });
  return { re, im };
}
