import type { Call, CallStatus } from "./call.ts";
import { answerCall, endCall, markInitiated, markRinging } from "./call-life.ts";
import type { Carrier } from "./carrier.ts";
import { Handset } from "./handset.ts";
import type { Phone, PhoneBehaviour, Ring, RingEnd } from "./phone-book.ts";

/**
 * Takes one outbound call from `initiated` to its answer or its end. `timeoutMs` counts from
 * `initiated`, as Twilio's `Timeout` does.
 */
export function ringFarEnd(carrier: Carrier, call: Call, timeoutMs: number): void {
  if (call.over) return;
  markInitiated(carrier, call);
  const phone = carrier.phones.find(call.facts.to);
  const behaviour = faultyBehaviour(carrier, call) ?? phone?.behaviour;
  if (phone === undefined || behaviour === undefined) {
    carrier.timers.after(carrier.latencies.callFailureMs, () => failCall(carrier, call, "failed", 404));
    return;
  }
  const giveUp = carrier.timers.after(timeoutMs, () => failCall(carrier, call, "no-answer", 487));
  void Promise.race([call.answered, call.ended]).then(giveUp);
  if (behaviour.kind === "silent") return;
  // A refusal by the network comes instead of ringing, not after it.
  if (behaviour.kind === "fails" && behaviour.afterMs === undefined) {
    carrier.timers.after(carrier.latencies.callFailureMs, () => failCall(carrier, call, "failed", behaviour.sipCode));
    return;
  }
  if (behaviour.kind === "busy" && behaviour.afterMs === undefined) {
    carrier.timers.after(carrier.latencies.callFailureMs, () => failCall(carrier, call, "busy", 486));
    return;
  }
  carrier.timers.after(phone.ringMs ?? carrier.latencies.ringMs, () => startRinging(carrier, call, phone, behaviour));
}

function faultyBehaviour(carrier: Carrier, call: Call): PhoneBehaviour | undefined {
  const subject = { to: call.facts.to, from: call.facts.from, callSid: call.sid };
  const { faults } = carrier;
  if (faults.take("call-busy", subject, call.facts.to) !== undefined) return { kind: "busy" };
  if (faults.take("call-no-answer", subject, call.facts.to) !== undefined) return { kind: "rings" };
  const failed = faults.take("call-failed", subject, call.facts.to);
  if (failed !== undefined) return { kind: "fails", sipCode: failed.sipCode ?? 503 };
  if (faults.take("call-no-audio", subject, call.facts.to) !== undefined) return { kind: "answers", audio: false };
  return undefined;
}

function startRinging(carrier: Carrier, call: Call, phone: Phone, behaviour: PhoneBehaviour): void {
  if (call.over) return;
  const ended = Promise.withResolvers<RingEnd>();
  call.stopRinging = () =>
    ended.resolve(call.end?.sipCode === 487 && call.end.by === "carrier" ? "timed-out" : "cancelled");
  const finish = (how: RingEnd, status: CallStatus, sipCode: number) => {
    ended.resolve(how);
    failCall(carrier, call, status, sipCode);
  };
  const ring: Ring = {
    callSid: call.sid,
    from: call.facts.from,
    to: call.facts.to,
    at: carrier.clock(),
    answer: (options) => {
      if (call.over || call.answeredAt !== undefined) return undefined;
      call.leg.audible = options?.audio ?? true;
      ended.resolve("answered");
      answerCall(carrier, call);
      const handset = new Handset(carrier, call);
      phone.connected(handset);
      return handset;
    },
    decline: () => finish("declined", "busy", 603),
    busy: () => finish("busy", "busy", 486),
    fail: (sipCode) => finish("failed", "failed", sipCode),
    over: ended.promise,
  };
  markRinging(carrier, call);
  phone.ringing(ring);
  actByItself(carrier, ring, behaviour);
}

function actByItself(carrier: Carrier, ring: Ring, behaviour: PhoneBehaviour): void {
  const after = (ms: number | undefined, act: () => void) => carrier.timers.after(ms ?? 0, act);
  switch (behaviour.kind) {
    case "answers":
      after(behaviour.afterMs, () => ring.answer({ audio: behaviour.audio ?? true }));
      return;
    case "busy":
      after(behaviour.afterMs, () => ring.busy());
      return;
    case "declines":
      after(behaviour.afterMs, () => ring.decline());
      return;
    case "fails":
      after(behaviour.afterMs, () => ring.fail(behaviour.sipCode));
      return;
    case "rings":
    case "silent":
      return;
    default:
      behaviour satisfies never;
  }
}

/** Ends a call that was not answered; one that was stays as it is. */
function failCall(carrier: Carrier, call: Call, status: CallStatus, sipCode: number): void {
  if (call.answeredAt !== undefined) return;
  endCall(carrier, call, { status, sipCode, by: "carrier" });
}
