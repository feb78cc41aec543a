// The assistant's service, as far as media need it: takes the caller's audio, and speaks half of the time in pieces of
// 250 ms. Two dialects: the Realtime session the gateway opens, and the bare socket of the relay.
import { performance } from "node:perf_hooks";
import { type WebSocket, WebSocketServer } from "ws";
import type { Kind } from "./carrier-side.ts";
import type { FrameLedger } from "./frame-ledger.ts";
import { textOf } from "./text-of.ts";

const PIECE_MS = 250;
/** Speaks for two seconds, is quiet for two. */
const TURN_MS = 2_000;
const piece = Buffer.alloc(PIECE_MS * 8, 0x5a).toString("base64");
/** What it says, again and again: sentences, as an assistant's answers have them, two words with each piece of audio. */
const WORDS = (
  "The parcel left the warehouse in Reno on Monday morning. It was scanned again in Salt Lake City last night. " +
  "The label shows the address you gave in March. Two items are in it, the kettle and the blue lamp. " +
  "The invoice has both of them, with the discount from your voucher taken off. Is there anything else to look at?"
).match(/\S+ \S+ ?/g) ?? [""];

export type ModelSide = {
  readonly url: string;
  /** From now on it speaks in the calls of one of them only; `undefined`: in all. */
  only(kind: Kind | undefined): void;
  close(): void;
};

/** Whom it speaks to; `undefined`: everybody. */
let spokenTo: Kind | undefined;

/** @param straight counts the frames that come from the sender without a gateway between. */
export async function startModelSide(port: number, ledger: FrameLedger, straight: FrameLedger): Promise<ModelSide> {
  const server = new WebSocketServer({ port, host: "127.0.0.1", perMessageDeflate: false });
  await new Promise((resolve) => server.once("listening", resolve));
  server.on("connection", (socket, request) => {
    const url = request.url ?? "";
    if (url.includes("/realtime")) session(socket, ledger);
    else if (url.includes("/straight")) take(socket, straight);
    else relayed(socket, ledger);
  });
  return {
    url: `http://127.0.0.1:${port}/v1`,
    only: (kind) => {
      spokenTo = kind;
    },
    close: () => {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

const APPEND = '{"type":"input_audio_buffer.append","audio":"';
const PAYLOAD = '"payload":"';

function relayed(socket: WebSocket, ledger: FrameLedger): void {
  const stop = speak(socket, "relay", { response: "resp_1", item: "item_1" });
  take(socket, ledger);
  socket.on("close", stop);
}

function take(socket: WebSocket, ledger: FrameLedger): void {
  socket.on("message", (data) => {
    const text = textOf(data);
    const at = text.indexOf(PAYLOAD);
    if (at < 0) return;
    const from = at + PAYLOAD.length;
    ledger.arrived(text.slice(from, text.indexOf('"', from)), performance.now());
  });
}

type Request = { type: string; response?: { metadata?: object }; event_id?: string };

function session(socket: WebSocket, ledger: FrameLedger): void {
  const send = (event: object): void => socket.send(JSON.stringify(event));
  let replies = 0;
  let stop: (() => void) | undefined;
  const answer = (request: Request): void => {
    replies += 1;
    const response_id = `resp_${replies}`;
    const item = { id: `item_${replies}`, type: "message", role: "assistant" };
    send({ type: "response.created", response: { id: response_id, metadata: request.response?.metadata } });
    send({ type: "response.output_item.added", response_id, output_index: 0, item });
    // The greeting is short; what answers the caller goes on for as long as the call does.
    if (replies > 1) {
      stop?.();
      stop = speak(socket, "gateway", { response: response_id, item: item.id });
      return;
    }
    for (const event of spoken(response_id, item.id)) socket.send(event);
    send({ type: "response.output_item.done", response_id, output_index: 0, item: { ...item, status: "completed" } });
    send({ type: "response.done", response: { id: response_id, status: "completed" } });
    setTimeout(() => callerSpeaks(send), 1_000);
  };
  socket.on("message", (data) => {
    const text = textOf(data);
    if (text.startsWith(APPEND)) return ledger.arrived(text.slice(APPEND.length, -2), performance.now());
    const request = JSON.parse(text) as Request;
    if (request.type === "session.update") send({ type: "session.updated", session: telephone });
    if (request.type === "response.create") answer(request);
    return undefined;
  });
  socket.on("close", () => stop?.());
  send({ type: "session.created", session: {} });
}

const format = { format: { type: "audio/pcmu" } };
const telephone = { audio: { input: format, output: format } };

function callerSpeaks(send: (event: object) => void): void {
  const item_id = "item_caller";
  send({ type: "input_audio_buffer.speech_started", item_id, audio_start_ms: 0 });
  send({ type: "input_audio_buffer.speech_stopped", item_id, audio_end_ms: 900 });
  send({ type: "input_audio_buffer.committed", item_id });
  const transcript = "I would like to hear about my order.";
  send({ type: "conversation.item.input_audio_transcription.completed", item_id, transcript });
}

let events = 0;
let pieces = 0;

/** One piece of speech: its words, then its audio. */
function spoken(response_id: string, item_id: string): readonly string[] {
  pieces += 1;
  const delta = `${WORDS[pieces % WORDS.length]?.trimEnd()} `;
  const at = () => ({ event_id: `event_${(events += 1)}`, response_id, item_id, output_index: 0, content_index: 0 });
  return [
    JSON.stringify({ type: "response.output_audio_transcript.delta", ...at(), delta }),
    JSON.stringify({ type: "response.output_audio.delta", ...at(), delta: piece }),
  ];
}

/** Speaks in turns until told to stop; each call at its own phase, so that they do not all speak at once. */
function speak(
  socket: WebSocket,
  kind: Kind,
  { response, item }: { readonly response: string; readonly item: string },
): () => void {
  let said = Math.floor(Math.random() * ((TURN_MS * 2) / PIECE_MS));
  const timer = setInterval(() => {
    said += 1;
    if (spokenTo !== undefined && spokenTo !== kind) return;
    if ((said * PIECE_MS) % (TURN_MS * 2) >= TURN_MS || socket.readyState !== socket.OPEN) return;
    for (const event of spoken(response, item)) socket.send(event);
  }, PIECE_MS);
  return () => clearInterval(timer);
}
