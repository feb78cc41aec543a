// Two times in one turn, and times by other clocks than those here: what is meant, or asked again.
import { expect, test } from "vitest";
import { readTime } from "../../src/callbacks/read-time.ts";
import { wallTime } from "../../src/callbacks/zone-time.ts";
import { EpochMs } from "../../src/domain/time.ts";

const ZONE = "America/New_York";
/** A Thursday, 14:20 in New York. */
const NOW = EpochMs(Date.parse("2026-11-19T19:20:00Z"));

/** "Thu 16:20", with the date where it is not this week's: what the zone's clocks show. */
function shown(text: string, language: string): string {
  const read = readTime(text, { now: NOW, zone: ZONE, language, asked: true });
  if (read?.kind !== "at") return read?.kind ?? "-";
  const { month, day, hour, minute } = wallTime(read.at, ZONE);
  return `${month}-${day} ${hour}:${String(minute).padStart(2, "0")}`;
}

const WHICH: readonly (readonly [language: string, said: string, means: string])[] = [
  ["en", "Tomorrow at ten, I mean eleven.", "11-20 11:00"],
  ["en", "tomorrow at ten, no, at eleven thirty", "11-20 11:30"],
  ["en", "tomorrow at ten, sorry, Monday", "11-23 10:00"],
  ["en", "tomorrow, no wait, Saturday at ten", "11-21 10:00"],
  ["en", "Monday at ten in the morning, I mean in the evening", "11-23 22:00"],
  ["en", "tomorrow morning, no, at three", "11-20 15:00"],
  ["en", "tomorrow at 10 am, make it 11", "11-20 11:00"],
  ["en", "tomorrow at ten, no, in two hours", "11-19 16:20"],
  ["en", "tomorrow at ten, I mean if that suits you", "11-20 10:00"],
  ["en", "tomorrow at ten would actually be good", "11-20 10:00"],
  ["en", "I'm off at six, call me at seven", "11-19 19:00"],
  ["en", "I get off work at six so call me at seven", "11-19 19:00"],
  ["en", "Call me at seven, I get off at six", "11-19 19:00"],
  ["en", "tomorrow I get off at six, ring me at seven", "11-20 19:00"],
  ["en", "I called yesterday at nine, call me tomorrow at ten", "11-20 10:00"],
  ["en", "I have lunch at twelve and a meeting at three", "unclear"],
  ["en", "tomorrow at nine, I am here until five", "11-20 9:00"],
  ["en", "tomorrow at ten Pacific", "unclear"],
  ["en", "10 a.m. Central tomorrow", "unclear"],
  ["en", "10 o'clock London time", "unclear"],
  ["en", "tomorrow at ten Bangkok time", "unclear"],
  ["en", "tomorrow at ten Eastern", "11-20 10:00"],
  ["en", "tomorrow at ten Eastern Standard Time", "11-20 10:00"],
  ["en", "I am at Central station tomorrow at ten", "11-20 10:00"],
  ["en", "tomorrow at twelve lunch time", "11-20 12:00"],
  ["de", "Viertel fünf morgen", "11-20 16:15"],
  ["de", "morgen um viertel fünf", "11-20 16:15"],
  ["de", "morgen früh um viertel zehn", "11-20 9:15"],
  ["de", "morgen um Viertel nach fünf", "11-20 17:15"],
  ["de", "morgen um zehn, ich meine elf", "11-20 11:00"],
  ["de", "morgen um zehn, nein, am Samstag", "11-21 10:00"],
  ["de", "Ich habe um sechs Feierabend, rufen Sie mich um sieben an", "11-19 19:00"],
  ["de", "morgen um zehn Uhr Londoner Zeit", "unclear"],
  ["fr", "demain à dix heures, pardon, onze heures", "11-20 11:00"],
  ["fr", "je finis à six heures, appelez-moi à sept heures", "11-19 19:00"],
  ["fr", "demain à dix heures, heure de Londres", "unclear"],
  ["es", "mañana a las diez, digo, a las once", "11-20 11:00"],
  ["es", "salgo a las seis, llámeme a las siete", "11-19 19:00"],
  ["es", "mañana a las diez hora del Pacífico", "unclear"],
  ["it", "domani alle dieci, anzi, alle undici", "11-20 11:00"],
  ["it", "esco alle sei, mi chiami alle sette", "11-19 19:00"],
  ["it", "domani alle dieci ora di Londra", "unclear"],
  ["pt", "amanhã às dez, aliás, às onze", "11-20 11:00"],
  ["pt", "saio às seis, ligue-me às sete", "11-19 19:00"],
  ["pt", "amanhã às dez, hora de Lisboa", "unclear"],
];
test.each(WHICH)("%s: %s", (language, said, means) => {
  expect(shown(said, language)).toBe(means);
});
