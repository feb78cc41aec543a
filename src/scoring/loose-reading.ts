// A second look at a turn in which a request may be hidden under slips: words run together, cut in the wrong place, or
// short words with a wrong letter. Too daring for a first look, since short words have many real neighbours.
import { oneSlip, sameAtEnd, sameAtStart } from "./misspellings.ts";

/** Words that make up a request, in the order in which a slip is looked for. */
const LONG = [
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
  "anyone",
  "human",
  "agent",
  "person",
  "manager",
  "supervisor",
  "representative",
  "operator",
  "assistant",
  "assistance",
  "customer",
  "service",
  "support",
  "there",
  "available",
  "want",
  "need",
  "call",
  "live",
  "real",
  "actual",
  "people",
  "please",
  "computer",
  "machine",
  "robot",
] as const;
const SHORT = ["from", "have", "get", "any", "can", "you", "me", "is", "the", "to", "an", "a", "i"] as const;
const KNOWN: ReadonlySet<string> = new Set<string>([...LONG, ...SHORT]);

/** Real words that a slip of a core word would hide. */
const REAL = new Set(
  "walk walks take takes taken tall tale tank task calls wall ball hall talks what that hat cat cats chap char coat than chart cheat wish wit width hell held kelp helps helped helpful went wants wanted needs feed seed where these here then them they and ant at as am it in if are add ad all al so too two top tom toe do go no on or of how has had having hers her his him he she this their tell told tax tab tap chase chant nee deed weed leed when were wait sent said same some come home your our my us we who why how for not no yes like liked love life lives give given five line live alive leave read deal rely meal deal seal heal meal fall cell calm cold called actually place machines robots computers plead".split(
    " ",
  ),
);

const LEAST_FOR_SLIPS = 3;
/** A run-together word of more letters is none. */
const MOST_LETTERS = 24;

/** One letter off, or one letter of a neighbour's stuck to either end ("chatw", "kto"). */
const near = (word: string, core: string): boolean =>
  oneSlip(word, core) || (Math.abs(word.length - core.length) <= 1 && distanceIsOne(word, core));

function distanceIsOne(a: string, b: string): boolean {
  const start = sameAtStart(a, b);
  const end = sameAtEnd(a, b, start);
  return a.length - start - end <= 1 && b.length - start - end <= 1;
}

/** The core word that is meant; undefined when none is near. */
function coreOf(word: string): string | undefined {
  if (KNOWN.has(word)) return word;
  if (word.length < LEAST_FOR_SLIPS || word.length > MOST_LETTERS || REAL.has(word)) return undefined;
  return LONG.find((core) => near(word, core));
}

/** The words meant by one that may be two run together; the word itself when none is near. */
function looseWord(word: string): string {
  const whole = coreOf(word);
  if (whole !== undefined || REAL.has(word) || word.length > MOST_LETTERS) return whole ?? word;
  for (let at = 1; at < word.length; at++) {
    const [head, tail] = [word.slice(0, at), word.slice(at)];
    // One of the two may have a slip as well.
    if (!KNOWN.has(head) && !KNOWN.has(tail)) continue;
    const [first, second] = [coreOf(head), coreOf(tail)];
    if (first !== undefined && second !== undefined && word.length > 3) return `${first} ${second}`;
  }
  return word;
}

/** "huma nagent", "talk toa gent": a blank one letter off. The two words meant, or undefined. */
function shiftedBlank(left: string, right: string): readonly [string, string] | undefined {
  if (REAL.has(left) || REAL.has(right) || (KNOWN.has(left) && KNOWN.has(right))) return undefined;
  const shifts = [
    [left + right.slice(0, 1), right.slice(1)],
    [left.slice(0, -1), left.slice(-1) + right],
  ] as const;
  for (const [head, tail] of shifts) {
    // One of the two may have a slip as well.
    if (!KNOWN.has(head) && !KNOWN.has(tail)) continue;
    const [first, second] = [coreOf(head), coreOf(tail)];
    if (first !== undefined && second !== undefined) return [first, second];
  }
  return undefined;
}

function withBlanksShifted(words: readonly string[]): readonly string[] {
  const put: string[] = [];
  for (const word of words) {
    const shifted = shiftedBlank(put.at(-1) ?? "", word);
    if (shifted === undefined) put.push(word);
    else put.splice(-1, 1, ...shifted);
  }
  return put;
}

/** An English turn (`spoken`) with its slips put right as far as they can be guessed. */
export function looseReading(spoken: string): string {
  const words = spoken
    .replaceAll(OATH_STUCK, "")
    .replaceAll(TOO, "$1to")
    .split(" ")
    .filter((word) => !OATH.test(word));
  return withBlanksShifted(words)
    .map((word) => word.replace(/[a-z]+/, (letters) => looseWord(letters)))
    .join(" ")
    .replaceAll(STRAY_LETTERS, "$1 ")
    .replaceAll(MISSING_TO, "$1 to ");
}

/** Oaths carry nothing and are the words most often misspelled. */
const OATH = /^(?:u?fu?c?k[io]n{0,2}[gf]?|fucing|u?cking|damn|damned|damnit|bloody)$/;
/** An oath stuck to the person who is asked for. */
const OATH_STUCK =
  /\b(?:fu?c?k[io]n{0,2}g?|damn|bloody) ?(?=(?:someone|somebody|human|agent|person|representative|operator)\b)/g;
/** "Talking too someone". */
const TOO =
  /\b((?:talk|speak|chat|connect)(?:ing)? )too(?= (?:an? )?(?:\w+ )?(?:someone|somebody|human|agent|person|representative|operator)\b)/g;
/** One or two letters between a verb or preposition and a person. */
const STRAY_LETTERS =
  /\b((?:talk|speak|chat|contact|contacting|talking|speaking|chatting) (?:to|with)|contact|contacting|to|with) (?:[b-z]|[b-z][a-z]) (?=(?:a |an )?(?:human|agent|person|someone|somebody|representative|operator)\b)/g;
const MISSING_TO =
  /\b(talk|speak|chat) (?:[a-z]{1,3} )?(?=(?:a |an )?(?:human|agent|person|someone|somebody|representative|operator)\b)/g;
