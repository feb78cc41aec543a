import { afterEach, beforeEach, expect, test } from "vitest";
import { disputeBrain } from "../../../lab/openai/dispute-brain.ts";
import { type OpenAiTwin, startOpenAiTwin } from "../../../lab/openai/twin.ts";
import type { ConversationEntry } from "../../../src/ports/writer.ts";
import { createSystemClock } from "../../../src/runtime/system-clock.ts";
import { createOpenAiWriter } from "../../../src/vendors/openai/write-replies.ts";
import { silentLog } from "../../support/silent-log.ts";

let twin: OpenAiTwin;
beforeEach(async () => {
  twin = await startOpenAiTwin({ brain: disputeBrain });
});
afterEach(() => twin.close());

const write = (history: readonly ConversationEntry[], outdated = new AbortController().signal) => {
  const { apiKey, baseUrl } = twin;
  const writer = createOpenAiWriter({
    apiKey,
    baseUrl,
    model: "gpt-6-luna",
    clock: createSystemClock(),
    log: silentLog,
  });
  const tools = ["find_transactions", "escalate_to_human"].map((name) => ({ name, description: name, parameters: {} }));
  return writer.write({ instructions: "You help.", tools, history }, outdated);
};

const asked = {
  kind: "said",
  role: "caller",
  text: "There is a charge of eighty four fifty I don't recognise.",
} as const;

test("what the model says and what it wants to look up come apart; its tools' answers lead on", async () => {
  const first = await write([asked]);
  expect(first).toMatchObject({
    text: "Let me look that up for you.",
    calls: [{ name: "find_transactions", input: '{"amount":84.5}' }],
  });
  const toolCall = first?.calls[0]?.toolCall ?? "";
  const second = await write([
    asked,
    { kind: "said", role: "assistant", text: "Let me look that up for you." },
    { kind: "called", toolCall, name: "find_transactions", input: '{"amount":84.5}' },
    { kind: "answered", toolCall, output: '{"transactions":[1]}' },
  ]);
  expect(second).toEqual({
    text: "I found a charge of eighty four dollars and fifty cents from Q R S Trading.",
    calls: [],
  });
});

test("a model that is down or limited, and a reply nobody wants any more, are no reply and no error", async () => {
  twin.faults.http.status = 500;
  expect(await write([asked])).toBeUndefined();
  twin.faults.http.status = 429;
  expect(await write([asked])).toBeUndefined();
  expect(twin.requests).toHaveLength(2);
  twin.faults.http.status = 0;
  const outdated = new AbortController();
  outdated.abort();
  expect(await write([asked], outdated.signal)).toBeUndefined();
});
