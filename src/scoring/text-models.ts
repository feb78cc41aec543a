import type { PolicyIntent } from "../domain/closed-sets.ts";
import { hashedFeatures } from "./hashed-features.ts";
import type { Reading } from "./read-text.ts";
import { remembered } from "./remembered.ts";
import { CLASS_FEATURES, classFeatures } from "./word-classes.ts";

/** What the linear models look for; the order of their columns in the weights. */
export const HEADS = [
  "explicitRequest",
  "fraud",
  "cancellation",
  "billing-dispute",
  "annoyed",
  "impatient",
  "pleased",
  "confused",
  "afraid",
] as const;
export type Head = (typeof HEADS)[number];

/** Policy intents with enough examples for a model; the others are found by rules alone. */
export type ModelledIntent = Extract<PolicyIntent, "fraud" | "cancellation" | "billing-dispute">;

/** How a model's logit and a rule's finding make one logit: `bias + model · logit + rule · (0 or 1)`. */
export type Blend = { readonly bias: number; readonly model: number; readonly rule: number };

/** Parsed weights, read once at start by an edge and passed in as a value. */
export type TextModels = {
  /** log2 of the number of hashed features. */
  readonly bits: number;
  /** One row a feature, one column a head, in the order of `HEADS`: first hashed features, then classes of words. */
  readonly weights: Int8Array;
  /** What one step of a weight is worth, a head. */
  readonly steps: readonly number[];
  readonly biases: readonly number[];
  readonly blends: Readonly<Record<ModelledIntent, Blend>>;
};

export type Logits = Readonly<Record<Head, number>>;

/** How often a feature of word classes counts beside the hashed ones, of which a turn has many more. */
export const CLASS_TIMES = 2;

/** Rows of the weights. */
export const featureRows = (bits: number): number => 2 ** bits + CLASS_FEATURES;

/** "WLTM", then the header's length (32 bits, little endian), the header (JSON), the weights (8 bits each). */
const MAGIC = 0x4d544c57;
const PREFIX_BYTES = 8;

/** Reads a weights file. Undefined when it is not one, or was written for other heads: then use `rulesOnly` and say so. */
export function parseTextModels(bytes: Uint8Array): TextModels | undefined {
  if (bytes.length < PREFIX_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint32(4, true);
  if (view.getUint32(0, true) !== MAGIC || PREFIX_BYTES + headerBytes > bytes.length) return undefined;
  const header: unknown = JSON.parse(
    new TextDecoder().decode(bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + headerBytes)),
  );
  const from = bytes.byteOffset + PREFIX_BYTES + headerBytes;
  const weights = new Int8Array(bytes.buffer, from, bytes.byteLength - PREFIX_BYTES - headerBytes);
  if (!isHeader(header) || weights.length !== featureRows(header.bits) * HEADS.length) return undefined;
  return { ...header, weights };
}

type Header = Omit<TextModels, "weights">;

function isHeader(value: unknown): value is Header {
  if (typeof value !== "object" || value === null) return false;
  if (!("heads" in value && "bits" in value && "steps" in value && "biases" in value && "blends" in value))
    return false;
  return (
    Array.isArray(value.heads) &&
    value.heads.join() === HEADS.join() &&
    typeof value.bits === "number" &&
    Array.isArray(value.steps) &&
    value.steps.length === HEADS.length &&
    Array.isArray(value.biases) &&
    value.biases.length === HEADS.length &&
    typeof value.blends === "object"
  );
}

/** The other half of `parseTextModels`, used by training. */
export function formatTextModels(models: TextModels): Uint8Array {
  const { weights, ...header } = models;
  const json = new TextEncoder().encode(JSON.stringify({ heads: HEADS, ...header }));
  const bytes = new Uint8Array(PREFIX_BYTES + json.length + weights.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, json.length, true);
  bytes.set(json, PREFIX_BYTES);
  bytes.set(new Uint8Array(weights.buffer, weights.byteOffset, weights.length), PREFIX_BYTES + json.length);
  return bytes;
}

const rulesDecide: Blend = { bias: -2, model: 0, rule: 4 };

/** No weights: the rules decide alone. For tests, and for a gateway whose weights file is unreadable. */
export const rulesOnly: TextModels = {
  bits: 0,
  weights: new Int8Array(HEADS.length),
  steps: HEADS.map(() => 0),
  biases: HEADS.map(() => -2),
  blends: { fraud: rulesDecide, cancellation: rulesDecide, "billing-dispute": rulesDecide },
};

/** Every model's logit for a turn. One pass over the features serves all heads; word classes count for policy intents alone. */
export function logitsOf(reading: Reading, models: TextModels): Logits {
  const { count, sums: hashed } = wordsWith(models)(reading.plain);
  const classes = new Uint32Array(classFeatures(reading.spoken));
  const ofClasses = sumsOf(classes, models.weights, 2 ** models.bits);
  const root = Math.sqrt(Math.max(1, count));
  const rootOfAll = Math.sqrt(Math.max(1, count + CLASS_TIMES * classes.length));
  const scaled = (column: number, sum: number): number => sum * (models.steps[column] ?? 0);
  const words = (column: number): number => scaled(column, hashed[column] ?? 0) / root + (models.biases[column] ?? 0);
  const both = (column: number): number =>
    scaled(column, (hashed[column] ?? 0) + CLASS_TIMES * (ofClasses[column] ?? 0)) / rootOfAll +
    (models.biases[column] ?? 0);
  return {
    explicitRequest: words(0),
    fraud: both(1),
    cancellation: both(2),
    "billing-dispute": both(3),
    annoyed: words(4),
    impatient: words(5),
    pleased: words(6),
    confused: words(7),
    afraid: words(8),
  };
}

/** The features of a plain text: how many, and their weights added up, one sum a head. */
type Words = { readonly count: number; readonly sums: readonly number[] };

/** By models: a turn's words are added up for the turn itself, and again for the mood that is left of it in the next. */
const WORDS_WITH = new WeakMap<TextModels, (plain: string) => Words>();

function wordsWith(models: TextModels): (plain: string) => Words {
  const known = WORDS_WITH.get(models);
  if (known !== undefined) return known;
  const words = remembered((plain: string): Words => {
    const features = hashedFeatures(plain, models.bits);
    return { count: features.length, sums: sumsOf(features, models.weights, 0) };
  });
  WORDS_WITH.set(models, words);
  return words;
}

/**
 * The weights of features added up, one sum a head; `first` is the row of feature 0. Written out, since most of a turn's time
 * in the models is spent here: a loop over the nine columns takes two to three times as long.
 */
function sumsOf(features: Uint32Array, weights: Int8Array, first: number): readonly number[] {
  let [a, b, c, d, e, f, g, h, i] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (const feature of features) {
    const row = (first + feature) * HEADS.length;
    a += weights[row] ?? 0;
    b += weights[row + 1] ?? 0;
    c += weights[row + 2] ?? 0;
    d += weights[row + 3] ?? 0;
    e += weights[row + 4] ?? 0;
    f += weights[row + 5] ?? 0;
    g += weights[row + 6] ?? 0;
    h += weights[row + 7] ?? 0;
    i += weights[row + 8] ?? 0;
  }
  return [a, b, c, d, e, f, g, h, i];
}

export const probability = (logit: number): number => 1 / (1 + Math.exp(-logit));
