import type { Turn } from "../turns/turn.ts";

const LONGEST = 180;
/** Fewer words than this is a greeting or an answer, not what the call is about. */
const WORDS_MIN = 4;

/** One sentence on what the caller wants, from their own words, when no model has summed it up. Empty: they said nothing yet. */
export function callerInBrief(turns: readonly Turn[]): string {
  const said = turns.filter(({ role }) => role === "caller").map(({ text }) => text.trim());
  const about = said.find((text) => text.split(/\s+/u).length >= WORDS_MIN) ?? said[0];
  if (about === undefined || about === "") return "";
  const short = about.length <= LONGEST ? about : `${about.slice(0, LONGEST - 1).replace(/\s+\S*$/u, "")}…`;
  return `Caller: “${short}”`;
}
