import type { Carrier } from "./carrier.ts";

/** Where a room's events go, and which of them. */
export type ConferenceCallback = {
  url: string;
  method: "GET" | "POST";
  /** Subscription words. */
  events: readonly string[];
  /** The next `SequenceNumber`; Twilio's example shows 1 as the first. */
  sequence: number;
};

const SUBSCRIPTIONS: Readonly<Record<string, readonly string[]>> = {
  start: ["conference-start"],
  end: ["conference-end"],
  join: ["participant-join"],
  leave: ["participant-leave"],
  mute: ["participant-mute", "participant-unmute"],
  hold: ["participant-hold", "participant-unhold"],
  modify: ["participant-modify"],
  speaker: ["participant-speech-start", "participant-speech-stop"],
  announcement: ["announcement-end", "announcement-fail"],
};

/** Reads a subscription; an unknown word is a warning, and nothing at all is sent for it (21626). */
export function readConferenceCallback(
  carrier: Carrier,
  url: string | undefined,
  options: { method: string | undefined; events: readonly string[] },
): ConferenceCallback | undefined {
  if (url === undefined || url === "") return undefined;
  const unknown = options.events.find((word) => SUBSCRIPTIONS[word] === undefined);
  if (unknown !== undefined) carrier.log.warn(21_626, `"${unknown}" is no conference event: no callback will be sent`);
  return {
    url,
    method: options.method === "GET" ? "GET" : "POST",
    events: unknown === undefined ? options.events : [],
    sequence: 1,
  };
}

/** Sends one event to whoever the room's first participant named. */
export function reportConference(
  carrier: Carrier,
  room: { sid: string; friendlyName: string; callback: ConferenceCallback | undefined },
  event: string,
  fields: Readonly<Record<string, string>>,
): void {
  const { callback } = room;
  if (callback === undefined) return;
  // Numbered whether sent or not would leave gaps; Twilio numbers what it sends.
  if (!callback.events.some((word) => SUBSCRIPTIONS[word]?.includes(event))) return;
  const callSid = fields["CallSid"];
  void carrier.webhooks.send({
    purpose: "conference-status",
    method: callback.method,
    url: callback.url,
    ...(callSid === undefined ? {} : { callSid }),
    params: {
      ConferenceSid: room.sid,
      FriendlyName: room.friendlyName,
      AccountSid: carrier.accountSid,
      SequenceNumber: String(callback.sequence++),
      Timestamp: new Date(carrier.clock()).toUTCString(),
      StatusCallbackEvent: event,
      ...fields,
    },
  });
}
