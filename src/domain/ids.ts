declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

/** The caller's whole visit. Made from the carrier's own id at the edge, so a repeated webhook names the same call. */
export type CallId = Id<"CallId">;
/** One tracked case, from the decision to its resolution; any channel. */
export type EscalationId = Id<"EscalationId">;
/** One reserved agent being asked; never used twice. */
export type OfferId = Id<"OfferId">;
/** One connection to one party at the carrier (caller leg, agent leg), in the carrier's own spelling. */
export type LegId = Id<"LegId">;
export type AgentId = Id<"AgentId">;
export type QueueId = Id<"QueueId">;
export type CallbackId = Id<"CallbackId">;
/** One gateway process, new at every start. */
export type NodeId = Id<"NodeId">;
/** Proves ownership of a reservation; a release without it is refused. */
export type OwnerToken = Id<"OwnerToken">;

// The only place a raw string becomes an id; edges call these after the shape has been checked.
export const CallId = (raw: string): CallId => raw as CallId;
export const EscalationId = (raw: string): EscalationId => raw as EscalationId;
export const OfferId = (raw: string): OfferId => raw as OfferId;
export const LegId = (raw: string): LegId => raw as LegId;
export const AgentId = (raw: string): AgentId => raw as AgentId;
export const QueueId = (raw: string): QueueId => raw as QueueId;
export const CallbackId = (raw: string): CallbackId => raw as CallbackId;
export const NodeId = (raw: string): NodeId => raw as NodeId;
export const OwnerToken = (raw: string): OwnerToken => raw as OwnerToken;
