import type { Trigger } from "../domain/closed-sets.ts";

/** Everything the agent needs to know, built before their phone rings. Field names are contract §8; times are ISO 8601. */
export type Packet = {
  readonly escalationId: string;
  readonly callId: string;
  readonly version: number;
  readonly createdAt: string;
  readonly caller: {
    readonly ani: string;
    readonly name?: string;
    readonly customerId?: string;
    readonly verification: readonly { readonly method: string; readonly result: string; readonly at: string }[];
  };
  readonly language: string;
  readonly intent: { readonly name: string; readonly summary: string };
  readonly trigger: {
    readonly kind: Trigger;
    readonly because: string;
    readonly evidence: readonly number[];
    readonly confidence?: number;
    readonly floor?: number;
  };
  readonly entities: Readonly<Record<string, string | readonly string[]>>;
  readonly attempts: readonly {
    readonly action: string;
    readonly input?: unknown;
    readonly result: string;
    readonly at: string;
  }[];
  readonly writes: readonly { readonly action: string; readonly result: string; readonly at: string }[];
  readonly sources: readonly { readonly title: string; readonly ref: string; readonly at: string }[];
  readonly sentiment: {
    readonly now: number;
    readonly baseline: number;
    readonly slope: number;
    readonly series: readonly { readonly turn: number; readonly value: number }[];
  };
  readonly suggestedNextAction: string;
  readonly transcript: readonly { readonly role: string; readonly text: string; readonly at: string }[];
  readonly history: readonly {
    readonly escalationId: string;
    readonly at: string;
    readonly outcome: string;
    readonly team?: string;
  }[];
  readonly hops: readonly { readonly from: string; readonly to: string; readonly note: string; readonly at: string }[];
  readonly missing: readonly { readonly field: string; readonly why: string }[];
  /** Share of the ten required fields that are filled or validly empty, 0 to 1. */
  readonly completeness: number;
};
