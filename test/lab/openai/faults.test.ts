import { once } from "node:events";

import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";

import { clip } from "../../../lab/audio/clips.ts";
import { disputeBrain } from "../../../lab/openai/dispute-brain.ts";
import { type OpenAiTwin, startOpenAiTwin } from "../../../lab/openai/twin.ts";
import { dialRealtime, dialTelephony, type ServerEvent } from "./realtime-client.ts";

let twin: OpenAiTwin;

beforeEach(async () => {
  twin = await startOpenAiTwin({ brain: disputeBrain, ttfaMs: 60, speed: 20, asr: { completedAfterMs: 80 } });
});
afterEach(() => twin.close());

const SAY = { type: "response.create", response: { instructions: 'Say exactly: "Let me look that up for you."' } };
const COMPLETED = "conversation.item.input_audio_transcription.completed";

const indexOf = (events: readonly ServerEvent[], type: string) => events.findIndex((event) => event.type === type);

/** The status of a refused upgrade, and its body. */
async function refusedUpgrade(query = "?model=gpt-realtime-2.1", headers: Record<string, string> = {}) {
  const address = `${twin.baseUrl.replace("http", "ws")}/realtime${query}`;
  const socket = new WebSocket(address, { headers: { authorization: `Bearer ${twin.apiKey}`, ...headers } });
  const [, response] = (await once(socket, "unexpected-response")) as [
    unknown,
    AsyncIterable<Buffer> & { statusCode: number },
  ];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return {
    status: response.statusCode,
    body: JSON.parse(Buffer.concat(chunks).toString()) as { error: { message: string } },
  };
}

test("upgrades are refused with a wrong key, a beta header, without a model, or as told", async () => {
  expect((await refusedUpgrade("?model=m", { authorization: "Bearer nobody" })).status).toBe(401);
  expect(await refusedUpgrade("?model=m", { "openai-beta": "realtime=v1" })).toMatchObject({
    status: 400,
    body: { error: { message: expect.stringContaining("Beta API is no longer supported") } },
  });
  expect((await refusedUpgrade("")).status).toBe(400);
  expect((await refusedUpgrade("?call_id=rtc_1")).status).toBe(404);
  for (const status of [401, 429, 500]) {
    twin.faults.refuseUpgrade = status;
    expect((await refusedUpgrade()).status).toBe(status);
  }
  expect(twin.sessions).toHaveLength(0);
});

test("sockets die without a close frame", async () => {
  const client = await dialTelephony(twin);
  twin.dropSockets();
  expect((await client.closed).code).toBe(1006);
  expect(twin.sessions[0]?.closedAt).toBeTypeOf("number");
});

test("one session is closed with a code of the test's choice", async () => {
  const client = await dialTelephony(twin);
  twin.sessions[0]?.close(1011, "internal");
  expect(await client.closed).toEqual({ code: 1011, reason: "internal" });
});

test("a session expires with an error event and 1001", async () => {
  twin.faults.expireAfterMs = 150;
  const client = await dialRealtime(twin);
  const { error } = await client.expect("error");
  expect(error).toMatchObject({
    code: "session_expired",
    message: "Your session hit the maximum duration of 60 minutes.",
  });
  expect(await client.closed).toEqual({ code: 1001, reason: error.message });
});

test("a mute session never says that it was created", async () => {
  twin.faults.muteSession = true;
  const client = await dialRealtime(twin);
  client.send({ type: "input_audio_buffer.clear" });
  await client.expect("input_audio_buffer.cleared");
  expect(client.types()).not.toContain("session.created");
});

test("the echoed format differs from the one asked for", async () => {
  twin.faults.echoFormat = "audio/pcm";
  const client = await dialTelephony(twin);
  const { session } = await client.expect("session.updated");
  expect(session.audio.output.format.type).toBe("audio/pcm");
});

test("the first audio stalls, and nothing else does", async () => {
  const client = await dialTelephony(twin);
  twin.faults.stallFirstAudioMs = 400;
  client.send(SAY);
  await client.expect("response.created");
  const createdAt = performance.now();
  await client.expect("response.output_audio.delta");
  // 60 + 400 ms were ordered; timers may be early by a millisecond, and this clock starts late.
  expect(performance.now() - createdAt).toBeGreaterThan(300);
});

test("an answer without any audio still has its words and its end", async () => {
  twin.faults.noAudio = true;
  const client = await dialTelephony(twin);
  client.send(SAY);
  const { response } = await client.expect("response.done");
  expect(response.output[0]?.content[0]?.transcript).toBe("Let me look that up for you.");
  expect(client.types()).not.toContain("response.output_audio.delta");
  expect(client.types()).toContain("response.output_audio.done");
});

test("a response request is answered by an error alone", async () => {
  twin.faults.refuseResponses = 1;
  const client = await dialTelephony(twin);
  client.send({ ...SAY, event_id: "mine" });
  expect((await client.expect("error")).error).toMatchObject({ type: "server_error", event_id: "mine" });
  client.send(SAY);
  expect((await client.expect("response.done")).response.status).toBe("completed");
});

test("a response fails for the rate limit and the socket stays open", async () => {
  twin.faults.failResponses = 1;
  const client = await dialTelephony(twin);
  client.send(SAY);
  const { response } = await client.expect("response.done");
  expect(response).toMatchObject({
    status: "failed",
    status_details: { type: "failed", error: { code: "rate_limit_exceeded" } },
    output: [],
  });
  client.send(SAY);
  await client.expect("response.done", (event) => event.response.status === "completed");
});

test("a response ends incomplete with a half-written function call", async () => {
  twin.faults.incompleteResponses = 1;
  twin.brain = () => [
    { call: "escalate_to_human", arguments: { reason: "asked", summary: "a long enough text to be cut" } },
  ];
  const client = await dialTelephony(twin);
  client.send({ type: "response.create" });
  const { response } = await client.expect("response.done");
  expect(response).toMatchObject({ status: "incomplete", status_details: { reason: "max_output_tokens" } });
  const [call] = response.output;
  expect(call).toMatchObject({ type: "function_call", status: "incomplete" });
  expect(() => JSON.parse(call?.arguments ?? "{}")).toThrow(SyntaxError);
  expect(client.types()).not.toContain("response.function_call_arguments.done");
});

test("response.created comes late, or not at all; the response blocks others meanwhile", async () => {
  twin.faults.delayCreatedMs = 200;
  const client = await dialTelephony(twin);
  client.send(SAY);
  client.send({ ...SAY, event_id: "second" });
  expect((await client.expect("error")).error).toMatchObject({
    code: "conversation_already_has_active_response",
    event_id: "second",
  });
  const first = await client.expect("response.done");
  expect(client.types().filter((type) => type === "response.created")).toHaveLength(1);
  Object.assign(twin.faults, { delayCreatedMs: 0, skipCreated: true });
  client.send(SAY);
  await client.expect("response.done", (event) => event.event_id !== first.event_id);
  expect(client.types().filter((type) => type === "response.created")).toHaveLength(1);
});

test("a cancellation before response.created is lost: the response comes all the same", async () => {
  twin.faults.delayCreatedMs = 150;
  const client = await dialTelephony(twin);
  client.send(SAY);
  client.send({ type: "response.cancel" });
  expect((await client.expect("error")).error.code).toBe("response_cancel_not_active");
  expect((await client.expect("response.done")).response.status).toBe("completed");
});

test("a cancelled response can end without closing its parts, and without stragglers", async () => {
  Object.assign(twin.faults, { bareCancel: true, stragglers: 0 });
  twin.pace.speed = 2;
  const client = await dialTelephony(twin);
  client.send({ type: "response.create", response: { instructions: `Say exactly: "${clip("greeting").text}"` } });
  await client.expect("response.output_audio.delta");
  client.send({ type: "response.cancel" });
  const { response } = await client.expect("response.done");
  expect(response).toMatchObject({ status: "cancelled", status_details: { reason: "client_cancelled" } });
  for (const type of ["response.output_audio.done", "response.content_part.done", "response.output_item.done"])
    expect(client.types()).not.toContain(type);
});

test("rate limits are not reported", async () => {
  twin.faults.noRateLimits = true;
  const client = await dialTelephony(twin);
  client.send(SAY);
  await client.expect("response.done");
  client.send({ type: "input_audio_buffer.clear" });
  await client.expect("input_audio_buffer.cleared");
  expect(client.types()).not.toContain("rate_limits.updated");
});

test("unknown events and fields, and frames that are not JSON, are mixed in", async () => {
  const client = await dialTelephony(twin);
  Object.assign(twin.faults, { unknownEvents: true, invalidJson: 3 });
  client.send(SAY);
  const done = await client.expect("response.done");
  expect(done).toHaveProperty("x_new_field");
  expect(client.types()).toContain("response.aura.updated");
  expect(client.broken).toHaveLength(3);
});

test("transcription fails and the spoken answer does not", async () => {
  twin.faults.failAsr = 1;
  const client = await dialTelephony(twin);
  client.say(clip("thank-you").audio);
  const failed = await client.expect("conversation.item.input_audio_transcription.failed");
  const started = await client.expect("input_audio_buffer.speech_started");
  expect(failed.item_id).toBe(started.item_id);
  expect(failed.error).toMatchObject({ type: "server_error", message: expect.stringContaining(started.item_id) });
  expect((await client.expect("response.done")).response.status).toBe("completed");
  expect(client.types()).not.toContain(COMPLETED);
});

test("a transcript comes twice", async () => {
  twin.faults.duplicateAsr = true;
  const client = await dialTelephony(twin);
  client.say(clip("thank-you").audio);
  await client.expect("response.done");
  const first = await client.expect(COMPLETED);
  const second = await client.expect(COMPLETED, (event) => event.event_id !== first.event_id);
  expect(second.item_id).toBe(first.item_id);
});

test("a transcript comes before its item exists", async () => {
  twin.faults.asrBeforeItem = true;
  const client = await dialTelephony(twin);
  client.say(clip("thank-you").audio);
  const completed = await client.expect(COMPLETED);
  const added = await client.expect("conversation.item.added");
  expect(added.item.id).toBe(completed.item_id);
  expect(indexOf(client.events, COMPLETED)).toBeLessThan(indexOf(client.events, "conversation.item.added"));
});

test("the transcripts of two turns come in the wrong order", async () => {
  twin.faults.asrOutOfOrder = true;
  const client = await dialTelephony(twin);
  client.say(clip("thank-you").audio);
  client.say(clip("still-there").audio);
  await client.expect(COMPLETED, (event) => event.transcript === clip("thank-you").text);
  const texts = client.events.filter((event) => event.type === COMPLETED).map((event) => event.transcript);
  expect(texts).toEqual([clip("still-there").text, clip("thank-you").text]);
});

test("a transcript is late, wrong, or never comes; the model heard all the same", async () => {
  const client = await dialTelephony(twin);
  Object.assign(twin.faults, { lateAsrMs: 400, wrongAsr: "I want a refund." });
  client.say(clip("thank-you").audio);
  const first = await client.expect("response.done");
  expect(client.types()).not.toContain(COMPLETED);
  expect((await client.expect(COMPLETED)).transcript).toBe("I want a refund.");
  Object.assign(twin.faults, { lateAsrMs: 0, noAsr: true });
  client.say(clip("still-there").audio);
  await client.expect("response.done", (event) => event.event_id !== first.event_id);
  expect(client.types().filter((type) => type === COMPLETED)).toHaveLength(1);
  expect(twin.sessions[0]?.heard.map((turn) => turn.text)).toEqual([clip("thank-you").text, clip("still-there").text]);
});
