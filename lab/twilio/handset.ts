import type { Timeline } from "../audio/recorder.ts";
import type { Call, CallEnd, CallStatus } from "./call.ts";
import { endCall, hangUpCall } from "./call-life.ts";
import type { Carrier } from "./carrier.ts";

/** Between two key presses, in milliseconds: a tone and the pause after it. */
const KEY_GAP_MS = 150;

/** What a party hears and says, each from the answer on. */
export type PartyRecording = { readonly heard: Timeline; readonly said: Timeline };

/** A person's end of one call: a mouth, an ear, keys and the red button. */
export class Handset {
  readonly #carrier: Carrier;
  readonly #call: Call;
  readonly recording: PartyRecording;

  constructor(carrier: Carrier, call: Call) {
    this.#carrier = carrier;
    this.#call = call;
    this.recording = { heard: call.leg.heard, said: call.leg.said };
  }

  get callSid(): string {
    return this.#call.sid;
  }

  /** Twilio's word for the call's status. */
  get status(): string {
    return this.#call.status;
  }

  /** Resolves when audio flows; never, if the call ends before. */
  get answered(): Promise<void> {
    return this.#call.answered;
  }

  get ended(): Promise<CallEnd> {
    return this.#call.ended;
  }

  /**
   * Speaks μ-law into the leg in real time, after anything still being said; before the answer it
   * waits for it. Resolves after the last frame, or when the call ends or `stopTalking` cuts it.
   */
  async say(ulaw: Uint8Array): Promise<void> {
    await Promise.race([this.#call.answered, this.#call.ended]);
    await this.#call.leg.mouth.say(ulaw);
  }

  /** Cuts or restores the audio of the whole leg, both ways, as a broken headset does. */
  setAudible(audible: boolean): void {
    this.#call.leg.audible = audible;
  }

  stopTalking(): void {
    this.#call.leg.mouth.stop();
  }

  /** Resolves as soon as the party is being asked for keys (`<Gather>`), or the call is over. */
  async untilAsked(): Promise<void> {
    const { leg, ended } = this.#call;
    if (leg.pluggedInto === "<Gather>" || this.#call.over) return;
    const asked = Promise.withResolvers<void>();
    const watch = (name: string) => {
      if (name === "<Gather>") asked.resolve();
    };
    leg.plugWatchers.add(watch);
    await Promise.race([asked.promise, ended]);
    leg.plugWatchers.delete(watch);
  }

  /** Presses keys (`0-9 * # A-D`; `w` waits half a second) one after the other. */
  async press(digits: string): Promise<void> {
    await Promise.race([this.#call.answered, this.#call.ended]);
    for (const digit of digits) {
      if (this.#call.over) return;
      if (digit === "w") await this.#carrier.timers.sleep(500);
      else await this.#pressOne(digit);
    }
  }

  async #pressOne(digit: string): Promise<void> {
    const takenBy = this.#call.leg.press(digit);
    this.#carrier.log.add<"digit">({ kind: "digit", callSid: this.#call.sid, digit, takenBy });
    await this.#carrier.timers.sleep(KEY_GAP_MS);
  }

  /** Calls back with every frame heard (160 μ-law bytes, silence included) and its time; returns the way to stop. */
  hear(listener: (frame: Uint8Array, at: number) => void): () => void {
    this.#call.leg.listeners.add(listener);
    return () => this.#call.leg.listeners.delete(listener);
  }

  /** The network ends the call, in its own words. */
  cutOff(status: CallStatus, sipCode: number): void {
    endCall(this.#carrier, this.#call, { status, sipCode, by: "carrier" });
  }

  /** Hangs up; before the answer, gives up calling. */
  hangUp(): void {
    hangUpCall(this.#carrier, this.#call, "party");
  }
}
