import { APIConnectionError, APIConnectionTimeoutError, APIError } from "openai";

/** Why there is no judgement. `answer`: the model's, and perhaps the caller's words'; `service`: everyone's. */
export type JudgeFault = {
  readonly kind:
    | "timeout"
    | "no-connection"
    | "rate-limited"
    | "rejected"
    | "incomplete"
    | "refused"
    | "nonsense"
    | "outdated";
  readonly blame: "service" | "answer" | "nobody";
  readonly status?: number;
  /** The service asks to be left alone for this long, in milliseconds. */
  readonly waitMs?: number;
};

/** Waiting longer than this is for an operator, not for a header, in milliseconds. */
const WAIT_MAX_MS = 300_000;

/**
 * Reads the SDK's error classes (openai-node 7). An error that is none of them comes from reading the answer: JSON that
 * is none (`SyntaxError`), JSON that breaks the schema (`ZodError`); its message quotes the answer and is dropped.
 */
export function judgeFaultOf(error: unknown, late: boolean): JudgeFault {
  if (late || error instanceof APIConnectionTimeoutError) return { kind: "timeout", blame: "service" };
  if (error instanceof APIConnectionError) return { kind: "no-connection", blame: "service" };
  if (!(error instanceof APIError)) return { kind: "nonsense", blame: "answer" };
  const status: unknown = error.status;
  if (typeof status !== "number") return { kind: "no-connection", blame: "service" };
  if (status === 429) return { kind: "rate-limited", blame: "service", status, ...waitOf(error.headers) };
  // A question that is refused as such (too long, not allowed) says nothing about the others.
  return { kind: "rejected", blame: status === 400 || status === 422 ? "answer" : "service", status };
}

/** The model does not know the reasoning effort it was asked with; the next question is asked with another. */
export const complainsOfEffort = (error: unknown): boolean =>
  error instanceof APIError && Number(error.status) === 400 && (error.param ?? "").startsWith("reasoning");

function waitOf(headers: unknown): { waitMs?: number } {
  if (!(headers instanceof Headers)) return {};
  const inMs = Number(headers.get("retry-after-ms") ?? Number.NaN);
  const inSeconds = Number(headers.get("retry-after") ?? Number.NaN);
  const waitMs = Number.isFinite(inMs) ? inMs : inSeconds * 1_000;
  return waitMs > 0 ? { waitMs: Math.min(waitMs, WAIT_MAX_MS) } : {};
}
