import { createCall, endCall, logCall } from "./call-life.ts";
import type { Carrier, IncomingNumber } from "./carrier.ts";
import { Handset } from "./handset.ts";
import { startDocument } from "./run-document.ts";
import { newSid } from "./sid.ts";
import { readStatusCallback } from "./status-callback.ts";

export type InboundCall = {
  /** E.164, or what Twilio sends for hidden callers: `anonymous`, `client:name`, a SIP URI. */
  from: string;
  /** One of the account's numbers. */
  to: string;
  stirVerstat?: string;
};

/** A person dials one of the account's numbers: the number's voice URL decides what they hear. */
export function callIn(carrier: Carrier, inbound: InboundCall): Handset {
  const number = carrier.numbers.get(inbound.to);
  const call = createCall(carrier, {
    sid: newSid("CA"),
    direction: "inbound",
    from: inbound.from,
    to: inbound.to,
    ...(inbound.stirVerstat === undefined ? {} : { stirVerstat: inbound.stirVerstat }),
    ...(number === undefined ? {} : { phoneNumberSid: number.sid }),
  });
  if (number === undefined) {
    carrier.log.warn(0, `${inbound.to} is no number of this account; configure it with twin.number`, call.sid);
    endCall(carrier, call, { status: "failed", sipCode: 404, by: "carrier" });
    return new Handset(carrier, call);
  }
  call.status = "ringing";
  logCall(carrier, call, "ringing");
  connect(carrier, number, call);
  return new Handset(carrier, call);
}

function connect(carrier: Carrier, number: IncomingNumber, call: ReturnType<typeof createCall>): void {
  const application = carrier.applications.get(number.voiceApplicationSid);
  const source = application ?? number;
  call.statusCallback = readStatusCallback(carrier, source.statusCallback, {
    method: source.statusCallbackMethod,
    events: [],
  });
  if (source.voiceFallbackUrl !== "") {
    call.fallback = { url: source.voiceFallbackUrl, method: source.voiceFallbackMethod };
  }
  void startDocument(carrier, call, { kind: "url", url: source.voiceUrl, method: source.voiceMethod });
}
