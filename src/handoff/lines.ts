/**
 * Every fixed sentence a caller or an agent can hear, by name. The words are configuration
 * (`config/messages/<language>.yaml`), so that admins can read and change them; the core only says which one.
 */
export const LINE_IDS = [
  /** Opening: an assistant speaks, and what is transcribed (H14). */
  "disclosure",
  "greeting",
  /** Names the team; spoken only after a reservation exists (H2). Values: team. */
  "promise",
  /** While an agent is rung: something to say when nobody speaks. Values: team. */
  "holding-1",
  "holding-2",
  "holding-3",
  /** The next agent is tried. Values: team. */
  "next-agent",
  /** The agent is here, the caller is moved. Values: agent, team. */
  "announce",
  /** Nobody can take the call now. Values: team, wait (spoken minutes, may be empty). */
  "offer-nobody-free",
  /** Nobody answered. Values: team, attempts. */
  "offer-after-attempts",
  /** Presence cannot be asked. */
  "offer-unavailable",
  /** Outside opening hours. Values: opening. */
  "offer-closed",
  "ask-choice-again",
  /** The caller chose to wait. Values: team, wait. */
  "waiting",
  /** Reads the number back. Values: number (spoken digits), time. */
  "read-back",
  /** Spoken only after the callback is stored (H2). Values: reference, time. */
  "callback-confirmed",
  /** The callback is kept and could not be stored: no promise (H13). */
  "callback-noted",
  "callback-not-possible",
  /** A ticket was opened. Values: reference. */
  "ticket-opened",
  /** The caller took the request back. */
  "cancelled",
  /** The agent was lost after the bridge. Values: team. */
  "agent-lost",
  "handed-back",
  /** The assistant was away for a moment. */
  "assistant-back",
  /** The model is down: a menu by keys. */
  "menu",
  "menu-holding",
  /** More calls than assistants: the same menu, and why. */
  "overflow",
  "goodbye",
  "closed",
  "emergency",
  /** Said instead of a sentence that promised what nobody had. */
  "no-promise",
  // What an agent hears
  /** The whisper's frame. Values: briefing. */
  "whisper",
  "whisper-key",
  "caller-gone",
  "call-taken",
] as const;
export type LineId = (typeof LINE_IDS)[number];

/** Values for the sentence's blanks. Never what a caller said; a caller's number is named by reference and filled at the edge. */
export type LineValues = Readonly<Record<string, string>>;
