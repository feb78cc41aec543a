import { expect, onTestFinished, test } from "vitest";
import { voice } from "../../../lab/audio/voice.ts";
import type { OpenAiFaults } from "../../../lab/openai/faults.ts";
import { scriptedBrain } from "../../../lab/openai/scripted-brain.ts";
import type { OpenAiTwinOptions } from "../../../lab/openai/twin.ts";
import type { AssistantSetup, AssistantTool } from "../../../src/ports/assistant.ts";
import { startAssistant } from "./assistant-bench.ts";

const lookUp: AssistantTool = {
  name: "look_up",
  description: "Looks up.",
  parameters: { type: "object", properties: {} },
};

async function started(
  options: OpenAiTwinOptions = {},
  setup: Partial<AssistantSetup> = {},
): ReturnType<typeof startAssistant> {
  const bench = await startAssistant(options, setup);
  onTestFinished(() => bench.close());
  return bench;
}

test("the session is asked for in the GA shape, μ-law both ways, turns cut but nothing decided by the vendor", async () => {
  const bench = await started({}, { tools: [lookUp], safetyId: "h-1" });
  await bench.wait("ready");
  const [update] = bench.sent("session.update");
  expect(update?.event["session"]).toMatchObject({
    type: "realtime",
    output_modalities: ["audio"],
    audio: {
      input: {
        format: { type: "audio/pcmu" },
        transcription: { language: "en" },
        turn_detection: { type: "server_vad", create_response: false, interrupt_response: false },
      },
      output: { format: { type: "audio/pcmu" } },
    },
    tools: [{ type: "function", name: "look_up" }],
  });
  expect(bench.twin.upgrades[0]).toMatchObject({ "openai-safety-identifier": "h-1" });
  expect(bench.twin.upgrades[0]?.["openai-beta"]).toBeUndefined();
});

test("a caller's turn is heard, with its words under the same item, and the answer's audio comes untouched", async () => {
  const brain = scriptedBrain([{ hears: /hello/iu, does: [{ say: "I am still here with you." }] }]);
  const bench = await started({ brain });
  await bench.wait("ready");
  await bench.say("Hello?");
  const turn = await bench.wait("caller-turn");
  bench.session.reply({ tag: "t1" });
  const words = await bench.wait("caller-words");
  expect(words).toMatchObject({ item: turn.item, text: "Hello?" });
  const end = await bench.wait("reply-ended");
  expect(end).toMatchObject({ tag: "t1", how: "completed" });
  const audio = Buffer.concat(bench.all("reply-audio").map(({ payload }) => Buffer.from(payload, "base64")));
  expect(audio.equals(Buffer.from(voice("assistant", "I am still here with you.")))).toBe(true);
  expect(bench.all("reply-item-ended")).toMatchObject([{ text: "I am still here with you." }]);
});

test("a fixed sentence is asked for word for word, with no tools", async () => {
  const bench = await started({}, { tools: [lookUp] });
  bench.session.reply({ tag: "line", exactly: 'He said "wait" to you.' });
  await bench.wait("reply-ended");
  const [create] = bench.sent("response.create");
  expect(create?.event["response"]).toMatchObject({ tools: [], tool_choice: "none", metadata: { tag: "line" } });
  expect(bench.all("reply-item-ended")[0]?.text).toBe("He said 'wait' to you.");
});

test("each reply says how full the model's memory is, and a later one no less", async () => {
  const bench = await started();
  bench.session.reply({ tag: "first", exactly: "The first sentence." });
  bench.session.reply({ tag: "second", exactly: "The second sentence." });
  const { contextShare: first = Number.NaN } = await bench.wait("reply-ended", ({ tag }) => tag === "first");
  const { contextShare: second = Number.NaN } = await bench.wait("reply-ended", ({ tag }) => tag === "second");
  expect(first).toBeGreaterThan(0);
  expect(second).toBeGreaterThan(first);
  expect(second).toBeLessThan(0.01);
});

test("replies are made one at a time, in order", async () => {
  const bench = await started();
  for (const tag of ["a", "b", "c"]) bench.session.reply({ tag, exactly: `Sentence ${tag}.` });
  await bench.wait("reply-ended", (event) => event.tag === "c");
  expect(bench.all("reply-item-ended").map(({ text }) => text)).toEqual(["Sentence a.", "Sentence b.", "Sentence c."]);
  const errors = bench.twin.log.filter(({ type }) => type === "error");
  expect(errors).toEqual([]);
});

test("a cancelled reply is silent at once, stragglers included, and the next one is made", async () => {
  const bench = await started({ speed: 2, faults: { stragglers: 3 } });
  bench.session.reply({ tag: "long", exactly: "This sentence is long enough to be cut off in the middle of it." });
  const audio = await bench.wait("reply-audio");
  bench.session.cancel();
  const before = bench.all("reply-audio").length;
  bench.session.reply({ tag: "next", exactly: "All right." });
  await bench.wait("reply-ended", (event) => event.tag === "next");
  const late = bench.all("reply-audio").slice(before);
  expect(late.some((event) => event.reply === audio.reply)).toBe(false);
  expect(await bench.wait("reply-ended", (event) => event.tag === "long")).toMatchObject({ how: "cancelled" });
});

test("a reply cancelled before the vendor created it is cancelled when it appears", async () => {
  const bench = await started({ faults: { delayCreatedMs: 400 } });
  await bench.wait("ready");
  bench.session.reply({ tag: "gone", exactly: "You should not hear this." });
  await bench.twin.waitFor(({ type }) => type === "response.create");
  bench.session.cancel();
  bench.session.reply({ tag: "kept", exactly: "You should hear this." });
  await bench.wait("reply-ended", (event) => event.tag === "kept");
  expect(bench.all("reply-item-ended").map(({ text }) => text)).toEqual(["You should hear this."]);
  const [cancel] = bench.sent("response.cancel");
  expect(cancel?.event["response_id"]).toMatch(/^resp_/);
});

test("a truncation never asks for more than was received; an unheard item is deleted", async () => {
  const bench = await started();
  bench.session.reply({ tag: "a", exactly: "I am still here with you." });
  const { item } = await bench.wait("reply-item-ended");
  await bench.wait("reply-ended");
  bench.session.heardOnly(item, 999_999);
  const truncated = await bench.twin.waitFor(({ type }) => type === "conversation.item.truncated");
  const receivedMs = bench
    .all("reply-audio")
    .reduce((sum, { payload }) => sum + Buffer.from(payload, "base64").length / 8, 0);
  expect(truncated.event["audio_end_ms"]).toBe(Math.floor(receivedMs));
  bench.session.heardOnly(item, 0);
  await bench.twin.waitFor(({ type }) => type === "conversation.item.deleted");
  bench.session.heardOnly("item_nobody_knows", 100);
  expect(bench.sent("conversation.item.truncate").length).toBe(1);
});

test("a tool is called once, answered, and the assistant goes on when asked", async () => {
  const brain = scriptedBrain([
    { hears: /hello/iu, does: [{ call: "look_up", arguments: { a: 1 } }, { say: "I found it." }] },
  ]);
  const bench = await started({ brain }, { tools: [lookUp] });
  await bench.wait("ready");
  await bench.say("Hello?");
  bench.session.reply({ tag: "t1" });
  const call = await bench.wait("tool-call");
  expect(call).toMatchObject({ name: "look_up" });
  expect(JSON.parse(call.input)).toEqual({ a: 1 });
  bench.session.answerTool(call.toolCall, JSON.stringify({ ok: true }));
  bench.session.reply({ tag: "t2" });
  await bench.wait("reply-ended", (event) => event.tag === "t2");
  expect(bench.all("reply-item-ended").at(-1)?.text).toBe("I found it.");
  expect(bench.all("tool-call").length).toBe(1);
});

test("a half-written call of an incomplete reply is not a call", async () => {
  const brain = scriptedBrain([
    { hears: /hello/iu, does: [{ say: "One moment, I will look." }, { call: "look_up", arguments: {} }] },
  ]);
  const bench = await started({ brain, faults: { incompleteResponses: 1 } }, { tools: [lookUp] });
  await bench.wait("ready");
  await bench.say("Hello?");
  bench.session.reply({ tag: "t1" });
  expect(await bench.wait("reply-ended")).toMatchObject({ how: "incomplete", raw: "max_output_tokens" });
  expect(bench.all("tool-call")).toEqual([]);
});

test("a conversation taken up again is told as text", async () => {
  const history = [
    { role: "caller", text: "Where is it?" },
    { role: "assistant", text: "Let me see." },
  ] as const;
  const bench = await started({}, { history });
  await bench.wait("ready");
  await bench.twin.waitFor(
    ({ type, event }) => type === "conversation.item.create" && JSON.stringify(event).includes("Let me see."),
  );
  const items = bench.sent("conversation.item.create").map(({ event }) => JSON.stringify(event["item"]));
  expect(items[0]).toContain('"role":"user"');
  expect(items[1]).toContain("output_text");
});

const FAULTS: [string, Partial<OpenAiFaults>][] = [
  ["unknown events and fields", { unknownEvents: true }],
  ["frames that are not JSON", { invalidJson: 3 }],
  ["no response.created", { skipCreated: true }],
  ["no rate limits", { noRateLimits: true }],
  ["a refused create", { refuseResponses: 1 }],
];
test.each(FAULTS)("with %s a later reply is still made", async (_name, faults) => {
  const bench = await started({ faults });
  await bench.wait("ready");
  bench.session.reply({ tag: "a", exactly: "First." });
  await bench.wait("reply-ended", (event) => event.tag === "a");
  bench.twin.faults.skipCreated = false;
  bench.session.reply({ tag: "b", exactly: "Second." });
  expect(await bench.wait("reply-ended", (event) => event.tag === "b")).toMatchObject({ how: "completed" });
});

const CLOSINGS: [string, OpenAiTwinOptions, object][] = [
  ["a wrong key", { faults: { refuseUpgrade: 401 } }, { how: "refused", raw: "upgrade 401" }],
  ["too many requests", { faults: { refuseUpgrade: 429 } }, { how: "refused", raw: "upgrade 429" }],
  ["a broken service", { faults: { refuseUpgrade: 500 } }, { how: "lost", raw: "upgrade 500" }],
  ["another audio format", { faults: { echoFormat: "audio/pcm" } }, { how: "refused", raw: "audio format not taken" }],
  ["a session that never begins", { faults: { muteSession: true } }, { how: "lost" }],
];
test.each(CLOSINGS)("%s closes the session, once", async (_name, options, closed) => {
  const bench = await started(options);
  expect(await bench.wait("closed")).toMatchObject(closed);
  bench.session.hear(new Uint8Array(3));
  bench.session.reply({ tag: "x" });
  expect(bench.all("closed").length).toBe(1);
  expect(bench.all("ready")).toEqual([]);
});

test("a dropped socket is told as lost, an expired session as expired", async () => {
  const lost = await started();
  await lost.wait("ready");
  lost.twin.dropSockets();
  expect(await lost.wait("closed")).toMatchObject({ how: "lost" });
  const expired = await started({ faults: { expireAfterMs: 400 } });
  expect(await expired.wait("closed")).toMatchObject({ how: "expired" });
});

test("a model that does not exist is refused, three failed replies are a lost session", async () => {
  const failure = { type: "invalid_request_error", code: "model_not_found", message: "no such model" };
  const unknown = await started({ faults: { failResponses: 1, failure } });
  unknown.session.reply({ tag: "a" });
  expect(await unknown.wait("closed")).toMatchObject({ how: "refused", raw: "model_not_found" });
  const limited = await started({ faults: { failResponses: 9 } });
  for (const tag of ["a", "b", "c"]) limited.session.reply({ tag });
  expect(await limited.wait("closed")).toMatchObject({ how: "lost" });
});

test("near its end the session is renewed at a turn boundary, with the conversation", async () => {
  // Too short for two minutes before its end: renewed after half of it.
  const bench = await started({ sessionMs: 5_000 });
  bench.session.reply({ tag: "a", exactly: "I am still here with you." });
  await bench.wait("ready");
  bench.session.note("The caller's case is number seven.");
  bench.session.instruct("Help in one sentence.");
  await bench.wait("reply-ended");
  await bench.twin.waitFor(() => bench.twin.sessions.length === 2 && bench.twin.sessions[0]?.closedAt !== undefined);
  const second = bench.twin.sessions[1]?.id;
  const told = JSON.stringify(
    bench.twin.log.filter(({ session, from }) => session === second && from === "client").map(({ event }) => event),
  );
  expect(told).toContain("I am still here with you.");
  expect(told).toContain("number seven");
  expect(told).toContain("Help in one sentence.");
  bench.session.reply({ tag: "b", exactly: "All right." });
  expect(await bench.wait("reply-ended", (event) => event.tag === "b")).toMatchObject({ how: "completed" });
  expect(bench.all("ready").length).toBe(1);
  expect(bench.all("closed")).toEqual([]);
});
