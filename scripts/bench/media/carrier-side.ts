// The carrier, as far as media need it: opens the calls' streams and sends 50 frames a second on each, evenly spread.
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { WebSocket } from "ws";
import { clips } from "../../../lab/audio/clips.ts";
import { signHandshake, signRequest } from "../../../lab/twilio/signature.ts";
import type { FrameLedger } from "./frame-ledger.ts";
import { textOf } from "./text-of.ts";

export const TOKEN = "bench-auth-token-000000000000000";
export const ACCOUNT = `AC${"0123456789abcdef".repeat(2)}`;
export const NUMBER = "+15005550199";
const FRAME_BYTES = 160;
const FRAME_MS = 20;
/** The load is spread over a frame's time in so many steps. */
const STEPS = 10;
/** Calls opened side by side. */
const OPENING = 10;
const BEHIND_MAX_MS = 100;

export type Kind = "gateway" | "relay";
export type Target = { readonly kind: Kind; readonly origin: string };

export type CarrierSide = {
  /** How late the sender's own timer was, sorted, in milliseconds: what is measured cannot be finer. */
  readonly lateMs: number[];
  /** Messages the calls have heard so far. */
  heard(): number;
  /** The calls stay open, and nobody speaks in them until `resume`. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
};

let nextCall = 0;
const line = callersLine();

/** Opens so many calls at once and sends on all of them until closed. */
export async function startCarrierSide(target: Target, calls: number, ledger: FrameLedger): Promise<CarrierSide> {
  const open: Call[] = [];
  let left = calls;
  let heard = 0;
  const opener = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      open.push(await openCall(target, () => (heard += 1)));
    }
  };
  await Promise.all(Array.from({ length: OPENING }, opener));
  const lateMs: number[] = [];
  const sender = sendFrames(open, ledger, lateMs);
  sender.resume();
  return {
    lateMs,
    heard: () => heard,
    ...sender,
    close: async () => {
      sender.pause();
      await Promise.all(open.map(({ socket }) => hangUp(socket)));
    },
  };
}

type Call = { readonly id: number; readonly socket: WebSocket; readonly stream: string; chunk: number };

async function openCall({ kind, origin }: Target, onHeard: () => void): Promise<Call> {
  const id = (nextCall += 1);
  const stream = `MZ${id.toString(16).padStart(32, "0")}`;
  const callSid = `CA${id.toString(16).padStart(32, "0")}`;
  const secret = kind === "gateway" ? await arrive(origin, callSid) : "";
  const url = `${origin.replace("http", "ws")}/twilio/media`;
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    headers: kind === "gateway" ? { "X-Twilio-Signature": signHandshake(TOKEN, url) } : {},
  });
  await once(socket, "open");
  socket.on("message", (data) => {
    onHeard();
    // A mark comes back when what was sent before it was played.
    const text = textOf(data);
    if (text.startsWith('{"event":"mark"') && socket.readyState === socket.OPEN) socket.send(text);
  });
  if (kind === "gateway") {
    const mediaFormat = { encoding: "audio/x-mulaw", sampleRate: 8_000, channels: 1 };
    const start = { streamSid: stream, accountSid: ACCOUNT, callSid, mediaFormat, customParameters: { secret } };
    socket.send(JSON.stringify({ event: "connected", protocol: "Call", version: "1.0.0" }));
    socket.send(JSON.stringify({ event: "start", sequenceNumber: "1", start, streamSid: stream }));
  }
  return { id, socket, stream, chunk: 0 };
}

/** The call comes in at the number's voice URL; its document names the stream's one-time secret. */
async function arrive(origin: string, callSid: string): Promise<string> {
  const url = `${origin}/twilio/voice`;
  const fields = {
    AccountSid: ACCOUNT,
    ApiVersion: "2010-04-01",
    CallSid: callSid,
    CallStatus: "ringing",
    Direction: "inbound",
    From: "+14155550142",
    To: NUMBER,
  };
  const answer = await fetch(url, {
    method: "POST",
    headers: { "X-Twilio-Signature": signRequest(TOKEN, url, fields) },
    body: new URLSearchParams(fields),
  });
  const secret = /name="secret" value="([^"]+)"/u.exec(await answer.text())?.[1];
  if (secret === undefined) throw new Error(`the gateway gave no stream for ${callSid} (${answer.status})`);
  return secret;
}

function sendFrames(
  calls: readonly Call[],
  ledger: FrameLedger,
  lateMs: number[],
): Pick<CarrierSide, "pause" | "resume"> {
  let began = 0;
  let step = 0;
  let timer: NodeJS.Timeout | undefined;
  const tick = (): void => {
    const now = performance.now();
    const behind = now - (began + (step * FRAME_MS) / STEPS);
    // Held up by the machine: what was not sent is not sent later, or everybody would only work off the queue.
    if (behind > BEHIND_MAX_MS) began += behind;
    while (began + (step * FRAME_MS) / STEPS <= now) {
      lateMs.push(now - (began + (step * FRAME_MS) / STEPS));
      for (let at = step % STEPS; at < calls.length; at += STEPS) sendFrame(calls[at], ledger);
      step += 1;
    }
    timer = setTimeout(tick, 1);
  };
  const pause = (): void => clearTimeout(timer);
  return {
    pause,
    resume: () => {
      pause();
      began = performance.now();
      step = 0;
      tick();
    },
  };
}

const frame = Buffer.alloc(FRAME_BYTES);

function sendFrame(call: Call | undefined, ledger: FrameLedger): void {
  if (call === undefined || call.socket.readyState !== call.socket.OPEN) return;
  const from = ((call.id * 977 + call.chunk) * FRAME_BYTES) % (line.length - FRAME_BYTES);
  line.copy(frame, 0, from, from + FRAME_BYTES);
  ledger.stamp(frame, call.id, performance.now());
  call.chunk += 1;
  const { chunk, stream } = call;
  const payload = frame.toString("base64");
  call.socket.send(
    `{"event":"media","sequenceNumber":"${chunk + 1}","media":{"track":"inbound","chunk":"${chunk}",` +
      `"timestamp":"${(chunk - 1) * FRAME_MS}","payload":"${payload}"},"streamSid":"${stream}"}`,
  );
}

/** What callers say, and as much of a quiet line: they listen half of the time. */
function callersLine(): Buffer {
  const spoken = clips().filter(({ speaker }) => speaker === "caller");
  const parts = spoken.flatMap(({ audio }) => [Buffer.from(audio), Buffer.alloc(audio.length, 0xff)]);
  const whole = Buffer.concat(parts);
  return whole.subarray(0, whole.length - (whole.length % FRAME_BYTES));
}

async function hangUp(socket: WebSocket): Promise<void> {
  if (socket.readyState === socket.CLOSED) return;
  const closed = once(socket, "close");
  socket.close(1_000);
  const hard = setTimeout(() => socket.terminate(), 2_000);
  await closed;
  clearTimeout(hard);
}
