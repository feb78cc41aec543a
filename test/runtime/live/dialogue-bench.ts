import { EscalationId } from "../../../src/domain/ids.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import { defaultPolicy } from "../../../src/escalation/policy.ts";
import type { CaseState, HandoffState } from "../../../src/handoff/state.ts";
import type { News } from "../../../src/ports/cases.ts";
import { Dialogue, type DialogueParts } from "../../../src/runtime/live/dialogue.ts";
import { rulesOnly } from "../../../src/scoring/text-models.ts";
import { scoreText } from "../../../src/scoring/text-signals.ts";
import { createMemoryConversations } from "../../../src/stores/memory/conversations.ts";
import { fakeClock } from "../../stores/fake-clock.ts";
import { callerState, escalationPart, silentLog, target } from "../../stores/values.ts";

/** A Thursday, 14:20 in New York. */
export const NOW = EpochMs(Date.parse("2026-11-19T19:20:00Z"));
/** Tomorrow at ten. */
export const TEN = EpochMs(Date.parse("2026-11-20T15:00:00Z"));
export const USUAL_MS = 900_000;
export const setup = { language: "en", target, timeZone: "America/New_York" };

const search = { t0: NOW, attempt: 1, tried: [] };
export const offered: HandoffState = { kind: "offering-fallback", ...search, why: "all-busy", asked: 1, by: NOW };
export const capturing: Extract<HandoffState, { kind: "capturing-callback" }> = {
  kind: "capturing-callback",
  ...search,
  asked: 1,
  by: NOW,
};
export const waiting: HandoffState = {
  kind: "waiting",
  ...search,
  asking: false,
  hoping: false,
  askAgainAt: NOW,
  until: NOW,
};

/** A dialogue with a case that stands still: what it would be told is kept in `told`. */
export function dialogueDuring(handoff: HandoffState, language = "en") {
  const told: News[] = [];
  const said: string[] = [];
  let reached = true;
  let emergencies = 0;
  let state: CaseState = stateWith(handoff);
  const deps = {
    conversations: createMemoryConversations(() => []),
    clock: fakeClock(NOW),
    log: silentLog,
    hooks: {},
    ids: { escalation: () => EscalationId("e2") },
    numbers: { team: () => undefined },
    callbackDueAt: (at: EpochMs) => EpochMs(at + USUAL_MS),
    fastPath: {
      policy: () => defaultPolicy,
      read: (text: string, as: string, before: never) => scoreText(text, as, rulesOnly, before),
    },
  };
  const side = {
    get state() {
      return state;
    },
    tell: async (news: News) => {
      told.push(news);
      return reached;
    },
  };
  const parts = {
    deps,
    facts: {
      caseId: "c1",
      caller: { verification: [] },
      setup: { ...setup, language },
      profile: {},
      turns: [],
    },
    side,
    turns: { last: () => said.slice(-1) },
    systemSpeaks: () => undefined,
    emergency: () => void (emergencies += 1),
  };
  const dialogue = new Dialogue(parts as unknown as DialogueParts);
  return {
    told,
    dialogue,
    /** How often the emergency line was said without the case. */
    emergencies: () => emergencies,
    /** From now on the case cannot be told. */
    cutOff: () => void (reached = false),
    during: (next: HandoffState, whole = stateWith(next)) => void (state = whole),
    says: (text: string): string => {
      said.push(text);
      return dialogue.callerTurn({ index: said.length, role: "caller", text, at: NOW } as never, undefined);
    },
  };
}

export const stateWith = (handoff: HandoffState): CaseState =>
  callerState("c1", { escalation: escalationPart(EscalationId("e1")), handoff });
