import { STATUS_CODES } from "node:http";
import type { z } from "zod";
import { Fault } from "../domain/fault.ts";

type Details = {
  /** A closed name for programs: the last part of the problem's `type`. */
  readonly code?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the document. */
  readonly more?: Readonly<Record<string, string>>;
};

/** An expected refusal on its way to the client, as RFC 9457 writes it. `detail` says what is wrong and what to do. */
export class Problem extends Error {
  readonly status: number;
  readonly details: Details;

  constructor(status: number, detail: string, details: Details = {}) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.details = details;
  }

  document(): Record<string, unknown> {
    const { code, errors, more } = this.details;
    return {
      type: code === undefined ? "about:blank" : `urn:warmline:problem:${code}`,
      title: STATUS_CODES[this.status] ?? "Refused",
      status: this.status,
      detail: this.message,
      ...(errors && { errors }),
      ...more,
    };
  }
}

/** What a schema found wrong. Values are not repeated: they may be personal. */
export const invalid = (what: string, error: z.ZodError): Problem =>
  new Problem(400, `The ${what} is not as documented; see errors.`, {
    code: "invalid",
    errors: error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message })),
  });

/** Turns whatever was thrown into a problem; `unexpected`: a bug or an outage, worth a line with the error. */
export function toProblem(thrown: unknown): { readonly problem: Problem; readonly unexpected: boolean } {
  if (thrown instanceof Problem) return { problem: thrown, unexpected: false };
  if (thrown instanceof Fault) return ofFault(thrown);
  const status = statusOf(thrown);
  if (status !== undefined)
    return { problem: new Problem(status, SAID[status] ?? "The request was refused."), unexpected: false };
  return {
    problem: new Problem(500, "The gateway failed at this request. It is in its log.", { code: "bug" }),
    unexpected: true,
  };
}

function ofFault(fault: Fault): { readonly problem: Problem; readonly unexpected: boolean } {
  const { code, blame } = fault;
  if (blame === "caller" || blame === "admin")
    return { problem: new Problem(400, fault.message, { code }), unexpected: false };
  const headers = { "Retry-After": "2" };
  const detail = "A store or a vendor does not answer just now. Nothing was changed; try again in a moment.";
  return { problem: new Problem(503, detail, { code, headers }), unexpected: true };
}

/** Express and its body parsers put the HTTP status on their errors; their messages may quote the body. */
function statusOf(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !("status" in thrown)) return undefined;
  const { status } = thrown;
  return typeof status === "number" && Number.isInteger(status) && status >= 400 && status < 500 ? status : undefined;
}

const SAID: Readonly<Record<number, string>> = {
  400: "The request could not be read: its body or its address is malformed or cut off.",
  413: "The body is larger than 1 MiB.",
  415: "The body's encoding or character set is not supported; send UTF-8.",
};
