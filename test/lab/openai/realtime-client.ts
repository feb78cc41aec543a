import { once } from "node:events";

import { WebSocket } from "ws";

import { FRAME_BYTES, SILENCE_BYTE } from "../../../lab/audio/mulaw.ts";
import type { OpenAiTwin } from "../../../lab/openai/twin.ts";

type WireItem = {
  id: string;
  type: string;
  role: string;
  status: string;
  name: string;
  call_id: string;
  arguments: string;
  phase: string;
  content: { type: string; transcript: string; text: string }[];
};

/** Any event of the service, as a client that trusts it reads it: a field is there when its type has it. */
export type ServerEvent = {
  type: string;
  event_id: string;
  item_id: string;
  response_id: string;
  previous_item_id: string | null;
  delta: string;
  transcript: string;
  audio_start_ms: number;
  audio_end_ms: number;
  usage: unknown;
  logprobs: unknown;
  item: WireItem;
  response: {
    id: string;
    status: string;
    status_details: unknown;
    conversation_id: string | null;
    output: WireItem[];
    metadata: unknown;
    usage: { input_tokens: number; output_tokens: number; total_tokens: number };
  };
  session: {
    id: string;
    instructions: string;
    tools: unknown[];
    audio: Record<"input" | "output", { format: { type: string } }>;
  };
  error: { type: string; code: string | null; message: string; param: string | null; event_id: string | null };
};

/** A session.update as a telephony client sends it. */
export const TELEPHONY = {
  type: "realtime",
  output_modalities: ["audio"],
  audio: {
    input: {
      format: { type: "audio/pcmu" },
      transcription: { model: "gpt-4o-transcribe", language: "en" },
      turn_detection: {
        type: "server_vad",
        threshold: 0.6,
        prefix_padding_ms: 300,
        silence_duration_ms: 500,
        create_response: true,
        interrupt_response: true,
      },
    },
    output: { format: { type: "audio/pcmu" }, voice: "marin" },
  },
};

/** A client of the twin on a real socket, with everything it was sent. */
export async function dialRealtime(twin: OpenAiTwin, options: { model?: string; key?: string } = {}) {
  const url = `${twin.baseUrl.replace("http", "ws")}/realtime?model=${options.model ?? "gpt-realtime-2.1"}`;
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${options.key ?? twin.apiKey}` } });
  const events: ServerEvent[] = [];
  const broken: string[] = [];
  const wakers = new Set<() => void>();
  socket.on("message", (data) => {
    const text = (data as Buffer).toString();
    try {
      events.push(JSON.parse(text) as ServerEvent);
    } catch {
      broken.push(text);
    }
    for (const wake of wakers) wake();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => resolve({ code, reason: String(reason) }));
  });
  await once(socket, "open");
  const client = {
    socket,
    events,
    broken,
    closed,
    send: (event: object) => socket.send(JSON.stringify(event)),
    /** Appends audio, 20 ms an event, as fast as the socket takes it. */
    hear(audio: Uint8Array) {
      for (let at = 0; at < audio.length; at += FRAME_BYTES) {
        const frame = Buffer.from(audio.subarray(at, at + FRAME_BYTES));
        client.send({ type: "input_audio_buffer.append", audio: frame.toString("base64") });
      }
    },
    silence(ms: number) {
      client.hear(new Uint8Array(ms * 8).fill(SILENCE_BYTE));
    },
    /** What a caller says: the words, then enough silence to end the turn. */
    say(audio: Uint8Array) {
      client.hear(audio);
      client.silence(700);
    },
    /** The first event that fits, past or to come. */
    async expect(type: string, fits: (event: ServerEvent) => boolean = () => true, timeoutMs = 15_000) {
      const found = () => events.find((event) => event.type === type && fits(event));
      const known = found();
      if (known) return known;
      const { promise, resolve, reject } = Promise.withResolvers<ServerEvent>();
      const wake = () => {
        const event = found();
        if (event) resolve(event);
      };
      wakers.add(wake);
      const timer = setTimeout(
        () =>
          reject(
            new Error(
              `no ${type}; the last were ${events
                .slice(-15)
                .map((event) => event.type)
                .join(", ")}`,
            ),
          ),
        timeoutMs,
      );
      return promise.finally(() => {
        wakers.delete(wake);
        clearTimeout(timer);
      });
    },
    /** The audio of one response. */
    audioOf: (responseId: string) =>
      Buffer.concat(
        events
          .filter((event) => event.type === "response.output_audio.delta" && event.response_id === responseId)
          .map((event) => Buffer.from(event.delta, "base64")),
      ),
    types: () => events.map((event) => event.type),
    hangUp: () => socket.close(),
  };
  return client;
}

/** Connected, created and configured for the telephone; `changes` are laid over the session. */
export async function dialTelephony(twin: OpenAiTwin, changes: object = {}) {
  const client = await dialRealtime(twin);
  await client.expect("session.created");
  client.send({ type: "session.update", session: { ...TELEPHONY, ...changes } });
  await client.expect("session.updated");
  return client;
}
