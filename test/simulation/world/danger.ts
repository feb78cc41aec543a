// H14, the half that is about danger to life: from the commit that knows of it until a person has the caller or the case is
// over, the emergency line is heard at once and to its end, and no callback is offered or stored. Who is in danger is known
// here from what the caller said, not from the case's own state.
import type { CallId, EscalationId } from "../../../src/domain/ids.ts";
import type { LegDocument } from "../../../src/handoff/document.ts";
import type { LineId } from "../../../src/handoff/lines.ts";
import type { CaseState, HandoffKind } from "../../../src/handoff/state.ts";
import type { CaseEvent } from "../../../src/handoff/vocabulary.ts";
import type { CallerLeg } from "./carrier.ts";
import { LINE_MS } from "./voices.ts";

type Danger = {
  readonly escalation: EscalationId;
  /** Since when the line is due; absent: it was heard. */
  owedSince: number | undefined;
  begunAt?: number | undefined;
};

type Commit = { readonly before: CaseState; readonly after: CaseState; readonly event: CaseEvent };
type Say = (what: string) => void;

/** From the commit to the first word: what is being said is said to its end first. */
const AT_ONCE_MS = 2 * LINE_MS + 200;
/** Nobody is with the caller yet. */
const ALONE: ReadonlySet<HandoffKind> = new Set([
  "reserving",
  "waiting",
  "offering",
  "offering-fallback",
  "capturing-callback",
]);
/** Every sentence with which somebody is, or may be, called back. */
const OFFERS: ReadonlySet<LineId> = new Set<LineId>([
  "offer-nobody-free",
  "offer-after-attempts",
  "offer-unavailable",
  "offer-closed",
  "ask-choice-again",
  "waiting",
  "read-back",
  "read-back-default",
  "ask-time",
  "ask-time-past",
  "callback-confirmed",
  "callback-noted",
  "menu",
  "menu-holding",
  "overflow",
]);

export class DangerWatch {
  readonly #calls = new Map<CallId, Danger>();

  committed(call: CallId, commit: Commit, { now, say }: { now: number; say: Say }): void {
    const known = this.#calls.get(call);
    if (known && newCallback(commit)) say("is in danger and a callback was stored");
    const { escalation } = commit.after;
    if (!escalation || isOver(commit.after)) return void this.#calls.delete(call);
    if (known?.escalation === escalation.id) return undefined;
    this.#calls.delete(call);
    if (tellsOfDanger(commit.event)) this.#calls.set(call, { escalation: escalation.id, owedSince: now });
    return undefined;
  }

  /** The caller hears this line from now on. */
  begins(call: CallId, line: LineId, { now, say }: { now: number; say: Say }): void {
    const danger = this.#calls.get(call);
    if (!danger) return;
    if (OFFERS.has(line)) say(`is in danger and heard "${line}"`);
    if (line === "emergency") danger.begunAt = now;
  }

  /** A line was heard to its end. */
  heard(call: CallId, line: LineId): void {
    const danger = this.#calls.get(call);
    if (danger && line === "emergency") danger.owedSince = undefined;
  }

  /** What the carrier itself says to them. */
  reads(call: CallId, document: LegDocument, about: { now: number; say: Say }): void {
    if (document.kind !== "menu") return;
    for (const { line } of document.lines) {
      this.begins(call, line, about);
      this.heard(call, line);
    }
  }

  step(
    call: CallId,
    { state, leg }: { state: CaseState; leg: CallerLeg | undefined },
    about: { now: number; grace: number; say: Say },
  ): void {
    const danger = this.#calls.get(call);
    if (!danger || danger.owedSince === undefined) return;
    const { now, grace, say } = about;
    const speaking = danger.begunAt !== undefined && now <= danger.begunAt + LINE_MS;
    // Between two connections nobody can say anything; a person who has them is what it is all for.
    const reachable = leg?.phase === "stream" || leg?.phase === "menu";
    if (!reachable || !ALONE.has(state.handoff.kind)) {
      danger.owedSince = now;
      danger.begunAt = undefined;
    } else if (!speaking && danger.begunAt !== undefined) {
      // It was cut off: due again from when it began.
      danger.owedSince = danger.begunAt;
      danger.begunAt = undefined;
    }
    if (!speaking && now - danger.owedSince > AT_ONCE_MS + grace) {
      say(`is in danger and did not hear the emergency line in ${now - danger.owedSince} ms (${state.handoff.kind})`);
    }
  }
}

const isOver = ({ handoff, caller }: CaseState): boolean =>
  handoff.kind === "none" || handoff.kind === "closed" || caller?.place === "gone";

const newCallback = ({ before, after }: Commit): boolean => {
  const { callback } = after.escalation ?? {};
  return callback !== undefined && callback.id !== before.escalation?.callback?.id;
};

const tellsOfDanger = (event: CaseEvent): boolean =>
  event.kind === "escalation-decided" && event.decision.emergency === true;
