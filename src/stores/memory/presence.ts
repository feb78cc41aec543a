import type { AgentId, OwnerToken } from "../../domain/ids.ts";
import type { EpochMs } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { AgentHold, AgentPresence, Presence, PresenceAnswer } from "../../ports/presence.ts";
import type { Log } from "../../telemetry/log.ts";
import { letGo, prolong, runsOutAt, sameView, settle, view, wish } from "./seat.ts";
import type { Seat } from "./seat.ts";

export type MemoryPresence = Presence & { close(): void };

type Room = {
  seats: Map<AgentId, Seat>;
  listeners: Set<(presence: AgentPresence) => void>;
  clock: Clock;
  log: Log;
  /** The one timer, at the earliest time anything runs out. */
  cancelTimer: () => void;
  timerAt: EpochMs | undefined;
};

const answer = async <T>(value: T): Promise<PresenceAnswer<T>> => ({ ok: true, value });

/** Presence for one process, and the reference model of `Presence`: what Redis does is right when it does the same. */
export function createMemoryPresence(parts: { readonly clock: Clock; readonly log: Log }): MemoryPresence {
  const room: Room = {
    seats: new Map(),
    listeners: new Set(),
    clock: parts.clock,
    log: parts.log,
    cancelTimer: () => undefined,
    timerAt: undefined,
  };
  return {
    reserve: (ask) => answer(reserve(room, ask)),
    hold: (ask) => answer(changeHeld(room, ask, (seat) => prolong(seat, ask, ask.status, ask.at))),
    release: (ask) => answer(changeHeld(room, ask, (seat) => letGo(seat, ask.next, ask.at))),
    set: (ask) => {
      const seat = settled(room, ask.agent, ask.at);
      const wanted = { status: ask.status, ...(ask.reason !== undefined && { reason: ask.reason }) };
      const next = wish(seat, wanted, ask.at, ask.leaseUntil);
      put(room, ask.agent, next, ask.at);
      return answer(view(ask.agent, next, ask.at));
    },
    renew: (agent, at, leaseUntil) => answer(renew(room, agent, at, leaseUntil)),
    get: (agents, at) => answer(agents.map((agent) => view(agent, settled(room, agent, at), at))),
    holds: (at) => answer(holds(room, at)),
    onChange: (listener) => {
      room.listeners.add(listener);
      return () => void room.listeners.delete(listener);
    },
    close: () => room.cancelTimer(),
  };
}

function settled(room: Room, agent: AgentId, at: EpochMs): Seat | undefined {
  const seat = room.seats.get(agent);
  return seat && settle(seat, at);
}

function holds(room: Room, at: EpochMs): readonly AgentHold[] {
  return [...room.seats].flatMap(([agent, seat]) => {
    const { status, hold } = settle(seat, at);
    return hold ? [{ agent, token: hold.token, status }] : [];
  });
}

function reserve(room: Room, ask: Parameters<Presence["reserve"]>[0]): AgentId | undefined {
  for (const [agent, seat] of room.seats) {
    if (settle(seat, ask.at).hold?.token === ask.token) return agent;
  }
  const free = ask.candidates
    .map((agent) => ({ agent, seat: settled(room, agent, ask.at) }))
    .flatMap(({ agent, seat }) => (seat?.status === "available" ? [{ agent, seat }] : []))
    .toSorted((a, b) => a.seat.since - b.seat.since || (a.agent < b.agent ? -1 : 1))
    .at(0);
  if (!free) return undefined;
  const hold = { token: ask.token, until: ask.expiresAt };
  put(room, free.agent, prolong(free.seat, hold, "reserved", ask.at), ask.at);
  return free.agent;
}

function changeHeld(
  room: Room,
  ask: { readonly agent: AgentId; readonly token: OwnerToken; readonly at: EpochMs },
  change: (seat: Seat) => Seat,
): boolean {
  const seat = settled(room, ask.agent, ask.at);
  if (seat?.hold?.token !== ask.token) return false;
  put(room, ask.agent, change(seat), ask.at);
  return true;
}

function renew(room: Room, agent: AgentId, at: EpochMs, leaseUntil: EpochMs): boolean {
  const seat = settled(room, agent, at);
  if (!seat || seat.leaseUntil <= at) return false;
  put(room, agent, leaseUntil > seat.leaseUntil ? { ...seat, leaseUntil } : seat, at);
  return true;
}

function put(room: Room, agent: AgentId, next: Seat, at: EpochMs): void {
  const before = view(agent, room.seats.get(agent), at);
  room.seats.set(agent, next);
  const now = view(agent, next, at);
  // Who was never heard of and says "offline" has changed nothing.
  if (!sameView(before, now)) tell(room, now);
  schedule(room);
}

function tell(room: Room, presence: AgentPresence): void {
  for (const listener of room.listeners) {
    try {
      listener(presence);
    } catch (error) {
      // One listener's bug must not keep the others from hearing, nor fail the reservation that caused it.
      room.log.error({ agent: presence.agent, err: error }, "a presence listener failed");
    }
  }
}

function schedule(room: Room): void {
  let first: EpochMs | undefined;
  for (const seat of room.seats.values()) {
    const at = runsOutAt(seat);
    if (at !== undefined && (first === undefined || at < first)) first = at;
  }
  if (first === room.timerAt) return;
  room.cancelTimer();
  room.timerAt = first;
  room.cancelTimer = first === undefined ? () => undefined : room.clock.at(first, () => expire(room));
}

function expire(room: Room): void {
  room.timerAt = undefined;
  const at = room.clock.now();
  for (const [agent, seat] of room.seats) {
    const next = settle(seat, at);
    if (next === seat) continue;
    room.log.info({ agent, state: next.status }, "a lease or a reservation ran out");
    room.seats.set(agent, next);
    tell(room, view(agent, next, at));
  }
  schedule(room);
}
