// What Twilio asks and tells about the caller's own leg. Each handler delivers what happened, then answers from the
// committed state, so a request that comes twice, late or out of order gets the answer that is right now.

import type { CaseState } from "../../handoff/state.ts";
import type { CaseEvent } from "../../handoff/vocabulary.ts";
import type { Cases } from "../../ports/cases.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Conversations } from "../../ports/conversations.ts";
import type { Arrival, Arrived, BridgedCallers } from "../../ports/hosted-assistant.ts";
import type { CallId } from "../../domain/ids.ts";
import { after } from "../../domain/time.ts";
import { answerBridgeCode } from "./answer-bridge-code.ts";
import { type AnswerDeps, answerCaller, answerClosed, answerHangUp, answerRoomWait } from "./answer-leg.ts";
import { callIdOf } from "./call-ids.ts";
import { parseCallerProgress } from "./parse-call-progress.ts";
import { type CallRequest, parseCallRequest } from "./parse-call-request.ts";
import { parseCallRoute, parseVisitRoute } from "./parse-route.ts";
import { parseStreamStatus } from "./parse-stream-status.ts";
import { e164, isDialableNumber } from "./phone-number.ts";
import type { Webhook } from "./webhook-door.ts";

export type CallerWebhookDeps = AnswerDeps & {
  readonly cases: Cases;
  readonly conversations: Pick<Conversations, "caller" | "saveCaller">;
  readonly clock: Pick<Clock, "now">;
  /** Callers of numbers that others host, sent to our bridge number. */
  readonly bridged?: Pick<BridgedCallers, "arrived">;
  /** May this call have an assistant? False: the fixed lines and keys serve it. */
  readonly admit: (call: CallId) => Promise<boolean>;
  /** Is there a vendor behind this assistant? Absent: behind each one. */
  readonly hasAssistant?: (assistant: string) => boolean;
};

/** Digits of a network that dials as slowly as this are not taken for keys in a menu. */
const LATE_DIGITS_MS = 5_000;

/** An answer that only acknowledges; Twilio executes nothing of it. */
export const ACKNOWLEDGED = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** The number's voice URL: a call is here. */
export async function onVoice(deps: CallerWebhookDeps, { form, query }: Webhook): Promise<string> {
  const request = parseCallRequest(form);
  const call = callIdOf(request.leg);
  const { mode, language, target, assistant } = deps.numbers.of(e164(request.to));
  // A stream that nobody answers would cost the caller seconds before the same keys are offered.
  const noAssistant = mode === "assistant" && deps.hasAssistant?.(assistant) === false;
  const bridged = await deps.bridged?.arrived(arrivalOf(request, query["code"] !== undefined));
  if (bridged?.kind === "ask-code") return answerBridgeCode(deps, language);
  // Only an assistant takes up a place: people, forwarded and closed numbers need no media here, nor do digits.
  const overflow = mode === "assistant" && !noAssistant && !(await deps.admit(call));
  const theirs = ofCaller(request, bridged?.caller);
  const known = await keepCaller(deps, call, theirs);
  const state = await deps.cases.deliver(
    call,
    {
      kind: "call-arrived",
      call,
      leg: request.leg,
      mode,
      language,
      target,
      canCallBack: known && isDialableNumber(theirs.from ?? ""),
      ...(overflow && { overflow }),
      ...(noAssistant && { noAssistant }),
      ...brought(deps.clock, bridged),
    },
    "carrier",
  );
  return answerLeg(deps, state, request);
}

type Brought = Pick<Extract<CaseEvent, { kind: "call-arrived" }>, "wish" | "keysFrom">;

/** What a caller brings who comes over our bridge number. */
function brought(clock: CallerWebhookDeps["clock"], bridged: Arrived | undefined): Brought {
  if (bridged?.kind !== "go-on") return {};
  const { wish, lateDigits } = bridged;
  return { ...(wish && { wish }), ...(lateDigits && { keysFrom: after(clock.now(), LATE_DIGITS_MS) }) };
}

function arrivalOf({ leg, from, to, keys }: CallRequest, codeAsked: boolean): Arrival {
  const ani = e164(from);
  const dnis = e164(to);
  return {
    call: callIdOf(leg),
    ...(ani !== undefined && { ani }),
    ...(dnis !== undefined && { dnis }),
    ...(codeAsked && { code: keys ?? "" }),
  };
}

/** The number shown may be the vendor's own: nobody would be reached there (H2), and what is known of it is not theirs. */
function ofCaller(request: CallRequest, caller: { readonly ani?: string } | undefined): CallRequest {
  if (caller === undefined || caller.ani === e164(request.from)) return request;
  const { leg, phase, to } = request;
  const { ani: from } = caller;
  return { leg, phase, ...(to !== undefined && { to }), ...(from !== undefined && { from }) };
}

/** Whether the caller's number is stored now; without it no callback may be promised (H2). */
async function keepCaller(deps: CallerWebhookDeps, call: CallId, request: CallRequest): Promise<boolean> {
  const ani = e164(request.from);
  const dnis = e164(request.to);
  const { verstat, name } = request;
  try {
    // A repeated webhook must not overwrite what was learnt since.
    const kept = await deps.conversations.caller(call);
    if (kept) return kept.ani !== undefined;
    await deps.conversations.saveCaller(call, {
      ...(ani !== undefined && { ani }),
      ...(dnis !== undefined && { dnis }),
      ...(name !== undefined && { name }),
      verification: verstat === undefined ? [] : [{ method: "stir-shaken", result: verstat, at: deps.clock.now() }],
    });
  } catch (err) {
    // The call goes on: whoever owns it may carry on without this store (H13), only without a callback.
    deps.log.error({ call, err }, "the caller's facts could not be stored");
    return false;
  }
  return ani !== undefined;
}

/** The trailing redirect, and every "what now?" of the caller's leg. */
export async function onCallerDocument(deps: CallerWebhookDeps, { form }: Webhook): Promise<string> {
  const request = parseCallRequest(form);
  return answerLeg(deps, await stateNow(deps, request), request);
}

/** `<Connect>` or `<Dial>` is over, or was interrupted; Twilio asks this even when it ignores the answer (facts §4.5). */
export async function onCallerEnded(deps: CallerWebhookDeps, { form, query }: Webhook): Promise<string> {
  const request = parseCallRequest(form);
  const state = await stateNow(deps, request);
  return answerLeg(deps, state, { ...request, leftRoom: query["room"] !== undefined });
}

/** The dial to a hosted assistant is over: by the assistant, by the network, or by us. */
export async function onAssistantEnded(deps: CallerWebhookDeps, { form, query }: Webhook): Promise<string> {
  const request = parseCallRequest(form);
  const { visit } = parseVisitRoute(query);
  if (request.phase === "over") return answerLeg(deps, await stateNow(deps, request), request);
  const raw = request.dialStatus ?? "unknown";
  const answered = raw === "completed" || raw === "answered";
  const call = callIdOf(request.leg);
  const verdict = await deps.dialled?.ended({ call, visit, answered, raw });
  if (verdict === "over") return answerHangUp(deps.renderer);
  return answerLeg(deps, await stateNow(deps, request), request);
}

/** The number a call was forwarded to is done with it. Asking the document again would dial it again. */
export async function onForwardEnded(deps: CallerWebhookDeps, { form }: Webhook): Promise<string> {
  const request = parseCallRequest(form);
  const state = await stateNow(deps, request);
  const talked = request.dialStatus === "completed" || request.dialStatus === "answered";
  return talked || request.phase === "over" ? answerHangUp(deps.renderer) : answerClosed(deps, request, state);
}

/** A key in a spoken menu. */
export async function onCallerKey(deps: CallerWebhookDeps, { form }: Webhook): Promise<string> {
  const request = parseCallRequest(form);
  const { key } = request;
  const state =
    key === undefined
      ? await stateNow(deps, request)
      : await deps.cases.deliver(callIdOf(request.leg), { kind: "caller-pressed", key }, "caller");
  return answerLeg(deps, state, request);
}

/** Twilio could not use what the voice URL answered; the number's fallback URL may point here. */
export async function onFallback(deps: CallerWebhookDeps, { form }: Webhook): Promise<string> {
  const request = parseCallRequest(form);
  const call = callIdOf(request.leg);
  deps.log.error({ call, raw: request.error ?? "unnamed" }, "the carrier could not use a document of ours");
  const state = await deps.cases.state(call);
  return state ? answerLeg(deps, state, request) : onVoice(deps, { form, query: {} });
}

/** The number's status callback. */
export async function onCallerStatus(deps: CallerWebhookDeps, { form }: Webhook): Promise<string> {
  const { leg, over } = parseCallerProgress(form);
  if (over) await deps.cases.deliver(callIdOf(leg), { kind: "caller-left" }, "carrier");
  return ACKNOWLEDGED;
}

/**
 * A living media socket reports its own end faster than this. A failed stream is news all the same: its node may be dead,
 * and the caller is owed a word that the assistant was away.
 */
export async function onStreamStatus(deps: CallerWebhookDeps, { form }: Webhook): Promise<string> {
  const { leg, stream = "", failed, raw } = parseStreamStatus(form);
  if (!failed) return ACKNOWLEDGED;
  const call = callIdOf(leg);
  deps.log.warn({ call, stream, raw }, "the carrier's media stream failed");
  await deps.cases.deliver(call, { kind: "assistant-lost", stream, down: false }, "carrier");
  return ACKNOWLEDGED;
}

/** What a caller hears who is alone in the room. */
export async function onRoomWait(deps: CallerWebhookDeps, { query }: Webhook): Promise<string> {
  const { call } = parseCallRoute(query);
  const state = await deps.cases.state(call).catch((err: unknown) => {
    deps.log.warn({ call, err }, "the case could not be read; the room's wait line is spoken in English");
    return undefined;
  });
  return answerRoomWait(deps, call, state);
}

/** The leg does next what it is answered: where that leads into the room, the case must know that they are on the way. */
async function answerLeg(
  deps: CallerWebhookDeps,
  state: CaseState | undefined,
  request: Parameters<typeof answerCaller>[2],
): Promise<string> {
  const news = state?.handoff.kind === "accepted" && !state.handoff.sentIn && request.phase !== "over";
  if (!news) return answerCaller(deps, state, request);
  const now = await deps.cases.deliver(callIdOf(request.leg), { kind: "caller-leg-asked" }, "carrier");
  return answerCaller(deps, now, request);
}

/** A request about a leg that is gone is the fact that it is gone; otherwise nothing has happened by being asked. */
function stateNow(deps: CallerWebhookDeps, request: CallRequest): Promise<CaseState | undefined> {
  const call = callIdOf(request.leg);
  return request.phase === "over"
    ? deps.cases.deliver(call, { kind: "caller-left" }, "carrier")
    : deps.cases.state(call);
}
