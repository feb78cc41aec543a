// A caller's stream over a real socket, from both ends: Twilio's, and the line that the gateway holds.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import twilio from "twilio";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";

import type { CallerLine, CallerLineEvent } from "../../../src/ports/caller-line.ts";
import { randomIds } from "../../../src/runtime/random-ids.ts";
import { createMediaSocket } from "../../../src/vendors/twilio/media-socket.ts";
import { createStreamSecrets } from "../../../src/vendors/twilio/stream-secrets.ts";
import { type FakeClock, fakeClock } from "../../stores/fake-clock.ts";
import { CALLER_LEG, closeServer, keptLog, type LogLine, TOKEN } from "./gateway.ts";
import { eventually, startMessage } from "./stream-messages.ts";

export type CallerStream = {
  /** Twilio's end. */
  readonly socket: WebSocket;
  readonly line: CallerLine;
  /** What the line heard: audio by its length and place, everything else by its name. */
  readonly heard: (string | readonly [number, number])[];
  readonly received: unknown[];
  readonly clock: FakeClock;
  readonly logged: LogLine[];
  /** Pieces of audio that are counted as dropped. */
  dropped(): number;
};

export async function openStream(): Promise<CallerStream> {
  const clock = fakeClock(1_000_000);
  const secrets = createStreamSecrets({ key: "session secret", clock, ids: randomIds });
  const heard: CallerStream["heard"] = [];
  const received: unknown[] = [];
  const logged: LogLine[] = [];
  let dropped = 0;
  const metrics = {
    count: (metric: string, labels: object) => {
      if (metric === "warmline_audio_dropped_total" && "towards" in labels && labels.towards === "caller") dropped += 1;
    },
  };
  const lines: CallerLine[] = [];
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const opened = (line: CallerLine): void => {
    lines.push(line);
    line.listen((event: CallerLineEvent) =>
      heard.push(event.kind === "audio" ? [event.audio.length, event.timestampMs] : event.kind),
    );
  };
  const media = createMediaSocket({
    publicUrl,
    authToken: TOKEN,
    secrets,
    clock,
    opened,
    log: keptLog(logged),
    metrics,
  });
  server.on("upgrade", (request, socket, head) => media.upgrade(request, socket, head));
  const url = `${publicUrl.replace("http", "ws")}/twilio/media`;
  const signature = twilio.getExpectedTwilioSignature(TOKEN, url, {});
  const socket = new WebSocket(url, { headers: { "x-twilio-signature": signature } });
  onTestFinished(async () => {
    socket.terminate();
    media.close();
    await closeServer(server);
  });
  await once(socket, "open");
  socket.on("message", (data: Buffer) => received.push(JSON.parse(data.toString("utf8"))));
  socket.send(startMessage(secrets.mint(CALLER_LEG)));
  await eventually(() => lines.length).toBe(1);
  return { socket, line: lines[0] as CallerLine, heard, received, clock, logged, dropped: () => dropped };
}
