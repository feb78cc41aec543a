import type { FormFields } from "./signature.ts";

/** Why the twin asked the gateway something. */
export type WebhookPurpose = "document" | "call-status" | "conference-status" | "stream-status" | "message-status";

/** One REST request on the twin's own socket. `response` is absent while it is being worked on, or when it was never given. */
export type RestEntry = {
  kind: "rest";
  at: number;
  method: string;
  path: string;
  params: Readonly<Record<string, readonly string[]>>;
  response?: { status: number; body: unknown; at: number };
};

/** One delivery attempt of a signed request to the gateway. `failure` is a Twilio error code with its cause. */
export type WebhookEntry = {
  kind: "webhook";
  at: number;
  purpose: WebhookPurpose;
  method: "GET" | "POST";
  url: string;
  params: FormFields;
  attempt: number;
  callSid?: string;
  response?: { status: number; body: string; contentType: string; at: number };
  failure?: { code: number; cause: string; at: number };
};

/** What happened to a call: Twilio's own word for the new status, or a step of its life. */
type CallEntry = {
  kind: "call";
  at: number;
  callSid: string;
  event: "created" | "initiated" | "ringing" | "answered" | "redirected" | "ended";
  status: string;
  from: string;
  to: string;
  sipCode?: number;
};

type VerbEntry = { kind: "verb"; at: number; callSid: string; verb: string; text: string };

type StreamEntry = {
  kind: "stream";
  at: number;
  callSid: string;
  streamSid: string;
  event: "opened" | "refused" | "first-audio" | "clear" | "mark" | "stopped" | "closed" | "lost";
  detail: string;
};

type ConferenceEntry = {
  kind: "conference";
  at: number;
  conferenceSid: string;
  friendlyName: string;
  event: string;
  callSid?: string;
  label?: string;
};

/** Something Twilio's debugger would show, by its error code, or (code 0) what only the twin notices. */
type WarningEntry = { kind: "warning"; at: number; code: number; message: string; callSid?: string };

type DigitEntry = { kind: "digit"; at: number; callSid: string; digit: string; takenBy: string };

type FaultEntry = { kind: "fault"; at: number; name: string; subject: string };

export type LogEntry =
  | RestEntry
  | WebhookEntry
  | CallEntry
  | VerbEntry
  | StreamEntry
  | ConferenceEntry
  | WarningEntry
  | DigitEntry
  | FaultEntry;

export type LogKind = LogEntry["kind"];
export type EntryOf<Kind extends LogKind> = Extract<LogEntry, { kind: Kind }>;

type Waiter = { accepts: (entry: LogEntry) => boolean; resolve: (entry: LogEntry) => void };

/**
 * Everything the twin saw and did, in order, with wall-clock times in milliseconds (monotonic, with
 * fractions). Budgets are measured here, on the carrier's side of the sockets.
 */
export class CarrierLog {
  readonly entries: LogEntry[] = [];
  readonly #waiters = new Set<Waiter>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Adds an entry, stamped now. Returns it, to be completed and given to `changed` later. */
  add<Kind extends LogKind>(entry: Omit<EntryOf<Kind>, "at"> & { kind: Kind }): EntryOf<Kind> {
    const stamped = { ...entry, at: this.#clock() } as unknown as EntryOf<Kind>;
    this.entries.push(stamped);
    this.changed(stamped);
    return stamped;
  }

  /** Lets those who wait look at an entry again, after a response was added to it. */
  changed(entry: LogEntry): void {
    for (const waiter of this.#waiters) if (waiter.accepts(entry)) waiter.resolve(entry);
  }

  warn(code: number, message: string, callSid?: string): void {
    this.add<"warning">({ kind: "warning", code, message, ...(callSid === undefined ? {} : { callSid }) });
  }

  /** All entries of a kind so far, oldest first. */
  of<Kind extends LogKind>(kind: Kind, match: (entry: EntryOf<Kind>) => boolean = () => true): EntryOf<Kind>[] {
    return this.entries.filter((entry): entry is EntryOf<Kind> => entry.kind === kind && match(entry as EntryOf<Kind>));
  }

  /**
   * The first entry of a kind that matches, past or future. Rejects after `timeoutMs`, naming what
   * was waited for and the last entries, so that a failing test explains itself.
   */
  waitFor<Kind extends LogKind>(
    kind: Kind,
    match: (entry: EntryOf<Kind>) => boolean = () => true,
    timeoutMs = 10_000,
  ): Promise<EntryOf<Kind>> {
    const accepts = (entry: LogEntry) => entry.kind === kind && match(entry as EntryOf<Kind>);
    const past = this.entries.find(accepts);
    if (past !== undefined) return Promise.resolve(past as EntryOf<Kind>);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        accepts,
        resolve: (entry) => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          resolve(entry as EntryOf<Kind>);
        },
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        reject(
          new Error(`no ${kind} entry matching ${match.toString()} within ${timeoutMs} ms; last:\n${this.tail(15)}`),
        );
      }, timeoutMs);
      timer.unref();
      this.#waiters.add(waiter);
    });
  }

  /** The last entries, one a line, for a person to read. */
  tail(count: number): string {
    return this.entries.slice(-count).map(describe).join("\n");
  }
}

function describe(entry: LogEntry): string {
  return `${new Date(entry.at).toISOString().slice(11, 23)} ${wordsOf(entry)}`;
}

function wordsOf(entry: LogEntry): string {
  switch (entry.kind) {
    case "rest":
      return `REST ${entry.method} ${entry.path} → ${entry.response?.status ?? "no answer"}`;
    case "webhook":
      return webhookWords(entry);
    case "call":
      return `call ${entry.callSid} ${entry.event} (${entry.status}) ${entry.from} → ${entry.to}`;
    case "verb":
      return `${entry.callSid} <${entry.verb}> ${entry.text}`;
    case "stream":
      return `stream ${entry.streamSid} ${entry.event} ${entry.detail}`;
    case "conference":
      return `conference ${entry.friendlyName} ${entry.event} ${entry.label ?? entry.callSid ?? ""}`;
    case "warning":
      return `warning ${entry.code}: ${entry.message}`;
    case "digit":
      return `${entry.callSid} key ${entry.digit}, taken by ${entry.takenBy}`;
    case "fault":
      return `fault ${entry.name} on ${entry.subject}`;
    default:
      return entry satisfies never;
  }
}

function webhookWords(entry: WebhookEntry): string {
  const subject = entry.params["StatusCallbackEvent"] ?? entry.params["CallStatus"] ?? "";
  return `→ ${entry.method} ${entry.url} ${subject} → ${entry.response?.status ?? entry.failure?.cause ?? "…"}`;
}
