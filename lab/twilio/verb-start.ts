import { MediaSocket } from "./media-socket.ts";
import { SILENT_FRAME, type Frame, type Tap } from "./leg.ts";
import type { Next, Run } from "./run.ts";
import { reportStream, streamOptions } from "./verb-connect.ts";
import { elements, type XmlElement } from "./xml.ts";

const TRACKS: Readonly<Record<string, readonly ("inbound" | "outbound")[]>> = {
  inbound_track: ["inbound"],
  outbound_track: ["outbound"],
  both_tracks: ["inbound", "outbound"],
};

const running = new WeakMap<object, Map<string, MediaSocket>>();

function forksOf(run: Run): Map<string, MediaSocket> {
  const known = running.get(run.call) ?? new Map<string, MediaSocket>();
  running.set(run.call, known);
  return known;
}

/** `<Start><Stream>`: a one-way copy of the call's audio; the document goes on at once. */
export function runStart(run: Run, verb: XmlElement): Next {
  const noun = elements(verb).find((child) => child.name === "Stream");
  if (noun === undefined) return { kind: "next" };
  const track = noun.attributes.get("track") ?? "inbound_track";
  const tracks = TRACKS[track];
  if (tracks === undefined) {
    run.carrier.log.warn(31_941, `"${track}" is no track`, run.call.sid);
    return { kind: "next" };
  }
  const socket = new MediaSocket(run.carrier, run.call, streamOptions(run, noun, tracks));
  forksOf(run).set(noun.attributes.get("name") ?? socket.streamSid, socket);
  const tap = copyInto(socket, tracks);
  run.call.leg.taps.add(tap);
  socket.onStart = () => reportStream(run, noun, { event: "stream-started", streamSid: socket.streamSid });
  socket.onMessage = (text) =>
    run.carrier.log.warn(31_924, `a one-way stream takes no messages: ${text.slice(0, 100)}`);
  socket.open();
  void run.call.ended.then(() => socket.stop());
  void unforkAtEnd(run, { noun, socket, tap });
  return { kind: "next" };
}

async function unforkAtEnd(run: Run, fork: { noun: XmlElement; socket: MediaSocket; tap: Tap }): Promise<void> {
  await fork.socket.ended;
  run.call.leg.taps.delete(fork.tap);
  reportStream(run, fork.noun, { event: "stream-stopped", streamSid: fork.socket.streamSid });
}

/** `<Stop><Stream name>`. */
export function runStop(run: Run, verb: XmlElement): Next {
  for (const noun of elements(verb))
    forksOf(run)
      .get(noun.attributes.get("name") ?? "")
      ?.stop();
  return { kind: "next" };
}

function copyInto(socket: MediaSocket, tracks: readonly string[]) {
  let startedAt: number | undefined;
  let chunk = 1;
  const send = (track: string, frame: Frame, timestamp: number) => {
    const payload = Buffer.from(frame ?? SILENT_FRAME).toString("base64");
    socket.send(
      "media",
      `"media":{"track":"${track}","chunk":"${chunk++}","timestamp":"${timestamp}","payload":"${payload}"}`,
    );
  };
  return (said: Frame, heard: Frame, at: number) => {
    if (!socket.started) return;
    startedAt ??= at;
    if (tracks.includes("inbound")) send("inbound", said, Math.round(at - startedAt));
    if (tracks.includes("outbound")) send("outbound", heard, Math.round(at - startedAt));
  };
}
