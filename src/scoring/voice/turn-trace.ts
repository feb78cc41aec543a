/** Hops held: 60 s. Of a longer turn the older half is let go, since what counts is how the caller speaks now. */
const MOST_HOPS = 6_000;
const FIRST_HOPS = 256;

/** One turn, hop by hop (10 ms). Owned by one meter; the arrays are reused from turn to turn. */
export type TurnTrace = {
  length: number;
  /** Level of the 20 ms that end with the hop, dBFS. */
  level: Float32Array;
  /** Energy above 1 kHz against below, dB. */
  tilt: Float32Array;
  /** Sign changes a sample, 0 to 1. */
  crossings: Float32Array;
  /** Semitones above 27.5 Hz; NaN where not voiced or not looked at (pitch is sought in every second hop of speech). */
  pitch: Float32Array;
  /** 1: above the gate. */
  speech: Uint8Array;
};

export type HopRow = Readonly<{ level: number; tilt: number; crossings: number; pitch: number; speech: boolean }>;

export function createTurnTrace(): TurnTrace {
  return {
    length: 0,
    level: new Float32Array(FIRST_HOPS),
    tilt: new Float32Array(FIRST_HOPS),
    crossings: new Float32Array(FIRST_HOPS),
    pitch: new Float32Array(FIRST_HOPS),
    speech: new Uint8Array(FIRST_HOPS),
  };
}

export function traceHop(trace: TurnTrace, row: HopRow): void {
  if (trace.length >= MOST_HOPS) forgetOlderHalf(trace);
  if (trace.length >= trace.level.length) grow(trace);
  const i = trace.length++;
  trace.level[i] = row.level;
  trace.tilt[i] = row.tilt;
  trace.crossings[i] = row.crossings;
  trace.pitch[i] = row.pitch;
  trace.speech[i] = row.speech ? 1 : 0;
}

function forgetOlderHalf(trace: TurnTrace): void {
  const from = MOST_HOPS / 2;
  for (const column of [trace.level, trace.tilt, trace.crossings, trace.pitch, trace.speech])
    column.copyWithin(0, from);
  trace.length -= from;
}

function grow(trace: TurnTrace): void {
  const room = Math.min(trace.level.length * 2, MOST_HOPS);
  trace.level = wider(trace.level, room);
  trace.tilt = wider(trace.tilt, room);
  trace.crossings = wider(trace.crossings, room);
  trace.pitch = wider(trace.pitch, room);
  const speech = new Uint8Array(room);
  speech.set(trace.speech);
  trace.speech = speech;
}

function wider(column: Float32Array, room: number): Float32Array {
  const copy = new Float32Array(room);
  copy.set(column);
  return copy;
}
