import type { PhraseBook } from "./phrase-book.ts";
import type { Turn } from "../turns/turn.ts";

/** What was said before, newest last. Everything is optional: a turn must be readable on its own. */
export type TextContext = {
  /** The assistant's last turn: makes "yes please" after "shall I get you a person?" a request. */
  readonly lastAssistantText?: string;
  /** Up to two earlier caller turns: annoyance builds up over them. */
  readonly earlierCallerTexts?: readonly string[];
  /** Phrases an admin added or removed, compiled once by `compilePhrases`. */
  readonly phrases?: PhraseBook;
};

/** The context of the newest caller turn, from the transcript so far (that turn excluded), newest last. */
export function textContext(before: readonly Turn[], phrases?: PhraseBook): TextContext {
  const lastAssistantText = before.findLast((turn) => turn.role === "assistant")?.text;
  const earlierCallerTexts = before
    .filter((turn) => turn.role === "caller")
    .slice(-2)
    .map((turn) => turn.text);
  return {
    earlierCallerTexts,
    ...(lastAssistantText === undefined ? {} : { lastAssistantText }),
    ...(phrases === undefined ? {} : { phrases }),
  };
}
