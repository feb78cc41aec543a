import OpenAI, { APIConnectionTimeoutError, AuthenticationError, InternalServerError, RateLimitError } from "openai";
import { zodTextFormat } from "openai/helpers/zod";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";

import { type OpenAiTwin, startOpenAiTwin } from "../../../lab/openai/twin.ts";

let twin: OpenAiTwin;
let client: OpenAI;

beforeEach(async () => {
  twin = await startOpenAiTwin();
  client = new OpenAI({ apiKey: twin.apiKey, baseURL: twin.baseUrl, maxRetries: 0, timeout: 5_000, logLevel: "off" });
});
afterEach(() => twin.close());

const Evaluation = z.object({
  intent: z.enum(["billing", "card", "other"]),
  confidence: z.number().min(0).max(1),
  turns: z.int().min(1),
  entities: z.array(z.object({ name: z.string(), value: z.string() })),
  next: z.string().nullable(),
  grounded: z.boolean(),
});

const ask = (retries = 0) =>
  client.responses.parse(
    { model: "gpt-6-luna", input: "Judge this.", text: { format: zodTextFormat(Evaluation, "self_evaluation") } },
    { maxRetries: retries },
  );

test("models are listed with the day they stop", async () => {
  const models = await client.models.list();
  expect(models.data.find((model) => model.id === "gpt-realtime")).toMatchObject({ shutdown_date: "2027-01-20" });
});

test("a wrong key is refused", async () => {
  const stranger = new OpenAI({ apiKey: "nobody", baseURL: twin.baseUrl, maxRetries: 0, logLevel: "off" });
  await expect(stranger.models.list()).rejects.toBeInstanceOf(AuthenticationError);
});

test("without a script a structured answer meets the schema", async () => {
  const response = await ask();
  expect(response.output_parsed).toEqual({
    intent: "billing",
    confidence: 0.5,
    turns: 1,
    entities: [],
    next: null,
    grounded: false,
  });
});

test("a scripted answer is given by the schema's name", async () => {
  const answer = {
    intent: "card",
    confidence: 0.9,
    turns: 3,
    entities: [{ name: "amount", value: "84.50" }],
    next: "call",
    grounded: true,
  };
  twin.structured = (name) => (name === "self_evaluation" ? answer : undefined);
  expect((await ask()).output_parsed).toEqual(answer);
  expect(twin.requests.at(-1)).toMatchObject({ path: "/v1/responses", body: { input: "Judge this." } });
});

test("nonsense, a broken schema, a refusal and an answer cut short", async () => {
  for (const output of ["nonsense", "schema-breaking"] as const) {
    twin.faults.http.output = output;
    await expect(ask(), output).rejects.toThrow();
  }
  twin.faults.http.output = "refusal";
  expect(await ask()).toMatchObject({ output_parsed: null, output: [{ content: [{ type: "refusal" }] }] });
  twin.faults.http.output = "incomplete";
  expect(await ask()).toMatchObject({ output_parsed: null, status: "incomplete" });
});

test("rate limits, outages and slowness", async () => {
  Object.assign(twin.faults.http, { status: 429, headers: { "retry-after-ms": "1", "x-should-retry": "true" } });
  await expect(ask(2)).rejects.toBeInstanceOf(RateLimitError);
  expect(twin.requests.map((request) => request.retry)).toEqual([0, 1, 2]);
  Object.assign(twin.faults.http, { status: 500, headers: { "x-should-retry": "false" } });
  await expect(ask(2)).rejects.toBeInstanceOf(InternalServerError);
  expect(twin.requests).toHaveLength(4);
  Object.assign(twin.faults.http, { status: 0, headers: {}, delayMs: 60_000 });
  await expect(client.models.list({ timeout: 100 })).rejects.toBeInstanceOf(APIConnectionTimeoutError);
});

test("chat completions answer by the same script", async () => {
  twin.structured = () => ({ intent: "other" });
  const chat = await client.chat.completions.create({
    model: "gpt-6-luna",
    messages: [{ role: "user", content: "x" }],
  });
  expect(chat.choices[0]?.message.content).toBe('{"intent":"other"}');
});

test("moderation flags self-harm and lets a complaint pass", async () => {
  const { results } = await client.moderations.create({ input: ["I am going to kill myself", "This charge is wrong"] });
  expect(results[0]).toMatchObject({
    flagged: true,
    categories: { "self-harm": true, "self-harm/intent": true, violence: false },
  });
  expect(results[1]?.flagged).toBe(false);
  expect(Object.keys(results[0]?.categories ?? {})).toHaveLength(13);
});

test("what does not exist is not found", async () => {
  await expect(client.get("/weather")).rejects.toMatchObject({ status: 404 });
});
