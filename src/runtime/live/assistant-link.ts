import { after, type EpochMs } from "../../domain/time.ts";
import type { Assistant, AssistantEvent, AssistantSession, AssistantSetup } from "../../ports/assistant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../telemetry/log.ts";
import { WaitingAudio } from "../../turns/waiting-audio.ts";
import { NamedTimers } from "./named-timers.ts";

export type LinkListener = {
  /** The session can speak. `again`: an earlier one was lost, this one knows the conversation. */
  ready(again: boolean): void;
  event(event: AssistantEvent): void;
  /** The session is gone; another one is being opened. */
  lost(): void;
  /** It is no use trying: the fixed lines take over. */
  down(): void;
};

export type LinkParts = {
  readonly assistant: Assistant;
  /** As it is now: instructions of the moment, and the conversation so far. */
  readonly setup: () => AssistantSetup;
  readonly clock: Clock;
  readonly log: Log;
  readonly readyMs: number;
  readonly backMs: number;
  readonly lostTwiceMs: number;
  /** A piece of the caller's audio was dropped. */
  readonly audioDropped?: (() => void) | undefined;
};

/** What a caller says before there is a session is kept for so long. */
const WAITING_MAX_MS = 10_000;

/** The assistant's session of one call: opened, and once lost opened again with the conversation replayed. */
export class AssistantLink {
  readonly #parts: LinkParts;
  readonly #listener: LinkListener;
  readonly #timers: NamedTimers<"ready">;
  #session: AssistantSession | undefined;
  /** Counts sessions: what an earlier one still says is of no interest. */
  #generation = 0;
  #ready = false;
  #lostAt: EpochMs | undefined;
  #over = false;
  readonly #waiting = new WaitingAudio(WAITING_MAX_MS);
  #dropped = 0;

  constructor(parts: LinkParts, listener: LinkListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.#timers = new NamedTimers(parts.clock);
  }

  /** The session, when it can speak. */
  get session(): AssistantSession | undefined {
    return this.#ready ? this.#session : undefined;
  }

  open(): void {
    this.#connect(this.#parts.readyMs);
  }

  /** The caller's audio: kept until there is a session, and by one that is being opened until it can hear. */
  hear(audio: Uint8Array): void {
    if (this.#session !== undefined) return this.#session.hear(audio);
    if (this.#over) return;
    for (let gone = this.#waiting.keep(audio); gone > 0; gone -= 1) {
      this.#dropped += 1;
      this.#parts.audioDropped?.();
    }
  }

  /** The session is there and does not speak. */
  giveUp(raw: string, how: "try again" | "for good"): void {
    this.#lose(how === "for good" ? "refused" : "lost", raw);
  }

  close(): void {
    this.#over = true;
    this.#ready = false;
    this.#timers.close();
    this.#session?.end();
    this.#session = undefined;
  }

  #connect(withinMs: number): void {
    this.#generation += 1;
    const generation = this.#generation;
    const { clock, assistant } = this.#parts;
    this.#ready = false;
    this.#timers.set("ready", after(clock.now(), withinMs), () => this.#lose("lost", `not ready in ${withinMs} ms`));
    this.#session = assistant.open(this.#parts.setup(), (event) => {
      if (generation === this.#generation && !this.#over) this.#take(event);
    });
    for (const audio of this.#waiting.take()) this.#session.hear(audio);
    const count = this.#dropped;
    this.#dropped = 0;
    if (count > 0) this.#parts.log.warn({ count }, "the caller's audio was dropped: no session was opened in time");
  }

  #take(event: AssistantEvent): void {
    switch (event.kind) {
      case "ready":
        if (this.#ready) return;
        this.#ready = true;
        this.#timers.cancel("ready");
        return this.#listener.ready(this.#lostAt !== undefined);
      case "closed":
        return this.#lose(event.how, event.raw);
      default:
        return this.#listener.event(event);
    }
  }

  #lose(how: "lost" | "expired" | "refused" | "ended", raw: string): void {
    if (this.#over) return;
    const { clock, log, lostTwiceMs, backMs } = this.#parts;
    const now = clock.now();
    const twice = this.#lostAt !== undefined && now < after(this.#lostAt, lostTwiceMs);
    log.warn({ raw, reason: how }, "the assistant's session is gone");
    this.#generation += 1;
    const session = this.#session;
    this.#session = undefined;
    this.#ready = false;
    this.#timers.cancel("ready");
    session?.end();
    this.#listener.lost();
    if (how === "refused" || twice) return this.#giveUp();
    this.#lostAt = now;
    this.#connect(backMs);
  }

  #giveUp(): void {
    this.close();
    this.#listener.down();
  }
}
