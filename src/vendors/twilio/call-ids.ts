import { CallId, type LegId } from "../../domain/ids.ts";

/** Twilio's own spelling of a call leg: `CA` and 32 hex digits. */
export const CALL_SID = /^CA[0-9a-f]{32}$/;

/**
 * The call a caller's leg belongs to. Derived, so that a repeated webhook names the same call on every node and no
 * table is needed.
 */
export const callIdOf = (leg: LegId): CallId => CallId(`call-${leg.slice(2)}`);

/** The shape of what `callIdOf` makes, as it comes back in our own URLs. */
export const CALL_ID = /^call-[0-9a-f]{32}$/;
