/** An event as it goes over the socket, without its `event_id`. */
export type ServerEvent = { type: string; [field: string]: unknown };

/** A JSON object from a client, not yet checked. */
export type Json = { [field: string]: unknown };

/** What is wrong with a client's event, in the service's words. */
export type Problem = { code: string | null; message: string; param?: string | null; type?: string };

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field that should be text, or nothing. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The `error` event for a problem; `eventId` is the client's own id of the event that caused it. */
export function errorEvent(problem: Problem, eventId: unknown): ServerEvent {
  return {
    type: "error",
    error: {
      type: problem.type ?? "invalid_request_error",
      code: problem.code,
      message: problem.message,
      param: problem.param ?? null,
      event_id: typeof eventId === "string" ? eventId : null,
    },
  };
}

let minted = 0;
const tag = Math.floor(Math.random() * 36 ** 4)
  .toString(36)
  .padStart(4, "0");

/** A fresh id with the service's look: prefix, then letters and digits. `call_` ids stay below 32 characters as theirs do. */
export function mintId(prefix: "event" | "item" | "resp" | "sess" | "conv" | "call" | "req" | "modr" | "msg"): string {
  minted += 1;
  return `${prefix}_${tag}${minted.toString(36).padStart(12, "0")}`;
}
