import { sayTime } from "../../callbacks/say-time.ts";
import type { CallId, EscalationId, LegId, OfferId } from "../../domain/ids.ts";
import type { EpochMs } from "../../domain/time.ts";
import { countsInWords } from "../../handoff/counts-in-words.ts";
import type { LegDocument, SpokenLine } from "../../handoff/document.ts";
import { documentForAgent, documentForCaller } from "../../handoff/reply.ts";
import type { CaseState } from "../../handoff/state.ts";
import type { Cases } from "../../ports/cases.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Conversations } from "../../ports/conversations.ts";
import type { DialledAssistants } from "../../ports/hosted-assistant.ts";
import type { Numbers, NumberSetup } from "../../ports/numbers.ts";
import type { Words } from "../../ports/words.ts";
import type { Log } from "../../telemetry/log.ts";
import { callIdOf } from "./call-ids.ts";
import { fillTemplate } from "./fill-template.ts";
import type { CallRequest } from "./parse-call-request.ts";
import type { AgentRoute } from "./parse-route.ts";
import { e164, isDialableNumber, spokenDigits } from "./phone-number.ts";
import { type Asking, renderDocument, type Renderer, sayText } from "./render-document.ts";

export type AnswerDeps = {
  readonly renderer: Renderer;
  readonly conversations: Pick<Conversations, "caller">;
  readonly numbers: Pick<Numbers, "of">;
  readonly cases: Pick<Cases, "state">;
  readonly dialled?: DialledAssistants;
  readonly words: Words;
  /** What the agent hears before the key: one or two sentences from the packet. */
  readonly whisper: (escalation: EscalationId) => Promise<string>;
  readonly log: Log;
  readonly clock: Pick<Clock, "now">;
  /** When a callback promised at `at` is due unless the caller names a time. */
  readonly callbackDueAt: (at: EpochMs) => EpochMs;
};

/** Heard when the case, and with it the caller's language, cannot be looked up. */
const ANY_LANGUAGE = "en";

/** TwiML for the caller's leg, from the committed state. A caller who is unknown has hung up long ago. */
export async function answerCaller(
  deps: AnswerDeps,
  state: CaseState | undefined,
  request: CallRequest & { readonly leftRoom?: boolean },
): Promise<string> {
  const { renderer } = deps;
  const call = callIdOf(request.leg);
  const setup = deps.numbers.of(e164(request.to));
  const { document, dial, now } = await withDial(deps, state, { call, leg: request.leg, assistant: setup.assistant });
  const fill: Fill = {
    number: readsBack(document) ? await numberOf(deps, call) : "",
    time: timeOf(deps, now, setup),
    ...(setup.disclosure !== undefined && { notice: setup.disclosure }),
  };
  const forwardTo = document.kind === "forward" ? forwardOf(deps, call, setup) : undefined;
  const asking: Asking = {
    call,
    leg: request.leg,
    urls: renderer.urls.caller,
    ...speech(deps, now, fill),
    ...(dial !== undefined && { dial }),
    ...(forwardTo !== undefined && { forwardTo }),
    leftRoom: request.leftRoom === true,
  };
  return renderDocument(renderer, document, asking);
}

type WithDial = {
  readonly document: LegDocument;
  readonly now: CaseState | undefined;
  readonly dial?: { readonly visit: string; readonly uri: string };
};

/** Where the document is the assistant's: is it dialled, and where? One that cannot be is told to the case first. */
async function withDial(
  deps: AnswerDeps,
  state: CaseState | undefined,
  ask: Parameters<DialledAssistants["dial"]>[0],
): Promise<WithDial> {
  const document: LegDocument = state ? documentForCaller(state) : { kind: "hang-up" };
  if (document.kind !== "assistant") return { document, now: state };
  const dial = await deps.dialled?.dial(ask);
  if (dial === undefined) return { document, now: state };
  const { visit, address } = dial;
  if (address.kind === "sip") return { document, now: state, dial: { visit, uri: address.uri } };
  await deps.dialled?.ended({ call: ask.call, visit, answered: false, raw: address.raw });
  const now = await deps.cases.state(ask.call);
  return { document: now ? documentForCaller(now) : { kind: "hang-up" }, now };
}

/** TwiML for an agent's leg. */
export async function answerAgent(
  deps: AnswerDeps,
  state: CaseState | undefined,
  about: AgentRoute & { readonly request: CallRequest; readonly leftRoom?: boolean },
): Promise<string> {
  const { call, offer, request } = about;
  const document = agentDocument(state, offer, request.leg);
  const asking: Asking = {
    call,
    leg: request.leg,
    urls: deps.renderer.urls.agent(call, offer),
    ...speech(deps, state),
    ...(document.kind === "whisper" && { briefing: await briefingOf(deps, document.escalation) }),
    leftRoom: about.leftRoom === true,
  };
  return renderDocument(deps.renderer, document, asking);
}

/** A case nobody knows any more needs no agent. */
const agentDocument = (state: CaseState | undefined, offer: OfferId, leg: LegId): LegDocument =>
  state
    ? documentForAgent(state, offer, leg)
    : { kind: "say-and-hang-up", lines: [{ line: "call-taken", values: {} }] };

/** Nothing can be looked up: a voice all the same, and the same question again (H11, H13). */
export const answerAway = (renderer: Renderer, documentUrl: string): string =>
  fillTemplate(renderer.templates.away, { values: { documentUrl }, slots: {} });

/** What the caller hears alone in the room. It never fails: a failing wait document would drop the call (facts §5.1). */
export function answerRoomWait(deps: AnswerDeps, call: CallId, state: CaseState | undefined): string {
  const { words, language } = speech(deps, state);
  const line = sayText(words({ line: "holding-1", values: {} }), language);
  return fillTemplate(deps.renderer.templates["room-wait"], {
    values: { roomWaitUrl: deps.renderer.urls.roomWait(call) },
    slots: { lines: [line] },
  });
}

/** One sentence and the end, for a forwarded call that nobody took. */
export function answerClosed(deps: AnswerDeps, request: CallRequest, state: CaseState | undefined): string {
  const asking = {
    call: callIdOf(request.leg),
    leg: request.leg,
    urls: deps.renderer.urls.caller,
    ...speech(deps, state),
  };
  return renderDocument(deps.renderer, { kind: "say-and-hang-up", lines: [{ line: "closed", values: {} }] }, asking);
}

export const answerHangUp = (renderer: Renderer): string =>
  fillTemplate(renderer.templates["hang-up"], { values: {}, slots: {} });

/** What the state does not know: the caller's number (H12), the callback's time in their words, and what the opening must tell in the number's region (H14). */
type Fill = { readonly number: string; readonly time: string; readonly notice?: string };

function speech(
  deps: AnswerDeps,
  state: CaseState | undefined,
  fill: Fill = { number: "", time: "" },
): Pick<Asking, "language" | "words"> {
  const language = state?.caller?.language ?? ANY_LANGUAGE;
  return {
    language,
    words: (spoken) => deps.words.line(language, spoken.line, countsInWords(filled(spoken, fill), language)),
  };
}

function filled({ line, values }: SpokenLine, { number, time, notice }: Fill): SpokenLine["values"] {
  if (line === "read-back") return { ...values, number, time };
  if (line === "callback-confirmed") return { ...values, time };
  return line === "disclosure" && notice !== undefined ? { ...values, notice } : values;
}

const readsBack = (document: LegDocument): boolean =>
  "lines" in document && document.lines.some(({ line }) => line === "read-back");

/** The time that is read back, or that is stored; one and the same, since the first becomes the second. */
function timeOf({ clock, callbackDueAt }: AnswerDeps, state: CaseState | undefined, setup: NumberSetup): string {
  const now = clock.now();
  const { handoff, escalation } = state ?? {};
  const capturing = handoff?.kind === "capturing-callback";
  const at = capturing ? (handoff.dueAt ?? callbackDueAt(now)) : escalation?.callback?.dueAt;
  if (at === undefined) return "";
  const language = state?.caller?.language ?? ANY_LANGUAGE;
  return sayTime(at, { now, zone: setup.timeZone ?? "UTC", language });
}

async function numberOf(deps: AnswerDeps, call: CallId): Promise<string> {
  const caller = await deps.conversations.caller(call);
  return spokenDigits(caller?.callbackNumber ?? caller?.ani ?? "");
}

/** The admin's destination, if it may be dialled at all. */
function forwardOf(deps: AnswerDeps, call: CallId, { forwardTo }: NumberSetup): string | undefined {
  if (forwardTo !== undefined && isDialableNumber(forwardTo)) return forwardTo;
  deps.log.error({ call, reason: "forbidden-destination" }, "a number in mode forward has no number to forward to");
  return undefined;
}

/** The call is offered without a briefing rather than not at all. */
async function briefingOf(deps: AnswerDeps, escalation: EscalationId): Promise<string> {
  try {
    return await deps.whisper(escalation);
  } catch (err) {
    deps.log.error({ escalation, err }, "the briefing could not be made; the agent hears only the key prompt");
    return "";
  }
}
