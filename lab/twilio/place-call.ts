import type { Call } from "./call.ts";
import { createCall } from "./call-life.ts";
import type { Carrier } from "./carrier.ts";
import { plugInApplication } from "./app-leg.ts";
import { ringFarEnd } from "./ring-far-end.ts";
import { RestError } from "./rest-answer.ts";
import { newSid } from "./sid.ts";
import type { StatusCallback } from "./status-callback.ts";

export type Placing = {
  to: string;
  from: string;
  /** How long it may ring, in milliseconds. */
  timeoutMs: number;
  timeLimitMs: number | undefined;
  statusCallback: StatusCallback | undefined;
  sendDigits: string | undefined;
  /** What happens on the answer. */
  onAnswer: (call: Call) => void;
};

const E164 = /^\+[1-9]\d{6,14}$/;
const ADDRESS = /^(sip:[^\s@]+@[^\s@]+|client:\S+|app:AP[0-9a-f]{32}(\?.*)?)$/i;

/** Throws the REST error Twilio answers to a `To` or `From` it cannot use. */
export function checkAddresses(carrier: Carrier, to: string | undefined, from: string | undefined): void {
  if (to === undefined || to === "") throw new RestError(400, 21_201, "No 'To' number is specified");
  if (from === undefined || from === "") throw new RestError(400, 21_213, "'From' number is missing");
  if (!E164.test(to) && !ADDRESS.test(to)) {
    throw new RestError(400, 21_211, `The phone number you are attempting to call, ${to}, is not valid.`);
  }
  if (!E164.test(to)) return;
  if (!E164.test(from)) throw new RestError(400, 21_212, `Invalid 'From' number: ${from}`);
  if (carrier.numbers.has(from) || carrier.verifiedCallerIds.has(from)) return;
  throw new RestError(400, 21_210, `The source phone number provided, ${from}, is not yet verified for your account.`);
}

/** Puts an outbound call in the account's line; it starts when its turn comes. */
export function placeCall(carrier: Carrier, placing: Placing): Call {
  const call = createCall(carrier, {
    sid: newSid("CA"),
    direction: "outbound-api",
    from: placing.from,
    to: placing.to,
  });
  call.statusCallback = placing.statusCallback;
  if (placing.timeLimitMs !== undefined) call.timeLimitMs = placing.timeLimitMs;
  const place = carrier.line.join(() => {
    call.leaveLine = undefined;
    if (call.facts.to.startsWith("app:")) plugInApplication(carrier, call);
    else ringFarEnd(carrier, call, placing.timeoutMs);
  });
  if (place.waitMs > 0) call.leaveLine = place.leave;
  call.queueMs = place.waitMs;
  void whenAnswered(carrier, call, placing);
  return call;
}

async function whenAnswered(carrier: Carrier, call: Call, placing: Placing): Promise<void> {
  await Promise.race([call.answered, call.ended]);
  if (call.over) return;
  // The digits go to the far end; a document starts after them.
  if (placing.sendDigits !== undefined) await carrier.timers.sleep(placing.sendDigits.length * 200);
  if (!call.over) placing.onAnswer(call);
}
