import { interruptionOf } from "./call.ts";
import type { SocketEnd } from "./media-socket.ts";
import { MediaStream } from "./media-stream.ts";
import { DocumentError } from "./document.ts";
import { methodOf, resolveUrl, toAction, type Next, type Run } from "./run.ts";
import { standardParams } from "./status-callback.ts";
import { elements, textOf, type XmlElement } from "./xml.ts";

/** `<Connect><Stream>`: blocks the document until the socket is closed or the call moves on. */
export async function runConnect(run: Run, verb: XmlElement): Promise<Next> {
  const noun = elements(verb).find((child) => child.name === "Stream");
  if (noun === undefined) throw new DocumentError(12_200, "the twin's <Connect> knows only <Stream>");
  const track = noun.attributes.get("track") ?? "inbound_track";
  if (track !== "inbound_track") {
    run.carrier.log.warn(31_941, `track "${track}" is not possible in <Connect>`, run.call.sid);
    return { kind: "next" };
  }
  const stream = new MediaStream(run.carrier, run.call, streamOptions(run, noun, ["inbound"]));
  await carry(run, stream, noun);
  if (run.signal.aborted) {
    await tellInterrupted(run, verb);
    return { kind: "hang-up" };
  }
  await run.carrier.timers.sleep(run.carrier.latencies.actionMs, run.signal);
  return toAction(run, verb, {});
}

/** The stream from its opening to the moment the carrier takes it for ended. */
async function carry(run: Run, stream: MediaStream, noun: XmlElement): Promise<void> {
  const { carrier, call, signal } = run;
  const stop = () => stream.stop();
  signal.addEventListener("abort", stop, { once: true });
  carrier.streams.set(stream.streamSid, stream);
  call.streamSid = stream.streamSid;
  const unplug = call.leg.plug(stream);
  const opened = stream.socket.onStart;
  stream.socket.onStart = () => {
    opened();
    reportStream(run, noun, { event: "stream-started", streamSid: stream.streamSid });
  };
  stream.socket.open();
  const end = await stream.ended;
  if (end.how === "lost" && !signal.aborted) await noticeLoss(run);
  unplug();
  signal.removeEventListener("abort", stop);
  carrier.streams.delete(stream.streamSid);
  call.streamSid = undefined;
  reportStream(run, noun, { streamSid: stream.streamSid, ...streamEndEvent(end) });
}

function streamEndEvent(end: SocketEnd) {
  if (end.how === "lost") return { event: "stream-error" as const, error: "closed abnormally" };
  if (end.how === "refused") return { event: "stream-error" as const, error: end.cause };
  return { event: "stream-stopped" as const };
}

/** Whether Twilio notices a socket that died silently is not known; when it does not, the caller sits in silence. */
function noticeLoss(run: Run): Promise<void> {
  const { variants, latencies, timers } = run.carrier;
  const forever = 24 * 3_600_000;
  return timers.sleep(variants.lostSocket === "noticed" ? latencies.lostSocketMs : forever, run.signal);
}

/** The interrupted verb's action is still requested, and its answer ignored. */
async function tellInterrupted(run: Run, verb: XmlElement): Promise<void> {
  const { carrier, call, signal } = run;
  const ended = interruptionOf(signal).kind === "ended";
  if (ended ? !carrier.variants.actionOnHangUp : !carrier.variants.connectActionOnRedirect) return;
  const action = verb.attributes.get("action");
  if (action === undefined || action === "") return;
  await carrier.timers.sleep(carrier.latencies.actionMs);
  const url = resolveUrl(run, action);
  const params = standardParams(carrier, call);
  await carrier.webhooks.send({
    purpose: "document",
    method: methodOf(verb, "method"),
    url,
    params,
    callSid: call.sid,
  });
}

/** Reads a `<Stream>` into what its socket needs. */
export function streamOptions(run: Run, noun: XmlElement, tracks: readonly ("inbound" | "outbound")[]) {
  const reference = noun.attributes.get("url") ?? "";
  const isAbsolute = /^\w+:\/\//.test(reference);
  // The handshake is signed over the attribute as it stands, so an absolute URL is not normalised.
  const url = isAbsolute ? reference : resolveUrl(run, reference).replace(/^http/, "ws");
  const parameters: Record<string, string> = {};
  for (const child of elements(noun)) {
    const name = child.attributes.get("name") ?? "";
    const value = child.attributes.get("value") ?? textOf(child);
    if (name.length + value.length >= 500) {
      run.carrier.log.warn(31_920, `<Parameter name="${name}"> is 500 characters or longer`, run.call.sid);
    }
    parameters[name] = value;
  }
  return { url, name: noun.attributes.get("name") ?? "", tracks, parameters };
}

/** Sends a stream's status callback, if the document asked for one. */
export function reportStream(
  run: Run,
  noun: XmlElement,
  what: { event: "stream-started" | "stream-stopped" | "stream-error"; streamSid: string; error?: string },
): void {
  const callback = noun.attributes.get("statusCallback");
  if (callback === undefined || callback === "") return;
  const { carrier, call } = run;
  void carrier.webhooks.send({
    purpose: "stream-status",
    method: methodOf(noun, "statusCallbackMethod"),
    url: resolveUrl(run, callback),
    callSid: call.sid,
    params: {
      AccountSid: carrier.accountSid,
      CallSid: call.sid,
      StreamSid: what.streamSid,
      StreamName: noun.attributes.get("name") ?? what.streamSid,
      StreamEvent: what.event,
      ...(what.error === undefined ? {} : { StreamError: what.error }),
      Timestamp: new Date(carrier.clock()).toISOString(),
    },
  });
}
