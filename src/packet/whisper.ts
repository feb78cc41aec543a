import type { Packet } from "./packet.ts";

/** Eight seconds of speech at an easy pace, in characters. */
const SPOKEN_MAX = 130;

/** The packet in one breath, for the agent's ear only: who, what, why. About eight seconds. */
export function whisperOf(packet: Packet): string {
  const who = packet.caller.name ?? "A caller";
  const what = trimmed(
    packet.intent.summary.replace(/^Caller: /u, "").replaceAll(/[“”]/gu, ""),
    SPOKEN_MAX - who.length - 20,
  );
  const tried = packet.attempts.length > 0 ? ` ${packet.attempts.length} things were tried.` : "";
  return what === "" ? `${who} asks for you.${tried}` : `${who}: ${what}${tried}`;
}

const trimmed = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most).replace(/\s+\S*$/u, "")}.`;
