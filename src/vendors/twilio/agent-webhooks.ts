// What Twilio asks and tells about an agent's leg and about the room. The call and the offer are in each URL, so that a
// callback which overtakes the answer to the create still finds its case.

import type { CallId, LegId, OfferId } from "../../domain/ids.ts";
import { type CaseState, heldOffers } from "../../handoff/state.ts";
import type { Cases, News } from "../../ports/cases.ts";
import { type AnswerDeps, answerAgent } from "./answer-leg.ts";
import { callIdOf } from "./call-ids.ts";
import { ACKNOWLEDGED } from "./caller-webhooks.ts";
import { parseAgentProgress } from "./parse-call-progress.ts";
import { type CallRequest, parseCallRequest } from "./parse-call-request.ts";
import { type AgentRoute, parseAgentRoute, parseRoomRoute } from "./parse-route.ts";
import { parseRoomEvent, type RoomEvent } from "./parse-room-event.ts";
import type { Webhook } from "./webhook-door.ts";

export type AgentWebhookDeps = AnswerDeps & { readonly cases: Cases };

/** Asked when the agent's leg is answered, and at each "what now?" after that. */
export async function onAgentDocument(deps: AgentWebhookDeps, { form, query }: Webhook): Promise<string> {
  const route = parseAgentRoute(query);
  const request = parseCallRequest(form);
  return answerAgent(deps, await answered(deps, route, request), { ...route, request });
}

/** The agent's `<Dial>` into the room is over, or was interrupted. */
export async function onAgentEnded(deps: AgentWebhookDeps, { form, query }: Webhook): Promise<string> {
  const route = parseAgentRoute(query);
  const request = parseCallRequest(form);
  const { call, offer } = route;
  const { leg } = request;
  // Twilio asks this after a hang-up too, and sends each progress callback only once: whichever comes tells the case.
  const state =
    request.phase === "over"
      ? await deps.cases.deliver(
          call,
          { kind: "agent-leg-ended", offer, leg, how: "hung-up", raw: "completed" },
          "carrier",
        )
      : await deps.cases.state(call);
  return answerAgent(deps, state, { ...route, request, leftRoom: true });
}

/** Key 1 is consent; any other key declines. A second press, or a late one, is answered from the state as it is. */
export async function onAgentKey(deps: AgentWebhookDeps, { form, query }: Webhook): Promise<string> {
  const route = parseAgentRoute(query);
  const request = parseCallRequest(form);
  const { key } = request;
  const { offer } = route;
  if (key === undefined) return answerAgent(deps, await deps.cases.state(route.call), { ...route, request });
  const news: News = key === "1" ? { kind: "agent-consented", offer, via: "key" } : { kind: "agent-declined", offer };
  return answerAgent(deps, await deps.cases.deliver(route.call, news, "agent"), { ...route, request });
}

/** Call progress of an agent's leg. */
export async function onAgentStatus(deps: AgentWebhookDeps, { form, query }: Webhook): Promise<string> {
  const { call, offer } = parseAgentRoute(query);
  await deps.cases.deliver(call, parseAgentProgress(form, offer), "carrier");
  return ACKNOWLEDGED;
}

/** Who came into the case's room, and who left it. */
export async function onRoom(deps: AgentWebhookDeps, { form, query }: Webhook): Promise<string> {
  const { call } = parseRoomRoute(query);
  const event = parseRoomEvent(form);
  if (event.kind !== "other") await onParticipant(deps, call, event);
  return ACKNOWLEDGED;
}

type Participant = Exclude<RoomEvent, { kind: "other" }>;

async function onParticipant(deps: AgentWebhookDeps, call: CallId, event: Participant): Promise<void> {
  const { leg } = event;
  if (callIdOf(leg) === call) return onCallerInRoom(deps, call, event);
  const offer = event.offer ?? offerOf(await deps.cases.state(call), leg);
  if (offer === undefined) {
    deps.log.warn({ call, raw: event.kind }, "a leg that belongs to no offer was seen in a room");
    return;
  }
  const kind = event.kind === "joined" ? "agent-joined" : "agent-left-room";
  await deps.cases.deliver(call, { kind, offer, leg }, "carrier");
}

async function onCallerInRoom(deps: AgentWebhookDeps, call: CallId, event: Participant): Promise<void> {
  const kind = event.kind === "joined" ? "caller-joined" : "caller-left-room";
  await deps.cases.deliver(call, { kind }, "carrier");
  // The room knows of a hang-up before the number's status callback does.
  if (event.kind === "left" && event.over) await deps.cases.deliver(call, { kind: "caller-left" }, "carrier");
}

/** Labels get lost (facts §11): the leg decides then. */
function offerOf(state: CaseState | undefined, leg: LegId): OfferId | undefined {
  if (!state) return undefined;
  const offer = heldOffers(state).find((held) => held.leg === leg)?.id;
  return offer ?? state.strays.find((stray) => stray.leg === leg)?.offer;
}

/** A leg that asks for its document and is up has been answered, whatever became of the callback that says so. */
function answered(deps: AgentWebhookDeps, route: AgentRoute, request: CallRequest): Promise<CaseState | undefined> {
  const { call, offer } = route;
  return request.phase === "up"
    ? deps.cases.deliver(call, { kind: "agent-leg-answered", offer, leg: request.leg }, "carrier")
    : deps.cases.state(call);
}
