import type { PolicyIntent, Priority } from "../domain/closed-sets.ts";
import type { Phrases } from "../scoring/phrase-book.ts";
import type { Dimension } from "../scoring/self-evaluation.ts";

/** What happens when a policy intent is recognised. */
export type IntentRule = {
  /** False: recognised and shown in the packet, but no reason to escalate by itself. */
  readonly escalate: boolean;
  /** Recognised at this probability or above. */
  readonly threshold: number;
  /** The caller is handed to this queue; absent: the number's own. */
  readonly queue?: string | undefined;
  readonly priority?: Priority | undefined;
  /** Danger to life: the configured emergency line is said at once, and no callback is offered. */
  readonly emergency?: boolean | undefined;
};

/** When to escalate. Durations in milliseconds, probabilities and shares from 0 to 1, counts from 1. */
export type EscalationPolicy = {
  /** Which version of `config/triggers.yaml` decided: stored with every decision. */
  readonly revision: string;
  readonly explicitRequest: { readonly threshold: number };
  readonly sentiment: {
    /** Frustration now, words and voice together, that counts as high. */
    readonly level: number;
    /** Least rise over the caller's own baseline. */
    readonly rise: number;
    /** Least slope per caller turn over the window (Theil–Sen). */
    readonly slope: number;
    /** Caller turns looked at, newest last. */
    readonly window: number;
    /** Caller turns before which nothing is said about a trend. */
    readonly minTurns: number;
  };
  readonly distress: { readonly threshold: number };
  readonly confusion: { readonly threshold: number; readonly turns: number };
  readonly confidence: {
    readonly floor: number;
    /** Floors of single intents, by the intent's name. */
    readonly floors: Readonly<Record<string, number>>;
    readonly weights: Readonly<Record<Dimension, number>>;
    /** Evaluations below the floor in one intent that make escalation mandatory; one re-grounding try comes before. */
    readonly failedEvaluations: number;
  };
  readonly policyIntents: Readonly<Record<PolicyIntent, IntentRule>>;
  /** Intents an admin added; they fire on their phrases. */
  readonly customIntents: Readonly<Record<string, Omit<IntentRule, "threshold" | "escalate">>>;
  readonly failedTurns: { readonly limit: number };
  readonly silence: { readonly longMs: number; readonly limit: number };
  readonly toolFailures: { readonly limit: number };
  readonly assistantFailures: { readonly limit: number };
  readonly contextLimit: { readonly share: number };
  readonly longConversation: { readonly callerTurns: number; readonly ms: number };
  readonly preAlert: { readonly risk: number };
  /** After a decline no other soft trigger is raised for this long. */
  readonly decline: { readonly coolDownMs: number };
};

/** What ships. `config/triggers.yaml` says the same and may change each value. */
export const defaultPolicy: EscalationPolicy = {
  revision: "default",
  explicitRequest: { threshold: 0.5 },
  sentiment: { level: 0.6, rise: 0.25, slope: 0.05, window: 6, minTurns: 3 },
  distress: { threshold: 0.7 },
  confusion: { threshold: 0.6, turns: 3 },
  confidence: {
    floor: 0.6,
    floors: {},
    weights: {
      groundedness: 3,
      factualAccuracy: 3,
      policyCompliance: 2,
      relevance: 1,
      completeness: 1,
      tone: 0.5,
      certainty: 1.5,
    },
    failedEvaluations: 2,
  },
  policyIntents: {
    fraud: { escalate: true, threshold: 0.5, priority: "high" },
    "identity-theft": { escalate: true, threshold: 0.5, priority: "high" },
    cancellation: { escalate: true, threshold: 0.5 },
    hardship: { escalate: true, threshold: 0.5 },
    "legal-threat": { escalate: true, threshold: 0.5, priority: "high" },
    regulator: { escalate: true, threshold: 0.5, priority: "high" },
    "self-harm": { escalate: true, threshold: 0.5, priority: "urgent", emergency: true },
    "billing-dispute": { escalate: false, threshold: 0.5 },
  },
  customIntents: {},
  failedTurns: { limit: 3 },
  silence: { longMs: 8_000, limit: 2 },
  toolFailures: { limit: 2 },
  assistantFailures: { limit: 1 },
  contextLimit: { share: 0.9 },
  longConversation: { callerTurns: 40, ms: 900_000 },
  preAlert: { risk: 0.65 },
  decline: { coolDownMs: 60_000 },
};

/** What an admin's `triggers.yaml` says, as parsed; a superset of the policy. */
export type TriggerSettings = Omit<EscalationPolicy, "customIntents"> & {
  readonly languages: readonly string[];
  readonly phrases: { readonly asks: readonly string[]; readonly asksNot: readonly string[] };
  readonly customIntents: Readonly<
    Record<
      string,
      {
        readonly phrases: readonly string[];
        readonly queue?: string | undefined;
        readonly priority?: Priority | undefined;
      }
    >
  >;
};

/**
 * The tag that decides where a caller's words do not show their language: the call's own (BCP 47) when its language is among
 * those configured, else "und": then the rules of every language are tried.
 */
export function readAs(languages: readonly string[], tag: string): string {
  const [primary = ""] = tag.toLowerCase().split("-");
  return languages.includes(primary) ? tag : "und";
}

/** All phrases an admin wrote, for `compilePhrases`. */
export const phrasesOf = (settings: TriggerSettings): Phrases => ({
  ...settings.phrases,
  intents: Object.fromEntries(Object.entries(settings.customIntents).map(([intent, { phrases }]) => [intent, phrases])),
});
