// One call's case on the real core and runtime with stores in memory: what the benches of streamed and of hosted assistants
// stand on. Who is reserved, and what becomes of the other effects, is theirs.

import { AgentId, type CallId, LegId, NodeId, OfferId, QueueId } from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import { createWords } from "../../src/config/create-words.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { defaultPolicy as escalationPolicy } from "../../src/escalation/policy.ts";
import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import type { CaseState } from "../../src/handoff/state.ts";
import type { CaseEvent, Effect, NobodyWhy, Target } from "../../src/handoff/vocabulary.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Tools } from "../../src/ports/tools.ts";
import { createCaseLoop } from "../../src/runtime/case-loop.ts";
import { defaultLiveSettings, type LiveDeps } from "../../src/runtime/live/live-deps.ts";
import type { SpeechEffect } from "../../src/runtime/speech-effect.ts";
import { rulesOnly } from "../../src/scoring/text-models.ts";
import { scoreText } from "../../src/scoring/text-signals.ts";
import { createMemoryConversations } from "../../src/stores/memory/conversations.ts";
import { createMemoryJournal } from "../../src/stores/memory/journal.ts";
import { silentLog } from "../support/silent-log.ts";

export const target: Target = { queue: QueueId("disputes"), skills: ["disputes"], team: "our disputes team" };

const NODE = NodeId("n1");

const noTools: Tools = {
  of: () => [],
  run: () => Promise.reject(new Error("no tools in this test")),
};

/** The sentences that ship, so that the lab's recordings of them are found. */
async function shippedWords() {
  const loaded = await loadConfig("config");
  if (!loaded.ok) throw new Error(loaded.problems.join("\n"));
  return createWords(loaded.config);
}

export type CaseBenchOptions = {
  readonly clock: Clock;
  readonly call: CallId;
  /** Why nobody can be reserved; absent: Dana is. */
  readonly nobody?: NobodyWhy | undefined;
};

export async function startCaseBench({ clock, call, nobody }: CaseBenchOptions) {
  const journal = createMemoryJournal();
  const conversations = createMemoryConversations((caseId) => journal.escalationsOf(caseId));
  let count = 0;
  const id = (kind: string): string => `${kind}${(count += 1)}`;
  const ids = {
    escalation: () => id("esc-") as never,
    offer: () => OfferId(id("offer-")),
    token: () => id("token-") as never,
    callback: () => id("cb-") as never,
    node: () => NODE,
    reference: () => "K7 Q2",
    secret: () => id("secret-"),
  };
  const cases = createCaseLoop({
    shared: false,
    journal,
    clock,
    ids,
    node: NODE,
    decide: (before, event) => decide(before, event, defaultPolicy),
    policy: defaultPolicy,
    callbackDueMs: 900_000,
    log: silentLog,
  });
  const events: { readonly event: CaseEvent; readonly at: EpochMs }[] = [];
  const effects: { readonly effect: Effect; readonly at: EpochMs }[] = [];
  let state: CaseState | undefined;
  cases.onCommit((_case, now, event) => {
    state = now;
    events.push({ event, at: clock.now() });
  });
  /** What the runtime of any assistant is given; numbers, profile and hooks are the bench's own. */
  const deps = {
    tools: noTools,
    cases,
    watch: (caseId, listener) => cases.onCommit((of, now) => (of === caseId ? listener(now) : undefined)),
    conversations,
    words: await shippedWords(),
    ids,
    clock,
    log: silentLog,
    fastPath: {
      policy: () => escalationPolicy,
      read: (text, language, before) => scoreText(text, language, rulesOnly, before),
    },
    settings: defaultLiveSettings,
    callbackDueAt: (at) => EpochMs(at + 900_000),
  } satisfies Partial<LiveDeps>;
  return {
    cases,
    conversations,
    events,
    effects,
    deps,
    state: () => state,
    /** From now on effects are performed so; then the caller's call arrives. */
    arrives: async (perform: {
      readonly speech: (effect: SpeechEffect) => void;
      readonly other: (effect: Effect) => void;
    }): Promise<void> => {
      cases.performWith(({ effect }) => {
        effects.push({ effect, at: clock.now() });
        switch (effect.kind) {
          case "speak":
          case "cut-speech":
          case "keep-company":
          case "resume-assistant":
          case "silence-assistant":
            return perform.speech(effect satisfies SpeechEffect);
          default:
            return perform.other(effect);
        }
      });
      await conversations.saveCaller(call, { ani: "+15550100012", dnis: "+15550109999", verification: [] });
      await cases.deliver(
        call,
        { kind: "call-arrived", call, leg: LegId("CA1"), mode: "assistant", language: "en", target, canCallBack: true },
        "carrier",
      );
    },
    /** Presence answers. */
    reserve: async ({ attempt, token }: Extract<Effect, { kind: "reserve-agent" }>): Promise<void> => {
      const [agent, offer] = [AgentId("dana"), ids.offer()];
      if (nobody !== undefined) await cases.deliver(call, { kind: "no-agent-free", attempt, why: nobody }, "presence");
      else
        await cases.deliver(
          call,
          { kind: "agent-reserved", attempt, offer, agent, agentName: "Dana", token, device: "phone" },
          "presence",
        );
    },
    /** Dana answers, consents and is in the room. */
    agentAccepts: async (): Promise<void> => {
      const handoff = state?.handoff;
      if (handoff?.kind !== "offering") throw new Error(`nobody is being offered: ${handoff?.kind}`);
      const { id: offer } = handoff.offer;
      const leg = legOf(offer);
      await cases.deliver(call, { kind: "agent-leg-answered", offer, leg }, "carrier");
      await cases.deliver(call, { kind: "agent-consented", offer, via: "key" }, "agent");
      await cases.deliver(call, { kind: "agent-joined", offer, leg }, "carrier");
    },
  };
}

/** The leg on which an offered agent is called. */
export const legOf = (offer: OfferId): LegId => LegId(`CA-${offer}`);
