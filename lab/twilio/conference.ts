import { mixFrames } from "../audio/mix.ts";
import { CONFERENCE_BEEP } from "../audio/tones.ts";
import { playAmbient } from "./ambient.ts";
import { endCall } from "./call-life.ts";
import type { Carrier } from "./carrier.ts";
import { reportConference, type ConferenceCallback } from "./conference-callback.ts";
import type { AmbientSource, LeaveReason, Seat } from "./seat.ts";
import { newSid } from "./sid.ts";
import type { TickMember } from "./ticker.ts";

export type ConferenceEnd =
  | "conference-ended-via-api"
  | "participant-with-end-conference-on-exit-left"
  | "participant-with-end-conference-on-exit-kicked"
  | "last-participant-kicked"
  | "last-participant-left";

/** One room. It starts when two are in and one of them may start it; it ends when the last leaves or one who ends it does. */
export class Conference implements TickMember {
  readonly sid = newSid("CF");
  readonly friendlyName: string;
  readonly region: string;
  readonly createdAt: number;
  readonly seats = new Map<string, Seat>();
  status: "init" | "in-progress" | "completed" = "init";
  endedBecause: ConferenceEnd | undefined;
  endedBySid: string | undefined;
  updatedAt: number;
  /** Fixed by the first participant; later ones change nothing. */
  callback: ConferenceCallback | undefined;
  callbackFixed = false;
  readonly #carrier: Carrier;

  constructor(carrier: Carrier, friendlyName: string, region: string) {
    this.#carrier = carrier;
    this.friendlyName = friendlyName;
    this.region = region;
    this.createdAt = carrier.clock();
    this.updatedAt = this.createdAt;
  }

  get over(): boolean {
    return this.status === "completed";
  }

  /** The first one to ask decides where the room's events go. */
  fixCallback(callback: ConferenceCallback | undefined): void {
    if (this.callbackFixed) return;
    this.callbackFixed = true;
    this.callback = callback;
  }

  findSeat(callSidOrLabel: string): Seat | undefined {
    const byLabel = [...this.seats.values()].find((seat) => seat.label !== "" && seat.label === callSidOrLabel);
    return this.seats.get(callSidOrLabel) ?? byLabel;
  }

  /** Seats a participant whose label is free. */
  join(seat: Seat): void {
    this.seats.set(seat.call.sid, seat);
    this.#carrier.ticker.add(this);
    this.emit("participant-join", seat);
    const mayStart = [...this.seats.values()].some((one) => one.startOnEnter);
    if (this.status === "init" && this.seats.size >= 2 && mayStart) {
      this.status = "in-progress";
      this.emit("conference-start");
      for (const one of this.seats.values()) this.#enterRoom(one);
    } else if (this.status === "in-progress") this.#enterRoom(seat);
    else this.startAmbient(seat, seat.wait);
    if (seat.beep === "true" || seat.beep === "onEnter") this.#beep();
  }

  /** Takes a participant out of the room, and ends it if the rules say so. */
  leave(seat: Seat, reason: LeaveReason, how: { kicked: boolean } = { kicked: false }): void {
    if (this.seats.get(seat.call.sid) !== seat) return;
    this.#unseat(seat, reason);
    if (seat.beep === "true" || seat.beep === "onExit") this.#beep();
    if (seat.endsRoom) {
      this.endedBySid = seat.call.sid;
      const word = how.kicked ? "kicked" : "left";
      this.end(`participant-with-end-conference-on-exit-${word}`, seat);
    } else if (this.seats.size === 0) this.end(how.kicked ? "last-participant-kicked" : "last-participant-left", seat);
  }

  /** Ends the room; everybody in it goes on with their own document. */
  end(because: ConferenceEnd, ender?: Seat): void {
    if (this.over) return;
    const reason = because === "conference-ended-via-api" ? "conference_ended_via_api" : "moderator_ended_conference";
    for (const seat of this.seats.values()) this.#unseat(seat, reason);
    this.status = "completed";
    this.endedBecause = because;
    this.#carrier.ticker.remove(this);
    if (this.#carrier.rooms.get(this.friendlyName) === this) this.#carrier.rooms.delete(this.friendlyName);
    this.emit("conference-end", undefined, {
      ReasonConferenceEnded: because,
      Reason: because,
      ...(ender === undefined
        ? {}
        : { CallSidEndingConference: ender.call.sid, ParticipantLabelEndingConference: ender.label }),
    });
  }

  /** A participant on hold hears music and is not heard. */
  hold(seat: Seat, source: AmbientSource): void {
    if (seat.hold) return;
    seat.hold = true;
    this.startAmbient(seat, source);
    this.emit("participant-hold", seat);
  }

  unhold(seat: Seat): void {
    if (!seat.hold) return;
    seat.hold = false;
    if (seat.inRoom) this.#silenceAmbient(seat);
    else this.startAmbient(seat, seat.wait);
    this.emit("participant-unhold", seat);
  }

  /** Everybody's ears, once every 20 ms: all the others, without oneself. */
  mix(): void {
    if (this.status !== "in-progress") return;
    const talking = [...this.seats.values()].filter((seat) => seat.voice !== undefined);
    for (const listener of this.seats.values()) {
      const heard = talking.filter((talker) => talker.inRoom && talker.isHeardBy(listener));
      listener.room = mixFrames(heard.flatMap((talker) => talker.voice ?? []));
    }
  }

  emit(event: string, seat?: Seat, extra: Readonly<Record<string, string>> = {}): void {
    this.updatedAt = this.#carrier.clock();
    this.#carrier.log.add<"conference">({
      kind: "conference",
      conferenceSid: this.sid,
      friendlyName: this.friendlyName,
      event,
      ...(seat === undefined ? {} : { callSid: seat.call.sid, label: seat.label }),
    });
    reportConference(this.#carrier, this, event, seat === undefined ? extra : { ...participantFields(seat), ...extra });
  }

  startAmbient(seat: Seat, source: AmbientSource): void {
    this.#silenceAmbient(seat);
    const stop = new AbortController();
    seat.stopAmbient = stop;
    void this.#playAmbient(seat, source, stop.signal);
  }

  async #playAmbient(seat: Seat, source: AmbientSource, signal: AbortSignal): Promise<void> {
    const fate = await playAmbient(this.#carrier, { call: seat.call, mouth: seat.ambient, source, signal });
    if (fate !== "failed" || signal.aborted) return;
    this.#carrier.log.warn(13_233, `the wait document ${source.url} failed: the call is dropped`, seat.call.sid);
    endCall(this.#carrier, seat.call, { status: "completed", sipCode: 200, by: "carrier" });
  }

  #enterRoom(seat: Seat): void {
    seat.inRoom = true;
    if (!seat.hold) this.#silenceAmbient(seat);
  }

  #silenceAmbient(seat: Seat): void {
    seat.stopAmbient?.abort();
    seat.stopAmbient = undefined;
    seat.ambient.stop();
  }

  #unseat(seat: Seat, reason: LeaveReason): void {
    this.seats.delete(seat.call.sid);
    this.#silenceAmbient(seat);
    seat.notices.stop();
    this.emit("participant-leave", seat, {
      ParticipantCallStatus: seat.call.status,
      ReasonParticipantLeft: reason,
    });
    seat.resolveLeft(reason);
  }

  #beep(): void {
    if (this.status !== "in-progress") return;
    for (const seat of this.seats.values()) void seat.notices.say(CONFERENCE_BEEP);
  }
}

function participantFields(seat: Seat): Record<string, string> {
  return {
    CallSid: seat.call.sid,
    Muted: String(seat.muted),
    Hold: String(seat.hold),
    Coaching: String(seat.coaches !== undefined),
    EndConferenceOnExit: String(seat.endOnExit),
    StartConferenceOnEnter: String(seat.startOnEnter),
    ParticipantLabel: seat.label,
  };
}
