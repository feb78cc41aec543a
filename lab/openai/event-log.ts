import { WaitingLog } from "./waiting-log.ts";
import { type Json, textOf } from "./wire.ts";

/** One event that passed a session's socket. Audio is not kept: `bytes` says how much there was. Appends are counted, not logged. */
export type LogEntry = {
  /** Wall time, milliseconds since the epoch. */
  at: number;
  /** The `sess_` id. */
  session: string;
  from: "client" | "server";
  type: string;
  event: Json;
  bytes?: number;
};

const ENTRIES_MAX = 40_000;

/** Everything that passed the sockets of a twin, and a way to wait for more. */
export class EventLog extends WaitingLog<LogEntry> {
  constructor() {
    super(ENTRIES_MAX, ({ from, type }) => `${from} ${type}`);
  }

  /** Notes an event that passes now. Audio is left out, its length kept. */
  record(session: string, from: "client" | "server", event: Json): void {
    const type = textOf(event["type"]);
    const entry = { at: Date.now(), session, from, type };
    if (type !== "response.output_audio.delta") return this.write({ ...entry, event });
    const { delta, ...rest } = event;
    const base64 = textOf(delta);
    const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
    return this.write({ ...entry, event: rest, bytes: (base64.length * 3) / 4 - padding });
  }
}
