// Nobody can take the call now: the caller is asked, and what they choose is stored before it is said.

import { after } from "../../domain/time.ts";
import type { DecisionFacts } from "../../escalation/decision.ts";
import { callbackQuestion, captureCallback, isCallbackQuestion, ticket } from "../capture-callback.ts";
import { afterEffects, type Decision, enter, type Scene, stay, withEscalation } from "../decision.ts";
import { keepTrying } from "../emergency.ts";
import { endOffer } from "../end-offer.ts";
import { progressOffer } from "../offer-progress.ts";
import type { LineId } from "../lines.ts";
import { endOpenOffer, inScene, replaceTarget, sameTarget, settle } from "../search.ts";
import type { HandoffState } from "../state.ts";
import type { CaseEvent, Effect } from "../vocabulary.ts";
import { accept } from "./offering.ts";
import { returned, searchOf, startWaiting, waitingLine, wishes } from "./searching.ts";

type OfferingFallback = Extract<HandoffState, { kind: "offering-fallback" }>;
type Capturing = Extract<HandoffState, { kind: "capturing-callback" }>;
type Asking = OfferingFallback | Capturing;

export function whileAsking(scene: Scene, handoff: Asking, event: CaseEvent): Decision {
  const ringing = handoff.offer ? onRinging(scene, handoff, event) : undefined;
  if (ringing) return ringing;
  return handoff.kind === "offering-fallback"
    ? whileOfferingFallback(scene, handoff, event)
    : whileCapturing(scene, handoff, event);
}

/** A phone that still rings behind the question: its acceptance wins as long as nothing else is stored. */
function onRinging(scene: Scene, handoff: Asking, event: CaseEvent): Decision | undefined {
  if (!handoff.offer) return undefined;
  const step = progressOffer(handoff.offer, event, scene.escalation, scene.policy);
  switch (step.kind) {
    case "accepted":
      return accept(scene, searchOf(handoff), step.offer, step.effects);
    case "going-on":
      return enter(scene.state, { ...handoff, offer: step.offer }, step.effects);
    case "over": {
      const closing = endOffer(scene.state, { ...step, at: scene.at, policy: scene.policy });
      const { offer: _over, ...rest } = handoff;
      return afterEffects(closing.effects, enter(closing.state, rest));
    }
    case "unchanged":
      return undefined;
    default:
      return step satisfies never;
  }
}

function whileOfferingFallback(scene: Scene, handoff: OfferingFallback, event: CaseEvent): Decision {
  switch (event.kind) {
    case "caller-chose":
      if (event.choice === "wait" || event.choice === "person") return wait(scene, handoff);
      return wishes(scene, searchOf(handoff), event);
    case "caller-pressed":
      if (event.key === "1") return wait(scene, handoff);
      return event.key === "2" ? captureCallback(scene, searchOf(handoff)) : stay(scene.state);
    case "line-ended":
      return asks(event.line)
        ? enter(scene.state, { ...handoff, by: after(scene.at, scene.policy.choiceMs) })
        : stay(scene.state);
    case "time-passed":
      return event.at >= handoff.by ? askOnceMore(scene, handoff) : stay(scene.state);
    case "escalation-decided":
      return askedAgain(scene, handoff, event);
    default:
      return wishes(scene, searchOf(handoff), event);
  }
}

/** The caller answers when the question was heard, not when something before it was cut off. */
const asks = (line: LineId): boolean =>
  line.startsWith("offer-") || line === "ask-choice-again" || line === "callback-not-possible";

/**
 * Asking for a person again is choosing to wait for one (H3); another team may have somebody. In danger to life no
 * question is left open: the line, and whoever can be had (H14).
 */
function askedAgain(
  scene: Scene,
  handoff: Asking,
  event: Extract<CaseEvent, { kind: "escalation-decided" }>,
): Decision {
  const danger = event.decision.emergency === true;
  const next = replaceTarget(scene, event);
  if (!sameTarget(event, scene.escalation)) return danger ? afterEffects([cutSpeech], next) : next;
  if (danger) return keepTrying(inScene(scene, next), searchOf(handoff), handoff.offer);
  return event.decision.trigger === "explicit-request" ? wait(scene, handoff) : next;
}

const cutSpeech: Effect = { kind: "cut-speech" };

function wait(scene: Scene, handoff: Asking): Decision {
  if (handoff.offer) {
    // Somebody is still being rung: that is the wait. The question comes again when it ends without an answer.
    const by = after(scene.at, scene.policy.ringMs + scene.policy.whisperMs);
    return enter(scene.state, { kind: "offering", ...searchOf(handoff), offer: handoff.offer, by }, [
      { kind: "speak", line: waitingLine(scene.state), values: { team: scene.escalation.target.team, wait: "" } },
    ]);
  }
  const hoping = handoff.kind === "offering-fallback" && handoff.why === "nobody-on-duty";
  return startWaiting(scene, searchOf(handoff), hoping);
}

function askOnceMore(scene: Scene, handoff: OfferingFallback): Decision {
  if (handoff.asked >= scene.policy.choiceTries) return ticket(scene);
  return enter(scene.state, { ...handoff, asked: handoff.asked + 1, by: after(scene.at, scene.policy.choiceMs * 2) }, [
    {
      kind: "speak",
      line: scene.state.caller?.canCallBack === false ? "offer-without-callback" : "ask-choice-again",
      values: { team: scene.escalation.target.team, wait: "" },
    },
  ]);
}

function whileCapturing(scene: Scene, handoff: Capturing, event: CaseEvent): Decision {
  switch (event.kind) {
    case "callback-confirmed":
      return confirm(scene, handoff, event);
    case "caller-pressed":
      if (event.key === "1") return confirm(scene, handoff, event);
      return event.key === "2" ? ticket(scene) : stay(scene.state);
    case "callback-rejected":
      return ticket(scene);
    case "line-ended":
      return isCallbackQuestion(event.line)
        ? enter(scene.state, { ...handoff, by: after(scene.at, scene.policy.choiceMs) })
        : stay(scene.state);
    case "time-passed":
      return event.at >= handoff.by ? readBackAgain(scene, handoff) : stay(scene.state);
    default:
      return onOtherWish(scene, handoff, event);
  }
}

/** What the caller may want instead of the callback that is being confirmed. */
function onOtherWish(scene: Scene, handoff: Capturing, event: CaseEvent): Decision {
  switch (event.kind) {
    case "caller-left":
    case "caller-cancelled":
      return wishes(scene, searchOf(handoff), event);
    case "caller-chose":
      return onOtherChoice(scene, handoff, event);
    case "escalation-decided":
      return takesAway(event.decision) ? askedAgain(scene, handoff, event) : stay(scene.state);
    default:
      return stay(scene.state);
  }
}

/** Only their own wish, danger and what must reach people take a caller away from what they are just confirming. */
const takesAway = ({ trigger, emergency }: DecisionFacts): boolean =>
  trigger === "explicit-request" || trigger === "policy-intent" || emergency === true;

function onOtherChoice(
  scene: Scene,
  handoff: Capturing,
  event: Extract<CaseEvent, { kind: "caller-chose" }>,
): Decision {
  switch (event.choice) {
    case "wait":
    case "person":
      return wait(scene, handoff);
    case "callback":
      // They say another time; that they want to be called back is known.
      return event.when === undefined ? stay(scene.state) : captureCallback(scene, searchOf(handoff), event.when);
    case "continue":
      return returned(scene);
    case "ticket":
      return ticket(scene);
    default:
      return event.choice satisfies never;
  }
}

/** What was read back is what is stored; nothing else was agreed to. */
function confirm(
  scene: Scene,
  handoff: Capturing,
  event: Extract<CaseEvent, { kind: "callback-confirmed" | "caller-pressed" }>,
): Decision {
  const named = event.kind === "callback-confirmed" ? event.dueAt : undefined;
  // By keys alone no time can be said: the carrier's menu reads the usual one back instead of asking.
  const unread = handoff.step === "time" && named === undefined && scene.state.caller?.place !== "menu";
  if (unread) return captureCallback(scene, searchOf(handoff), { kind: "soon" });
  return store(scene, { at: named ?? handoff.dueAt ?? event.fresh.callbackDueAt, event });
}

function readBackAgain(scene: Scene, handoff: Capturing): Decision {
  if (handoff.asked >= scene.policy.choiceTries) return ticket(scene);
  const by = after(scene.at, scene.policy.choiceMs * 2);
  // Asked when, they said nothing: the usual time is offered.
  const { step, ...rest } = handoff;
  const line = step === "time" ? "read-back-default" : "read-back";
  return enter(scene.state, { ...rest, asked: handoff.asked + 1, by }, [callbackQuestion(scene, line)]);
}

/** The callback is part of the state that is committed now; the sentence that confirms it is an effect of that commit (H2). */
function store(
  scene: Scene,
  confirmed: {
    at: ReturnType<typeof after>;
    event: Extract<CaseEvent, { kind: "callback-confirmed" | "caller-pressed" }>;
  },
): Decision {
  const closing = endOpenOffer(scene, "caller-chose-fallback");
  const callback = { id: scene.escalation.earlierCallback ?? confirmed.event.fresh.callback, dueAt: confirmed.at };
  const { unstored } = confirmed.event.fresh;
  const kept = { ...callback, ...(unstored && { unconfirmed: true as const }) };
  const next = inScene(scene, {
    state: withEscalation(closing.state, { callback: kept, outcome: "callback" }),
    effects: [],
  });
  const bare: Scene = { ...next, state: enter(next.state, { kind: "none" }).state };
  return afterEffects(
    closing.effects,
    settle(bare, {
      outcome: "callback",
      offerOutcome: "caller-chose-fallback",
      line: unstored ? "callback-noted" : "callback-confirmed",
    }),
  );
}
