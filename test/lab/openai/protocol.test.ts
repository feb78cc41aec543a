import { afterEach, beforeEach, expect, test } from "vitest";

import { clip } from "../../../lab/audio/clips.ts";
import { disputeBrain } from "../../../lab/openai/dispute-brain.ts";
import { type OpenAiTwin, startOpenAiTwin } from "../../../lab/openai/twin.ts";
import { dialRealtime, dialTelephony, type ServerEvent, TELEPHONY } from "./realtime-client.ts";

let twin: OpenAiTwin;

beforeEach(async () => {
  twin = await startOpenAiTwin({ brain: disputeBrain, ttfaMs: 60, speed: 20, asr: { completedAfterMs: 80 } });
});
afterEach(() => twin.close());

type Client = Awaited<ReturnType<typeof dialRealtime>>;
type Json = Record<string, unknown>;

let asked = 0;

/** The error that an event is answered with. */
async function errorOf(client: Client, event: Json): Promise<ServerEvent["error"]> {
  asked += 1;
  const event_id = `ask-${asked}`;
  client.send({ ...event, event_id });
  return (await client.expect("error", (each) => each.error.event_id === event_id)).error;
}

const say = (text: string) => ({ type: "response.create", response: { instructions: `Say exactly: "${text}"` } });
const textItem = (text: string, extra: Json = {}) => ({
  type: "conversation.item.create",
  item: { type: "message", role: "user", content: [{ type: "input_text", text }], ...extra },
});

test("unknown events, broken JSON and binary frames are answered by errors; the session lives on", async () => {
  const client = await dialTelephony(twin);
  expect(await errorOf(client, { type: "session.explode" })).toMatchObject({ code: "invalid_value", param: "type" });
  client.socket.send("{oops");
  client.socket.send(Buffer.from([1, 2, 3]));
  client.send({ type: "input_audio_buffer.clear" });
  await client.expect("input_audio_buffer.cleared");
  expect(client.events.filter((event) => event.type === "error")).toHaveLength(3);
  expect(await errorOf(client, { type: "input_audio_buffer.append", audio: 7 })).toMatchObject({
    code: "invalid_type",
    param: "audio",
  });
});

test("one response at a time writes to the conversation", async () => {
  const client = await dialTelephony(twin);
  client.send(say(clip("greeting").text));
  const { response } = await client.expect("response.created");
  expect(await errorOf(client, { type: "response.create" })).toEqual({
    type: "invalid_request_error",
    code: "conversation_already_has_active_response",
    message: `Conversation already has an active response in progress: ${response.id}. Wait until the response is finished before creating a new one.`,
    param: null,
    event_id: expect.stringContaining("ask-"),
  });
});

test("a response outside the conversation runs beside it and leaves no item", async () => {
  const client = await dialTelephony(twin);
  client.send(say(clip("greeting").text));
  const main = (await client.expect("response.created")).response;
  client.send({
    type: "response.create",
    response: {
      conversation: "none",
      output_modalities: ["text"],
      metadata: { purpose: "intent" },
      instructions: "Say exactly: “billing”",
      input: [],
    },
  });
  const { response } = await client.expect("response.done", (event) => event.response.metadata !== null);
  expect(response).toMatchObject({ conversation_id: null, metadata: { purpose: "intent" }, status: "completed" });
  expect(response.output[0]?.content).toEqual([{ type: "output_text", text: "billing" }]);
  await client.expect("response.done", (event) => event.response.id === main.id);
  expect(client.events.filter((event) => event.type === "conversation.item.added")).toHaveLength(1);
  expect(client.types()).toContain("response.output_text.done");
});

test("cancelling by id, and with nothing to cancel", async () => {
  const client = await dialTelephony(twin);
  expect(await errorOf(client, { type: "response.cancel" })).toMatchObject({
    code: "response_cancel_not_active",
    message: "Cancellation failed: no active response found",
  });
  client.send(say(clip("greeting").text));
  const { response } = await client.expect("response.created");
  expect(await errorOf(client, { type: "response.cancel", response_id: "resp_other" })).toMatchObject({
    code: "response_cancel_not_active",
  });
  client.send({ type: "response.cancel", response_id: response.id });
  const done = await client.expect("response.done");
  // Nothing had been opened yet: there is no item to truncate.
  expect(done.response).toMatchObject({ status: "cancelled", output: [] });
});

test("items are created in place, retrieved and deleted", async () => {
  const client = await dialTelephony(twin);
  client.send(textItem("one", { id: "item_one" }));
  client.send({ ...textItem("zero", { id: "item_zero" }), previous_item_id: "root" });
  const zero = await client.expect("conversation.item.done", (event) => event.item.id === "item_zero");
  expect(zero.previous_item_id).toBeNull();
  expect(twin.sessions[0]?.conversation.items.map((item) => item.wire.id)).toEqual(["item_zero", "item_one"]);
  client.send({ type: "conversation.item.retrieve", item_id: "item_one" });
  expect((await client.expect("conversation.item.retrieved")).item).toMatchObject({ id: "item_one", role: "user" });
  client.send({ type: "conversation.item.delete", item_id: "item_one" });
  expect((await client.expect("conversation.item.deleted")).item_id).toBe("item_one");
  const gone = { item_id: "item_one" };
  expect(await errorOf(client, { type: "conversation.item.retrieve", ...gone })).toMatchObject({
    code: "item_retrieve_invalid_item_id",
  });
  expect((await errorOf(client, { type: "conversation.item.delete", ...gone })).message).toContain("item_one");
  expect((await errorOf(client, { ...textItem("x"), previous_item_id: "item_one" })).param).toBe("previous_item_id");
});

const REFUSED_ITEMS: [string, unknown, string][] = [
  ["no item", undefined, "missing_required_parameter"],
  ["an unknown type", { type: "song" }, "invalid_value"],
  [
    "assistant audio",
    { type: "message", role: "assistant", content: [{ type: "output_audio", transcript: "x" }] },
    "invalid_value",
  ],
  [
    "a call id over 32 characters",
    { type: "function_call", name: "a", call_id: "c".repeat(33), arguments: "{}" },
    "string_above_max_length",
  ],
  ["an output that is no string", { type: "function_call_output", call_id: "c", output: {} }, "invalid_type"],
  ["an output without its call", { type: "function_call_output", output: "x" }, "missing_required_parameter"],
];

test.each(REFUSED_ITEMS)("an item is refused: %s", async (_, item, code) => {
  const client = await dialTelephony(twin);
  expect(await errorOf(client, { type: "conversation.item.create", item })).toMatchObject({ code });
});

test("truncating what cannot be truncated", async () => {
  const client = await dialTelephony(twin);
  client.send(textItem("hello", { id: "item_user" }));
  const truncate = { type: "conversation.item.truncate", content_index: 0, audio_end_ms: 100 };
  expect(await errorOf(client, { ...truncate, item_id: "item_user" })).toMatchObject({
    code: "unsupported_content_type",
    message: "Only model output audio messages can be truncated",
  });
  expect((await errorOf(client, { ...truncate, item_id: "item_none" })).message).toContain("item_none");
  expect(await errorOf(client, { ...truncate, item_id: "item_user", audio_end_ms: 10.5 })).toMatchObject({
    code: "invalid_type",
    param: "audio_end_ms",
  });
});

test("push-to-talk: commits by hand, no response by itself, too short is refused", async () => {
  const input = { ...TELEPHONY.audio.input, turn_detection: null };
  const client = await dialTelephony(twin, { audio: { ...TELEPHONY.audio, input } });
  client.silence(60);
  expect(await errorOf(client, { type: "input_audio_buffer.commit" })).toMatchObject({
    code: "input_audio_buffer_commit_empty",
    message:
      "Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only has 60.00ms of audio.",
  });
  client.send({ type: "input_audio_buffer.clear" });
  client.hear(clip("real-person").audio);
  client.send({ type: "input_audio_buffer.commit" });
  const completed = await client.expect("conversation.item.input_audio_transcription.completed");
  expect(completed.transcript).toBe(clip("real-person").text);
  expect(client.types()).not.toContain("input_audio_buffer.speech_started");
  expect(client.types()).not.toContain("response.created");
});

test("without create_response and interrupt_response turns are only reported", async () => {
  const detection = { ...TELEPHONY.audio.input.turn_detection, create_response: false, interrupt_response: false };
  const input = { ...TELEPHONY.audio.input, turn_detection: detection };
  const client = await dialTelephony(twin, { audio: { ...TELEPHONY.audio, input } });
  client.send(say(clip("greeting").text));
  await client.expect("response.output_audio.delta");
  client.say(clip("speak-to-human").audio);
  await client.expect("conversation.item.input_audio_transcription.completed");
  expect((await client.expect("response.done")).response.status).toBe("completed");
  expect(client.types().filter((type) => type === "response.created")).toHaveLength(1);
  client.send({ type: "response.create" });
  await client.expect(
    "response.created",
    (event) => event.response.id !== client.events.find((each) => each.type === "response.created")?.response.id,
  );
});

test("a silent line is answered after idle_timeout_ms", { timeout: 20_000 }, async () => {
  const detection = { ...TELEPHONY.audio.input.turn_detection, idle_timeout_ms: 5000 };
  const input = { ...TELEPHONY.audio.input, turn_detection: detection };
  const client = await dialTelephony(twin, { audio: { ...TELEPHONY.audio, input } });
  client.send(say("All right."));
  const first = await client.expect("response.done");
  const timeout = await client.expect("input_audio_buffer.timeout_triggered");
  expect((await client.expect("input_audio_buffer.committed")).item_id).toBe(timeout.item_id);
  await client.expect("response.done", (event) => event.event_id !== first.event_id);
});

test("μ-law under the name of PCM is noise: the turn may be cut, but is not understood", async () => {
  const client = await dialRealtime(twin);
  await client.expect("session.created");
  client.send({
    type: "session.update",
    session: { type: "realtime", audio: { input: { transcription: { model: "gpt-4o-transcribe" } } } },
  });
  await client.expect("session.updated");
  client.hear(clip("unknown-charge").audio);
  client.send({ type: "input_audio_buffer.commit" });
  const completed = await client.expect("conversation.item.input_audio_transcription.completed");
  expect(completed.transcript).toBe("");
  expect(twin.sessions[0]?.heard.every((turn) => turn.text === undefined)).toBe(true);
});

test("audio is heard only as it was sent: damaged base64 gives an empty transcript and a question", async () => {
  const client = await dialTelephony(twin);
  const shifted = Buffer.from(Buffer.from(clip("unknown-charge").audio).toString("base64").slice(1), "base64");
  client.say(shifted);
  expect((await client.expect("conversation.item.input_audio_transcription.completed")).transcript).toBe("");
  expect((await client.expect("response.done")).response.output[0]?.content[0]?.transcript).toBe(
    "I'm sorry, I did not catch that.",
  );
});

test("log-probabilities come when asked for, from models that have them", async () => {
  const client = await dialTelephony(twin, { include: ["item.input_audio_transcription.logprobs"] });
  client.say(clip("yes-please").audio);
  const completed = await client.expect("conversation.item.input_audio_transcription.completed");
  expect(completed.logprobs).toEqual(
    [" Yes", " please", "."].map((token) => ({ token, logprob: -0.05, bytes: [...Buffer.from(token)] })),
  );
  expect(completed.usage).toMatchObject({ type: "tokens", input_token_details: { audio_tokens: expect.any(Number) } });
});

test("the log holds what passed, without audio, and can be waited for", async () => {
  const client = await dialTelephony(twin);
  client.silence(200);
  client.send(say("All right."));
  const created = await twin.waitFor((entry) => entry.from === "client" && entry.type === "response.create");
  expect(created.session).toBe(twin.sessions[0]?.id);
  const delta = await twin.waitFor((entry) => entry.type === "response.output_audio.delta");
  expect(delta.event).not.toHaveProperty("delta");
  expect(delta.bytes).toBeGreaterThan(0);
  await client.expect("response.done");
  expect(twin.log.some((entry) => entry.type === "input_audio_buffer.append")).toBe(false);
  expect(twin.sessions[0]?.received).toEqual({ appends: 10, bytes: 1600, odd: 0 });
  await expect(twin.waitFor((entry) => entry.type === "never", 10)).rejects.toThrow(
    /within 10 ms; the last were: .*response\.done/u,
  );
});
