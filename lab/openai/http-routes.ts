import type { IncomingMessage, ServerResponse } from "node:http";

import type { Brain } from "./brain.ts";
import type { OpenAiFaults } from "./faults.ts";
import { answerTo } from "./schema-answer.ts";
import { textReply } from "./text-turn.ts";
import type { Ticker } from "./ticker.ts";
import { isJson, type Json, mintId, textOf } from "./wire.ts";

/** A request to one of the HTTP endpoints, as the twin saw it. */
export type HttpRequest = { at: number; path: string; body: Json; retry: number };

/** What the text model answers to a structured request; `undefined` lets the schema decide. */
export type StructuredAnswer = (schemaName: string, request: Json) => unknown;

/** What the HTTP endpoints share with their twin. */
export type HttpContext = {
  apiKey: string;
  faults: OpenAiFaults;
  ticker: Ticker;
  requests: HttpRequest[];
  structured(): StructuredAnswer;
  /** Who answers a conversation in text. */
  brain(): Brain;
};

const BODY_MAX = 4 * 1024 * 1024;
const MODELS: [string, string | null][] = [
  ["gpt-realtime-2.1", null],
  ["gpt-realtime-2.1-mini", null],
  ["gpt-realtime", "2027-01-20"],
  ["gpt-realtime-whisper", null],
  ["gpt-4o-transcribe", "2027-02-26"],
  ["gpt-6-luna", null],
  ["omni-moderation-latest", null],
];

const MODERATION: Record<string, RegExp> = {
  harassment: /\b(?:idiot|moron|stupid (?:bot|machine))\b/iu,
  "harassment/threatening": /\bi(?:'ll| will) (?:find|get|hurt) you\b/iu,
  hate: /\b(?:subhuman|vermin) people\b/iu,
  "hate/threatening": /\bshould all be killed\b/iu,
  illicit: /\bhow (?:do i|to) (?:launder|forge|steal)\b/iu,
  "illicit/violent": /\bhow (?:do i|to) (?:build|make) a bomb\b/iu,
  "self-harm": /\b(?:kill(?:ing)? myself|end (?:my life|it all)|suicid\w*|hurt(?:ing)? myself)\b/iu,
  "self-harm/intent":
    /\b(?:i(?:'m| am) going to|i want to|i will) (?:kill myself|end (?:my life|it all)|hurt myself)\b/iu,
  "self-harm/instructions": /\bhow (?:do i|to) kill myself\b/iu,
  sexual: /\bexplicit sex\b/iu,
  "sexual/minors": /\bexplicit sex with a (?:child|minor)\b/iu,
  violence: /\b(?:kill|murder|shoot|stab)(?:ing|ed)? (?:him|her|them|you|someone)\b/iu,
  "violence/graphic": /\bblood everywhere\b/iu,
};

/** Answers the endpoints beside the Realtime socket: models, responses, chat completions, moderations. */
export async function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  context: HttpContext,
): Promise<void> {
  const path = new URL(request.url ?? "/", "http://twin").pathname;
  const body = await bodyOf(request);
  const reply = (status: number, value: unknown, headers: Record<string, string> = {}) => {
    response.writeHead(status, { "content-type": "application/json", "x-request-id": mintId("req"), ...headers });
    response.end(JSON.stringify(value));
  };
  if (request.headers.authorization !== `Bearer ${context.apiKey}`) return reply(401, wrongKey());
  context.requests.push({ at: Date.now(), path, body, retry: Number(request.headers["x-stainless-retry-count"] ?? 0) });
  const { http } = context.faults;
  if (http.delayMs > 0) await new Promise<void>((resolve) => context.ticker.after(http.delayMs, resolve));
  if (http.status > 0) return reply(http.status, errorBody(http.status), http.headers);
  const route = `${request.method} ${path}`;
  switch (route) {
    case "GET /v1/models":
      return reply(200, {
        object: "list",
        data: MODELS.map(([id, end]) => ({ id, object: "model", owned_by: "openai", created: 1, shutdown_date: end })),
      });
    case "POST /v1/responses":
      return reply(200, responsesAnswer(body, context));
    case "POST /v1/chat/completions":
      return reply(200, chatAnswer(body, context));
    case "POST /v1/moderations":
      return reply(200, moderation(body));
    default:
      return reply(404, {
        error: { message: `Invalid URL (${route})`, type: "invalid_request_error", param: null, code: null },
      });
  }
}

/** The body of a 401. */
export function wrongKey(): Json {
  return {
    error: {
      message: "Incorrect API key provided.",
      type: "invalid_request_error",
      param: null,
      code: "invalid_api_key",
    },
  };
}

function errorBody(status: number): Json {
  const code = status === 429 ? "rate_limit_exceeded" : null;
  return {
    error: {
      message: `The twin was told to answer ${status}.`,
      type: status === 429 ? "requests" : "server_error",
      param: null,
      code,
    },
  };
}

function responsesAnswer(body: Json, context: HttpContext): Json {
  const format = isJson(body["text"]) ? body["text"]["format"] : undefined;
  if (format === undefined && Array.isArray(body["tools"])) {
    const spoken = textReply(body, context.brain());
    return responseOf(body, { output: spoken.output, text: spoken.text, incomplete: false });
  }
  const { text, output } = modelText(isJson(format) ? format : {}, body, context);
  const refused = output === "refusal";
  const content = refused ? { type: "refusal", refusal: text } : { type: "output_text", text, annotations: [] };
  const incomplete = output === "incomplete";
  const message = {
    type: "message",
    id: mintId("msg"),
    role: "assistant",
    status: incomplete ? "incomplete" : "completed",
    content: [content],
  };
  return responseOf(body, { output: [message], text, incomplete });
}

function responseOf(
  body: Json,
  { output, text, incomplete }: { output: Json[]; text: string; incomplete: boolean },
): Json {
  return {
    id: mintId("resp"),
    object: "response",
    created_at: Math.floor(Date.now() / 1000),
    status: incomplete ? "incomplete" : "completed",
    incomplete_details: incomplete ? { reason: "max_output_tokens" } : null,
    model: body["model"] ?? "gpt-6-luna",
    output,
    usage: {
      input_tokens: Math.ceil(JSON.stringify(body).length / 4),
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: Math.ceil(text.length / 4),
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: Math.ceil((JSON.stringify(body).length + text.length) / 4),
    },
  };
}

function chatAnswer(body: Json, context: HttpContext): Json {
  const wrapped = isJson(body["response_format"]) ? body["response_format"]["json_schema"] : undefined;
  const { text, output } = modelText(isJson(wrapped) ? wrapped : {}, body, context);
  const refused = output === "refusal";
  const message = { role: "assistant", content: refused ? null : text, refusal: refused ? text : null };
  return {
    id: mintId("resp").replace("resp", "chatcmpl"),
    object: "chat.completion",
    created: Math.floor(Date.now() / 1000),
    model: body["model"] ?? "gpt-6-luna",
    choices: [{ index: 0, finish_reason: output === "incomplete" ? "length" : "stop", message }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}

function modelText(format: Json, body: Json, context: HttpContext): { text: string; output: string } {
  const { output } = context.faults.http;
  if (output === "nonsense") return { text: "the moon is a {{{", output };
  if (output === "schema-breaking") return { text: '{"unexpected":["field",42]}', output };
  if (output === "refusal") return { text: "I'm sorry, I can't help with that.", output };
  const answer = context.structured()(textOf(format["name"]), body) ?? answerTo(format["schema"]);
  const text = typeof answer === "string" ? answer : JSON.stringify(answer);
  return { text: output === "incomplete" ? text.slice(0, text.length / 2) : text, output };
}

function moderation(body: Json): Json {
  const input = Array.isArray(body["input"]) ? body["input"] : [body["input"]];
  const results = input.map((each) => {
    const text = textOf(isJson(each) ? each["text"] : each);
    const hits = Object.entries(MODERATION).map(([name, pattern]) => [name, pattern.test(text)] as const);
    return {
      flagged: hits.some(([, hit]) => hit),
      categories: Object.fromEntries(hits),
      category_scores: Object.fromEntries(hits.map(([name, hit]) => [name, hit ? 0.93 : 0.0004])),
      category_applied_input_types: Object.fromEntries(hits.map(([name]) => [name, ["text"]])),
    };
  });
  return { id: mintId("modr").replace("_", "-"), model: "omni-moderation-latest", results };
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= BODY_MAX) chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString() || "{}");
    return isJson(value) ? value : {};
  } catch {
    // The service would answer 400; no test of ours sends such a body, and an empty one meets no schema either.
    return {};
  }
}
