import { Call, isTerminal, type CallFacts, type CallStatus, type EndedBy, type Interruption } from "./call.ts";
import type { Carrier } from "./carrier.ts";
import { Leg } from "./leg.ts";
import { reportProgress } from "./status-callback.ts";

/** Puts a new call on the books, not yet on any wire. */
export function createCall(carrier: Carrier, facts: CallFacts): Call {
  const call = new Call(facts, new Leg(carrier.ticker, carrier.recordings), carrier.clock());
  carrier.calls.set(call.sid, call);
  logCall(carrier, call, "created");
  return call;
}

/** The call has left the carrier towards the far end. */
export function markInitiated(carrier: Carrier, call: Call): void {
  logCall(carrier, call, "initiated");
  reportProgress(carrier, call, "initiated");
}

export function markRinging(carrier: Carrier, call: Call): void {
  call.status = "ringing";
  logCall(carrier, call, "ringing");
  reportProgress(carrier, call, "ringing");
}

/** Opens the audio. Does nothing on a call that is already answered or over. */
export function answerCall(carrier: Carrier, call: Call): void {
  if (call.over || call.answeredAt !== undefined) return;
  call.status = "in-progress";
  call.answeredAt = carrier.clock();
  call.stopRinging = undefined;
  call.leg.open();
  logCall(carrier, call, "answered");
  call.resolveAnswered();
  reportProgress(carrier, call, "answered");
  const cancel = carrier.timers.after(call.timeLimitMs, () =>
    endCall(carrier, call, { status: "completed", sipCode: 200, by: "carrier" }),
  );
  void call.ended.then(cancel);
}

/** Ends a call, whatever it was doing. A call ends once; later reasons are ignored. */
export function endCall(carrier: Carrier, call: Call, how: { status: CallStatus; sipCode: number; by: EndedBy }): void {
  if (call.over) return;
  if (!isTerminal(how.status)) throw new Error(`"${how.status}" does not end a call; use a terminal status`);
  call.status = how.status;
  call.end = { ...how, at: carrier.clock() };
  logCall(carrier, call, "ended");
  call.leg.close();
  call.stopRinging?.();
  call.stopRinging = undefined;
  const why: Interruption = { kind: "ended", by: how.by };
  call.running?.stop.abort(why);
  reportProgress(carrier, call, "completed");
  call.resolveEnded(call.end);
}

/** Hangs up from the carrier's side: a ringing call counts as cancelled, an answered one as completed. */
export function hangUpCall(carrier: Carrier, call: Call, by: EndedBy): void {
  const isUp = call.answeredAt !== undefined;
  endCall(carrier, call, isUp ? { status: "completed", sipCode: 200, by } : { status: "canceled", sipCode: 487, by });
}

export function logCall(
  carrier: Carrier,
  call: Call,
  event: "created" | "initiated" | "ringing" | "answered" | "redirected" | "ended",
): void {
  carrier.log.add<"call">({
    kind: "call",
    callSid: call.sid,
    event,
    status: call.status,
    from: call.facts.from,
    to: call.facts.to,
    ...(call.end === undefined ? {} : { sipCode: call.end.sipCode }),
  });
}
