import type { Twilio } from "twilio";

import { type CallId, LegId, type OfferId } from "../../domain/ids.ts";
import type { OfferLeg } from "../../ports/telephony.ts";
import { classifyFailure } from "./classify-carrier-answer.ts";

/** Twilio's times have whole seconds, and its clock is not ours. */
const CLOCK_SLACK_MS = 2_000;

/** A call may take this long to be listed; until then "none" would be a guess. */
const LISTED_AFTER_MS = 2_000;

type Ask = {
  readonly call: CallId;
  readonly offer: OfferId;
  readonly address: string;
  readonly sinceMs: number;
  readonly from: string;
  readonly now: number;
};

/**
 * What became of a create whose answer was lost. Twilio keeps no reference of ours and lists no callback URL, so the leg
 * is told by what is known of it: from our number, to this device, created since. The agent is held by this offer alone
 * (H4), so no other call of ours fits; if two do, it is `unknown`. `StartTime` is no filter here: a call that rings
 * has none.
 */
export async function findOfferLeg(client: Twilio, ask: Ask): Promise<OfferLeg> {
  try {
    const calls = await client.calls.list({ to: ask.address, limit: 20 });
    const fitting = calls.filter(
      ({ direction, from, dateCreated }) =>
        direction === "outbound-api" &&
        from === ask.from &&
        // Absent in an answer that is not quite Twilio's: counted in, so that it can only make us more careful.
        !(createdAt(dateCreated) < ask.sinceMs - CLOCK_SLACK_MS),
    );
    const [found, ...others] = fitting;
    if (others.length > 0) return { kind: "unknown", raw: `${fitting.length} calls fit` };
    if (found) return phaseOf(LegId(found.sid), found.status);
    return ask.now - ask.sinceMs < LISTED_AFTER_MS ? { kind: "unknown", raw: "not listed yet" } : { kind: "none" };
  } catch (error) {
    return { kind: "unknown", raw: classifyFailure(error).raw };
  }
}

const createdAt = (date: unknown): number => (date instanceof Date ? date.getTime() : Number.NaN);

function phaseOf(leg: LegId, status: string): OfferLeg {
  switch (status) {
    case "queued":
    case "initiated":
      return { kind: "live", leg, phase: "dialling" };
    case "ringing":
      return { kind: "live", leg, phase: "ringing" };
    case "in-progress":
      return { kind: "live", leg, phase: "answered" };
    default:
      return { kind: "over", leg, raw: status };
  }
}
