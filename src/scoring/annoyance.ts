// How annoyed a caller is, in steps of log odds: what the words of the turn say, what went wrong around them, and what is
// left of the turns before. The weights are set by reasoning and checked on the build part of the data (docs/model-card.md).
import type { Language } from "./language.ts";
import { MOOD_WORDS } from "./mood-words.ts";
import { plainText } from "./read-text.ts";
import type { TextContext } from "./text-context.ts";
import { type Logits, logitsOf, type TextModels } from "./text-models.ts";
import { QUESTION, type Trouble, troubleIn } from "./trouble.ts";

/** A turn to be judged: its plain text, the text as it came, and what the models make of it. */
export type Said = {
  readonly plain: string;
  readonly raw: string;
  readonly language: Language;
  readonly logits: Logits;
};

/**
 * The log odds that the caller is annoyed; above 0 they more likely are. Without context the turn alone is judged.
 *
 * Only a caller's own words of annoyance go beyond `CALM` at their full weight. A polite no, a change of wish, an assistant that finds nothing
 * and an annoyed turn before lift up to there, and count a little beyond: nobody is annoyed because they declined an offer twice.
 */
export function annoyanceIn(said: Said, models: TextModels, context: TextContext): number {
  const before = {
    assistant: plainText(context.lastAssistantText ?? ""),
    caller: (context.earlierCallerTexts ?? []).map(plainText),
  };
  const trouble = troubleIn(said.plain, said.language, before);
  const words = wordsOf(said, trouble.asksOpinion > 0);
  const speaksUp = words.insulting || trouble.doubts + trouble.corrects + trouble.badNews * trouble.givesUp > 0;
  const answers = !speaksUp && isAnswer(said.plain, before.assistant);
  const spoken = answers ? ANSWER_SHARE * words.said - ANSWER_DISCOUNT : words.said;
  const plainly = middleOf(said.language).bias + WORDS_SHARE * spoken + 1.2 * (trouble.doubts + trouble.corrects);
  const refusal = WORDS_SHARE * words.refusal;
  const opening = context.earlierCallerTexts?.length === 0 && !speaksUp ? OPENING_DISCOUNT : 0;
  const carried = carriedOver(before.caller.at(-1), said.language, models);
  const all = plainly + refusal + around(trouble) + carried - opening;
  // The models take any no for annoyance, one with good manners too.
  const most = trouble.declinesPolitely > 0 ? CALM : Math.max(plainly, CALM);
  return (speaksUp || all <= most ? all : most + BEYOND_CALM * (all - most)) / TEMPERATURE;
}

/** As far as refusals and circumstances lift on their own: below the level at which `sentiment` acts. */
const CALM = -0.2;
const BEYOND_CALM = 0.25;
const WORDS_SHARE = 0.75;
const TEMPERATURE = 1.5;

/** Where neutral words lie (`middle`), and what makes them read as calm (`bias`): counted words start at 0, the models far below. */
const middleOf = (language: Language): { readonly bias: number; readonly middle: number } =>
  language === "en" ? { bias: 0.2, middle: -1.8 } : { bias: -2, middle: 0 };

type Words = { readonly said: number; readonly refusal: number; readonly insulting: boolean };

/** `opinion`: the assistant asked what the caller thinks of something. */
function wordsOf({ plain, raw, language, logits }: Said, opinion = false): Words {
  const words = MOOD_WORDS[language];
  const length = wordCount(plain);
  const density = (pattern: RegExp): number => (plain.match(pattern)?.length ?? 0) / Math.sqrt(1 + length);
  // Two or three words are too few for a model to tell a mood by, and "no" may just be an answer.
  const trust = length / (length + SHORT_TURN_WORDS);
  const insults = density(words.insults);
  const model = 0.35 * logits.annoyed + logits.impatient - 0.25 * logits.pleased;
  return {
    said:
      (language === "en" ? trust * MODEL_GAIN * model : 0) +
      (opinion ? HARD_WORDS_ASKED_FOR : HARD_WORDS) * insults +
      0.9 * density(words.again) -
      density(words.pleased) +
      (insults > 0 ? 0.15 * Math.min(3, count(raw, "!")) : 0) -
      (words.agrees.test(plain) ? 1 : 0),
    // Refusing is not yet being annoyed: a caller may say no all day and stay calm.
    refusal:
      trust * REFUSAL_GAIN * Math.min(MOST_REFUSAL, 2.3 * density(words.denies) + (words.refuses.test(plain) ? 1 : 0)),
    insulting: insults > 0 && !opinion,
  };
}

const SHORT_TURN_WORDS = 1;
const MODEL_GAIN = 1.1;
const REFUSAL_GAIN = 1.5;
/** Well above 1 so that the ends stay apart: the trend needs differences among annoyed turns too. */
const MOST_REFUSAL = 2.2;
const HARD_WORDS = 3;
/** "It was terrible" about what was asked for is an opinion first. */
const HARD_WORDS_ASKED_FOR = 1;
/** Nobody is annoyed yet with an assistant that has said no more than hello, unless they say so. */
const OPENING_DISCOUNT = 0.7;

/** What wears a caller out without a word of annoyance. An assistant that does not help weighs most. */
function around(trouble: Trouble): number {
  return (
    1.6 * trouble.badNews +
    trouble.repairs +
    0.8 * trouble.givesUp +
    0.8 * trouble.restates +
    0.9 * trouble.rejects +
    0.8 * trouble.keepsSayingNo +
    0.5 * trouble.hurries -
    0.8 * trouble.declinesPolitely -
    0.5 * trouble.asks -
    0.5 * trouble.asked
  );
}

/** "No" to a question is an answer first. */
const isAnswer = (plain: string, asked: string): boolean =>
  wordCount(plain) <= SHORT_ANSWER_WORDS && QUESTION.test(asked);
const SHORT_ANSWER_WORDS = 3;
const ANSWER_SHARE = 0.3;
/** What brings a bare answer to where neutral words lie. */
const ANSWER_DISCOUNT = 1.2;

/** Annoyance does not end with the turn: so much of what the one before had beyond neutral words is left. */
const CARRIED_SHARE = 0.3;
const MOST_CARRIED = 4;

function carriedOver(plain: string | undefined, language: Language, models: TextModels): number {
  if (plain === undefined) return 0;
  // The heads of moods read no word classes, so the form that is spoken is not needed.
  const logits = logitsOf({ language, plain, spoken: "", also: [] }, models);
  const { said, refusal } = wordsOf({ plain, raw: plain, language, logits });
  const beyond = said + refusal - middleOf(language).middle;
  return CARRIED_SHARE * Math.min(MOST_CARRIED, Math.max(-MOST_CARRIED, beyond));
}

const count = (text: string, mark: string): number => text.slice(0, 2_000).split(mark).length - 1;
const wordCount = (plain: string): number => plain.split(" ").length;
