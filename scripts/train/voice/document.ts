// docs/voice.md: what a reader must know, and the figures.
import type { ConditionFigures, Figures } from "./figures.ts";
import type { Interval } from "./statistics.ts";

const three = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : "none");
const interval = ({ value, low, high }: Interval): string => `${three(value)} (${three(low)}–${three(high)})`;
const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;
const percents = ({ value, low, high }: Interval): string => `${percent(value)} (${percent(low)}–${percent(high)})`;

type Column = readonly [heading: string, cell: (figures: ConditionFigures) => string];

function table(rows: readonly ConditionFigures[], columns: readonly Column[]): string {
  const lines = [
    ["condition", ...columns.map(([heading]) => heading)],
    ["---", ...columns.map(() => "---")],
    ...rows.map((row) => [row.condition, ...columns.map(([, cell]) => cell(row))]),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** The whole page. */
export function voiceDocument(figures: Figures): string {
  return `${WHAT_IT_IS}\n${measuredPart(figures)}\n${WEAKNESSES}`;
}

const WHAT_IT_IS = `# What is heard in a caller's voice

Written by \`node scripts/train/voice-report.ts\`; change the script, not this page.

While a caller's audio passes, the node that holds their socket measures how they speak and compares each turn with the
same caller's first seconds. The result is a handful of cues: arousal, vocal effort up, pitch up, pauses, interruptions,
silences, sobbing-like sounds.

## Cues, not labels

- The cues measure **arousal**. Joy, haste, a noisy street and a hard-of-hearing relative raise a voice as anger does;
  below, anger and joy can hardly be told apart. About one speaker in four goes *down* in pitch under stress.
- So the voice **alone never labels, routes or records a person as angry**. It strengthens what the words say
  (\`combinedFrustration\`), may raise a priority or prompt a check, and agents see "vocal effort up", "pitch up".
- \`angerLike\` and \`distressLike\` are names of cue patterns inside the scoring. They are not to be stored with a
  caller, shown to an agent, or exported.
- \`crying\` has not been validated on anybody crying. It cannot exceed 0.65, which is below the distress threshold that ships.
  Beside words the two count as independent signs, 1 − (1 − words)(1 − voice): of plain turns on the build part of the texts 1.3 % hold
  words (0.15) that sobbing at its fullest would lift over that threshold, of sentences to a counsellor 18 %. Long silences (4 s and
  more, in full at 8 s) add up to 0.2 to that, and only beside such words or sobbing.
- Speaking over the assistant counts as a tenth of what is left of calm, twice at most; nobody is escalated for interrupting.
- Audio is not kept: the meter holds the last 50 ms for its filters, and numbers for the current turn (60 s at most).
- Emotion inference about people is regulated in some places. Have it reviewed before using the cues for anything but
  getting the caller to a person sooner.

## How

8 kHz μ-law, in steps of 10 ms: level of 20 ms in dBFS; energy above against below 1 kHz (tilt); sign changes; in every
second step of speech the pitch, by YIN on the band below 1 kHz, coarse then fine, so the fundamental may be missing.
Speech is 10 dB above the background (10th percentile of 5 s, frozen while our own audio plays, 18 dB then) and above
-55 dBFS. Syllables are level peaks 1 dB above both dips. A turn that is hiss or a steady tone is not judged.

The **baseline** is the median and 1.4826 × MAD of each cue over the caller's first 20 s of speech, in stretches of 2 s.
Under 3 s the caller is compared with people in general only (high *and* loud, and never above 0.6), from 3 to 10 s with the
baseline at half weight, then in full. From 3 s on a raised turn is not learned; after 20 s the baseline follows a calm
caller with a time constant of 60 s. A caller who was loud from "hello" is therefore not rising.

Each **deviation** is (turn − median) / max(spread, floor), floors 1.5 semitones, 1 dB tilt, 3 dB level, 0.7 syllables a
second, cut at ±4. Arousal is a logistic of 0.45 pitch + 0.35 tilt + 0.10 level + 0.10 rate: 0.5 between the limits of the
hysteresis (on 1.5, off 0.8). Level is left out when the background moved with it by more than 4 dB (automatic gain). Turns
are smoothed over three (0.6, 0.25, 0.15, newest first).

**Nothing is fitted to the speech below.** The weights come from the separations measured on other speakers in another
language (nEMO, Polish: *d* of anger 1.28 for pitch, 1.09 for tilt, 0.40 for level, 0.42 for rate), level and rate lowered
because telephones level and short turns do not show a rate. Two choices were made while looking at these clips: the
voicing threshold of YIN, 0.25 instead of 0.2, for the noisy condition (clean conditions changed by less than 0.003), and that
from 3 s on (not 10 s) a raised turn is not learned, which only the table of whole calls depends on.
`;

function measuredPart(figures: Figures): string {
  return [
    material(figures),
    angerPart(figures),
    weightsPart(figures),
    cuesPart(figures),
    turnsPart(figures),
    callsPart(figures),
    alarmsPart(figures),
  ].join("\n");
}

function material({ clips, speakers, sources }: Figures): string {
  return `## Measured

${sources.join(", ")}: ${clips} clips by ${speakers} speakers, none of whom was trained on (EmoDB: German actors, clips of at most 2 s, CC0).
AUC with 95 % interval from 2,000 seeded resamples of *speakers*, since clips of one speaker are alike; with ${speakers} speakers the
interval is only a guide. Conditions: as recorded (EmoDB's clips seem to have had their peaks made equal: loudness says nothing or the
reverse); through a 300–3,400 Hz phone band; the same with every clip at the same level; the same with white noise 15 dB below the voice.
`;
}

function angerPart({ conditions }: Figures): string {
  return `### Anger against neutral

${table(conditions, [
  ["own neutral clips", (f) => interval(f.anger)],
  ["worst speaker", (f) => `${three(f.worst.value)} (${f.worst.speaker})`],
  ["first 3 s only", (f) => interval(f.angerFirstSeconds)],
  ["caller unknown", (f) => interval(f.angerUnknownCaller)],
])}

"Own neutral clips": against all neutral clips of the speaker but the one judged. "First 3 s only": neutral clips until 3 s of
speech are known, all others are judged as the next turn; twenty seeded orders. "Caller unknown": no baseline; only voices
far from everybody's show, by design. The target was 0.88.
`;
}

function weightsPart({ conditions, fitted }: Figures): string {
  return `### The starting weights of the fact sheet (§8.4) beside ours

${table(conditions, [
  ["ours", (f) => interval(f.anger)],
  ["0.40 / 0.25 / 0.20 / 0.15", (f) => interval(f.angerStartingWeights)],
  ["ours, first 3 s", (f) => interval(f.angerFirstSeconds)],
  ["§8.4, first 3 s", (f) => interval(f.angerStartingFirstSeconds)],
])}

Weights fitted leave-one-speaker-out, for comparison only (as recorded): ${interval(fitted)}. Fitting adds nothing worth having.
`;
}

function cuesPart({ conditions }: Figures): string {
  return `### Single cues, anger against neutral, and what the cues cannot tell

${table(conditions, [
  ["pitch", (f) => three(f.cues.pitch)],
  ["tilt", (f) => three(f.cues.tilt)],
  ["level", (f) => three(f.cues.loudness)],
  ["rate", (f) => three(f.cues.rate)],
  ["aroused (anger, joy) against calm (neutral, sad)", (f) => interval(f.aroused)],
  ["`angerLike`: anger against neutral", (f) => interval(f.angerLike)],
  ["`angerLike`: anger against joy", (f) => interval(f.angerAgainstJoy)],
])}

The last column is the reason for "cues, not labels".
`;
}

function turnsPart({ conditions }: Figures): string {
  const emotions = conditions[0]?.above ?? [];
  return `### Turns with arousal above 0.5 (own neutral clips)

${table(
  conditions,
  emotions.map(({ emotion, of }, i): Column => {
    const cell = (f: ConditionFigures): string => {
      const found = f.above[i];
      return found === undefined ? "none" : percents(found.share);
    };
    return [`${emotion} (${of})`, cell];
  }),
)}
`;
}

function callsPart({ conditions }: Figures): string {
  return `### Whole calls

All neutral clips of a speaker in a seeded order, then all angry ones, turn by turn through smoothing, hysteresis and a baseline
that learns as it goes (twenty orders a speaker). At 5 to 12 s of neutral speech most of these baselines are still at half weight.

${table(conditions, [
  ["calls", (f) => String(f.calls.calls)],
  ["falsely raised while neutral", (f) => String(f.calls.falselyRaised)],
  ["raised at the 1st angry turn", (f) => percent((f.calls.raisedIn[0] ?? 0) / f.calls.calls)],
  ["by the 2nd", (f) => percent((f.calls.raisedIn[1] ?? 0) / f.calls.calls)],
  ["by the 3rd", (f) => percent((f.calls.raisedIn[2] ?? 0) / f.calls.calls)],
  ["by the 5th", (f) => percent((f.calls.raisedIn[3] ?? 0) / f.calls.calls)],
  ["never", (f) => percent(f.calls.never / f.calls.calls)],
])}
`;
}

function alarmsPart({ clips, conditions, calmOnly }: Figures): string {
  const { turns, compared, above, crying } = calmOnly;
  return `### False alarms elsewhere

Calm speakers only (English digits of FSDD, CC-BY-SA, evaluation only), two clips a turn against the speaker's others: ${above} of ${turns}
turns above 0.5 (${compared} of them had the 3 s that make a baseline). \`crying\` above 0: ${conditions.map((f) => f.crying).join(", ")} of the ${clips} clips above in the
four conditions, ${crying} of ${turns} here.
`;
}

const WEAKNESSES = `## Weak spots

- Actors overact, and EmoDB is easy: the same recipe measured 0.85 to 0.88 on nEMO with one speaker in nine at chance. Expect
  that, or less, on real calls. No real telephone anger was available to measure.
- The level cue is untested: EmoDB's levels seem to have been made equal. It has little weight for that reason.
- Nobody cries in the data: \`crying\` is tested on synthetic sobs and for false alarms only.
- The rate of two seconds of speech is hardly better than chance; over a call, words of the transcript a second are better.
- A caller whose first 3 s are unlike them (whispered, half asleep) is compared with that until calmer speech is learned.
- Automatic gain that works within a turn, faster than the background shows, is not noticed.
- Voices above 500 Hz and below 60 Hz get no pitch or that of an octave away; children may.
- Speech behind loud music or a second voice on the line is measured with the caller's.

## Cost

\`node scripts/bench/voice.ts\` prints CPU time for a second of speech, as a multiple of decoding the same frames in the same run.
The limit is 1 ms; the same lines are printed by \`npm run bench -- voice\`.
`;
