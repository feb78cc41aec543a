import express, { type RequestHandler, type Router } from "express";
import { z } from "zod";
import type { Clock } from "../../ports/clock.ts";
import type { Visit } from "../../ports/hosted-assistant.ts";
import type { Once } from "../../ports/once.ts";
import type { Log } from "../../telemetry/log.ts";
import type { RetellCalls } from "./calls.ts";
import { callSchema, endOf, reportOf, type RetellCallObject, tokenOf } from "./read-call.ts";
import type { RetellCall } from "./retell-call.ts";
import { createSignedDoor, readRaw, sendProblem } from "./signed-door.ts";

export type RetellRoutesDeps = {
  readonly apiKey: string;
  readonly calls: RetellCalls;
  /** A call of ours that this node does not hold yet. */
  readonly adopt: (visit: Visit, call: RetellCallObject) => RetellCall;
  /** A function called from a call that is none of ours; answers what the model is told. */
  readonly stranger: (
    call: RetellCallObject,
    ask: { readonly name: string; readonly input: string },
  ) => Promise<string>;
  readonly clock: Pick<Clock, "now">;
  readonly once?: Once | undefined;
  readonly log: Log;
};

const webhook = z.object({ event: z.string(), call: callSchema });
const functionCall = z.object({ call: callSchema, args: z.record(z.string(), z.unknown()).optional() });
const FUNCTION_NAME = /^[a-zA-Z0-9_-]{1,64}$/u;

/** Retell's doors for webhooks and custom functions, below `PUBLIC_URL`. Mount before any body parser. */
export function retellRoutes(deps: RetellRoutesDeps): Router {
  const { log } = deps;
  const door = createSignedDoor(deps);
  const router = express.Router();
  router.use("/retell", readRaw);
  router.post(
    "/retell/webhook",
    door(async (body, _request, response) => {
      const read = webhook.safeParse(parsed(body));
      // Whatever the vendor adds is confirmed: an error would only be sent again.
      if (read.success) take(deps, read.data.event, read.data.call);
      response.locals["audited"] = true;
      response.status(204).end();
    }),
  );
  router.post(
    "/retell/functions/:name",
    door(async (body, request, response) => {
      const name = String(request.params["name"]);
      const read = functionCall.safeParse(parsed(body));
      if (!read.success || !FUNCTION_NAME.test(name)) {
        log.warn({ door: "retell", status: 400 }, "a function's body could not be read");
        return sendProblem(response, 400, "Send the call and its args: switch args_at_root off for this function.");
      }
      const call = deps.calls.byToken(tokenOf(read.data.call), (visit) => deps.adopt(visit, read.data.call));
      const input = JSON.stringify(read.data.args ?? {});
      const output = await (call === undefined
        ? deps.stranger(read.data.call, { name, input })
        : call.tool(name, input));
      response.type("application/json").send(output);
    }),
  );
  router.all(["/retell/webhook", "/retell/functions/:name"], refuseMethod(log));
  return router;
}

/** Duplicates, late and unordered events change nothing: each is idempotent where it is taken. */
function take(deps: RetellRoutesDeps, event: string, object: RetellCallObject): void {
  const call = deps.calls.byToken(tokenOf(object), (visit) => deps.adopt(visit, object));
  if (call === undefined) {
    deps.log.debug({ door: "retell", event }, "a webhook about a call that is none of ours");
    return;
  }
  const at = object.end_timestamp;
  switch (event) {
    case "call_started":
      return call.started(object);
    case "transcript_updated":
      return call.transcript(object);
    case "call_ended": {
      const raw = object.disconnection_reason ?? "unknown";
      call.transcript(object);
      call.tell({ kind: "ended", how: endOf(object.disconnection_reason), raw, ...(at !== undefined && { at }) });
      return deps.calls.over(call.visit);
    }
    case "call_analyzed":
      call.tell({ kind: "reported", report: reportOf(object) });
      return deps.calls.over(call.visit);
    default:
      // The vendor's own transfers do not exist on dialled calls; what is new does not concern us yet.
      return deps.log.debug({ door: "retell", event }, "a webhook that changes nothing here");
  }
}

function refuseMethod(log: Log): RequestHandler {
  return (_request, response) => {
    response.locals["audited"] = true;
    log.warn({ door: "retell", status: 405, reason: "method" }, "a request was refused");
    response.set("Allow", "POST");
    sendProblem(response, 405, "Retell's webhooks and functions come as POST.");
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Signed, but no JSON: the schema says what is missing.
    return undefined;
  }
}
