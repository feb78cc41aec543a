import type { Call } from "./call.ts";
import { answerCall, createCall, endCall, hangUpCall, markInitiated, markRinging } from "./call-life.ts";
import type { Carrier } from "./carrier.ts";
import { startDocument } from "./run-document.ts";
import { newSid } from "./sid.ts";
import { readStatusCallback } from "./status-callback.ts";

/**
 * The far end of an `app:AP…?key=value` call: a second leg that runs the application's document.
 * Which CallSid its requests carry is not known; see `appLegSids`.
 */
export function plugInApplication(carrier: Carrier, call: Call): void {
  markInitiated(carrier, call);
  const [address = "", query = ""] = call.facts.to.split("?");
  const application = carrier.applications.get(address.slice("app:".length));
  if (application === undefined || application.voiceUrl === "") {
    endCall(carrier, call, { status: "failed", sipCode: 404, by: "carrier" });
    return;
  }
  markRinging(carrier, call);
  const sid = carrier.variants.appLegSids === "two" ? newSid("CA") : call.sid;
  const inner = createCall(carrier, {
    sid,
    direction: "inbound",
    from: call.facts.from,
    to: address,
    applicationSid: application.sid,
  });
  // With one SID for both, REST means the participant.
  carrier.calls.set(call.sid, call);
  inner.statusCallback = readStatusCallback(carrier, application.statusCallback, {
    method: application.statusCallbackMethod,
    events: [],
  });
  if (application.voiceFallbackUrl !== "") {
    inner.fallback = { url: application.voiceFallbackUrl, method: application.voiceFallbackMethod };
  }
  patch(call, inner);
  void inner.answered.then(() => answerCall(carrier, call));
  void inner.ended.then(() => hangUpCall(carrier, call, "party"));
  void call.ended.then(() => hangUpCall(carrier, inner, "party"));
  const params = Object.fromEntries(new URLSearchParams(query));
  const { voiceUrl: url, voiceMethod: method } = application;
  inner.status = "ringing";
  void startDocument(carrier, inner, { kind: "url", url, method, params });
}

/** Two calls back to back: what the carrier plays to one is what the other says. */
function patch(outer: Call, inner: Call): void {
  outer.leg.listeners.add((frame) => inner.leg.mouth.overhear(frame));
  inner.leg.listeners.add((frame) => outer.leg.mouth.overhear(frame));
}
