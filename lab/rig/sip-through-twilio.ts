import type { SipNetwork } from "../retell/sip.ts";
import type { TwilioTwin } from "../twilio/twin.ts";

/** From the INVITE until a machine rings, and until it picks up, in milliseconds. */
const RING_MS = 60;
const ANSWER_MS = 60;

/** A vendor's SIP addresses as far ends of the carrier's `<Dial><Sip>`. */
export function sipThrough(twilio: TwilioTwin): SipNetwork {
  return {
    answerAt: (address, answered) => {
      const phone = twilio.phone(address, { kind: "answers", afterMs: ANSWER_MS });
      phone.ringMs = RING_MS;
      phone.onAnswer = answered;
    },
    withdraw: (address) => twilio.unplugPhone(address),
  };
}
