/**
 * Every fixed sentence a caller or an agent can hear, by name. The words are configuration
 * (`config/messages/<language>.yaml`), so that admins can read and change them; the core only says which one.
 */
export const LINE_IDS = [
  /** Opening: an assistant speaks, and what is transcribed (H14). */
  "disclosure",
  "greeting",
  /** Before anything else, while it is told by digits who calls the bridge number. */
  "one-moment",
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
  /** Nobody can take the call, and there is no number to call back. Values: team, wait. */
  "offer-without-callback",
  "ask-choice-again",
  /** The caller chose to wait. Values: team, wait. */
  "waiting",
  "waiting-without-callback",
  /** Reads number and time back. Values: number (spoken digits), time. */
  "read-back",
  /** The time could not be taken down: the usual one is offered. Values: number, time. */
  "read-back-default",
  /** When shall we call? Something was said about it, and could not be noted. */
  "ask-time",
  /** The time they named is over. */
  "ask-time-past",
  /** Spoken only after the callback is stored (H2). Values: reference, time. */
  "callback-confirmed",
  /** The callback is kept and could not be stored: no promise (H13). */
  "callback-noted",
  /** They asked for a callback and there is no number to call: they may wait or leave word. Values: team. */
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
  "menu-without-callback",
  "menu-holding",
  /** More calls than assistants: the same menu, and why. */
  "overflow",
  "overflow-without-callback",
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
