import { interruptionOf } from "./call.ts";
import { readConferenceCallback } from "./conference-callback.ts";
import { dialDevices } from "./dial-devices.ts";
import { DocumentError } from "./document.ts";
import { flagOf, methodOf, numberOf, resolveUrl, toAction, type Next, type Run } from "./run.ts";
import type { Beep, JitterBuffer, SeatOptions } from "./seat.ts";
import type { FormFields } from "./signature.ts";
import { sitDown, type SeatRequest } from "./sit-down.ts";
import { standardParams } from "./status-callback.ts";
import { elements, textOf, type XmlElement } from "./xml.ts";

/** `<Dial>` into a conference or to devices. */
export async function runDial(run: Run, verb: XmlElement, following: XmlElement | undefined): Promise<Next> {
  const room = elements(verb).find((noun) => noun.name === "Conference");
  const result = room === undefined ? await dialDevices(run, verb) : await dialConference(run, verb, room);
  if (run.signal.aborted) {
    await tellInterrupted(run, { verb, following, result });
    return { kind: "hang-up" };
  }
  if (result === undefined) return { kind: "next" };
  await run.carrier.timers.sleep(run.carrier.latencies.actionMs, run.signal);
  return toAction(run, verb, result);
}

/** The `<Dial action>` fields; undefined when nobody was seated and the document simply goes on. */
async function dialConference(run: Run, verb: XmlElement, noun: XmlElement): Promise<FormFields | undefined> {
  const { carrier, call, signal } = run;
  const request = seatRequest(run, verb, noun);
  await carrier.timers.sleep(carrier.latencies.conferenceJoinMs, signal);
  if (signal.aborted) return { DialCallStatus: "answered", DialBridged: "false" };
  const visit = await sitDown(carrier, call, signal, request);
  if (visit.seated) return { DialCallStatus: "answered", DialBridged: "true" };
  return visit.code === 13_240 ? { DialCallStatus: "failed", DialBridged: "false" } : undefined;
}

/**
 * A redirected or ended call still requests the interrupted `<Dial action>`, and its answer is not
 * executed. Without an action, a following `<Redirect>` is requested instead
 * (https://www.twilio.com/changelog/changes-to-dial-behavior-for-enhanced-programmable-sip-feature-accounts).
 */
async function tellInterrupted(
  run: Run,
  what: { verb: XmlElement; following: XmlElement | undefined; result: FormFields | undefined },
): Promise<void> {
  const { carrier, call, signal } = run;
  if (interruptionOf(signal).kind === "ended" && !carrier.variants.actionOnHangUp) return;
  const action = what.verb.attributes.get("action") ?? "";
  const isRedirect = what.following?.name === "Redirect";
  const target = action === "" && isRedirect ? textOf(what.following as XmlElement) : action;
  if (target === "") return;
  await carrier.timers.sleep(carrier.latencies.actionMs);
  const method = methodOf(action === "" ? (what.following ?? what.verb) : what.verb, "method");
  const params = { ...standardParams(carrier, call), ...(action === "" ? {} : what.result) };
  await carrier.webhooks.send({ purpose: "document", method, url: resolveUrl(run, target), params, callSid: call.sid });
}

const JITTER: readonly string[] = ["small", "medium", "large", "off"] satisfies JitterBuffer[];
const BEEPS: readonly string[] = ["true", "false", "onEnter", "onExit"] satisfies Beep[];

/** Reads a jitter buffer size; Twilio's default is large. */
export function jitterOf(value: string | undefined): JitterBuffer {
  return value !== undefined && JITTER.includes(value) ? (value as JitterBuffer) : "large";
}

/** Reads a beep setting; Twilio's default is to beep. */
export function beepOf(value: string | undefined): Beep {
  return value !== undefined && BEEPS.includes(value) ? (value as Beep) : "true";
}

function seatRequest(run: Run, verb: XmlElement, noun: XmlElement): SeatRequest {
  const name = textOf(noun);
  if (name === "") throw new DocumentError(13_237, "<Conference> has no name");
  const attribute = (key: string) => noun.attributes.get(key);
  const callbackUrl = attribute("statusCallback");
  const callback = readConferenceCallback(run.carrier, callbackUrl && resolveUrl(run, callbackUrl), {
    method: attribute("statusCallbackMethod"),
    events: (attribute("statusCallbackEvent") ?? "").split(" ").filter((word) => word !== ""),
  });
  return {
    room: name,
    region: attribute("region") ?? "us1",
    maxParticipants: numberOf(noun, "maxParticipants", 250),
    callback,
    seat: seatOptions(run, noun),
    hangupOnStar: flagOf(verb, "hangupOnStar", false),
  };
}

function seatOptions(run: Run, noun: XmlElement): SeatOptions {
  const waitUrl = noun.attributes.get("waitUrl");
  const label = noun.attributes.get("participantLabel") ?? "";
  if (label.length > 128) run.carrier.log.warn(13_200, "participantLabel is longer than 128 characters", run.call.sid);
  return {
    label,
    muted: flagOf(noun, "muted", false),
    startOnEnter: flagOf(noun, "startConferenceOnEnter", true),
    endOnExit: flagOf(noun, "endConferenceOnExit", false),
    beep: beepOf(noun.attributes.get("beep")),
    jitter: jitterOf(noun.attributes.get("jitterBufferSize")),
    wait: {
      url: waitUrl === undefined || waitUrl === "" ? waitUrl : resolveUrl(run, waitUrl),
      method: methodOf(noun, "waitMethod"),
    },
    coaches: noun.attributes.get("coach"),
  };
}
