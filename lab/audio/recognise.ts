import { align, type Alignment, type Blocks, cutIntoBlocks } from "./alignment.ts";
import { clips, type Speaker } from "./clips.ts";
import { bestEnvelopeFit, energy, type Fingerprint, fingerprint, STEP } from "./fingerprint.ts";
import { findVerbatim, type Verbatim, verbatim } from "./verbatim.ts";
import { voice } from "./voice.ts";

/** A sentence that was understood: who said it, what, and where in the audio it begins. */
type Recognised = { speaker: Speaker; text: string; atMs: number; share: number };

/** Everything understood in one utterance, in the order it was said; `text` joins the sentences. */
export type Understood = { text: string; parts: readonly Recognised[] };

type Known = Fingerprint & Blocks & Verbatim & { speaker: Speaker; text: string; samples: number };

/** A clip counts as heard when this share of its energy was. */
const UNDERSTOOD_FROM = 0.8;
/** What was understood must make up this share of an utterance's energy; otherwise somebody else drowned it. */
const EXPLAINED_FROM = 0.6;
/** When this share arrived untouched there is nothing left to look for. */
const NEARLY_ALL = 0.98;
/** Envelope comparison keeps this many candidates for the exact one. */
const CANDIDATES = 6;
const SHORTLIST_FROM = 0.5;
/** The envelope finds a place to 10 ms; the exact comparison looks this many samples around it. */
const PLACE_TOLERANCE = 200;
/** Leading silence that is tolerated while a sentence is still being said: 600 ms. */
const LEAD_STEPS = 60;
/** The least audio that can hold a sentence: 250 ms. */
const FEWEST_STEPS = 25;

/** A beginning is clear after 700 ms: until then several sentences may sound the same. */
const CLEAR_FROM = 5600;
/** With the detector's padding before it, nothing is worth comparing sooner. */
const WORTH_COMPARING_FROM = 8000;

let known: Known[] | undefined;
let longestFirst: Known[] | undefined;

/** Makes a sentence hearable that has no recorded clip. Saying it again changes nothing. */
export function learn(speaker: Speaker, text: string): void {
  const all = vocabulary();
  if (all.some((each) => each.speaker === speaker && each.text === text)) return;
  all.push(prepare(speaker, text));
  longestFirst = undefined;
}

/**
 * What an utterance says, if it is one or several known sentences that arrived undamaged.
 * Silence around them, a different loudness and a lost frame are tolerated; shifted bytes, a wrong encoding, missing
 * or doubled frames and heavy clipping are not understood: `undefined`.
 * @param utterance headerless μ-law, 8 kHz
 */
export function recognise(utterance: Uint8Array): Understood | undefined {
  const sound = fingerprint(utterance);
  const total = energy(sound.pcm, 0, sound.pcm.length);
  const untouched = verbatimParts(sound, utterance);
  const parts = explainedBy(untouched) >= NEARLY_ALL * total ? untouched : comparedParts(sound);
  if (parts.length === 0 || explainedBy(parts) < EXPLAINED_FROM * total) return undefined;
  parts.sort((a, b) => a.atMs - b.atMs);
  return {
    text: parts.map((part) => part.text).join(" "),
    parts: parts.map(({ speaker, text, atMs, share }) => ({ speaker, text, atMs, share })),
  };
}

/** A sentence that is being said: which one, where it began (samples), and how many milliseconds of it were said. For live transcripts. */
export type Following = { text: string; startsAt: number; saidMs: number; lengthMs: number };

/**
 * Which known sentence an unfinished utterance is the beginning of; `undefined` until it is clear (about a second).
 * Give back the last answer as `hint`: as long as it fits, nothing is searched.
 */
export function recogniseBeginning(heardSoFar: Uint8Array, hint?: Following): Following | undefined {
  if (heardSoFar.length < WORTH_COMPARING_FROM) return undefined;
  const bytes = Buffer.from(heardSoFar.buffer, heardSoFar.byteOffset, heardSoFar.length);
  const hinted = hint && vocabulary().find((each) => each.text === hint.text);
  const untouched = verbatimBeginning(bytes, hinted);
  if (untouched) {
    const startsAt = findVerbatim(bytes, untouched) ?? 0;
    return bytes.length - startsAt < CLEAR_FROM ? undefined : following(untouched, bytes.length, startsAt);
  }
  const sound = fingerprint(heardSoFar);
  for (const { sentence, near } of candidates(hinted ? [hinted] : vocabulary(), sound, beginningRange)) {
    const found = align(sound, sentence, { near, tolerance: PLACE_TOLERANCE, until: sound.pcm.length });
    if (found.share >= UNDERSTOOD_FROM) return following(sentence, sound.pcm.length, found.startsAt);
  }
  return hinted ? recogniseBeginning(heardSoFar) : undefined;
}

function verbatimBeginning(bytes: Buffer, hinted: Known | undefined): Known | undefined {
  if (hinted && findVerbatim(bytes, hinted) !== undefined) return hinted;
  return byLength().find((sentence) => findVerbatim(bytes, sentence) !== undefined);
}

function following(sentence: Known, heard: number, startsAt: number): Following {
  const saidMs = Math.min(sentence.samples, heard - startsAt) / 8;
  return { text: sentence.text, startsAt, saidMs, lengthMs: sentence.samples / 8 };
}

/** The sentences that are there byte for byte, the longest first when they overlap. */
function verbatimParts(sound: Fingerprint, utterance: Uint8Array): Found[] {
  const bytes = Buffer.from(utterance.buffer, utterance.byteOffset, utterance.length);
  const parts: (Found & Span)[] = [];
  for (const sentence of byLength()) {
    const from = findVerbatim(bytes, sentence);
    const to = (from ?? 0) + sentence.samples;
    if (from === undefined || to > utterance.length || parts.some((part) => from < part.to && to > part.from)) continue;
    const { speaker, text } = sentence;
    parts.push({
      speaker,
      text,
      atMs: from / 8,
      share: 1,
      energy: energy(sound.pcm, from, sentence.samples),
      from,
      to,
    });
  }
  return parts;
}

function comparedParts(sound: Fingerprint): Found[] {
  const parts: Found[] = [];
  collect(sound, { from: 0, to: sound.envelope.length }, parts);
  return parts;
}

function explainedBy(parts: readonly Found[]): number {
  return parts.reduce((sum, part) => sum + part.energy, 0);
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

function byLength(): Known[] {
  longestFirst ??= vocabulary().toSorted((a, b) => b.samples - a.samples);
  return longestFirst;
}

function prepare(speaker: Speaker, text: string): Known {
  const audio = voice(speaker, text);
  const print = fingerprint(audio);
  return { ...print, ...cutIntoBlocks(print.pcm), ...verbatim(audio), speaker, text, samples: audio.length };
}
