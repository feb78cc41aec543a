import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from "express";

import { Fault } from "../../domain/fault.ts";
import type { Log } from "../../telemetry/log.ts";
import { sendProblem } from "./problem-document.ts";
import { MalformedRequest } from "./read-fields.ts";
import { isSignedWebhook } from "./signature.ts";

/** One signed request, read. */
export type Webhook = {
  readonly form: Readonly<Record<string, string | readonly string[]>>;
  readonly query: Readonly<Record<string, unknown>>;
};

export type DoorDeps = { readonly publicUrl: string; readonly authToken: string; readonly log: Log };

/** Twilio's forms are a few kilobytes; 1 MiB is the limit of every door (contract). */
const BODY_MAX_BYTES = 1_048_576;

/** Twilio's own spelling of an account; every webhook names it. Another account than ours may be one of its subaccounts. */
const ACCOUNT_SID = /^AC[0-9a-f]{32}$/;

/** Twilio sends some forty. More would only cost time to sort for a signature nobody made. */
const PARAMETERS_MAX = 400;

/** Reads any body up to the limit, so that the signature is checked over what was sent. Mount before other parsers. */
export const readBody: RequestHandler = express.raw({ type: () => true, limit: BODY_MAX_BYTES, inflate: false });

/** The TwiML of one webhook; refuses what Twilio did not sign, and what it would not send. */
export function door(deps: DoorDeps, answer: (webhook: Webhook) => Promise<string>): RequestHandler {
  return async (request, response) => {
    const form = admit(deps, request, response);
    if (!form) return;
    const twiml = await answer({ form, query: request.query });
    response.set("Cache-Control", "no-store").type("text/xml").send(twiml);
  };
}

function admit(deps: DoorDeps, request: Request, response: Response): Webhook["form"] | undefined {
  const refuse = (status: number, reason: string): undefined => {
    audit(deps.log, { request, response }, { status, reason });
    sendProblem(response, status, reason);
  };
  const url = `${deps.publicUrl}${request.originalUrl}`;
  const signature = request.get("x-twilio-signature");
  const body: unknown = request.body;
  const text = Buffer.isBuffer(body) ? body.toString("utf8") : "";
  if (request.is("application/json")) {
    if (!isSignedWebhook(deps.authToken, { kind: "json", url, signature, body: text })) return refuse(403, UNSIGNED);
    return refuse(415, "This URL takes application/x-www-form-urlencoded, as Twilio's voice webhooks are.");
  }
  // A request without a body has no type either; what is left to check is its signature.
  if (text !== "" && !request.is("application/x-www-form-urlencoded")) {
    return refuse(415, "Send application/x-www-form-urlencoded.");
  }
  if (text.split("&").length > PARAMETERS_MAX) return refuse(400, `The form has more than ${PARAMETERS_MAX} fields.`);
  const params = readForm(text);
  if (!isSignedWebhook(deps.authToken, { kind: "form", url, signature, params })) return refuse(403, UNSIGNED);
  const { AccountSid: account } = params;
  const named = account === undefined || (typeof account === "string" && ACCOUNT_SID.test(account));
  return named ? params : refuse(400, new MalformedRequest(["AccountSid"]).message);
}

const UNSIGNED = "X-Twilio-Signature is missing or does not fit this URL and these parameters.";

function readForm(text: string): Webhook["form"] {
  const form = new Map<string, string | readonly string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const known = form.get(name);
    form.set(name, known === undefined ? value : [known, value].flat());
  }
  return Object.fromEntries(form);
}

/** One line for whatever was refused, with nothing of what was sent (C12). */
function audit(
  log: Log,
  { request, response }: { readonly request: Pick<Request, "baseUrl" | "path">; readonly response: Response },
  about: { readonly status: number; readonly reason: string },
): void {
  // The server's own line about this request would only repeat it.
  response.locals["audited"] = true;
  log.warn({ door: "twilio", route: routeOf(request), ...about }, "a request was refused");
}

/** The path without its query, which names cases. */
const routeOf = (request: Pick<Request, "baseUrl" | "path">): string =>
  `${request.baseUrl}${request.path}`.slice(0, 100);

/** Only POST is signed over a form; anything else on our paths is answered, not served. */
export function refuseMethod(log: Log): RequestHandler {
  return (request, response) => {
    audit(log, { request, response }, { status: 405, reason: "method" });
    response.set("Allow", "POST");
    sendProblem(response, 405, "Twilio's webhooks come as POST.");
  };
}

/** Bodies that could not be read, fields that are malformed, stores that do not answer. */
export function refuseError(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const { status, reason } = refusalOf(error);
    if (status < 500) audit(log, { request, response }, { status, reason });
    else log.error({ door: "twilio", route: routeOf(request), status, err: error }, "a webhook could not be served");
    sendProblem(response, status, reason);
  };
}

function refusalOf(error: unknown): { readonly status: number; readonly reason: string } {
  if (error instanceof MalformedRequest) {
    return { status: 400, reason: error.message };
  }
  if (error instanceof Fault && error.blame === "store") {
    return { status: 503, reason: "The gateway's store does not answer; send this again." };
  }
  // The body reader's own errors carry the status they stand for.
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  if (status === 413) return { status, reason: `The body is larger than ${BODY_MAX_BYTES} bytes.` };
  if (status === 415) return { status, reason: "The body's encoding is not supported; send it as it is." };
  if (status === 400) return { status, reason: "The body is shorter than its length says, or cannot be read." };
  return { status: 500, reason: "This is the gateway's mistake, and is in its log." };
}
