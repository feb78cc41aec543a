import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type PolicyIntent, PRIORITIES } from "../domain/closed-sets.ts";
import { readSource } from "./yaml-source.ts";

const share = z.number().min(0, "expected a share from 0 to 1").max(1, "expected a share from 0 to 1");
const times = z.int("expected a whole number").min(1, "expected 1 or more").max(1_000, "expected at most 1000");
const milliseconds = z.int("expected whole milliseconds").min(0).max(86_400_000, "expected at most a day, 86400000");
const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/, "names are lower-case letters, digits and hyphens");
const phrase = z.string().trim().min(2, "a phrase of one letter would match everywhere").max(200);
const phrases = z.array(phrase).max(500, "at most 500 phrases");

const target = {
  queue: name.optional().describe("A queue of routing.yaml; without it the number's own."),
  priority: z.enum(PRIORITIES).optional().describe("Of the escalation; without it medium."),
};

const intent = (own: { escalate: boolean; priority?: "high" | "urgent"; emergency?: boolean }) =>
  z
    .strictObject({
      escalate: z.boolean().default(own.escalate).describe("False: shown to the agent, but no reason to escalate."),
      threshold: share.default(0.5).describe("Recognised at this probability or above."),
      queue: target.queue,
      priority: own.priority === undefined ? target.priority : target.priority.default(own.priority),
      emergency: (own.emergency === true ? z.boolean().default(true) : z.boolean().optional()).describe(
        "Danger to life: the emergency line of messages/ is said at once and no callback is offered.",
      ),
    })
    .prefault({});

const weight = (own: number) => z.number().min(0).max(100).default(own);

/** `config/triggers.yaml`. Every value has a default, so that a file may say only what differs. */
export const triggersSchema = z.strictObject({
  languages: z
    .array(name)
    .min(1, "name at least one language")
    .default(["en", "es", "fr", "de", "pt", "it", "pl", "zh"])
    .describe(
      "Expected of a call where the caller's words do not show their language; in a call of another one, every rule is tried.",
    ),
  phrases: z
    .strictObject({
      asks: phrases.default([]).describe("Count as asking for a person, in addition to what ships."),
      asksNot: phrases.default([]).describe("Never count as asking for a person."),
    })
    .prefault({}),
  explicitRequest: z.strictObject({ threshold: share.default(0.5) }).prefault({}),
  sentiment: z
    .strictObject({
      level: share.default(0.6).describe("Frustration now, words and voice together."),
      rise: share.default(0.25).describe("Over the caller's own first turns."),
      slope: share.default(0.05).describe("Per caller turn over the window."),
      window: times.default(6).describe("Caller turns looked at."),
      minTurns: times.default(3).describe("Caller turns before which no trend is seen."),
    })
    .prefault({}),
  distress: z.strictObject({ threshold: share.default(0.7) }).prefault({}),
  confusion: z.strictObject({ threshold: share.default(0.6), turns: times.default(3) }).prefault({}),
  confidence: z
    .strictObject({
      floor: share.default(0.6).describe("For intents that are not listed under `floors`."),
      floors: z.record(z.string().min(1), share).default({}).describe("By the name of the intent."),
      weights: z
        .strictObject({
          groundedness: weight(3),
          factualAccuracy: weight(3),
          policyCompliance: weight(2),
          relevance: weight(1),
          completeness: weight(1),
          tone: weight(0.5),
          certainty: weight(1.5),
        })
        .prefault({})
        .describe("Of the seven dimensions in the composite; 0 leaves one out."),
      failedEvaluations: times.default(2).describe("Answers below the floor that end the trying."),
    })
    .prefault({}),
  policyIntents: z
    .strictObject({
      fraud: intent({ escalate: true, priority: "high" }),
      "identity-theft": intent({ escalate: true, priority: "high" }),
      cancellation: intent({ escalate: true }),
      hardship: intent({ escalate: true }),
      "legal-threat": intent({ escalate: true, priority: "high" }),
      regulator: intent({ escalate: true, priority: "high" }),
      "self-harm": intent({ escalate: true, priority: "urgent", emergency: true }),
      "billing-dispute": intent({ escalate: false }),
    } satisfies Record<PolicyIntent, z.ZodType>)
    .prefault({}),
  customIntents: z
    .record(name, z.strictObject({ phrases: phrases.min(1, "an intent needs at least one phrase"), ...target }))
    .default({})
    .describe("Your own intents: they escalate when one of their phrases occurs."),
  failedTurns: z.strictObject({ limit: times.default(3) }).prefault({}),
  silence: z.strictObject({ longMs: milliseconds.default(8_000), limit: times.default(2) }).prefault({}),
  toolFailures: z.strictObject({ limit: times.default(2) }).prefault({}),
  assistantFailures: z.strictObject({ limit: times.default(1) }).prefault({}),
  contextLimit: z.strictObject({ share: share.default(0.9) }).prefault({}),
  longConversation: z.strictObject({ callerTurns: times.default(40), ms: milliseconds.default(900_000) }).prefault({}),
  preAlert: z.strictObject({ risk: share.default(0.65) }).prefault({}),
  decline: z.strictObject({ coolDownMs: milliseconds.default(60_000) }).prefault({}),
});

export type Triggers = z.output<typeof triggersSchema> & {
  /** Hash of the file's text: stored with every decision. */
  readonly revision: string;
};

export type TriggersAnswer =
  | { readonly ok: true; readonly triggers: Triggers }
  | { readonly ok: false; readonly problems: readonly string[] };

const FILE = "triggers.yaml";
const REVISION_LETTERS = 16;

/** Parses and checks the text of `triggers.yaml`. Every problem names file, line and remedy. */
export function parseTriggers(text: string): TriggersAnswer {
  // An empty file is a file that changes nothing.
  const answer = readSource(FILE, text.trim() === "" ? "{}" : text, triggersSchema);
  if (!answer.ok) return answer;
  const revision = createHash("sha256").update(text).digest("hex").slice(0, REVISION_LETTERS);
  return { ok: true, triggers: { ...answer.source.value, revision } };
}

/** Reads `triggers.yaml` under `dir`. A missing file is a problem: nobody should believe in limits that are not there. */
export async function loadTriggers(dir: string): Promise<TriggersAnswer> {
  try {
    return parseTriggers(await readFile(join(dir, FILE), "utf8"));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    return { ok: false, problems: [`${FILE}: missing in ${dir}; the repository's config/${FILE} is a start`] };
  }
}
