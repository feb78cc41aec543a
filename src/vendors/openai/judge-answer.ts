import { z } from "zod";
import type { Judged } from "../../ports/judge.ts";
import type { Dimension } from "../../scoring/self-evaluation.ts";

const score = z.number().min(0).max(1);

/** What the model fills in. Structured outputs know no optional keys: what may be absent is null. */
export const judgementSchema = z.object({
  replyIsAnswer: z.boolean(),
  groundedness: score,
  factualAccuracy: score,
  policyCompliance: score,
  relevance: score,
  completeness: score,
  tone: score,
  certainty: score,
  intent: z.string().nullable(),
  resolved: z.boolean(),
  summary: z.string().nullable(),
  entities: z.array(z.object({ name: z.string(), value: z.string() })).nullable(),
  suggestedNextAction: z.string().nullable(),
});

const SENTENCE_MAX = 200;
const ENTITIES_MAX = 12;
const NAME_MAX = 40;
const VALUE_MAX = 80;

/** The model's words in ours, cut to what a screen and a whisper can hold. `redact`: a model may read a number back. */
export function judgedFrom(answer: z.output<typeof judgementSchema>, redact: (text: string) => string): Judged {
  const plain = (text: string | null, most: number): string | undefined => {
    const clean = redact((text ?? "").replaceAll(/[\p{C}\s]+/gu, " ").trim()).slice(0, most);
    return clean === "" ? undefined : clean;
  };
  const intent = intentName(answer.intent);
  const summary = plain(answer.summary, SENTENCE_MAX);
  const next = plain(answer.suggestedNextAction, SENTENCE_MAX);
  const entities = (answer.entities ?? []).slice(0, ENTITIES_MAX).flatMap(({ name, value }) => {
    const key = entityName(name);
    const said = plain(value, VALUE_MAX);
    return key === undefined || said === undefined ? [] : [[key, said] as const];
  });
  return {
    resolved: answer.resolved,
    entities: Object.fromEntries(entities),
    ...(answer.replyIsAnswer && { scores: scoresOf(answer) }),
    ...(intent !== undefined && { intent }),
    ...(summary !== undefined && { summary }),
    ...(next !== undefined && { suggestedNextAction: next }),
  };
}

function scoresOf(answer: z.output<typeof judgementSchema>): NonNullable<Judged["scores"]> {
  const { groundedness, factualAccuracy, policyCompliance, relevance, completeness, tone, certainty } = answer;
  const scores = { groundedness, factualAccuracy, policyCompliance, relevance, completeness, tone, certainty };
  return scores satisfies Record<Dimension, number>;
}

/** One spelling for one matter: `Billing Dispute` and `billing-dispute` are the same intent. */
function intentName(raw: string | null): string | undefined {
  const name = (raw ?? "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-+|-+$/gu, "")
    .slice(0, NAME_MAX);
  return name === "" || name === "unknown" || name === "none" ? undefined : name;
}

/** A key of the packet's `entities`; never one that means something to JavaScript. */
function entityName(raw: string): string | undefined {
  const name = raw
    .replaceAll(/[^\p{L}\p{N} _-]+/gu, "")
    .trim()
    .slice(0, NAME_MAX);
  return name === "" || name.startsWith("__") ? undefined : name;
}
