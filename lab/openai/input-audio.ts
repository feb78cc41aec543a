import { decodeMulaw, encodeMulaw } from "../audio/mulaw.ts";
import type { AudioFormat, TurnDetection } from "./settings.ts";

/** What the detector reports; times are milliseconds on the input clock (audio received, not wall time). */
export type SpeechEvents = {
  started(audioStartMs: number): void;
  /** Called about every 200 ms of audio while speech goes on, with the utterance so far. */
  speaking(utterance: Uint8Array): void;
  stopped(audioEndMs: number, utterance: Uint8Array): void;
};

/** One level measurement: 20 ms. */
const WINDOW = 160;
const BYTES_A_MS = 8;
/** Speech begins after this much loud audio. */
const ONSET_WINDOWS = 3;
/** Speech is this much louder than the noise before it. */
const ABOVE_FLOOR_DB = 10;
/** While nobody speaks, this much audio is kept for the padding. */
const KEPT_MS = 3000;
const SPEAKING_WINDOWS = 10;
/** One turn is never longer; a line that hums for ever must not fill the memory. */
const UTTERANCE_MAX_MS = 120_000;

/** Squared amplitude of every μ-law byte, of full scale. */
const POWER = Float32Array.from(
  decodeMulaw(Uint8Array.from({ length: 256 }, (_, byte) => byte)),
  (x) => (x / 32_768) ** 2,
);

/** The input buffer of a session with its level-based voice detector. Everything is kept as μ-law at 8 kHz. */
export class InputAudio {
  readonly #events: SpeechEvents;
  #buffer = new Uint8Array(8 * BYTES_A_MS * 1024);
  /** Audio in the buffer, in bytes, and the input clock at its beginning. */
  #length = 0;
  #startedAt = 0;
  #measured = 0;
  #floorDb = -65;
  #loud = 0;
  #quiet = 0;
  #sinceReport = 0;
  #speechFrom: number | undefined;
  #uncommitted = 0;

  constructor(events: SpeechEvents) {
    this.#events = events;
  }

  /** The input clock: all audio ever received, in milliseconds. */
  get clockMs(): number {
    return (this.#startedAt + this.#length) / BYTES_A_MS;
  }

  get speaking(): boolean {
    return this.#speechFrom !== undefined;
  }

  /** Takes audio in the declared format. What was sent in another format is noise here, as it is there. */
  append(base64: string, format: AudioFormat, detection: TurnDetection | null): void {
    const raw = Buffer.from(base64, "base64");
    this.#store(format.type === "audio/pcm" ? fromPcm24(raw) : raw);
    if (detection) this.#detect(detection);
    else this.#measured = this.#startedAt + this.#length;
    if (detection && !this.speaking) this.#forgetBefore(this.#startedAt + this.#length - KEPT_MS * BYTES_A_MS);
  }

  /** Ends the turn by hand: the audio since the last commit, or the milliseconds there were when fewer than 100. */
  commit(): Uint8Array | number {
    const milliseconds = this.#uncommitted / BYTES_A_MS;
    if (milliseconds < 100) return milliseconds;
    const audio = this.#slice(this.#startedAt + this.#length - this.#uncommitted);
    this.clear();
    return audio;
  }

  clear(): void {
    this.#uncommitted = 0;
    this.#speechFrom = undefined;
    this.#loud = 0;
    this.#forgetBefore(this.#startedAt + this.#length);
  }

  #store(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#length + bytes.length));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
    this.#uncommitted += bytes.length;
  }

  #detect(detection: TurnDetection): void {
    const from = Math.max(this.#measured, this.#startedAt);
    for (this.#measured = from; this.#measured + WINDOW <= this.#startedAt + this.#length;) {
      const level = this.#levelAt(this.#measured - this.#startedAt);
      this.#measured += WINDOW;
      if (this.#speechFrom === undefined) this.#listen(level, detection);
      else this.#follow(level, detection);
    }
  }

  #listen(level: number, detection: TurnDetection): void {
    const threshold = Math.max(this.#floorDb + ABOVE_FLOOR_DB, -50 + 20 * (detection.threshold ?? 0.5));
    if (level < threshold) {
      this.#floorDb += (Math.max(level, -75) - this.#floorDb) * 0.05;
      this.#loud = 0;
      return;
    }
    this.#loud += 1;
    if (this.#loud < ONSET_WINDOWS) return;
    const padding = (detection.prefix_padding_ms ?? 300) * BYTES_A_MS;
    const from = Math.max(this.#startedAt, this.#measured - this.#loud * WINDOW - padding);
    this.#speechFrom = from;
    this.#quiet = 0;
    this.#sinceReport = 0;
    this.#events.started(Math.round(from / BYTES_A_MS));
  }

  #follow(level: number, detection: TurnDetection): void {
    const from = this.#speechFrom ?? this.#measured;
    const threshold = Math.max(this.#floorDb + ABOVE_FLOOR_DB, -50 + 20 * (detection.threshold ?? 0.5));
    this.#quiet = level < threshold ? this.#quiet + 1 : 0;
    this.#sinceReport += 1;
    const silenceMs = detection.silence_duration_ms ?? 500;
    const tooLong = this.#measured - from > UTTERANCE_MAX_MS * BYTES_A_MS;
    if ((this.#quiet * WINDOW) / BYTES_A_MS >= silenceMs || tooLong) {
      const utterance = this.#slice(from, this.#measured);
      this.#speechFrom = undefined;
      this.#loud = 0;
      this.#uncommitted = this.#startedAt + this.#length - this.#measured;
      this.#events.stopped(Math.round(this.#measured / BYTES_A_MS), utterance);
    } else if (this.#sinceReport >= SPEAKING_WINDOWS) {
      this.#sinceReport = 0;
      this.#events.speaking(this.#view(from, this.#measured));
    }
  }

  #levelAt(offset: number): number {
    let sum = 0;
    for (let i = offset; i < offset + WINDOW; i++) sum += POWER[this.#buffer[i] ?? 0xff] ?? 0;
    return 10 * Math.log10(sum / WINDOW + 1e-9);
  }

  #view(from: number, to = this.#startedAt + this.#length): Uint8Array {
    return this.#buffer.subarray(Math.max(0, from - this.#startedAt), to - this.#startedAt);
  }

  #slice(from: number, to?: number): Uint8Array {
    return this.#view(from, to).slice();
  }

  #forgetBefore(clock: number): void {
    const bytes = Math.min(this.#length, clock - this.#startedAt);
    // Moving the rest down is worth it only when there is much to forget.
    if (bytes < KEPT_MS * BYTES_A_MS && bytes !== this.#length) return;
    this.#buffer.copyWithin(0, bytes, this.#length);
    this.#length -= bytes;
    this.#startedAt += bytes;
  }
}

function fromPcm24(raw: Buffer): Uint8Array {
  const pcm = new Int16Array(Math.floor(raw.length / 6));
  for (let i = 0; i < pcm.length; i++) {
    const sum = raw.readInt16LE(i * 6) + raw.readInt16LE(i * 6 + 2) + raw.readInt16LE(i * 6 + 4);
    pcm[i] = Math.round(sum / 3);
  }
  return encodeMulaw(pcm);
}
