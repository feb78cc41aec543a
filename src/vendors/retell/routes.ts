import express, { type RequestHandler, type Router } from "express";
import { z } from "zod";
import type { Clock } from "../../ports/clock.ts";
import type { Visit } from "../../ports/hosted-assistant.ts";
import type { Once } from "../../ports/once.ts";
import type { Passed, PassOn } from "../../ports/pass-on.ts";
import type { Log } from "../../telemetry/log.ts";
import type { RetellCalls } from "./calls.ts";
import { callSchema, endOf, reportOf, type RetellCallObject, tokenOf } from "./read-call.ts";
import type { RetellCall } from "./retell-call.ts";
import { createSignedDoor, readRaw, sendProblem } from "./signed-door.ts";
import { AGAIN, LATE } from "./tool-desk.ts";

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
  /** Other gateways; absent where this one is alone. */
  readonly passOn?: PassOn | undefined;
  readonly log: Log;
};

/** What every webhook has, also of a kind that is new: its name, and where there is a call, the call's id. */
const envelope = z.looseObject({ event: z.string().min(1), call: callSchema.pick({ call_id: true }).optional() });
const webhook = z.object({ event: z.string(), call: callSchema });
const functionCall = z.object({ call: callSchema, args: z.record(z.string(), z.unknown()).optional() });
type Webhook = z.output<typeof webhook>;
type FunctionCall = z.output<typeof functionCall> & { readonly name: string };
const CHANNEL = "retell";
const FUNCTION_NAME = /^[a-zA-Z0-9_-]{1,64}$/u;

/** Retell's doors for webhooks and custom functions, below `PUBLIC_URL`. Mount before any body parser. */
export function retellRoutes(deps: RetellRoutesDeps): Router {
  const { log } = deps;
  const door = createSignedDoor(deps);
  serveOthers(deps);
  const router = express.Router();
  router.use("/retell", readRaw);
  router.post(
    "/retell/webhook",
    door(async (body, _request, response) => {
      const value = parsed(body);
      if (!envelope.safeParse(value).success) {
        log.warn({ door: "retell", status: 400 }, "a webhook's body could not be read");
        return sendProblem(response, 400, "This is not a webhook of Retell's.");
      }
      const read = webhook.safeParse(value);
      // Whatever the vendor adds is confirmed: an error would only be sent again.
      if (read.success && (await elsewhere(deps, read.data)).kind === "here")
        take(deps, read.data.event, read.data.call);
      response.locals["audited"] = true;
      response.status(204).end();
      return undefined;
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
      const asked = { ...read.data, name };
      response.type("application/json").send(await answerTo(deps, asked));
    }),
  );
  router.all(["/retell/webhook", "/retell/functions/:name"], refuseMethod(log));
  return router;
}

/** Whoever has the call may have done what is not answered: then it is not tried a second time. */
async function answerTo(deps: RetellRoutesDeps, asked: FunctionCall): Promise<string> {
  const passed = await elsewhere(deps, asked);
  if (passed.kind === "done") return passed.body;
  if (passed.kind === "here") return run(deps, asked);
  return passed.kind === "unknown" ? AGAIN : LATE;
}

/** Does another node have this call? */
async function elsewhere({ calls, passOn }: RetellRoutesDeps, news: Webhook | FunctionCall): Promise<Passed> {
  const visit = calls.elsewhere(tokenOf(news.call));
  if (visit === undefined || passOn === undefined) return { kind: "here" };
  // Nobody takes a call up for what is made of it after its end.
  const isReport = "event" in news && news.event === "call_analyzed";
  return passOn.pass(CHANNEL, { body: JSON.stringify(news), ...(!isReport && { call: visit.call }) });
}

/** What reached another node about a call of this one; its signature was checked there. */
function serveOthers(deps: RetellRoutesDeps): void {
  deps.passOn?.serve(CHANNEL, (body) => {
    const value = parsed(body);
    const asked = functionCall.extend({ name: z.string() }).safeParse(value);
    const told = webhook.safeParse(value);
    const token = tokenOf(asked.data?.call ?? told.data?.call ?? {});
    if (token === undefined || deps.calls.elsewhere(token) !== undefined) return undefined;
    if (asked.success) return run(deps, asked.data);
    if (told.success) take(deps, told.data.event, told.data.call);
    return Promise.resolve("");
  });
}

function run(deps: RetellRoutesDeps, { call: object, name, args }: FunctionCall): Promise<string> {
  const call = deps.calls.byToken(tokenOf(object), (visit) => deps.adopt(visit, object));
  const input = JSON.stringify(args ?? {});
  return call === undefined ? deps.stranger(object, { name, input }) : call.tool(name, input);
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
