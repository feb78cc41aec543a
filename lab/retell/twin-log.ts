import { WaitingLog } from "../openai/waiting-log.ts";

/** One thing that passed the twin: a REST request, a frame of a model socket, a function called. */
export type LogEntry = {
  /** Wall time, milliseconds since the epoch. */
  at: number;
  kind: "rest" | "llm-in" | "llm-out" | "llm-socket" | "function" | "monitor" | "transfer";
  /** The call's id, or the path of a REST request. */
  subject: string;
  what: string;
  data: Record<string, unknown>;
};

const ENTRIES_MAX = 20_000;

/** What passed the twin, and a way to wait for more. */
export class TwinLog extends WaitingLog<LogEntry> {
  constructor() {
    super(ENTRIES_MAX, ({ kind, what }) => `${kind} ${what}`);
  }

  add(entry: Omit<LogEntry, "at">): void {
    this.write({ at: Date.now(), ...entry });
  }
}
