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

/** Ends like a sentence, so that the voice that reads it pauses there. */
function sentence(text: string, most: number): string {
  if (text === "") return "";
  const ended = /[.!?…]$/u.test(text) ? text : `${text}.`;
  return ended.length <= most ? ended : `${cut(text, most - 1)}.`;
}

/** At most so many characters, whole words where there are any. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const short = text.slice(0, most).toWellFormed();
  const words = short.slice(0, Math.max(short.lastIndexOf(" "), 0));
  return (words === "" ? short : words).replace(/[\s,;:.–—-]{1,4}$/u, "");
}
