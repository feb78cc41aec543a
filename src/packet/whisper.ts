import type { Packet } from "./packet.ts";

/** Eight seconds of speech at an easy pace of fifteen characters a second. */
const SPOKEN_MAX = 120;
const NAME_MAX = 30;

/** The packet in one breath, for the agent's ear only: who, what, and whether something was tried. At most eight seconds. */
export function whisperOf(packet: Packet): string {
  const who = cut(packet.caller.name ?? "A caller", NAME_MAX);
  const tried = triedIn(packet.attempts.length);
  const said = packet.intent.summary.replace(/^Caller: /u, "").replaceAll(/[“”]/gu, "");
  const what = sentence(said, SPOKEN_MAX - who.length - ": ".length - tried.length);
  return what === "" ? `${who} asks for you.${tried}` : `${who}: ${what}${tried}`;
}

function triedIn(attempts: number): string {
  if (attempts === 0) return "";
  return attempts === 1 ? " One thing was tried." : ` ${attempts} things were tried.`;
}

/** Ends like a sentence, so that the voice that reads it pauses there. What is too long ends with its last whole sentence, or clause. */
function sentence(text: string, most: number): string {
  if (text === "") return "";
  const ended = /[.!?…]$/u.test(text) ? text : `${text}.`;
  if (ended.length <= most) return ended;
  const whole = upTo(text, SENTENCE_END, most);
  if (whole.length >= SENTENCE_MIN) return whole;
  const clause = bare(upTo(text, CLAUSE_END, most - 1));
  return `${clause.length * 3 >= most ? clause : cut(text, most - 1)}.`;
}

/** A shorter first sentence ("Yes. I have been …") says nothing by itself. */
const SENTENCE_MIN = 20;
/** Not behind "Mr." and the like, nor within "$84.50". */
const SENTENCE_END = /(?:[!?…]|(?<=[\p{L}\p{N}%]{4}|\p{N})\.)(?=\s)|[。！？]/gu;
/** In front of what goes on: a mark, or a word that joins (not "5 and 6"). */
const CLAUSE_END = /(?=[,;:–—]\s|\s[–—]\s|(?<!\p{N})\s(?:and|but|because|although)\s|[，；、])/gu;

/** What comes before the last such end within so many characters; empty when there is none. */
function upTo(text: string, end: RegExp, most: number): string {
  const ends = [...text.matchAll(end)].map(({ index, 0: mark }) => index + mark.length);
  return text.slice(0, ends.findLast((at) => at <= most) ?? 0).toWellFormed();
}

/** At most so many characters, whole words where there are any. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const short = text.slice(0, most).toWellFormed();
  const words = short.slice(0, Math.max(short.lastIndexOf(" "), 0));
  return bare(words === "" ? short : words);
}

/** Without marks at its end that promise more. */
const bare = (text: string): string => text.replace(/[\s,;:.–—-]{1,4}$/u, "");
