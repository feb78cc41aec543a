// What the caller wants while a handoff is in progress or an offer is open. Rules per language.
import { languageOf } from "../scoring/language.ts";
import { languagesHeard } from "../scoring/languages-heard.ts";
import { plainText } from "../scoring/read-text.ts";
import { CALLER_INTENT_RULES, type CallerIntentRules } from "./caller-intent-rules.ts";

/**
 * - `cancel`: stop the handoff, go on with the assistant ("wait, cancel", "no, go on")
 * - `accept`, `decline`: yes or no to what was just offered
 * - `callback`: call me back instead
 * - `wait`: rather stay on the line
 * - `note`: leave word, have it written down
 */
export type CallerIntent = "cancel" | "accept" | "decline" | "callback" | "wait" | "note";

/**
 * The caller's wish, or undefined when the turn is about something else. Read in this order, so that "no, cancel that"
 * is a cancellation and "yes, call me back" a callback. `language` (BCP 47) is the call's; who answers in another is understood.
 */
export function callerIntent(text: string, language: string): CallerIntent | undefined {
  const words = plainText(text)
    .replaceAll(/[^\p{L}\p{N}' ]+/gu, " ")
    .replaceAll(/ +/g, " ")
    .trim();
  const heard = languagesHeard(words, languageOf(language));
  const rules = heard.length === 0 ? Object.values(CALLER_INTENT_RULES) : heard.map((one) => CALLER_INTENT_RULES[one]);
  const found = (kind: keyof CallerIntentRules): boolean => rules.some((rule) => rule[kind].test(words));
  if (found("cancel") && !found("notCancel")) return "cancel";
  if (found("callback") && !found("notCallback")) return "callback";
  if (found("note")) return "note";
  if (found("wait") && !found("notWait")) return "wait";
  if (found("notWait")) return "decline";
  if (found("decline")) return "decline";
  if (found("accept")) return "accept";
  return undefined;
}
