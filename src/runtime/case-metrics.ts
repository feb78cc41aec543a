// Every figure of the handoff comes from here, and only from what was committed: a state change cannot be recorded and
// not counted. `samplesOf` is pure; `feedCaseMetrics` hands its samples to the metrics.

import type { Blame } from "../domain/fault.ts";
import type { HandoffOutcome, OfferOutcome, Trigger } from "../domain/closed-sets.ts";
import type { EpochMs } from "../domain/time.ts";
import type { LineId } from "../handoff/lines.ts";
import type { CaseState, HandoffState, Offer } from "../handoff/state.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { CaseLoop, CaseStep } from "./case-loop.ts";

/**
 * The stages of the budget (design §2), each from the decision. `reserved` to `ringing` are those of the first agent
 * asked; `dialled`: the carrier has the request; `move-ordered`: the caller's leg was told to go; `moved`: it is in the
 * room; `promised` and `fallback`: the first audio of that sentence was sent to the caller's line (`recordLineStage`). To
 * a caller in the carrier's menu the carrier says it with the next document: `fallback` is its order then.
 */
export type Stage =
  | "reserved"
  | "painted"
  | "promised"
  | "dialled"
  | "ringing"
  | "accepted"
  | "move-ordered"
  | "moved"
  | "bridged"
  | "fallback";

export type Sample =
  | { readonly kind: "stage"; readonly stage: Stage; readonly ms: number }
  /** From the order to move the caller to the bridge. */
  | { readonly kind: "move"; readonly ms: number }
  | { readonly kind: "escalation"; readonly trigger: Trigger }
  | { readonly kind: "offer"; readonly outcome: OfferOutcome }
  | { readonly kind: "handoff"; readonly outcome: HandoffOutcome }
  /** `made`: to be kept later, elsewhere. `released`: by the caller's own wish or leaving. */
  | { readonly kind: "promise"; readonly of: "person" | "callback"; readonly kept: "yes" | "no" | "made" | "released" }
  | { readonly kind: "fault"; readonly blame: Blame; readonly code: string };

/** What one commit adds to the figures. */
export function samplesOf(step: CaseStep): readonly Sample[] {
  return [
    ...decisions(step),
    ...stages(step),
    ...moves(step),
    ...offers(step),
    ...endings(step),
    ...promises(step),
    ...faults(step),
  ];
}

/** Counts every commit of this node, from now on; the result ends it. */
export function feedCaseMetrics(cases: Pick<CaseLoop, "onStep">, metrics: Pick<Metrics, "count" | "observe">) {
  return cases.onStep((step) => {
    for (const sample of samplesOf(step)) record(metrics, sample);
  });
}

/** What the caller hears belongs to the budget when it begins, not when it was ordered; `at`: its first audio. */
export function recordLineStage(
  metrics: Pick<Metrics, "count" | "observe">,
  { line, state, at }: { readonly line: LineId; readonly state: CaseState | undefined; readonly at: EpochMs },
): void {
  const stage = state && lineStage(line, state.handoff);
  const t0 = state && decidedAt(state.handoff);
  if (stage !== undefined && t0 !== undefined) record(metrics, { kind: "stage", stage, ms: Math.max(0, at - t0) });
}

/** The first question only; a repeated one says nothing about the budget. */
function lineStage(line: LineId, handoff: HandoffState): Stage | undefined {
  if (line === "promise") return "promised";
  return line.startsWith("offer-") && handoff.kind === "offering-fallback" && handoff.asked === 1
    ? "fallback"
    : undefined;
}

function record(metrics: Pick<Metrics, "count" | "observe">, sample: Sample): void {
  switch (sample.kind) {
    case "stage":
      return metrics.observe("warmline_stage_seconds", { stage: sample.stage }, sample.ms / 1_000);
    case "move":
      return metrics.observe("warmline_move_seconds", {}, sample.ms / 1_000);
    case "escalation":
      return metrics.count("warmline_escalations_total", { trigger: sample.trigger });
    case "offer":
      return metrics.count("warmline_offers_total", { outcome: sample.outcome });
    case "handoff":
      return metrics.count("warmline_handoffs_total", { outcome: sample.outcome });
    case "promise":
      return metrics.count("warmline_promises_total", { kind: sample.of, kept: sample.kept });
    case "fault":
      return metrics.count("warmline_faults_total", { blame: sample.blame, code: sample.code });
    default:
      return sample satisfies never;
  }
}

function decisions({ before, after }: CaseStep): readonly Sample[] {
  if (!after.escalation || after.escalation.id === before.escalation?.id) return [];
  return [{ kind: "escalation", trigger: after.escalation.decision.trigger }];
}

/** The agent the caller is being brought together with; a colleague who is only consulted has no budget. */
const asked = (handoff: HandoffState): Offer | undefined =>
  "offer" in handoff && handoff.kind !== "consulting" ? handoff.offer : undefined;

const decidedAt = (handoff: HandoffState): EpochMs | undefined => ("t0" in handoff ? handoff.t0 : undefined);

function stages({ before, after, event }: CaseStep): readonly Sample[] {
  // Waiting on the caller's wish starts the budget anew: the later state's own zero counts.
  const t0 = decidedAt(after.handoff) ?? decidedAt(before.handoff);
  if (t0 === undefined) return [];
  const reached: Stage[] = [...ofFirstOffer(before.handoff, after.handoff)];
  const entered = (kind: HandoffState["kind"]): boolean => after.handoff.kind === kind && before.handoff.kind !== kind;
  if (entered("accepted")) reached.push("accepted");
  if (entered("moving")) reached.push("move-ordered");
  if (movesIn(before) !== movesIn(after) && movesIn(after)) reached.push("moved");
  if (bridges({ before, after, event })) reached.push("bridged");
  const byCarrier = after.caller?.place !== "assistant";
  if (byCarrier && entered("offering-fallback") && before.handoff.kind !== "capturing-callback")
    reached.push("fallback");
  return reached.map((stage): Sample => ({ kind: "stage", stage, ms: Math.max(0, event.at - t0) }));
}

function moves(step: CaseStep): readonly Sample[] {
  const { handoff } = step.before;
  if (handoff.kind !== "moving" || !bridges(step)) return [];
  return [{ kind: "move", ms: Math.max(0, step.event.at - handoff.orderedAt) }];
}

/** Later agents are asked after an earlier one's window: their times say nothing about the budget of these stages. */
function ofFirstOffer(before: HandoffState, after: HandoffState): readonly Stage[] {
  const now = asked(after);
  if (!now || !("tried" in after) || after.tried.length > 1) return [];
  const last = asked(before);
  const known = last?.id === now.id ? reachedBy(last) : [];
  return reachedBy(now).filter((stage) => !known.includes(stage));
}

const reachedBy = (offer: Offer): readonly Stage[] => [
  "reserved",
  ...(offer.painted ? (["painted"] as const) : []),
  ...(offer.leg === undefined ? [] : (["dialled"] as const)),
  ...(offer.phase === "dialling" ? [] : (["ringing"] as const)),
];

const movesIn = ({ caller, handoff }: CaseState): boolean =>
  caller?.place === "room" || (handoff.kind === "moving" && handoff.callerIn);

/** From the move alone: after a consultation, or a hand-back that failed, the bridge was there before. */
const bridges = ({ before, after }: CaseStep): boolean =>
  after.handoff.kind === "bridged" && (before.handoff.kind === "moving" || before.handoff.kind === "accepted");

function offers({ before, after }: CaseStep): readonly Sample[] {
  const { escalation } = after;
  if (!escalation) return [];
  const known = escalation.id === before.escalation?.id ? before.escalation.offers.length : 0;
  return escalation.offers.slice(known).map(({ outcome }): Sample => ({ kind: "offer", outcome }));
}

/** Each handoff once: a bridge when it stands, everything else when it is closed. */
function endings(step: CaseStep): readonly Sample[] {
  const outcome = endOf(step);
  return outcome === undefined ? [] : [{ kind: "handoff", outcome }];
}

function endOf(step: CaseStep): HandoffOutcome | undefined {
  if (bridges(step)) return "bridged";
  const { before, after } = step;
  if (after.handoff.kind !== "closed" || before.handoff.kind === "closed") return undefined;
  return after.handoff.outcome === "bridged" ? undefined : after.handoff.outcome;
}

/** A person is promised with the first reservation (H2); a callback when it is stored. */
function promises(step: CaseStep): readonly Sample[] {
  const { before, after } = step;
  const samples: Sample[] = [];
  const outcome = endOf(step);
  const promised = "tried" in before.handoff && before.handoff.tried.length > 0;
  if (outcome !== undefined && promised) samples.push({ kind: "promise", of: "person", kept: keptBy(outcome) });
  const { callback } = after.escalation ?? {};
  if (callback && callback.id !== before.escalation?.callback?.id) {
    samples.push({ kind: "promise", of: "callback", kept: "made" });
  }
  return samples;
}

function keptBy(outcome: HandoffOutcome): "yes" | "no" | "released" {
  switch (outcome) {
    case "bridged":
      return "yes";
    case "returned":
    case "abandoned":
      return "released";
    case "callback":
    case "ticket":
      return "no";
    default:
      return outcome satisfies never;
  }
}

/** Taken back by us before it left: nobody's fault. */
const NEVER_LEFT = "taken-back-before-the-dial";

const fault = (blame: Blame, code: string): readonly Sample[] => [{ kind: "fault", blame, code }];

function faults({ event }: CaseStep): readonly Sample[] {
  switch (event.kind) {
    case "dial-refused":
      return event.fault.raw === NEVER_LEFT || event.fault.outcome === "busy" ? [] : fault("carrier", "dial-refused");
    case "dial-unknown":
      return fault("carrier", "dial-unknown");
    case "move-failed":
      return fault("carrier", event.unknown ? "move-unknown" : "move-failed");
    case "agent-leg-ended":
      return event.how === "failed" ? fault("carrier", "leg-failed") : [];
    case "desk-lost":
      return event.forced ? [] : fault("agent", "desk-lost");
    case "assistant-lost":
      // A lost session is opened again and leaves no event: what is told here is a lost line, or a model that is down.
      return event.down ? fault("model", "assistant-down") : fault("carrier", "line-lost");
    case "no-agent-free":
      return event.why === "presence-unavailable" ? fault("store", "presence-unavailable") : [];
    default:
      return [];
  }
}
