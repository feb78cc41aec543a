// A second look at a turn in which a request may be hidden under slips: words run together, cut in the wrong place, or
// short words with a wrong letter. Too daring for a first look, since short words have many real neighbours.
import { oneSlip } from "./misspellings.ts";

/** Words that make up a request, in the order in which a slip is looked for. */
const CORE = [
  "talk",
  "chat",
  "speak",
  "contact",
  "talking",
  "speaking",
  "chatting",
  "contacting",
  "connect",
  "transfer",
  "with",
  "help",
  "someone",
  "somebody",
  "human",
  "agent",
  "person",
  "representative",
  "operator",
  "there",
  "available",
  "want",
  "need",
  "can",
  "you",
  "to",
  "an",
  "a",
  "i",
] as const;
const LONG = CORE.filter((word) => word.length >= 4);
const KNOWN: ReadonlySet<string> = new Set<string>(CORE);

/** Real words that a slip of a core word would hide. */
const REAL = new Set(
  "walk walks take takes taken tall tale tank task call calls wall ball hall talks what that hat cat cats chap char coat than chart cheat wish wit width hell held kelp helps helped helpful went wants wanted need needs feed seed where these here then them they and any ant at as am is it in if are an add ad all al so too two top tom toe do go no on or of how has had have having hers her his he him she the this their".split(
    " ",
  ),
);

const LEAST_FOR_SLIPS = 3;

/** The word meant by a short or run-together one, possibly two words; the word itself when none is near. */
function looseWord(word: string): string {
  if (KNOWN.has(word) || REAL.has(word)) return word;
  for (let at = 1; at < word.length; at++) {
    const [head, tail] = [word.slice(0, at), word.slice(at)];
    if (KNOWN.has(head) && KNOWN.has(tail) && head.length + tail.length > 3) return `${head} ${tail}`;
  }
  if (word.length < LEAST_FOR_SLIPS) return word;
  return LONG.find((core) => near(word, core)) ?? word;
}

/** One letter off, or one letter of a neighbour's stuck to either end ("chatw", "kto"). */
const near = (word: string, core: string): boolean =>
  oneSlip(word, core) || (Math.abs(word.length - core.length) <= 1 && distanceIsOne(word, core));

function distanceIsOne(a: string, b: string): boolean {
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return a.length - start - end <= 1 && b.length - start - end <= 1;
}

/** An English turn (`spoken`) with its slips put right as far as they can be guessed. */
export function looseReading(spoken: string): string {
  const words = spoken.split(" ").filter((word) => !OATH.test(word));
  return words
    .map((word) => word.replace(/[a-z]+/, (letters) => looseWord(letters)))
    .join(" ")
    .replaceAll(STRAY_LETTERS, "$1 ")
    .replaceAll(MISSING_TO, "$1 to ");
}

/** Oaths carry nothing and are the words most often misspelled. */
const OATH = /^(?:fu?c?king?|fuckin|fucing|u?cking|damn\w*|bloody)$/;
/** One or two letters between a verb or preposition and a person. */
const STRAY_LETTERS =
  /\b((?:talk|speak|chat|contact|contacting|talking|speaking|chatting) (?:to|with)|contact|contacting|to|with) (?:[b-z]|[b-z][a-z]) (?=(?:a |an )?(?:human|agent|person|someone|somebody|representative|operator)\b)/g;
const MISSING_TO =
  /\b(talk|speak|chat) (?:[a-z]{1,3} )?(?=(?:a |an )?(?:human|agent|person|someone|somebody|representative|operator)\b)/g;
