// The rows each head is trained on: the build part of rows whose licence allows it, and sentences written here.
import { hashedFeatures } from "../../src/scoring/hashed-features.ts";
import { plainText, readText } from "../../src/scoring/read-text.ts";
import { CLASS_TIMES, type Head, type ModelledIntent } from "../../src/scoring/text-models.ts";
import { classFeatures } from "../../src/scoring/word-classes.ts";
import { authored, authoredBilling, slipped } from "./authored.ts";
import { dialogues, emotions, mayTrainOn, utterances, type Utterance } from "./corpus.ts";
import { asksLabel, EMOTION_HEADS, emotionLabel, intentLabel } from "./labels.ts";
import { defaults, type Example, random, type Settings } from "./logistic.ts";
import { type Part, partOf, split } from "./split.ts";

export type Row = {
  readonly row: Utterance;
  readonly part: Part;
  readonly features: Uint32Array;
  /** With the classes of words, for the heads of policy intents. */
  readonly intentFeatures: Uint32Array;
  readonly labels: Readonly<Partial<Record<ModelledIntent, 0 | 1>>>;
};

export type BuildPart = {
  readonly utterances: readonly Row[];
  readonly emotions: readonly { readonly features: Uint32Array; readonly labels: Readonly<Record<string, 0 | 1>> }[];
  /** Caller turns of STAR conversations and whether the conversation's caller became annoyed. */
  readonly annoyed: readonly Example[];
  readonly authored: readonly Example[];
  readonly authoredBilling: readonly Example[];
};

/** Sentences put together from parts repeat themselves: each counts less than one that somebody said. */
const AUTHORED_WEIGHT = 0.3;
/** Of disputed bills there are more real examples. */
const AUTHORED_BILLING_WEIGHT = 0.1;

const features = (text: string): Uint32Array => hashedFeatures(plainText(text), defaults.bits);

/** Hashed features and, behind them, those of word classes, as often as they count. */
export function intentFeatures(text: string, language: string): Uint32Array {
  const classes = classFeatures(readText(text, language).spoken).map((feature) => feature + 2 ** defaults.bits);
  return Uint32Array.from([...features(text), ...Array.from({ length: CLASS_TIMES }, () => classes).flat()]);
}

/** Everything training may see. */
export async function buildPart(): Promise<BuildPart> {
  const rows = await utterances();
  const parts = split(rows, (row) => ({ source: row.source, text: row.text }));
  return {
    utterances: rows.flatMap((row, i) => {
      const part = parts[i] as Part;
      if (part.test || !mayTrainOn(row.licence)) return [];
      return [
        {
          row,
          part,
          features: features(row.text),
          intentFeatures: intentFeatures(row.text, row.lang),
          labels: labelsOf(row),
        },
      ];
    }),
    emotions: (await emotions())
      .filter((row) => !partOf(row.source, row.id).test)
      .map((row) => ({
        features: features(row.text),
        labels: Object.fromEntries(EMOTION_HEADS.map((head) => [head, emotionLabel(row, head)])),
      })),
    annoyed: await annoyedTurns(),
    authored: authored().map((one) => ({
      features: features(one.text),
      label: one.asks ? 1 : 0,
      weight: AUTHORED_WEIGHT,
    })),
    authoredBilling: authoredBilling().map((one) => ({
      features: intentFeatures(one.text, one.lang),
      label: one.asks ? 1 : 0,
      weight: AUTHORED_BILLING_WEIGHT,
    })),
  };
}

function labelsOf(row: Utterance): Row["labels"] {
  const intents: readonly ModelledIntent[] = ["fraud", "cancellation", "billing-dispute"];
  return Object.fromEntries(
    intents.flatMap((intent) => {
      const label = intentLabel(row, intent);
      return label === undefined ? [] : [[intent, label]];
    }),
  );
}

/** Few conversations are annoyed ones. */
const ANNOYED_WEIGHT = 5;

async function annoyedTurns(): Promise<readonly Example[]> {
  const star = (await dialogues()).filter((one) => one.source === "star" && one.user_annoyed !== undefined);
  return star
    .filter((one) => !partOf(one.source, one.id).test)
    .flatMap((one) => {
      const turns = one.turns.filter((turn) => turn.speaker === "user");
      const weight = (one.user_annoyed === true ? ANNOYED_WEIGHT : 1) / Math.sqrt(turns.length);
      return turns.map((turn) => ({ features: features(turn.text), label: one.user_annoyed === true ? 1 : 0, weight }));
    });
}

export type Task = { readonly examples: readonly Example[]; readonly settings: Partial<Settings> };

/** Chatter without any request, one text in so many. */
const CHATTER_STEP = 6;

export function examplesOf(build: BuildPart, head: Head): Task {
  switch (head) {
    case "explicitRequest":
      return { examples: requestExamples(build), settings: { epochs: 6 } };
    case "fraud":
      return { examples: intentExamples(build, head), settings: { l2: 1e-5, rate: 0.3, epochs: 12 } };
    case "cancellation":
      return { examples: intentExamples(build, head), settings: {} };
    case "billing-dispute":
      return { examples: [...build.authoredBilling, ...intentExamples(build, head)], settings: {} };
    case "impatient":
      return { examples: build.annoyed, settings: { l2: 3e-5, epochs: 4, rate: 0.3 } };
    case "annoyed":
    case "pleased":
    case "confused":
    case "afraid":
      return {
        examples: build.emotions.map((row) => ({ features: row.features, label: row.labels[head] ?? 0, weight: 1 })),
        settings: { epochs: 5 },
      };
    default:
      return head satisfies never;
  }
}

function requestExamples(build: BuildPart): readonly Example[] {
  const real = build.utterances.flatMap(({ row, features: own }) => {
    const label = asksLabel(row);
    if (label === undefined) return [];
    const telling = label === 1 || row.kind !== "plain";
    const said = { features: own, label, weight: telling ? 2 : 1 };
    return telling ? [said, ...copies(row.text, label)] : [said];
  });
  const chatter = build.emotions
    .filter((_, i) => i % CHATTER_STEP === 0)
    .map((row) => ({ features: row.features, label: 0, weight: 1 }));
  return [...build.authored, ...chatter, ...real];
}

/** The same with slips of finger or recogniser, so that what is misspelled is known by what is left of it. */
function copies(text: string, label: 0 | 1): readonly Example[] {
  const next = random(text.length);
  return Array.from({ length: SLIPPED_COPIES }, () => ({
    features: features(slipped(text, next)),
    label,
    weight: SLIPPED_WEIGHT,
  }));
}

const SLIPPED_COPIES = 2;
const SLIPPED_WEIGHT = 0.5;

function intentExamples(build: BuildPart, intent: ModelledIntent): readonly Example[] {
  return build.utterances.flatMap((row) => {
    const label = row.labels[intent];
    return label === undefined ? [] : [{ features: row.intentFeatures, label, weight: 1 }];
  });
}
