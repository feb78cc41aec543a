import { pino } from "pino";

/** The whole vocabulary of a log line. A field that is not listed does not compile. */
type SafeField =
  | "call"
  | "case"
  | "escalation"
  | "offer"
  | "agent"
  | "queue"
  | "node"
  | "state"
  | "event"
  | "effect"
  | "fault"
  | "blame"
  | "door"
  | "route"
  | "status"
  | "duration_ms"
  | "bytes"
  | "count"
  | "port"
  | "url"
  | "reason"
  | "file"
  | "stream"
  | "raw";

export type LogFields = { readonly [K in SafeField]?: string | number } & { readonly err?: unknown };

/** Messages are constant sentences; what varies is in the fields. What a caller is or said has no field (H12). */
export type Log = {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  child(fields: LogFields): Log;
};

export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** JSON lines on standard error (so that standard output stays free for commands' results). */
export function createLog(level: LogLevel): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: false }),
  );
}
