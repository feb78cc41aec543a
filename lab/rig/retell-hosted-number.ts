// A number that Retell hosts, in the rig: its agent has the callers first, and its own transfer brings them to the bridge
// number. Retell dials that number itself and stays in the path of the audio.

import type { Brain, HistoryEntry } from "../openai/brain.ts";
import type { Outcall, PhoneNetwork } from "../retell/sip.ts";
import type { RetellTwin } from "../retell/twin.ts";
import type { TwilioTwin } from "../twilio/twin.ts";
import { serveDocuments, type VendorDocuments } from "./vendor-documents.ts";

/** Callers of the vendor's number reach this one. */
export const RETELL_NUMBER = "+15005550177";
const SIP = "sip:hosted-lab@sip.retellai.lab";
/** From the INVITE until a machine rings, in milliseconds. */
const RING_MS = 60;

/** Callers of the number are this agent's. */
export async function hostRetellNumber(
  twin: RetellTwin,
  about: { readonly carrier: TwilioTwin; readonly agent: string },
): Promise<VendorDocuments> {
  const { carrier, agent } = about;
  const documents = await serveDocuments((path) =>
    path === "/voice" ? `<Dial action="/after"><Sip>${SIP}</Sip></Dial>` : "<Hangup/>",
  );
  carrier.number({ phoneNumber: RETELL_NUMBER, voiceUrl: documents.voiceUrl, statusCallback: "" });
  const phone = carrier.phone(SIP, { kind: "rings" });
  phone.ringMs = RING_MS;
  phone.onRing = (ring) => {
    const party = ring.answer();
    if (party !== undefined) twin.take({ agent, from: ring.from, to: RETELL_NUMBER, party });
  };
  return documents;
}

/** The telephone network, from the vendor's own carrier to numbers of ours. */
export const networkThrough = (carrier: TwilioTwin): PhoneNetwork => ({
  dial: ({ from, to, extension }): Outcall => {
    const handset = carrier.callIn({ from, to });
    const answered = handset.answered.then(async () => {
      await handset.press(extension);
      return handset;
    });
    return {
      reached: Promise.race([answered, handset.ended.then(() => undefined)]),
      giveUp: () => handset.hangUp(),
    };
  },
});

/** A model that does what a function's answer tells it: it calls the tool that is named there, and says nothing. */
export function obedient(brain: Brain): Brain {
  return (turn) => {
    const last = turn.history.at(-1);
    const named = last?.role === "output" ? /^.*\bCall (\w+) now\b/u.exec(last.output)?.[1] : undefined;
    if (named !== undefined && turn.tools.includes(named)) return [{ call: named, arguments: {} }];
    return failedTransfer(turn.history) ? [{ say: TRANSFER_FAILED }] : brain(turn);
  };
}

/** What it says when the vendor's transfer has failed. */
export const TRANSFER_FAILED = "I'm sorry, I could not reach them.";

function failedTransfer(history: readonly HistoryEntry[]): boolean {
  const last = history.at(-1);
  return last?.role === "output" && last.output.startsWith("Transfer failed");
}
