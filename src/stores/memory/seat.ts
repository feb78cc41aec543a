// One agent's availability as a plain value. This is the reference: `redis/presence.lua` says the same in Lua, and the
// contract suite and a model test hold the two together.
//
//   offline ⇄ away ⇄ available ─reserve→ reserved ─hold→ busy ─hold→ wrap-up
//   reserved, busy and wrap-up belong to an owner token and end by its release or by running out.
//   A hold that runs out: reserved → available (nobody asked the agent anything), busy and wrap-up → check-in
//   (nothing makes an agent available but the agent). Without a live lease every end is offline.

import type { PresenceStatus } from "../../domain/closed-sets.ts";
import type { AgentId, OwnerToken } from "../../domain/ids.ts";
import type { EpochMs } from "../../domain/time.ts";
import type { AgentPresence } from "../../ports/presence.ts";

export type Seat = {
  readonly status: PresenceStatus;
  readonly since: EpochMs;
  readonly reason?: string;
  /** From here on an agent who is not held is offline. */
  readonly leaseUntil: EpochMs;
  readonly hold?: { readonly token: OwnerToken; readonly until: EpochMs };
  /** What the agent asked for while held. */
  readonly wish?: { readonly status: "away" | "offline"; readonly reason?: string };
};

type Wanted = { readonly status: PresenceStatus; readonly reason?: string };

const later = (a: EpochMs, b: EpochMs): EpochMs => (a > b ? a : b);

/** The seat as it is at `at`: what ran out meanwhile has run out. */
export function settle(seat: Seat, at: EpochMs): Seat {
  const { hold } = seat;
  const free =
    hold && hold.until <= at ? letGo(seat, seat.status === "reserved" ? "available" : "check-in", hold.until) : seat;
  if (free.hold || free.status === "offline" || free.leaseUntil > at) return free;
  return { status: "offline", since: later(free.leaseUntil, free.since), leaseUntil: free.leaseUntil };
}

/** Ends the hold at `at`. A lease that is gone outranks the caller's `next`, and the agent's own wish does too. */
export function letGo(seat: Seat, next: "available" | "check-in" | "offline", at: EpochMs): Seat {
  const wanted: Wanted =
    seat.leaseUntil <= at || next === "offline" ? { status: "offline" } : (seat.wish ?? { status: next });
  return { ...wanted, since: at, leaseUntil: seat.leaseUntil };
}

/** The agent's own word. A wrap-up ends by it; a reservation or a call does not. */
export function wish(seat: Seat | undefined, wanted: Wanted, at: EpochMs, leaseUntil: EpochMs): Seat {
  if (seat?.hold && seat.status !== "wrap-up") return remember(seat, wanted, leaseUntil);
  const same = seat?.status === wanted.status;
  const next: Seat = {
    status: wanted.status,
    since: same ? seat.since : at,
    // Who says "offline" has no lease to prolong: only their own word brings them back.
    leaseUntil: wanted.status === "offline" ? at : leaseUntil,
    ...(wanted.reason !== undefined && { reason: wanted.reason }),
  };
  return settle(next, at);
}

function remember(seat: Seat, wanted: Wanted, leaseUntil: EpochMs): Seat {
  const { wish: _old, ...rest } = seat;
  if (wanted.status !== "away" && wanted.status !== "offline") return { ...rest, leaseUntil };
  const { status, reason } = wanted;
  return { ...rest, leaseUntil, wish: { status, ...(reason !== undefined && { reason }) } };
}

/** Holds never get shorter: a late repetition of an earlier hold must not free an agent who is talking. */
export function prolong(
  seat: Seat,
  hold: { readonly token: OwnerToken; readonly until: EpochMs },
  status: "reserved" | "busy" | "wrap-up",
  at: EpochMs,
): Seat {
  const until = later(seat.hold?.until ?? hold.until, hold.until);
  const { reason: _reason, ...rest } = seat;
  return { ...rest, status, since: seat.status === status ? seat.since : at, hold: { token: hold.token, until } };
}

/** When the seat changes by itself; `undefined`: never. */
export function runsOutAt(seat: Seat): EpochMs | undefined {
  if (seat.hold) return seat.hold.until;
  return seat.status === "offline" ? undefined : seat.leaseUntil;
}

/** What others see. An agent nobody has heard of is offline. */
export function view(agent: AgentId, seat: Seat | undefined, at: EpochMs): AgentPresence {
  if (!seat) return { agent, status: "offline", since: at };
  const { status, since, reason } = seat;
  return { agent, status, since, ...(reason !== undefined && { reason }) };
}

export const sameView = (a: AgentPresence, b: AgentPresence): boolean =>
  a.status === b.status && a.since === b.since && a.reason === b.reason;
