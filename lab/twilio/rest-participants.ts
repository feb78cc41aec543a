import { wordList } from "./word-list.ts";
import { hangUpCall } from "./call-life.ts";
import type { Call } from "./call.ts";
import type { Carrier } from "./carrier.ts";
import type { Conference } from "./conference.ts";
import { readConferenceCallback } from "./conference-callback.ts";
import { checkAddresses, placeCall } from "./place-call.ts";
import {
  amount,
  httpMethod,
  listPage,
  one,
  restDate,
  RestError,
  truth,
  type Params,
  type RestAnswer,
  type Route,
} from "./rest-answer.ts";
import { announce, findConference } from "./rest-conferences.ts";
import type { Seat } from "./seat.ts";
import { openRoom, sitDown, type SeatRequest } from "./sit-down.ts";
import { readStatusCallback } from "./status-callback.ts";
import { beepOf, jitterOf } from "./verb-dial.ts";

const CREATE = wordList(`
    From To Label CallerId CallerDisplayName CallToken CallReason Timeout TimeLimit EarlyMedia Beep
    Muted StartConferenceOnEnter EndConferenceOnExit WaitUrl WaitMethod MaxParticipants Coaching
    CallSidToCoach JitterBufferSize Region Byoc SipAuthUsername SipAuthPassword StatusCallback
    StatusCallbackMethod StatusCallbackEvent ConferenceStatusCallback ConferenceStatusCallbackMethod
    ConferenceStatusCallbackEvent Record RecordingChannels RecordingTrack RecordingStatusCallback
    RecordingStatusCallbackMethod RecordingStatusCallbackEvent Trim ConferenceRecord ConferenceTrim
    ConferenceRecordingStatusCallback MachineDetection AmdStatusCallback AmdStatusCallbackMethod
    ClientNotificationUrl RecordingConfigurationId Passports`);
const UPDATE = wordList(`
    Muted Hold HoldUrl HoldMethod AnnounceUrl AnnounceMethod WaitUrl WaitMethod BeepOnExit
    EndConferenceOnExit Coaching CallSidToCoach`);
const LIST_PATH = /^\/Conferences\/([^/]+)\/Participants\.json$/;
const ONE_PATH = /^\/Conferences\/([^/]+)\/Participants\/([^/]+)\.json$/;

/** `/Conferences/{SID or name}/Participants`: create, list, fetch, update, delete. */
export function participantRoutes(carrier: Carrier): Route[] {
  const withSeat = (path: string, part: (index: number) => string, use: (found: Found) => void = () => undefined) => {
    const found = findSeat(carrier, { sid: part(1), who: part(2), path });
    use(found);
    return { status: 200, body: participantResource(carrier, found.room, found.seat) };
  };
  return [
    {
      method: "POST",
      path: LIST_PATH,
      known: CREATE,
      perform: ({ params, path }, part) => ({
        status: 201,
        body: create(carrier, { nameOrSid: part(1), params, path }),
      }),
    },
    {
      method: "GET",
      path: LIST_PATH,
      known: [],
      perform: ({ path, query }, part) => list(carrier, { sid: part(1), path, query }),
    },
    { method: "GET", path: ONE_PATH, known: [], perform: ({ path }, part) => withSeat(path, part) },
    {
      method: "POST",
      path: ONE_PATH,
      known: UPDATE,
      perform: ({ params, path }, part) => withSeat(path, part, (found) => update(carrier, { ...found, params })),
    },
    {
      method: "DELETE",
      path: ONE_PATH,
      known: [],
      perform: ({ path }, part) => {
        withSeat(path, part, ({ room, seat }) => room.leave(seat, "participant_updated_via_api", { kicked: true }));
        return { status: 204, body: undefined };
      },
    },
  ];
}

type Found = { room: Conference; seat: Seat };

function list(carrier: Carrier, what: { sid: string; path: string; query: URLSearchParams }): RestAnswer {
  const room = findConference(carrier, what.sid, what.path);
  const asked = (key: string, value: boolean) => what.query.get(key) === null || what.query.get(key) === String(value);
  const found = [...room.seats.values()].filter((seat) => asked("Muted", seat.muted) && asked("Hold", seat.hold));
  const resources = found.map((seat) => participantResource(carrier, room, seat));
  return listPage(what, "participants", resources);
}

function findSeat(
  carrier: Carrier,
  which: { sid: string; who: string; path: string },
): { room: Conference; seat: Seat } {
  const room = findConference(carrier, which.sid, which.path);
  const seat = room.findSeat(decodeURIComponent(which.who));
  if (seat === undefined) throw new RestError(404, 20_404, `The requested resource ${which.path} was not found`);
  return { room, seat };
}

function create(carrier: Carrier, request: { nameOrSid: string; params: Params; path: string }): object {
  const { params } = request;
  const to = one(params, "To");
  const from = one(params, "From");
  checkAddresses(carrier, to, from);
  const room = roomOf(carrier, request);
  const wanted = seatRequest(carrier, room, params);
  if (wanted.seat.label !== "" && room.findSeat(wanted.seat.label) !== undefined) {
    throw new RestError(400, 16_025, `Participant label "${wanted.seat.label}" is already used in this conference`);
  }
  room.fixCallback(wanted.callback);
  const call = placeCall(carrier, {
    to: to ?? "",
    from: one(params, "CallerId") ?? from ?? "",
    timeoutMs: amount(params, "Timeout", 60) * 1000,
    timeLimitMs: one(params, "TimeLimit") === undefined ? undefined : amount(params, "TimeLimit", 14_400) * 1000,
    sendDigits: undefined,
    statusCallback: readStatusCallback(carrier, one(params, "StatusCallback"), {
      method: one(params, "StatusCallbackMethod"),
      events: params["StatusCallbackEvent"] ?? [],
    }),
    onAnswer: (answered) => void attend(carrier, answered, wanted),
  });
  void call.ended.then(() => noteAbsence(room, call, wanted.seat.label));
  return {
    ...participantFields(carrier, room, call.sid),
    label: wanted.seat.label === "" ? null : wanted.seat.label,
    end_conference_on_exit: wanted.seat.endOnExit,
    muted: wanted.seat.muted,
    hold: false,
    start_conference_on_enter: wanted.seat.startOnEnter,
    coaching: wanted.seat.coaches !== undefined,
    call_sid_to_coach: wanted.seat.coaches ?? null,
    status: "queued",
    queue_time: String(call.queueMs),
  };
}

/** A SID must be that of a live room; a name opens one when there is none. */
function roomOf(carrier: Carrier, request: { nameOrSid: string; params: Params; path: string }): Conference {
  const nameOrSid = decodeURIComponent(request.nameOrSid);
  if (!/^CF[0-9a-f]{32}$/.test(nameOrSid)) return openRoom(carrier, nameOrSid, one(request.params, "Region") ?? "us1");
  const room = findConference(carrier, nameOrSid, request.path);
  if (room.over) throw new RestError(404, 20_404, `The requested resource ${request.path} was not found`);
  return room;
}

/** The document of a participant created by REST: be in the room, and hang up after it. */
function attend(carrier: Carrier, call: Call, wanted: SeatRequest): Promise<void> {
  const stop = new AbortController();
  const done = carrier.timers
    .sleep(carrier.latencies.conferenceJoinMs, stop.signal)
    .then(() => (stop.signal.aborted ? undefined : sitDown(carrier, call, stop.signal, wanted)))
    .then(() => (stop.signal.aborted ? undefined : hangUpCall(carrier, call, "carrier")));
  call.running = { stop, done };
  return done;
}

/** A participant who never came is reported like one who left, and an empty room closes. */
function noteAbsence(room: Conference, call: Call, label: string): void {
  if (room.over || call.answeredAt !== undefined) return;
  room.emit("participant-leave", undefined, {
    CallSid: call.sid,
    ParticipantLabel: label,
    ParticipantCallStatus: call.status,
    ReasonParticipantLeft: "participant_add_failed",
  });
  if (room.seats.size === 0) room.end("last-participant-left");
}

function seatRequest(carrier: Carrier, room: Conference, params: Params): SeatRequest {
  const events = params["ConferenceStatusCallbackEvent"] ?? ["start", "end"];
  return {
    room: room.friendlyName,
    region: room.region,
    maxParticipants: amount(params, "MaxParticipants", 250),
    callback: readConferenceCallback(carrier, one(params, "ConferenceStatusCallback"), {
      method: one(params, "ConferenceStatusCallbackMethod"),
      events,
    }),
    hangupOnStar: false,
    seat: {
      label: one(params, "Label") ?? "",
      muted: truth(params, "Muted", false),
      startOnEnter: truth(params, "StartConferenceOnEnter", true),
      endOnExit: truth(params, "EndConferenceOnExit", false),
      beep: beepOf(one(params, "Beep")),
      jitter: jitterOf(one(params, "JitterBufferSize")),
      wait: { url: one(params, "WaitUrl"), method: httpMethod(params, "WaitMethod") },
      coaches: truth(params, "Coaching", false) ? one(params, "CallSidToCoach") : undefined,
    },
  };
}

function update(carrier: Carrier, what: { room: Conference; seat: Seat; params: Params }): void {
  const { room, seat, params } = what;
  const muted = truth(params, "Muted", seat.muted);
  if (muted !== seat.muted) {
    seat.muted = muted;
    room.emit(muted ? "participant-mute" : "participant-unmute", seat);
  }
  if (updateFlags(carrier, seat, params)) room.emit("participant-modify", seat);
  const hold = truth(params, "Hold", seat.hold);
  if (hold) room.hold(seat, { url: one(params, "HoldUrl"), method: httpMethod(params, "HoldMethod", "GET") });
  else room.unhold(seat);
  const url = one(params, "AnnounceUrl");
  if (url === undefined || url === "") return;
  void announce(carrier, room, { seat, source: { url, method: httpMethod(params, "AnnounceMethod") }, whole: false });
}

/** The settings whose change is a `participant-modify`. Returns whether any was sent. */
function updateFlags(carrier: Carrier, seat: Seat, params: Params): boolean {
  const sent = ["EndConferenceOnExit", "BeepOnExit", "Coaching", "CallSidToCoach", "WaitUrl"].some(
    (name) => params[name] !== undefined,
  );
  const ends = truth(params, "EndConferenceOnExit", seat.endOnExit);
  if (ends !== seat.endOnExit) {
    seat.endOnExit = ends;
    const ignored = seat.hold && carrier.variants.heldFlagIgnored;
    if (ignored) carrier.log.warn(0, "EndConferenceOnExit of a held participant has no effect", seat.call.sid);
    else seat.endsRoom = ends;
  }
  if (params["BeepOnExit"] !== undefined) seat.beep = truth(params, "BeepOnExit", false) ? "onExit" : "false";
  if (params["Coaching"] !== undefined || params["CallSidToCoach"] !== undefined) {
    const coaches = one(params, "CallSidToCoach") ?? seat.coaches;
    seat.coaches = truth(params, "Coaching", seat.coaches !== undefined) ? coaches : undefined;
  }
  const waitUrl = one(params, "WaitUrl");
  if (waitUrl !== undefined) seat.wait = { url: waitUrl, method: httpMethod(params, "WaitMethod") };
  return sent;
}

function participantFields(carrier: Carrier, room: Conference, callSid: string) {
  const at = restDate(carrier.clock());
  return {
    account_sid: carrier.accountSid,
    call_sid: callSid,
    conference_sid: room.sid,
    date_created: at,
    date_updated: at,
    uri: `/2010-04-01/Accounts/${carrier.accountSid}/Conferences/${room.sid}/Participants/${callSid}.json`,
  };
}

function participantResource(carrier: Carrier, room: Conference, seat: Seat): object {
  return {
    ...participantFields(carrier, room, seat.call.sid),
    label: seat.label === "" ? null : seat.label,
    end_conference_on_exit: seat.endOnExit,
    muted: seat.muted,
    hold: seat.hold,
    start_conference_on_enter: seat.startOnEnter,
    coaching: seat.coaches !== undefined,
    call_sid_to_coach: seat.coaches ?? null,
    status: "connected",
    queue_time: String(seat.call.queueMs),
  };
}
