import twilio, { type Twilio } from "twilio";

import { LegId } from "../../domain/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Directory } from "../../ports/directory.ts";
import type { CommandAnswer, DialAnswer, LegSeen, RoomLegs, Telephony } from "../../ports/telephony.ts";
import type { Log } from "../../telemetry/log.ts";
import { carrierAddress } from "./agent-address.ts";
import { CALL_SID } from "./call-ids.ts";
import { classifyFailure } from "./classify-carrier-answer.ts";
import { findOfferLeg } from "./find-offer-leg.ts";
import { OVER } from "./parse-call-request.ts";
import { roomName } from "./render-document.ts";
import { createTwilioUrls, type TwilioUrls } from "./twilio-urls.ts";

export type TelephonySettings = {
  readonly accountSid: string;
  readonly authToken: string;
  /** The number agents see; E.164. */
  readonly number: string;
  /** Another base address of the REST API. */
  readonly apiUrl?: string;
  readonly publicUrl: string;
};

export type TelephonyDeps = {
  /** Decides what may be dialled at all. */
  readonly directory: Pick<Directory, "agent">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  /** How long an answer is waited for, in milliseconds; a create without one is *unknown* (design §2). 3,000. */
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 3_000;

/** Twilio rings at least 5 and at most 600 seconds (facts §4.1). */
const RING_SECONDS = { min: 5, max: 600 };

/** `Telephony` over Twilio's REST API. Retries nothing: who asks again knows whether it may. */
export function createTwilioTelephony(settings: TelephonySettings, deps: TelephonyDeps): Telephony {
  const client = connect(settings, deps.timeoutMs ?? TIMEOUT_MS);
  const urls = createTwilioUrls(settings.publicUrl);
  const { clock, log } = deps;
  return {
    dialAgent: async (ask) => {
      const to = await allowedAddress(deps, ask);
      if (to !== undefined) return dial(client, { ask, to, urls, from: settings.number });
      log.error({ call: ask.call, offer: ask.offer, reason: FORBIDDEN }, "an address was not dialled");
      return { kind: "refused", outcome: "carrier-fault", raw: FORBIDDEN };
    },
    endLeg: (leg) => endLeg(client, leg),
    refreshLeg: ({ call, leg, party, offer }) => {
      const agentUrl = offer === undefined ? undefined : urls.agent(call, offer).document;
      const url = party === "caller" ? urls.caller.document : agentUrl;
      if (url === undefined) return Promise.resolve({ kind: "refused", raw: "an agent's leg needs its offer" });
      return command(async () => client.calls(leg).update({ url, method: "POST" }));
    },
    askLeg: (leg) => askLeg(client, leg),
    askRoom: (escalation) => askRoom(client, roomName(escalation)),
    askOffer: (ask) => findOfferLeg(client, { ...ask, from: settings.number, now: clock.now() }),
  };
}

const FORBIDDEN = "forbidden-destination";

function connect(settings: TelephonySettings, timeout: number): Twilio {
  const { accountSid, authToken, apiUrl } = settings;
  const client = twilio(accountSid, authToken, { timeout, autoRetry: false });
  if (apiUrl !== undefined) client.api.baseUrl = apiUrl.replace(/\/$/, "");
  return client;
}

type DialAsk = Parameters<Telephony["dialAgent"]>[0];

/** Only the device the admin has configured for this agent, and never one that must not be dialled (C39). */
async function allowedAddress(deps: TelephonyDeps, ask: DialAsk): Promise<string | undefined> {
  const agent = await deps.directory.agent(ask.agent);
  const { kind, address } = ask.device;
  const configured = agent?.device.kind === kind && agent.device.address === address;
  return configured ? carrierAddress(ask.device) : undefined;
}

/** Every event of a call's progress, as a list: one string of words is taken with 201 and never called back (21626). */
const PROGRESS = ["initiated", "ringing", "answered", "completed"];

type Dial = { readonly ask: DialAsk; readonly to: string; readonly urls: TwilioUrls; readonly from: string };

/** No machine detection: a machine cannot press 1, and detection would delay the briefing (design §2, C21). */
async function dial(client: Twilio, { ask, to, urls, from }: Dial): Promise<DialAnswer> {
  const ringSeconds = Math.ceil(ask.timeoutMs / 1_000);
  const documentUrl = urls.agent(ask.call, ask.offer).document;
  try {
    const { sid, queueTime } = await client.calls.create({
      to,
      from,
      url: documentUrl,
      method: "POST",
      // Asked when a document could not be fetched: any node answers it, so the second try may find a healthy one.
      fallbackUrl: documentUrl,
      fallbackMethod: "POST",
      statusCallback: urls.agentStatus(ask.call, ask.offer),
      statusCallbackMethod: "POST",
      statusCallbackEvent: PROGRESS,
      timeout: Math.min(RING_SECONDS.max, Math.max(RING_SECONDS.min, ringSeconds)),
    });
    if (!isCallSid(sid)) return { kind: "unknown", raw: "201 without a call" };
    return { kind: "placed", leg: LegId(sid), queuedMs: Number(queueTime) || 0 };
  } catch (error) {
    const failure = classifyFailure(error);
    if (failure.kind === "unknown" || failure.kind === "later") return failure;
    // Twilio says "busy" in a callback, never in the answer to a create: what is refused here is the account's doing.
    return { kind: "refused", outcome: "carrier-fault", raw: failure.raw };
  }
}

/** The SDK's type promises a string; an answer that is not Twilio's has none. */
const isCallSid = (sid: unknown): sid is string => typeof sid === "string" && CALL_SID.test(sid);

/** `completed` ends a leg that rings or talks; one that still waits in Twilio's queue wants `canceled`. */
async function endLeg(client: Twilio, leg: LegId): Promise<CommandAnswer> {
  const ended = await command(async () => client.calls(leg).update({ status: "completed" }));
  if (ended.kind !== "gone" || !ended.raw.endsWith("/21220")) return ended;
  return command(async () => client.calls(leg).update({ status: "canceled" }));
}

async function command(perform: () => Promise<unknown>): Promise<CommandAnswer> {
  try {
    await perform();
    return { kind: "done" };
  } catch (error) {
    const failure = classifyFailure(error);
    // A command that was not performed is as open as one that may have been: whoever asked decides whether to ask again.
    return failure.kind === "later" ? { kind: "unknown", raw: failure.raw } : failure;
  }
}

/** Not found is no answer either: it may be the question that goes to the wrong account. */
async function askLeg(client: Twilio, leg: LegId): Promise<LegSeen> {
  try {
    const { status } = await client.calls(leg).fetch();
    return OVER.includes(status) ? { kind: "over", raw: status } : { kind: "live" };
  } catch (error) {
    return { kind: "unknown", raw: classifyFailure(error).raw };
  }
}

/** A room with one leg has not started yet and counts as `init`; the list's default leaves those out (facts §5.4). */
const LIVE_ROOM = ["in-progress", "init"] as const;

async function askRoom(client: Twilio, friendlyName: string): Promise<RoomLegs> {
  try {
    const rooms = await Promise.all(
      LIVE_ROOM.map((status) => client.conferences.list({ friendlyName, status, limit: 5 })),
    );
    const seats = await Promise.all(
      rooms.flat().map((room) => client.conferences(room.sid).participants.list({ limit: 20 })),
    );
    return { kind: "legs", legs: seats.flat().map((seat) => LegId(seat.callSid)) };
  } catch (error) {
    const failure = classifyFailure(error);
    // A room that ended between the two questions has nobody in it.
    return failure.kind === "gone" ? { kind: "legs", legs: [] } : { kind: "unknown", raw: failure.raw };
  }
}
