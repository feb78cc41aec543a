import type { CallId, EscalationId, OfferId } from "../../domain/ids.ts";

/** Where one leg's document, keys and interrupted verbs are asked. */
export type LegUrls = { readonly document: string; readonly ended: string; readonly keys: string };

export type TwilioUrls = ReturnType<typeof createTwilioUrls>;

/**
 * Every URL we hand out, absolute from `publicUrl` (no trailing slash): a relative one resolves against whatever Twilio
 * asked last. Twilio signs the whole query, so the ids in it cannot be forged; they are validated all the same.
 */
export function createTwilioUrls(publicUrl: string) {
  const to = (path: string, query: Readonly<Record<string, string>> = {}): string => {
    const search = new URLSearchParams(query).toString();
    return `${publicUrl}/twilio/${path}${search === "" ? "" : `?${search}`}`;
  };
  return {
    voice: to("voice"),
    /** The same question, with the digits that came or without. */
    bridgeCode: to("voice", { code: "asked" }),
    caller: { document: to("document/caller"), ended: to("ended/caller"), keys: to("keys/caller") } satisfies LegUrls,
    /** Asked when the number a call was forwarded to is done with it; never the document, which would dial again. */
    forwarded: to("ended/forward"),
    /** The dial to a hosted assistant is over. */
    assistantEnded: (visit: string): string => to("ended/assistant", { visit }),
    roomEnded: to("ended/caller", { room: "1" }),
    agent: (call: CallId, offer: OfferId): LegUrls => ({
      document: to("document/agent", { call, offer }),
      ended: to("ended/agent", { call, offer }),
      keys: to("keys/agent", { call, offer }),
    }),
    agentStatus: (call: CallId, offer: OfferId): string => to("status/agent", { call, offer }),
    /** The same on every leg: the first participant's callback is the room's (facts §5.1). */
    room: (call: CallId, escalation: EscalationId): string => to("room", { call, escalation }),
    roomWait: (call: CallId): string => to("wait/room", { call }),
    streamStatus: to("stream"),
    /** What the WebSocket handshake is signed over, byte for byte (facts §1.4). */
    media: `${publicUrl.replace(/^http/, "ws")}/twilio/media`,
  };
}
