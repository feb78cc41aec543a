import { HOP_MS } from "./hop-measure.ts";
import { countNuclei } from "./syllable-nuclei.ts";
import type { TurnTrace } from "./turn-trace.ts";

/** Sounds that sobbing and crying are made of. Each also occurs in ordinary speech; only together do they say something. */
export type CryingCues = {
  /** Unvoiced breath noises of 0.25 to 1 s: sharp breaths in and out. */
  readonly gasps: number;
  /** Share of the voiced time in drawn-out voice: 0.4 s or more with hardly a syllable in it. */
  readonly sustainedShare: number;
  /** Share of that drawn-out time in which the pitch trembles, 4 to 10 times a second by 0.3 semitones or more. */
  readonly tremorShare: number;
};

const GASP_LEAST_HOPS = 250 / HOP_MS;
const GASP_MOST_HOPS = 1_000 / HOP_MS;
/** Breath is noise: its sign changes far more often than a voice's. */
const BREATH_CROSSINGS = 0.2;
const SUSTAINED_LEAST_HOPS = 400 / HOP_MS;
/** Ordinary speech has 4 to 5 nuclei a second. */
const DRAWN_OUT_NUCLEI_PER_S = 2.5;
const TREMOR_ST = 0.3;
const TREMOR_SLOWEST_HZ = 4;
const TREMOR_FASTEST_HZ = 10;

/** Reads the cues from one turn. Hops without pitch value (NaN) take the judgement of their neighbour. */
export function cryingCues(trace: TurnTrace): CryingCues {
  let gasps = 0;
  let voiced = 0;
  let sustained = 0;
  let trembling = 0;
  for (const run of runsOf(trace)) {
    const hops = run.to - run.from;
    if (run.kind === "breath" && hops >= GASP_LEAST_HOPS && hops <= GASP_MOST_HOPS) gasps++;
    if (run.kind !== "voice") continue;
    voiced += hops;
    if (hops < SUSTAINED_LEAST_HOPS || !drawnOut(trace, run)) continue;
    sustained += hops;
    if (trembles(trace, run)) trembling += hops;
  }
  return {
    gasps,
    sustainedShare: voiced === 0 ? 0 : sustained / voiced,
    tremorShare: sustained === 0 ? 0 : trembling / sustained,
  };
}

type Kind = "voice" | "breath" | "other";
type Run = { readonly kind: Kind; readonly from: number; readonly to: number };

function runsOf(trace: TurnTrace): Run[] {
  const runs: Run[] = [];
  let kind: Kind = "other";
  let from = 0;
  for (let i = 0; i < trace.length; i++) {
    const next = kindOf(trace, i, kind);
    if (next === kind) continue;
    runs.push({ kind, from, to: i });
    kind = next;
    from = i;
  }
  runs.push({ kind, from, to: trace.length });
  return runs;
}

function kindOf(trace: TurnTrace, i: number, before: Kind): Kind {
  if (trace.speech[i] !== 1) return "other";
  const pitch = trace.pitch[i] ?? 0;
  if (Number.isNaN(pitch)) return before;
  if (pitch > 0) return "voice";
  return (trace.crossings[i] ?? 0) >= BREATH_CROSSINGS ? "breath" : "other";
}

function drawnOut(trace: TurnTrace, run: Run): boolean {
  const levels = trace.level.subarray(run.from, run.to);
  const seconds = ((run.to - run.from) * HOP_MS) / 1_000;
  return countNuclei(levels, -Infinity) / seconds < DRAWN_OUT_NUCLEI_PER_S;
}

/** Turns of the pitch (from rising to falling or back) that go `TREMOR_ST` or more, as a rate of full swings. */
function trembles(trace: TurnTrace, run: Run): boolean {
  let turns = 0;
  let extreme = Number.NaN;
  let direction = 0;
  for (let i = run.from; i < run.to; i++) {
    const pitch = trace.pitch[i] ?? 0;
    if (!(pitch > 0)) continue;
    const moved = Number.isNaN(extreme) ? Infinity : (pitch - extreme) * (direction || 1);
    if (direction !== 0 && moved <= -TREMOR_ST) turns++;
    if (moved >= 0 || moved <= -TREMOR_ST) {
      if (Number.isFinite(moved)) direction = Math.sign(pitch - extreme) || direction;
      extreme = pitch;
    }
  }
  const swings = turns / 2 / (((run.to - run.from) * HOP_MS) / 1_000);
  return swings >= TREMOR_SLOWEST_HZ && swings <= TREMOR_FASTEST_HZ;
}
