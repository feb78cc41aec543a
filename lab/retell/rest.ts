import type { IncomingMessage, ServerResponse } from "node:http";

import { isJson, type Json, textOf } from "../openai/wire.ts";
import type { RetellAgent } from "./agent.ts";
import { newCallId, type Registration, RetellCall } from "./call.ts";
import type { World } from "./world.ts";

/** What the REST API works on. */
export type RestContext = {
  world: World;
  agents: Map<string, RetellAgent>;
  calls: Map<string, RetellCall>;
  concurrencyLimit: number;
  /** A call is registered: its SIP address answers from now on. */
  registered(call: RetellCall): void;
};

type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

const MESSAGES: Record<number, string> = {
  400: "Invalid request format, please check API reference.",
  401: "API key is missing or invalid.",
  402: "Trial has ended, please add payment method.",
  422: "Cannot find requested asset under given api key.",
  429: "Account rate limited, please throttle your requests.",
  500: "An unexpected server error occurred.",
};

const failed = (status: number, message = MESSAGES[status] ?? "Something is wrong."): Answer => ({
  status,
  body: { status: "error", message },
  ...(status === 429 && {
    headers: {
      "X-RateLimit-Limiter": "org",
      "RateLimit-Limit": "100",
      "RateLimit-Remaining": "0",
      "RateLimit-Reset": "1",
    },
  }),
});

/** Answers the REST API. */
export async function answerRest(
  request: IncomingMessage,
  response: ServerResponse,
  context: RestContext,
): Promise<void> {
  const path = new URL(request.url ?? "/", "http://twin").pathname;
  const body = await bodyOf(request);
  const { world } = context;
  const faults = world.faults();
  const fault = faults.rest.find((each) => each.times > 0 && path.includes(each.path));
  if (fault !== undefined) fault.times -= 1;
  const keyed = request.headers.authorization === `Bearer ${world.apiKey}`;
  const answer =
    fault !== undefined
      ? failed(fault.status)
      : !keyed
        ? failed(401)
        : perform(`${request.method} ${path}`, body, context);
  world.log.add({ kind: "rest", subject: path, what: request.method ?? "", data: { ...body, status: answer.status } });
  if (faults.restAnswerLost !== undefined && path.includes(faults.restAnswerLost)) return;
  if (faults.restLateMs > 0) await new Promise<void>((resolve) => world.ticker.after(faults.restLateMs, resolve));
  response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
  response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
}

type Asked = { body: Json; id: string; call: RetellCall | undefined; context: RestContext };

const ROUTES: Record<string, (asked: Asked) => Answer> = {
  "POST register-phone-call": ({ body, context }) => register(body, context),
  "GET get-call": ({ call }) => (call === undefined ? failed(422) : { status: 200, body: call.object() }),
  "POST list-calls": ({ context }) => ({
    status: 200,
    body: { items: [...context.calls.values()].map((each) => each.object()), has_more: false },
  }),
  "PATCH update-live-call": ({ call, body }) => updateLive(call, body),
  "POST stop-call": ({ call }) => stop(call),
  "GET get-concurrency": ({ context }) => ({ status: 200, body: concurrency(context) }),
  "GET get-agent": ({ context, id, body }) => agentRoute("GET", context.agents.get(id), body),
  "PATCH update-agent": ({ context, id, body }) => agentRoute("PATCH", context.agents.get(id), body),
  "GET get-retell-llm": ({ context, id }) => modelRoute(context, id, undefined),
  "PATCH update-retell-llm": ({ context, id, body }) => modelRoute(context, id, body),
};

function perform(request: string, body: Json, context: RestContext): Answer {
  const [, verb = "", name = "", id = ""] = /^(\w+) \/(?:v\d\/)?([\w-]+)(?:\/([^/]+))?$/u.exec(request) ?? [];
  const route = ROUTES[`${verb} ${name}`];
  return route === undefined
    ? failed(404, `Cannot ${request}`)
    : route({ body, id, call: context.calls.get(id), context });
}

function stop(call: RetellCall | undefined): Answer {
  if (call === undefined || !call.ongoing) return failed(422);
  call.end("manual_stopped");
  return { status: 204 };
}

function register(body: Json, context: RestContext): Answer {
  const { world, agents, calls, concurrencyLimit } = context;
  const agent = agents.get(textOf(body["agent_id"]));
  if (agent === undefined) return failed(422);
  const live = [...calls.values()].filter(({ ongoing }) => ongoing).length;
  if (live >= concurrencyLimit) return failed(429);
  const override = overrideOf(body, agent);
  const registration = { ...body, call_id: newCallId() } as Registration;
  const call = new RetellCall(world, { ...agent, ...override }, registration);
  calls.set(call.id, call);
  context.registered(call);
  return { status: 201, body: call.object() };
}

/** What holds for this call alone; a model of the vendor's is kept with its functions. */
function overrideOf(body: Json, agent: RetellAgent): Partial<RetellAgent> {
  const all = isJson(body["agent_override"]) ? body["agent_override"] : {};
  const { response_engine: engine, ...own } = isJson(all["agent"]) ? all["agent"] : {};
  if (isJson(engine) && engine["type"] === "custom-llm")
    return { ...own, response_engine: engine as RetellAgent["response_engine"] };
  const { response_engine: hosted } = agent;
  const model = isJson(all["retell_llm"]) ? all["retell_llm"] : {};
  if (hosted.type !== "retell-llm" || Object.keys(model).length === 0) return own;
  const first = model["start_speaker"] === "user" ? "" : textOf(model["begin_message"] ?? hosted.begin_message);
  return { ...own, response_engine: { ...hosted, begin_message: first } };
}

function updateLive(call: RetellCall | undefined, body: Json): Answer {
  if (call === undefined || !call.ongoing) return failed(422);
  const control = isJson(body["call_control"]) ? body["call_control"] : {};
  const context = control["additional_context"];
  if (context !== undefined && (typeof context !== "string" || context === "")) return failed(400);
  const fields = isJson(body["fields_to_override"]) ? body["fields_to_override"] : {};
  if ("metadata" in fields) call.metadata = fields["metadata"];
  call.inject(typeof context === "string" ? context : undefined, control["trigger_response"] === true);
  return { status: 200, body: { success: true } };
}

function concurrency({ calls, concurrencyLimit }: RestContext): Json {
  return {
    current_concurrency: [...calls.values()].filter(({ ongoing }) => ongoing).length,
    concurrency_limit: concurrencyLimit,
    base_concurrency: concurrencyLimit,
    purchased_concurrency: 0,
    concurrency_purchase_limit: 100,
    remaining_purchase_limit: 100,
    concurrency_burst_enabled: false,
    concurrency_burst_limit: 0,
    reserved_inbound_concurrency: 0,
  };
}

function agentRoute(verb: string, agent: RetellAgent | undefined, body: Json): Answer {
  if (agent === undefined) return failed(422);
  const { response_engine: _engine, ...fields } = body;
  if (verb === "PATCH") Object.assign(agent, fields);
  const { response_engine: engine, ...shown } = agent;
  const { type } = engine;
  const shownEngine = engine.type === "custom-llm" ? engine : { type, llm_id: engine.llm_id };
  return { status: 200, body: { ...shown, response_engine: shownEngine } };
}

function modelRoute(context: RestContext, id: string, body: Json | undefined): Answer {
  const engine = [...context.agents.values()]
    .map(({ response_engine: each }) => each)
    .find((each) => each.type === "retell-llm" && each.llm_id === id);
  if (engine?.type !== "retell-llm") return failed(422);
  const tools = body?.["general_tools"];
  if (Array.isArray(tools)) {
    engine.functions = tools.filter((tool) => isJson(tool) && tool["type"] === "custom");
    engine.transfers = tools.filter((tool) => isJson(tool) && tool["type"] === "transfer_call");
  }
  const { llm_id, prompt, begin_message, functions, transfers = [] } = engine;
  const general_tools = [...functions.map((tool) => ({ type: "custom", ...tool })), ...transfers];
  return { status: 200, body: { llm_id, version: 0, general_prompt: prompt, begin_message, general_tools } };
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString() || "{}");
    return isJson(value) ? value : {};
  } catch {
    // An empty body lacks what every route needs: its own check answers.
    return {};
  }
}
