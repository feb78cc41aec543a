import { z } from "zod";

import type { LegId } from "../../domain/ids.ts";
import { callSid } from "./parse-call-request.ts";

/** One message of a media stream (https://www.twilio.com/docs/voice/media-streams/websocket-messages). */
export type StreamFrame =
  | { readonly kind: "audio"; readonly payload: string; readonly timestampMs: number }
  | {
      readonly kind: "start";
      readonly leg: LegId;
      readonly stream: string;
      readonly values: Readonly<Record<string, string>>;
    }
  | { readonly kind: "mark"; readonly name: string }
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "stop" }
  /** Known and without meaning for us, or not known at all. */
  | { readonly kind: "other" }
  | { readonly kind: "malformed"; readonly why: string };

/**
 * A caller's audio in its usual spelling. Fifty of these come every second of every call: matching is several times
 * cheaper than building objects and checking them. Anything spelt otherwise takes the long way.
 */
const USUAL =
  /^\{"event":"media",(?:"sequenceNumber":"\d+",)?(?:"streamSid":"\w+",)?"media":\{"track":"inbound","chunk":"\d+","timestamp":"(\d+)","payload":"([A-Za-z0-9+/]*={0,2})"\}(?:,"streamSid":"\w+")?\}$/;

/** A mark in its usual spelling: one comes back for each piece of the assistant's audio. */
const USUAL_MARK =
  /^\{"event":"mark",(?:"sequenceNumber":"\d+",)?"streamSid":"\w+",(?:"sequenceNumber":"\d+",)?"mark":\{"name":"([\w:.-]{0,256})"\}\}$/;

export function parseStreamFrame(text: string): StreamFrame {
  const [, timestamp, payload] = USUAL.exec(text) ?? [];
  if (timestamp !== undefined && payload !== undefined) {
    return { kind: "audio", payload, timestampMs: Number(timestamp) };
  }
  const [, name] = USUAL_MARK.exec(text) ?? [];
  return name === undefined ? parseSlowly(text) : { kind: "mark", name };
}

const streamSid = z.string().regex(/^MZ[0-9a-f]{32}$/);
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
// Numbers come as strings (facts §2.3); a number is taken too.
const milliseconds = z.union([z.string().regex(/^\d{1,12}$/), z.int().min(0)]).transform(Number);

const frame = z.discriminatedUnion("event", [
  z.object({ event: z.literal("connected") }),
  z.object({
    event: z.literal("start"),
    start: z.object({
      streamSid,
      callSid,
      mediaFormat: z.object({
        encoding: z.literal("audio/x-mulaw"),
        sampleRate: z.literal(8_000),
        channels: z.literal(1),
      }),
      customParameters: z.record(z.string(), z.string()).default({}),
    }),
  }),
  z.object({
    event: z.literal("media"),
    media: z.object({ track: z.string().optional(), timestamp: milliseconds, payload: base64 }),
  }),
  z.object({ event: z.literal("mark"), mark: z.object({ name: z.string().max(256) }) }),
  z.object({ event: z.literal("dtmf"), dtmf: z.object({ digit: z.string().regex(/^[0-9*#A-D]$/) }) }),
  z.object({ event: z.literal("stop") }),
]);

const KNOWN: readonly string[] = ["connected", "start", "media", "mark", "dtmf", "stop"];
const named = z.object({ event: z.string().max(64) });

function parseSlowly(text: string): StreamFrame {
  const value = fromJson(text);
  const event = named.safeParse(value);
  if (!event.success) return { kind: "malformed", why: "not a JSON object with an event" };
  if (!KNOWN.includes(event.data.event)) return { kind: "other" };
  const read = frame.safeParse(value);
  if (read.success) return toFrame(read.data);
  const fields = new Set(read.error.issues.map((issue) => issue.path.join(".")));
  return { kind: "malformed", why: `${event.data.event}: ${[...fields].join(", ")}` };
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is no object with an event either, and is refused as that.
    return undefined;
  }
}

function toFrame(read: z.output<typeof frame>): StreamFrame {
  switch (read.event) {
    case "connected":
      return { kind: "other" };
    case "start": {
      const { callSid: leg, streamSid: stream, customParameters: values } = read.start;
      return { kind: "start", leg, stream, values };
    }
    case "media": {
      const { track, payload, timestamp: timestampMs } = read.media;
      return track === undefined || track === "inbound" ? { kind: "audio", payload, timestampMs } : { kind: "other" };
    }
    case "mark":
      return { kind: "mark", name: read.mark.name };
    case "dtmf":
      return { kind: "key", key: read.dtmf.digit };
    case "stop":
      return { kind: "stop" };
    default:
      return read satisfies never;
  }
}
