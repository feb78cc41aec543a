import type { CryingCues } from "./crying-cues.ts";

/** How one stretch of speech sounded. Decibels are relative to full scale; `undefined` where too little was heard. */
export type VoiceCues = {
  /** Speech above the gate, ms. */
  readonly speechMs: number;
  /** Mean level of the speech, dBFS. */
  readonly loudnessDb: number;
  /** Median, semitones above 27.5 Hz (100 Hz is 22.3, 200 Hz is 34.3). */
  readonly pitchSt: number | undefined;
  /** Energy above 1 kHz against below in voiced speech, dB. Flatter (greater) with vocal effort. */
  readonly tiltDb: number | undefined;
  /** Syllable nuclei a second of speech. */
  readonly rate: number | undefined;
};

/** One caller turn, measured. Cues, never a label: what they may be used for is in docs/voice.md. */
export type VoiceFeatures = VoiceCues & {
  /** 10th to 90th percentile of pitch, semitones. */
  readonly pitchRangeSt: number | undefined;
  /** Share of the speech that is voiced, 0 to 1. */
  readonly voicedShare: number;
  /** Runs without speech of 150 ms or more inside the turn. */
  readonly pauses: { readonly count: number; readonly totalMs: number; readonly longestMs: number };
  /** Background at the end of the turn, dBFS. */
  readonly noiseFloorDb: number;
  /** Sounds like a machine (tone, music on hold, hiss), not like a voice: not to be judged. */
  readonly notAVoice: boolean;
  readonly crying: CryingCues;
  /** The same cues over stretches of about 2 s of speech: what the caller's baseline is learned from. */
  readonly stretches: readonly VoiceCues[];
};

/** A turn in which nothing was said. */
export const SILENT_TURN: VoiceFeatures = {
  speechMs: 0,
  loudnessDb: -90,
  pitchSt: undefined,
  tiltDb: undefined,
  rate: undefined,
  pitchRangeSt: undefined,
  voicedShare: 0,
  pauses: { count: 0, totalMs: 0, longestMs: 0 },
  noiseFloorDb: -90,
  notAVoice: false,
  crying: { gasps: 0, sustainedShare: 0, tremorShare: 0 },
  stretches: [],
};
