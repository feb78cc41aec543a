import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from "express";
import type { Clock } from "../../ports/clock.ts";
import type { Once } from "../../ports/once.ts";
import type { Log } from "../../telemetry/log.ts";
import type { ToolResults } from "./call-registry.ts";
import { readServerMessage, type ServerMessage } from "./server-message.ts";
import { readToolCalls, type VapiToolCall } from "./tool-calls.ts";
import { createWebhookAuth } from "./webhook-auth.ts";

/** Messages carry the whole conversation; 1 MiB is the limit of every door (contract). */
const BODY_MAX_BYTES = 1_048_576;

export type WebhookDeps = {
  readonly secret: string;
  readonly clock: Pick<Clock, "now">;
  /** Used signatures of all gateways; absent where this one is alone. */
  readonly once?: Once | undefined;
  readonly log: Log;
  /** Who answers this call; the body of the answer. */
  readonly assistantRequest: (message: ServerMessage) => Promise<object>;
  readonly toolCalls: (message: ServerMessage, calls: readonly VapiToolCall[]) => Promise<ToolResults>;
  readonly hear: (message: ServerMessage) => void;
};

/** `POST /vapi/webhook`. Nothing of a request is looked at before it is known to be Vapi's. Mount before body parsers. */
export function vapiRoutes(deps: WebhookDeps): Router {
  const prove = createWebhookAuth(deps.secret, deps.clock, deps.once);
  const router = express.Router();
  const path = "/vapi/webhook";
  router.post(
    path,
    express.raw({ type: () => true, limit: BODY_MAX_BYTES, inflate: false }),
    async (request, response) => {
      const raw: unknown = request.body;
      const body = Buffer.isBuffer(raw) ? raw : Buffer.alloc(0);
      const proof = await prove({ header: (name) => request.get(name), body });
      if (proof !== "genuine") return refuse(deps.log, response, 403, `signature ${proof}`);
      const message = readServerMessage(body.toString("utf8"));
      if (message === undefined) return refuse(deps.log, response, 400, "not a server message");
      response.set("Cache-Control", "no-store").json(await answerTo(deps, message));
      return undefined;
    },
  );
  router.all(path, refuseMethod(deps.log));
  router.use(path, refuseError(deps.log));
  return router;
}

/** Types that nobody waits for, unknown ones too, are acknowledged with an empty object (facts §5.1). */
async function answerTo(deps: WebhookDeps, message: ServerMessage): Promise<object> {
  switch (message.type) {
    case "assistant-request":
      return deps.assistantRequest(message);
    case "tool-calls":
    case "function-call":
      return { results: await deps.toolCalls(message, readToolCalls(message)) };
    // A transfer of the vendor's own takes the caller away from us: there is none.
    case "transfer-destination-request":
    case "handoff-destination-request":
      return { error: "Transfers are made by the telephone system. Call escalate_to_human instead." };
    default:
      deps.hear(message);
      return {};
  }
}

/** One line for whatever was refused, with nothing of what was sent. */
function refuse(log: Log, response: Response, status: number, reason: string): void {
  response.locals["audited"] = true;
  log.warn({ door: "vapi", route: "/vapi/webhook", status, reason }, "a request was refused");
  response
    .status(status)
    .type("application/problem+json")
    .send(JSON.stringify({ type: "about:blank", title: status === 403 ? "Forbidden" : "Bad Request", status }));
}

function refuseMethod(log: Log): RequestHandler {
  return (_request: Request, response: Response) => {
    response.set("Allow", "POST");
    refuse(log, response, 405, "method");
  };
}

function refuseError(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error instanceof Error && "status" in error ? error.status : undefined;
    if (status === 413 || status === 415 || status === 400) return refuse(log, response, status, "unreadable body");
    log.error({ door: "vapi", route: "/vapi/webhook", status: 500, err: error }, "a webhook could not be served");
    refuse(log, response, 500, "a mistake of the gateway's");
  };
}
