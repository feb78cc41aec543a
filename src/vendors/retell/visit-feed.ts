import type {
  HostedEvent,
  HostedSession,
  HostedVerdict,
  HostedVisits,
  OpenedVisit,
  Visit,
} from "../../ports/hosted-assistant.ts";
import type { Log } from "../../telemetry/log.ts";

/** What may be told before the visit is opened; a call's first second. */
const WAITING_MAX = 200;

export type FeedParts = {
  readonly visit: Visit;
  readonly session: HostedSession;
  readonly visits: HostedVisits;
  readonly log: Log;
};

/** One visit's way into the runtime: opened once, and what comes before that is kept in order. */
export class VisitFeed {
  readonly #parts: FeedParts;
  readonly #waiting: HostedEvent[] = [];
  #opening: Promise<OpenedVisit | undefined> | undefined;
  #opened: OpenedVisit | undefined;
  #connected = false;
  #ended = false;
  #reported = false;

  constructor(parts: FeedParts) {
    this.#parts = parts;
  }

  get opened(): OpenedVisit | undefined {
    return this.#opened;
  }

  /** Something was told of it here. */
  get begun(): boolean {
    return this.#opening !== undefined;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Opens the visit, or answers what came of it. `undefined`: the call is over or unknown; the vendor's side was ended. */
  open(): Promise<OpenedVisit | undefined> {
    this.#opening ??= this.#ask();
    return this.#opening;
  }

  /** The vendor has the caller on its line. Only the first time counts. */
  connected(): void {
    if (this.#connected) return;
    this.#connected = true;
    this.emit({ kind: "connected" });
  }

  /** Tells the runtime; the verdict is `answer` while nobody can say otherwise. */
  emit(event: HostedEvent): HostedVerdict {
    if (this.#seen(event)) return "answer";
    void this.open();
    if (this.#opened !== undefined) return this.#opened.listener.hear(event);
    if (this.#waiting.length < WAITING_MAX) this.#waiting.push(event);
    return "answer";
  }

  /** The end and the report are told once, whoever tells them first. */
  #seen(event: HostedEvent): boolean {
    const seen = (event.kind === "ended" && this.#ended) || (event.kind === "reported" && this.#reported);
    if (event.kind === "ended") this.#ended = true;
    if (event.kind === "reported") this.#reported = true;
    return seen;
  }

  async #ask(): Promise<OpenedVisit | undefined> {
    const { visits, visit, session, log } = this.#parts;
    const { call } = visit;
    try {
      const opened = await visits.open(visit, session);
      this.#opened = opened;
      const waiting = this.#waiting.splice(0);
      if (opened === undefined) session.end();
      else for (const event of waiting) opened.listener.hear(event);
      return opened;
    } catch (err) {
      // A bug ends this visit, not the process: the carrier then asks for the caller's next document.
      log.error({ call, err }, "a hosted visit could not be opened; its call is ended");
      session.end();
      return undefined;
    }
  }
}
