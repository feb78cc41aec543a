import { afterEach, beforeEach, expect, test } from "vitest";

import { clip } from "../../../lab/audio/clips.ts";
import { voice } from "../../../lab/audio/voice.ts";
import { disputeBrain } from "../../../lab/openai/dispute-brain.ts";
import { type OpenAiTwin, startOpenAiTwin } from "../../../lab/openai/twin.ts";
import { dialTelephony, type ServerEvent, TELEPHONY } from "./realtime-client.ts";

let twin: OpenAiTwin;

beforeEach(async () => {
  twin = await startOpenAiTwin({ brain: disputeBrain, ttfaMs: 100, speed: 20, asr: { completedAfterMs: 130 } });
});
afterEach(() => twin.close());

const TOOLS = ["find_transactions", "lookup_merchant", "search_knowledge"].map((name) => ({
  type: "function",
  name,
  description: name,
  parameters: { type: "object", properties: {} },
}));

/** Event types in order without deltas, from the first one of a type. */
function story(events: readonly ServerEvent[], from: string): string[] {
  const types = events.map((event) => event.type);
  return types.slice(types.indexOf(from)).filter((type) => !type.endsWith("delta"));
}

const of = (id: string) => (event: ServerEvent) => event.item_id === id || event.item?.id === id;
const place = (events: readonly ServerEvent[], type: string, fits: (event: ServerEvent) => boolean = () => true) =>
  events.findIndex((event) => event.type === type && fits(event));

test("trace A: a text turn is answered aloud, in the recorded order", async () => {
  const client = await dialTelephony(twin);
  const text = "Hi, there is a charge on my card I don't recognise.";
  client.send({
    type: "conversation.item.create",
    item: { type: "message", role: "user", content: [{ type: "input_text", text }] },
  });
  client.send({ type: "response.create" });
  const done = await client.expect("response.done");
  await client.expect("rate_limits.updated");
  const types = story(client.events, "conversation.item.added");
  expect(types).toEqual([
    "conversation.item.added",
    "conversation.item.done",
    "response.created",
    "response.output_item.added",
    "conversation.item.added",
    "response.content_part.added",
    "response.output_audio.done",
    "response.output_audio_transcript.done",
    "response.content_part.done",
    "conversation.item.done",
    "response.output_item.done",
    "response.done",
    "rate_limits.updated",
  ]);
  const spoken =
    "Let me look that up for you. I found a charge of eighty four dollars and fifty cents from Q R S Trading.";
  expect(done.response.output[0]?.content).toEqual([{ type: "output_audio", transcript: spoken }]);
  expect(done.response).toMatchObject({
    status: "completed",
    status_details: null,
    usage: { output_token_details: {} },
  });
  expect(Buffer.compare(client.audioOf(done.response.id), voice("assistant", spoken))).toBe(0);
});

test("trace A: the transcript runs ahead of the audio", async () => {
  const client = await dialTelephony(twin);
  client.send({ type: "response.create", response: { instructions: `Say exactly: "${clip("greeting").text}"` } });
  await client.expect("response.done");
  let saidChars = 0;
  let heardMs = 0;
  const total = clip("greeting").audio.length / 8;
  for (const event of client.events) {
    if (event.type === "response.output_audio_transcript.delta") saidChars += event.delta.length;
    if (event.type !== "response.output_audio.delta") continue;
    heardMs += Buffer.from(event.delta, "base64").length / 8;
    expect(saidChars / clip("greeting").text.length).toBeGreaterThanOrEqual(Math.min(1, heardMs / total) - 0.02);
  }
  expect(heardMs).toBe(total);
});

test("trace B: a spoken turn is cut, committed, answered, and transcribed in the middle of the answer", async () => {
  // Far enough apart that a stalled machine cannot change the order: first audio, transcript, end.
  twin.pace.speed = 3;
  twin.asr.completedAfterMs = 700;
  const client = await dialTelephony(twin);
  client.silence(500);
  client.say(clip("unknown-charge").audio);
  const completed = await client.expect("conversation.item.input_audio_transcription.completed");
  await client.expect("response.done");
  const started = await client.expect("input_audio_buffer.speech_started");
  const stopped = await client.expect("input_audio_buffer.speech_stopped");
  const added = await client.expect("conversation.item.added");
  expect(story(client.events, "input_audio_buffer.speech_started").slice(0, 6)).toEqual([
    "input_audio_buffer.speech_started",
    "input_audio_buffer.speech_stopped",
    "input_audio_buffer.committed",
    "conversation.item.added",
    "conversation.item.done",
    "response.created",
  ]);
  const ids = ["speech_started", "speech_stopped", "committed"].map(
    (each) => client.events.find((event) => event.type === `input_audio_buffer.${each}`)?.item_id,
  );
  expect(new Set([...ids, added.item.id, completed.item_id]).size).toBe(1);
  expect(added.item).toEqual({
    id: ids[0],
    type: "message",
    status: "completed",
    role: "user",
    content: [{ type: "input_audio", transcript: null }],
  });
  expect(completed.transcript).toBe(clip("unknown-charge").text);
  // 500 ms of silence went before, of which 300 ms are padding; the end includes the 500 ms that ended the turn.
  expect(started.audio_start_ms).toBeGreaterThanOrEqual(190);
  expect(started.audio_start_ms).toBeLessThanOrEqual(300);
  const end = 500 + clip("unknown-charge").audio.length / 8 + 500;
  expect(Math.abs(stopped.audio_end_ms - end)).toBeLessThanOrEqual(120);
  const at = place(client.events, "conversation.item.input_audio_transcription.completed");
  expect(at).toBeGreaterThan(place(client.events, "response.output_audio.delta"));
  expect(at).toBeLessThan(place(client.events, "response.done"));
});

test("trace C: a streaming transcription writes while the caller still talks", async () => {
  const transcription = { model: "gpt-realtime-whisper", language: "en" };
  const audio = { ...TELEPHONY.audio, input: { ...TELEPHONY.audio.input, transcription } };
  const client = await dialTelephony(twin, { audio });
  client.say(clip("unknown-charge").audio);
  const completed = await client.expect("conversation.item.input_audio_transcription.completed");
  const started = await client.expect("input_audio_buffer.speech_started");
  const deltas = client.events.filter((event) => event.type === "conversation.item.input_audio_transcription.delta");
  const early = client.events
    .slice(0, place(client.events, "input_audio_buffer.speech_stopped"))
    .filter((event) => event.type === "conversation.item.input_audio_transcription.delta");
  expect(early.length).toBeGreaterThan(8);
  expect(early.every((event) => event.item_id === started.item_id)).toBe(true);
  expect(early[0]?.delta).toBe(" Hi");
  expect(
    deltas
      .map((event) => event.delta)
      .join("")
      .trim(),
  ).toBe(clip("unknown-charge").text);
  expect(completed.transcript).toBe(clip("unknown-charge").text);
  expect(completed.usage).toEqual({ type: "duration", seconds: expect.any(Number) });
});

test("trace E and F: a spoken preamble, tool calls begun before it is closed, and the answer after their outputs", async () => {
  const client = await dialTelephony(twin, { tools: TOOLS });
  client.say(clip("who-charged-me").audio);
  const first = (await client.expect("response.done")).response;
  const [preamble, lookup, knowledge] = first.output;
  if (!preamble || !lookup || !knowledge) throw new Error(`only ${first.output.length} items`);
  expect(preamble).toMatchObject({ type: "message", phase: "commentary", status: "completed" });
  expect(lookup).toMatchObject({ type: "function_call", name: "lookup_merchant", status: "completed" });
  expect(JSON.parse(lookup.arguments)).toEqual({ descriptor: "QRS TRADING" });
  expect(knowledge).toMatchObject({ type: "function_call", name: "search_knowledge" });
  expect(lookup.call_id).toMatch(/^call_.{1,27}$/u);
  expect(place(client.events, "response.output_item.added", of(lookup.id))).toBeLessThan(
    place(client.events, "response.output_audio.done", of(preamble.id)),
  );
  expect(place(client.events, "response.function_call_arguments.done", of(lookup.id))).toBeLessThan(
    place(client.events, "conversation.item.done", of(lookup.id)),
  );
  expect(place(client.events, "conversation.item.done", of(lookup.id))).toBeLessThan(
    place(client.events, "response.output_item.done", of(lookup.id)),
  );
  for (const call of [lookup, knowledge]) {
    const item = { type: "function_call_output", call_id: call.call_id, output: '{"matches":[],"results":[]}' };
    client.send({ type: "conversation.item.create", item });
  }
  client.send({ type: "response.create" });
  const second = (await client.expect("response.done", (event) => event.response.id !== first.id)).response;
  expect(second.output).toHaveLength(1);
  expect(second.output[0]).toMatchObject({ phase: "final_answer" });
  expect(second.output[0]?.content[0]?.transcript).toBe(clip("could-not-find").text);
});

test("trace H: the caller breaks in, the answer stops and a few deltas still come", async () => {
  twin.pace.speed = 2;
  const client = await dialTelephony(twin);
  client.send({ type: "response.create", response: { instructions: `Say exactly: "${clip("greeting").text}"` } });
  await client.expect("response.output_audio.delta");
  client.hear(clip("unknown-charge").audio.subarray(0, 4000));
  const done = await client.expect("response.done");
  expect(done.response.status).toBe("cancelled");
  expect(done.response.status_details).toEqual({ type: "cancelled", reason: "turn_detected" });
  expect(done.response.output[0]?.status).toBe("incomplete");
  const since = client.events.slice(place(client.events, "input_audio_buffer.speech_started"));
  expect(since.filter((event) => event.type === "response.output_audio.delta")).toHaveLength(2);
  const heldMs = client.audioOf(done.response.id).length / 8;
  expect(heldMs).toBeLessThan(clip("greeting").audio.length / 8);
  const truncate = { type: "conversation.item.truncate", item_id: done.response.output[0]?.id, content_index: 0 };
  client.send({ ...truncate, event_id: "t1", audio_end_ms: heldMs + 60 });
  const refused = await client.expect("error");
  expect(refused.error).toMatchObject({
    message: `Audio content of ${heldMs}ms is already shorter than ${heldMs + 60}ms`,
    event_id: "t1",
  });
  client.send({ ...truncate, audio_end_ms: 300 });
  expect(await client.expect("conversation.item.truncated")).toMatchObject({ audio_end_ms: 300, content_index: 0 });
});
