import { mixFrames } from "../audio/mix.ts";
import type { Call } from "./call.ts";
import type { Circuit, Frame } from "./leg.ts";
import { Mouth } from "./mouth.ts";

export type JitterBuffer = "small" | "medium" | "large" | "off";
export type Beep = "true" | "false" | "onEnter" | "onExit";

/** Music, a document, or silence (`url: ""`); no `url` at all is the carrier's own music. */
export type AmbientSource = { url: string | undefined; method: "GET" | "POST" };

export type SeatOptions = {
  label: string;
  muted: boolean;
  startOnEnter: boolean;
  endOnExit: boolean;
  beep: Beep;
  jitter: JitterBuffer;
  wait: AmbientSource;
  /** The call that alone hears this participant. */
  coaches: string | undefined;
};

export type LeaveReason =
  | "conference_ended_via_api"
  | "moderator_ended_conference"
  | "participant_updated_via_api"
  | "participant_hung_up"
  | "participant_add_failed";

/**
 * Average delay of each buffer, in frames of 20 ms, from Twilio's ranges
 * (https://www.twilio.com/docs/voice/twiml/conference#attributes-jitter-buffer-size).
 */
const JITTER_FRAMES: Readonly<Record<JitterBuffer, number>> = { off: 0, small: 8, medium: 14, large: 30 };

/** One participant's place in a conference: what they add to the room and what they hear of it. */
export class Seat implements Circuit {
  readonly name = "conference";
  readonly call: Call;
  readonly label: string;
  muted: boolean;
  hold = false;
  startOnEnter: boolean;
  /** What the REST resource shows. */
  endOnExit: boolean;
  /** What really happens on leaving; differs after a change while on hold, which has no effect. */
  endsRoom: boolean;
  beep: Beep;
  wait: AmbientSource;
  coaches: string | undefined;
  /** Wait and hold music. */
  readonly ambient = new Mouth();
  /** Beeps and announcements, on top of the room. */
  readonly notices = new Mouth();
  /** What the others hear of this participant in this tick. */
  voice: Frame;
  /** What this participant hears of the others in this tick; set by the conference. */
  room: Frame;
  /** False while the participant waits alone or is held. */
  inRoom = false;
  stopAmbient: AbortController | undefined;
  onStar: (() => void) | undefined;
  readonly left: Promise<LeaveReason>;
  readonly resolveLeft: (reason: LeaveReason) => void;
  readonly #delayed: Frame[];

  constructor(call: Call, options: SeatOptions) {
    const left = Promise.withResolvers<LeaveReason>();
    this.left = left.promise;
    this.resolveLeft = left.resolve;
    this.call = call;
    this.label = options.label;
    this.muted = options.muted;
    this.startOnEnter = options.startOnEnter;
    this.endOnExit = options.endOnExit;
    this.endsRoom = options.endOnExit;
    this.beep = options.beep;
    this.wait = options.wait;
    this.coaches = options.coaches;
    this.#delayed = Array.from({ length: JITTER_FRAMES[options.jitter] }, () => undefined);
  }

  /** Whether `listener` hears what this participant says. */
  isHeardBy(listener: Seat): boolean {
    if (this === listener || this.muted || this.hold) return false;
    return this.coaches === undefined || this.coaches === listener.call.sid;
  }

  push(frame: Frame): void {
    this.#delayed.push(frame);
    this.voice = this.#delayed.shift();
  }

  pull(): Frame {
    const ambient = this.ambient.next();
    const notice = this.notices.next();
    const base = this.inRoom && !this.hold ? this.room : ambient;
    return mixFrames([base, notice].filter((frame) => frame !== undefined));
  }

  digit(digit: string): "taken" | "tone" {
    if (digit !== "*" || this.onStar === undefined) return "tone";
    this.onStar();
    return "taken";
  }
}
