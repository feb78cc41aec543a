// What must hold between the state before and after every committed event, and of what it orders.
import type { OfferOutcome } from "../../../src/domain/closed-sets.ts";
import type { CaseState } from "../../../src/handoff/state.ts";
import type { CaseEvent, Effect } from "../../../src/handoff/vocabulary.ts";
import type { News } from "../../../src/ports/cases.ts";
import type { Violation } from "./invariants.ts";

export type Step = {
  readonly before: CaseState;
  readonly after: CaseState;
  readonly event: CaseEvent;
  /** The effects kept as jobs. */
  readonly effects: readonly Effect[];
};

type Say = (invariant: string, what: string) => void;

export function checkCommit(step: Step, say: Say): void {
  checkTerminal(step, say);
  checkReleases(step, say);
}

function checkTerminal({ before, after, event }: Step, say: Say): void {
  if (before.caller?.place === "gone" && after.caller?.place !== "gone")
    say("H7", `${event.kind} brought a caller back`);
  if (before.escalation?.id !== after.escalation?.id) return;
  if (before.escalation?.status === "resolved" && after.escalation?.status !== "resolved") {
    say("H7", `the resolved case was taken up again by ${event.kind}`);
  }
  if (before.handoff.kind !== "closed") return;
  if (after.handoff.kind !== "closed") say("H7", `the closed case was reopened by ${event.kind}`);
  else if (before.handoff.outcome !== after.handoff.outcome) say("H7", `${event.kind} changed the outcome`);
}

/**
 * H3: an explicit request for a person counts in that very event, unless a person is there already. H13: keys lead to a
 * person or a callback without any model. Asked when the event was answered, since a wish nobody hears leaves no commit.
 */
export function checkWish(news: News, before: CaseState, after: CaseState): Violation | undefined {
  if (after.caller?.place === "gone") return undefined;
  if (news.kind === "caller-pressed") return checkKey(news.key, before, after);
  return news.kind === "escalation-decided" && UNHEARD.has(after.handoff.kind)
    ? { invariant: "H3", what: `an explicit request left the case ${after.handoff.kind}` }
    : undefined;
}

function checkKey(key: string, before: CaseState, after: CaseState): Violation | undefined {
  const means = key === "1" || key === "2";
  const inMenu = before.caller?.place === "menu" && after.caller?.place === "menu";
  if (!means || !inMenu || !isIdle(before) || !isIdle(after)) return undefined;
  return after.escalation?.id === before.escalation?.id
    ? { invariant: "H13", what: `key ${key} led nowhere` }
    : undefined;
}

const UNHEARD: ReadonlySet<string> = new Set(["none", "closed", "offering-fallback", "capturing-callback"]);
const isIdle = ({ handoff }: CaseState): boolean => handoff.kind === "none" || handoff.kind === "closed";

const MISSES: ReadonlySet<OfferOutcome> = new Set(["missed", "busy", "no-audio", "desk-lost", "forced-offline"]);

/** C26: a miss, a lost desk and closing work without an act of the agent never end in "available". */
function checkReleases({ before, after, event, effects }: Step, say: Say): void {
  for (const effect of effects) {
    if (effect.kind !== "release-agent" || effect.next !== "available") continue;
    const wrapUp = before.wrapUps.find(({ token }) => token === effect.token);
    if (wrapUp && event.kind !== "wrapped-up") say("C26", `${effect.agent} became available without their own act`);
    const ended = after.escalation?.offers.at(-1);
    const now = (before.escalation?.offers.length ?? 0) < (after.escalation?.offers.length ?? 0);
    if (now && ended && ended.agent === effect.agent && MISSES.has(ended.outcome)) {
      say("C26", `${effect.agent} is available after "${ended.outcome}"`);
    }
  }
}

/** One thing that happened, however often and whenever it is told; `undefined`: it may well happen twice. */
export function fingerprint(event: CaseEvent): string | undefined {
  const about = identity(event);
  return about === undefined ? undefined : `${event.kind} ${about}`;
}

function identity(event: CaseEvent): string | undefined {
  switch (event.kind) {
    case "call-arrived":
    case "caller-left":
      return "";
    case "assistant-started":
      return event.stream;
    case "caller-joined":
      return event.label;
    case "caller-pressed":
      return event.press;
    case "escalation-decided":
      return event.escalation;
    case "packet-painted":
      return `${event.offer} ${event.version}`;
    case "agent-consented":
      return `${event.offer} ${event.via}`;
    case "agent-declined":
      return event.offer;
    default:
      return "leg" in event ? event.leg : undefined;
  }
}
