import { afterEach, beforeEach, expect, test } from "vitest";

import { type OpenAiTwin, startOpenAiTwin } from "../../../lab/openai/twin.ts";
import { dialRealtime, dialTelephony, type ServerEvent } from "./realtime-client.ts";

let twin: OpenAiTwin;

beforeEach(async () => {
  twin = await startOpenAiTwin({ ttfaMs: 20, speed: 40 });
});
afterEach(() => twin.close());

type Json = Record<string, unknown>;

const withInput = (input: Json) => ({ type: "realtime", audio: { input } });

test("a new session shows its model's defaults", async () => {
  const modern = await (await dialRealtime(twin)).expect("session.created");
  expect(modern.session).toMatchObject({
    type: "realtime",
    object: "realtime.session",
    model: "gpt-realtime-2.1",
    output_modalities: ["audio"],
    audio: {
      input: {
        format: { type: "audio/pcm", rate: 24_000 },
        transcription: null,
        turn_detection: { silence_duration_ms: 500 },
      },
      output: { format: { type: "audio/pcm", rate: 24_000 }, voice: "marin" },
    },
  });
  const old = await (await dialRealtime(twin, { model: "gpt-realtime" })).expect("session.created");
  expect(old.session.audio).toMatchObject({
    input: { turn_detection: { silence_duration_ms: 200 } },
    output: { voice: "alloy" },
  });
});

test("session.update merges, clears and restores", async () => {
  const client = await dialTelephony(twin, { instructions: "Be brief.", tools: [{ type: "function", name: "a" }] });
  client.send({ type: "session.update", session: { type: "realtime", instructions: "", tools: [] } });
  const { session } = await client.expect("session.updated", (event) => event.session.tools.length === 0);
  expect(session.instructions).toContain("helpful");
  expect(session.audio).toMatchObject({
    input: {
      format: { type: "audio/pcmu" },
      transcription: { model: "gpt-4o-transcribe", language: "en", prompt: null },
    },
    output: { format: { type: "audio/pcmu" } },
  });
  expect(Object.keys(session.audio.input.format)).toEqual(["type"]);
});

const REFUSED_UPDATES: [string, unknown, Partial<ServerEvent["error"]>][] = [
  [
    "without a type",
    { instructions: "x" },
    {
      code: "missing_required_parameter",
      message: "Missing required parameter: 'session.type'.",
      param: "session.type",
    },
  ],
  ["nothing at all", undefined, { code: "missing_required_parameter", param: "session.type" }],
  [
    "beta names",
    { type: "realtime", modalities: ["text"] },
    { code: "unknown_parameter", message: "Unknown parameter: 'session.modalities'.", param: "session.modalities" },
  ],
  ["temperature", { type: "realtime", temperature: 0.8 }, { code: "unknown_parameter", param: "session.temperature" }],
  ["both modalities", { type: "realtime", output_modalities: ["text", "audio"] }, { code: "invalid_value" }],
  [
    "a number as instructions",
    { type: "realtime", instructions: 5 },
    { code: "invalid_type", param: "session.instructions" },
  ],
  ["too many tokens", { type: "realtime", max_output_tokens: 5000 }, { code: "invalid_value" }],
  [
    "a rate on μ-law",
    withInput({ format: { type: "audio/pcmu", rate: 8000 } }),
    { code: "unknown_parameter", param: "session.audio.input.format.rate" },
  ],
  [
    "the beta format",
    withInput({ format: "g711_ulaw" }),
    { code: "invalid_type", param: "session.audio.input.format" },
  ],
  [
    "a threshold over 1",
    withInput({ turn_detection: { type: "server_vad", threshold: 3 } }),
    { param: "session.audio.input.turn_detection.threshold" },
  ],
  [
    "a threshold on semantic_vad",
    withInput({ turn_detection: { type: "semantic_vad", threshold: 0.5 } }),
    { code: "unknown_parameter", param: "session.audio.input.turn_detection.threshold" },
  ],
  [
    "a voice of the Speech API",
    { type: "realtime", audio: { output: { voice: "onyx" } } },
    { param: "session.audio.output.voice" },
  ],
  ["another model", { type: "realtime", model: "gpt-realtime" }, { param: "session.model" }],
  [
    "strict tools",
    { type: "realtime", tools: [{ type: "function", name: "a", strict: true }] },
    { param: "session.tools[0].strict" },
  ],
];

test.each(REFUSED_UPDATES)("session.update is refused: %s; nothing is applied", async (_, session, expected) => {
  const client = await dialTelephony(twin);
  const before = structuredClone(twin.sessions[0]?.settings);
  client.send({ type: "session.update", session, event_id: "mine" });
  const { error } = await client.expect("error");
  expect(error).toMatchObject({ type: "invalid_request_error", event_id: "mine", ...expected });
  expect(twin.sessions[0]?.settings).toEqual(before);
});

test("the voice is fixed once there was audio", async () => {
  const client = await dialTelephony(twin);
  client.send({ type: "response.create", response: { instructions: 'Say exactly: "All right."' } });
  await client.expect("response.done");
  const session = { type: "realtime", audio: { output: { voice: "cedar" } } };
  client.send({ type: "session.update", session });
  expect((await client.expect("error")).error.code).toBe("cannot_update_voice");
});
