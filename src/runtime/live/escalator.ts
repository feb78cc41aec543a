import type { Trigger } from "../../domain/closed-sets.ts";
import type { EpochMs } from "../../domain/time.ts";
import type { DecisionFacts, Escalate, EscalationDecision } from "../../escalation/decision.ts";
import { type CaseState, emptyCase, type EscalationPart, type HandoffKind } from "../../handoff/state.ts";
import type { Target } from "../../handoff/vocabulary.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Conversations } from "../../ports/conversations.ts";
import type { Ids } from "../../ports/ids.ts";
import type { Numbers } from "../../ports/numbers.ts";
import type { Log } from "../../telemetry/log.ts";
import { keepNote } from "./assistants-words.ts";
import type { CaseSide } from "./case-side.ts";

/** A handoff that looks for a person: another decision is merged into it or replaces its target. */
const OPEN: ReadonlySet<HandoffKind> = new Set([
  "reserving",
  "waiting",
  "offering",
  "offering-fallback",
  "capturing-callback",
]);
/** In these the caller was asked something: the case itself says what a grave decision makes of the question. */
const ASKING: ReadonlySet<HandoffKind> = new Set(["offering-fallback", "capturing-callback"]);
/** In these a decision of ours would be about something already settled. */
const SETTLED: ReadonlySet<HandoffKind> = new Set(["accepted", "moving", "bridged", "consulting", "wrapping-up"]);
/** What the assistant said, did or failed to do brought the decision about; of all others it is the caller. */
const ASSISTANTS_DOING: ReadonlySet<Trigger> = new Set([
  "assistant-request",
  "assistant-failure",
  "confidence",
  "tool-failure",
  "context-limit",
]);
/** A team's name has at least this many letters; shorter words are no names. */
const NAME_MIN = 4;
const NAME_MAX_WORDS = 3;

export type EscalatorParts = {
  readonly side: CaseSide;
  readonly ids: Ids;
  readonly numbers: Numbers;
  readonly conversations: Conversations;
  readonly language: string;
  /** Where this number's callers go when nothing more is known. */
  readonly target: Target;
  readonly clock: Clock;
  readonly log: Log;
  /** Says the emergency line for a case that cannot be told: danger to life does not wait for a store (H14). */
  readonly emergency: () => void;
};

export type DecisionAbout = {
  readonly at: EpochMs;
  /** The caller turn that was just judged; absent when something else brought the decision about. */
  readonly turn?: { readonly index: number; readonly text: string };
  /** A team the assistant named. */
  readonly team?: string;
  /** The assistant's own words for the agent; content, kept out of the journal. */
  readonly reason?: string;
};

/** Tells the case what the fast path decided. */
export class Escalator {
  readonly #parts: EscalatorParts;

  constructor(parts: EscalatorParts) {
    this.#parts = parts;
  }

  /** True: the system speaks to the caller about it, so the assistant must not answer. */
  act(decision: EscalationDecision, about: DecisionAbout): boolean {
    if (!decision.escalate) return false;
    const { handoff, escalation } = this.#parts.side.state ?? emptyCase;
    const { kind } = handoff;
    if (SETTLED.has(kind)) {
      // It is answered if the agent does not come after all: the case must know (H14).
      if (isGraver(decision, escalation)) void this.#tell(decision, this.#targetOf(decision, about), about);
      return true;
    }
    // What led to the handoff that is open is no second decision.
    if (OPEN.has(kind) && !isFresh(decision, about)) return false;
    const target = this.#targetOf(decision, about);
    void this.#tell(decision, target, about);
    if (kind === "none" || kind === "closed") return true;
    if (!OPEN.has(kind)) return isGraver(decision, escalation);
    const another = target.queue !== escalation?.target.queue;
    return another || isGraver(decision, escalation) || answersQuestion(decision, kind);
  }

  #targetOf(decision: Escalate, about: DecisionAbout): Target {
    const { numbers, target, language } = this.#parts;
    const named = about.team === undefined ? undefined : numbers.team(about.team, language);
    if (named !== undefined) return named;
    const byPolicy = decision.queue === undefined ? undefined : numbers.team(decision.queue, language);
    if (byPolicy !== undefined) return byPolicy;
    const asked = decision.trigger === "explicit-request" && about.turn !== undefined;
    return (asked ? teamIn(about.turn.text, numbers, language) : undefined) ?? target;
  }

  async #tell(decision: Escalate, target: Target, about: DecisionAbout): Promise<void> {
    const { ids, side } = this.#parts;
    const { trigger, because, evidence, signals, thresholds, policyRevision, priority } = decision;
    const danger = decision.emergency === true ? { emergency: true as const } : {};
    const facts: DecisionFacts = { trigger, because, evidence, signals, thresholds, policyRevision, ...danger };
    const escalation = ids.escalation();
    const actor = ASSISTANTS_DOING.has(trigger) ? "assistant" : "caller";
    const told = await side.tell(
      { kind: "escalation-decided", escalation, target, priority: priority ?? "medium", decision: facts },
      actor,
    );
    if (!told && decision.emergency === true && !withAgent(side.state)) this.#parts.emergency();
    if (about.reason === undefined || side.state?.escalation?.id !== escalation) return;
    await keepNote(this.#parts, escalation, "issue", { reason: about.reason });
  }
}

const isFresh = ({ evidence }: Escalate, { turn }: DecisionAbout): boolean =>
  turn === undefined || evidence.includes(turn.index);

/** Then the case orders the emergency line with the commit, once for each escalation (H14). */
const isGraver = ({ emergency }: Escalate, open: EscalationPart | undefined): boolean =>
  emergency === true && open?.decision.emergency !== true;

/** Asked whether to wait or to be called back, they ask for a person: the case says that they are waited for. */
const answersQuestion = ({ trigger }: Escalate, kind: HandoffKind): boolean =>
  ASKING.has(kind) && trigger === "explicit-request";

/** The assistant is silent from the move on (H9). */
const withAgent = (state: CaseState | undefined): boolean =>
  state !== undefined && state.handoff.kind !== "accepted" && SETTLED.has(state.handoff.kind);

/** A team the caller named in asking ("the disputes team, please"): the longest of their words that is one. */
function teamIn(text: string, numbers: Numbers, language: string): Target | undefined {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}-]+/u)
    .filter((word) => word !== "")
    .slice(0, 60);
  for (let length = NAME_MAX_WORDS; length > 0; length -= 1) {
    for (let from = 0; from + length <= words.length; from += 1) {
      const name = words.slice(from, from + length).join(" ");
      const team = name.length >= NAME_MIN ? numbers.team(name, language) : undefined;
      if (team !== undefined) return team;
    }
  }
  return undefined;
}
