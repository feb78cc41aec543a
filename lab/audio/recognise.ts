import { align, type Alignment, type Blocks, cutIntoBlocks } from "./alignment.ts";
import { clips, type Speaker } from "./clips.ts";
import { bestEnvelopeFit, energy, type Fingerprint, fingerprint, STEP } from "./fingerprint.ts";
import { voice } from "./voice.ts";

/** A sentence that was understood: who said it, what, and where in the audio it begins. */
export type Recognised = { speaker: Speaker; text: string; atMs: number; share: number };

/** Everything understood in one utterance, in the order it was said; `text` joins the sentences. */
export type Understood = { text: string; parts: readonly Recognised[] };

type Known = Fingerprint & Blocks & { speaker: Speaker; text: string; samples: number };

/** A clip counts as heard when this share of its energy was. */
const UNDERSTOOD_FROM = 0.8;
/** What was understood must make up this share of an utterance's energy; otherwise somebody else drowned it. */
const EXPLAINED_FROM = 0.6;
/** Envelope comparison keeps this many candidates for the exact one. */
const CANDIDATES = 6;
const SHORTLIST_FROM = 0.5;
/** The envelope finds a place to 10 ms; the exact comparison looks this many samples around it. */
const PLACE_TOLERANCE = 200;
/** Leading silence that is tolerated while a sentence is still being said: 600 ms. */
const LEAD_STEPS = 60;
/** The least audio that can hold a sentence: 250 ms. */
const FEWEST_STEPS = 25;

let known: Known[] | undefined;

/** Makes a sentence hearable that has no recorded clip. Saying it again changes nothing. */
export function learn(speaker: Speaker, text: string): void {
  const all = vocabulary();
  if (!all.some((each) => each.speaker === speaker && each.text === text)) all.push(prepare(speaker, text));
}

/**
 * What an utterance says, if it is one or several known sentences that arrived undamaged.
 * Silence around them, a different loudness and a lost frame are tolerated; shifted bytes, a wrong encoding, missing
 * or doubled frames and heavy clipping are not understood: `undefined`.
 * @param utterance headerless μ-law, 8 kHz
 */
export function recognise(utterance: Uint8Array): Understood | undefined {
  const sound = fingerprint(utterance);
  const parts: (Recognised & { energy: number })[] = [];
  collect(sound, { from: 0, to: sound.envelope.length }, parts);
  const explained = parts.reduce((sum, part) => sum + part.energy, 0);
  if (parts.length === 0 || explained < EXPLAINED_FROM * energy(sound.pcm, 0, sound.pcm.length)) return undefined;
  parts.sort((a, b) => a.atMs - b.atMs);
  return { text: parts.map((part) => part.text).join(" "), parts };
}

/** A sentence that is being said: which one, and how many milliseconds of it were said. Used for live transcripts. */
export type Following = { text: string; saidMs: number; lengthMs: number };

/**
 * Which known sentence an unfinished utterance is the beginning of; `undefined` until it is clear (about 0.7 s).
 * Give back the last answer as `hint`: as long as it fits, nothing is searched.
 */
export function recogniseBeginning(heardSoFar: Uint8Array, hint?: Following): Following | undefined {
  const sound = fingerprint(heardSoFar);
  const hinted = hint && vocabulary().filter((each) => each.text === hint.text);
  for (const { sentence, near } of candidates(hinted ?? vocabulary(), sound, beginningRange)) {
    const found = align(sound, sentence, { near, tolerance: PLACE_TOLERANCE, until: sound.pcm.length });
    if (found.share < UNDERSTOOD_FROM) continue;
    const saidMs = Math.min(sentence.samples, sound.pcm.length - found.startsAt) / 8;
    return { text: sentence.text, saidMs, lengthMs: sentence.samples / 8 };
  }
  return hinted ? recogniseBeginning(heardSoFar) : undefined;
}

type Span = { from: number; to: number };
type Found = Recognised & { energy: number };

/** Finds the best sentence in a stretch (10 ms steps), then looks before and after it. */
function collect(sound: Fingerprint, span: Span, into: Found[]): void {
  if (span.to - span.from < FEWEST_STEPS) return;
  const best = bestIn(sound, span);
  if (!best) return;
  const { sentence, found } = best;
  const startsAtStep = Math.floor(found.startsAt / STEP);
  into.push({
    speaker: sentence.speaker,
    text: sentence.text,
    atMs: Math.max(0, found.startsAt / 8),
    share: found.share,
    energy: energy(sound.pcm, found.startsAt, sentence.samples),
  });
  collect(sound, { from: span.from, to: startsAtStep }, into);
  collect(sound, { from: startsAtStep + sentence.envelope.length, to: span.to }, into);
}

function bestIn(sound: Fingerprint, span: Span): { sentence: Known; found: Alignment } | undefined {
  let best: { sentence: Known; found: Alignment } | undefined;
  for (const { sentence, near } of candidates(vocabulary(), sound, (clip) => rangeWithin(span, clip))) {
    const found = align(sound, sentence, { near, tolerance: PLACE_TOLERANCE });
    // A sentence whose loud half is there and whose end never came was not heard.
    if (found.startsAt + sentence.samples * UNDERSTOOD_FROM > sound.pcm.length) continue;
    // Of two that fit ("Yes." and "Yes please."), the longer one says more.
    const better = !best || sentence.samples > best.sentence.samples;
    if (found.share >= UNDERSTOOD_FROM && better) best = { sentence, found };
  }
  return best;
}

/** Where to try a clip: starts `from` … `to`, comparing `steps`; all in 10 ms steps. */
type Range = { from: number; to: number; steps: number };

function rangeWithin(span: Span, clip: Known): Range {
  const steps = Math.min(clip.envelope.length, span.to - span.from);
  return { from: span.from, to: span.to - steps, steps };
}

function beginningRange(clip: Known, sound: Fingerprint): Range {
  const to = Math.max(0, Math.min(LEAD_STEPS, sound.envelope.length - LEAD_STEPS));
  return { from: 0, to, steps: Math.min(clip.envelope.length, sound.envelope.length - to) };
}

/** The sentences whose loudness runs most like the sound's, best first, with the place (samples) where it does. */
function candidates(
  among: readonly Known[],
  sound: Fingerprint,
  rangeOf: (clip: Known, sound: Fingerprint) => Range,
): { sentence: Known; near: number }[] {
  return among
    .map((sentence) => ({ sentence, ...fitOf(sound, sentence, rangeOf(sentence, sound)) }))
    .filter((each) => each.score >= SHORTLIST_FROM)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, CANDIDATES)
    .map((each) => ({ sentence: each.sentence, near: each.step * STEP }));
}

function fitOf(sound: Fingerprint, sentence: Known, range: Range): { step: number; score: number } {
  return range.steps < FEWEST_STEPS ? { step: 0, score: -1 } : bestEnvelopeFit(sound, sentence, range);
}

function vocabulary(): Known[] {
  known ??= clips().map((each) => prepare(each.speaker, each.text));
  return known;
}

function prepare(speaker: Speaker, text: string): Known {
  const audio = voice(speaker, text);
  const print = fingerprint(audio);
  return { ...print, ...cutIntoBlocks(print.pcm), speaker, text, samples: audio.length };
}
