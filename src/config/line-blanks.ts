import type { LineId } from "../handoff/lines.ts";

type Blanks = {
  /** Blanks the sentence may use. */
  readonly may: readonly string[];
  /** Blanks without which the sentence would be useless or dangerous to say. */
  readonly must?: readonly string[];
};

/** What is filled into each fixed sentence. A new line does not compile until its blanks are known here. */
export const LINE_BLANKS: Readonly<Record<LineId, Blanks>> = {
  disclosure: { may: [] },
  greeting: { may: [] },
  "one-moment": { may: [] },
  promise: { may: ["team"], must: ["team"] },
  "holding-1": { may: ["team"] },
  "holding-2": { may: ["team"] },
  "holding-3": { may: ["team"] },
  "next-agent": { may: ["team"] },
  announce: { may: ["agent", "team"] },
  "offer-nobody-free": { may: ["team", "wait"] },
  "offer-after-attempts": { may: ["team", "attempts"] },
  "offer-unavailable": { may: ["team"] },
  "offer-closed": { may: ["team", "opening"] },
  "offer-without-callback": { may: ["team", "wait"] },
  "ask-choice-again": { may: ["team"] },
  waiting: { may: ["team", "wait"] },
  "waiting-without-callback": { may: ["team", "wait"] },
  "read-back": { may: ["number", "time"], must: ["number"] },
  "read-back-default": { may: ["number", "time"], must: ["number", "time"] },
  "ask-time": { may: [] },
  "ask-time-past": { may: [] },
  "callback-confirmed": { may: ["reference", "time"], must: ["reference"] },
  "callback-noted": { may: [] },
  "callback-not-possible": { may: ["team"] },
  "ticket-opened": { may: ["reference"], must: ["reference"] },
  cancelled: { may: [] },
  "agent-lost": { may: ["team"] },
  "handed-back": { may: ["team"] },
  "assistant-back": { may: [] },
  menu: { may: [] },
  "menu-without-callback": { may: [] },
  "menu-holding": { may: ["team"] },
  overflow: { may: ["team"] },
  "overflow-without-callback": { may: ["team"] },
  goodbye: { may: [] },
  closed: { may: ["opening"] },
  emergency: { may: [] },
  "no-promise": { may: [] },
  whisper: { may: ["briefing"], must: ["briefing"] },
  "whisper-key": { may: [] },
  "caller-gone": { may: [] },
  "call-taken": { may: [] },
};
