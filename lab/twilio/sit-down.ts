import { interruptionOf, type Call } from "./call.ts";
import type { Carrier } from "./carrier.ts";
import type { ConferenceCallback } from "./conference-callback.ts";
import { Conference } from "./conference.ts";
import { Seat, type LeaveReason, type SeatOptions } from "./seat.ts";

export type SeatRequest = {
  room: string;
  region: string;
  maxParticipants: number;
  callback: ConferenceCallback | undefined;
  seat: SeatOptions;
  hangupOnStar: boolean;
};

/** Why nobody was seated, by Twilio's error number; or how the visit ended. */
export type Visit = { seated: true; reason: LeaveReason } | { seated: false; code: number };

/** The live room of that name, or a new one. */
export function openRoom(carrier: Carrier, name: string, region: string): Conference {
  const live = carrier.rooms.get(name);
  if (live !== undefined) return live;
  const room = new Conference(carrier, name, region);
  carrier.rooms.set(name, room);
  carrier.conferences.set(room.sid, room);
  return room;
}

/** Puts a call into a room and keeps it there until it leaves, by itself, with the room, or because `signal` aborts. */
export async function sitDown(carrier: Carrier, call: Call, signal: AbortSignal, request: SeatRequest): Promise<Visit> {
  const known = carrier.rooms.get(request.room);
  const refusal = known === undefined ? refusalOf(undefined, request) : refusalOf(known, request);
  if (refusal !== undefined) {
    carrier.log.warn(refusal, `no seat in "${request.room}" for ${request.seat.label || call.sid}`, call.sid);
    return { seated: false, code: refusal };
  }
  const room = openRoom(carrier, request.room, request.region);
  const seat = new Seat(call, request.seat);
  room.fixCallback(request.callback);
  if (request.hangupOnStar) seat.onStar = () => room.leave(seat, "participant_hung_up");
  const unplug = call.leg.plug(seat);
  const leave = () => room.leave(seat, reasonOf(signal), { kicked: false });
  signal.addEventListener("abort", leave, { once: true });
  room.join(seat);
  const reason = await seat.left;
  signal.removeEventListener("abort", leave);
  unplug();
  return { seated: true, reason };
}

function reasonOf(signal: AbortSignal): LeaveReason {
  const why = interruptionOf(signal);
  const viaApi = why.kind === "redirected" || why.by === "rest";
  return viaApi ? "participant_updated_via_api" : "participant_hung_up";
}

function refusalOf(room: Conference | undefined, request: SeatRequest): number | undefined {
  const { label, coaches } = request.seat;
  if (coaches !== undefined && (room?.status !== "in-progress" || !room.seats.has(coaches))) return 13_240;
  if (room === undefined) return undefined;
  if (label !== "" && room.findSeat(label) !== undefined) return 16_025;
  return room.seats.size >= request.maxParticipants ? 13_200 : undefined;
}
