// Reads ../shared/data, which lies beside the project and is never copied into it.
import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const DATA = fileURLToPath(new URL("../../../shared/data/", import.meta.url));

export type Utterance = {
  readonly id: string;
  readonly text: string;
  readonly lang: string;
  readonly source: string;
  readonly licence: string;
  readonly ref?: string;
  readonly intent?: string;
  readonly human?: "yes" | "no" | "specialist" | "unclear";
  readonly kind?: string;
  readonly policy?: string;
};

export type Dialogue = {
  readonly id: string;
  readonly source: string;
  readonly lang?: string;
  readonly tasks?: readonly string[];
  readonly happy_path?: boolean;
  readonly user_annoyed?: boolean;
  readonly agent_helpful?: boolean;
  readonly task_done?: boolean;
  readonly agent_out_of_scope?: number;
  readonly transferred?: boolean;
  readonly turns: readonly { readonly speaker: string; readonly text: string; readonly act?: string }[];
};

export type RatedDialogue = {
  readonly id: string;
  readonly source: string;
  readonly turns: readonly {
    readonly speaker: string;
    readonly text: string;
    readonly ratings?: readonly number[];
  }[];
};

export type Emotion = {
  readonly id: string;
  readonly text: string;
  readonly labels: readonly string[];
  readonly source: string;
};

async function lines<T>(file: string): Promise<readonly T[]> {
  const path = DATA + file;
  if (!existsSync(path))
    throw new Error(`${file} is not in ../shared/data (looked in ${DATA}); evaluation and training need that folder`);
  const rows: T[] = [];
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity }))
    if (line.trim() !== "") rows.push(JSON.parse(line) as T);
  return rows;
}

export const utterances = (): Promise<readonly Utterance[]> => lines("utterances.jsonl");
export const dialogues = (): Promise<readonly Dialogue[]> => lines("dialogues.jsonl");
export const ratedDialogues = (): Promise<readonly RatedDialogue[]> => lines("satisfaction.jsonl");
export const emotions = (): Promise<readonly Emotion[]> => lines("emotion.jsonl");

/** Share-alike, GPL and unlicensed rows serve evaluation only (../shared/data/README.md, "Licence notes"). */
const PERMISSIVE = [/^MIT$/, /^Apache-2\.0$/, /^BSD-/, /^CC-BY-\d/, /^CDLA-Permissive-/, /^CC0/, /^public-domain/];

/** May weights that ship be trained on a row under this licence? */
export const mayTrainOn = (licence: string): boolean => PERMISSIVE.some((allowed) => allowed.test(licence));
