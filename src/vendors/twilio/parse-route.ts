import { z } from "zod";

import { CallId, EscalationId, OfferId } from "../../domain/ids.ts";
import { CALL_ID } from "./call-ids.ts";
import { readFields } from "./read-fields.ts";

// What we ourselves wrote into a URL. The signature covers it; a malformed one is refused all the same.
const call = z.string().regex(CALL_ID, "is no call of ours").transform(CallId);
const opaque = z.string().regex(/^[\w-]{1,100}$/, "is no id of ours");

const agentRoute = z.object({ call, offer: opaque.transform(OfferId) });
const roomRoute = z.object({ call, escalation: opaque.transform(EscalationId) });
const callRoute = z.object({ call });

const visitRoute = z.object({ visit: opaque });

export type AgentRoute = { readonly call: CallId; readonly offer: OfferId };
export type RoomRoute = { readonly call: CallId; readonly escalation: EscalationId };

export const parseAgentRoute = (query: unknown): AgentRoute => readFields(agentRoute, query);
export const parseRoomRoute = (query: unknown): RoomRoute => readFields(roomRoute, query);
export const parseVisitRoute = (query: unknown): { readonly visit: string } => readFields(visitRoute, query);
export const parseCallRoute = (query: unknown): { readonly call: CallId } => readFields(callRoute, query);
