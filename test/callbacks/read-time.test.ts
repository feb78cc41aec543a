import { describe, expect, test } from "vitest";
import { readIsoTime, readTime } from "../../src/callbacks/read-time.ts";
import { wallTime } from "../../src/callbacks/zone-time.ts";
import { EpochMs } from "../../src/domain/time.ts";

const ZONE = "America/New_York";
/** A Thursday, 14:20 in New York. */
const NOW = EpochMs(Date.parse("2026-11-19T19:20:00Z"));

/** "Thu 16:20", with the date where it is not this week's: what the zone's clocks show. */
function shown(text: string, language: string, asked = false): string {
  const read = readTime(text, { now: NOW, zone: ZONE, language, asked });
  if (read?.kind !== "at") return read?.kind ?? "-";
  const { month, day, hour, minute } = wallTime(read.at, ZONE);
  return `${month}-${day} ${hour}:${String(minute).padStart(2, "0")}`;
}

type Row = readonly [said: string, means: string];

const ENGLISH: readonly Row[] = [
  ["Call me back tomorrow at ten.", "11-20 10:00"],
  ["Tomorrow at ten thirty, please.", "11-20 10:30"],
  ["Tomorrow, half past nine.", "11-20 9:30"],
  ["Could you ring me at a quarter to five?", "11-19 16:45"],
  ["this afternoon", "11-19 15:00"],
  ["This morning would be good", "past"],
  ["tonight", "11-19 18:00"],
  ["Tonight at eight", "11-19 20:00"],
  ["in two hours", "11-19 16:20"],
  ["in an hour and a half", "11-19 15:50"],
  ["In half an hour.", "11-19 14:50"],
  ["In twenty five minutes", "11-19 14:45"],
  ["after six", "11-19 18:00"],
  ["before noon tomorrow", "11-20 11:00"],
  ["Monday morning", "11-23 10:00"],
  ["On Monday at 2 p.m.", "11-23 14:00"],
  ["next Friday at 4", "11-20 16:00"],
  ["Monday next week at nine", "11-23 9:00"],
  ["on Thursday at nine", "11-26 9:00"],
  ["the day after tomorrow in the evening", "11-21 18:00"],
  ["in three days", "11-22 14:20"],
  ["in a week at ten", "11-26 10:00"],
  ["November 25th at 3pm", "11-25 15:00"],
  ["on the third of December at eleven", "12-3 11:00"],
  ["on the twenty fifth at ten", "11-25 10:00"],
  ["the 2nd", "12-2 10:00"],
  ["the first time I called you", "-"],
  ["at 15:30", "11-19 15:30"],
  ["at 1500 hours", "11-19 15:00"],
  ["half four would be good", "11-19 16:30"],
  ["not before five", "11-19 17:00"],
  ["first thing in the morning", "11-20 10:00"],
  ["at the weekend", "11-21 10:00"],
  ["My other number is 5 5 5 0 1 2 3", "-"],
  ["call me at five five five one two three four", "-"],
  ["call me on 555 123 4567", "-"],
  ["first thing tomorrow morning", "11-20 10:00"],
  ["from 9 to 5", "11-20 9:00"],
  ["between ten and eleven tomorrow", "11-20 10:00"],
  ["11/22 at 5pm", "11-22 17:00"],
  ["11/12", "unclear"],
  ["2026-11-22 10:00", "unclear"],
  ["a quarter after six", "11-19 18:15"],
  ["seven oh five pm", "11-19 19:05"],
  ["Monday in two weeks", "unclear"],
  ["Friday week", "unclear"],
  ["a week from Friday", "unclear"],
  ["Monday or Tuesday at ten", "unclear"],
  ["at 10 or 11", "unclear"],
  ["half ten", "11-20 10:30"],
  ["tonight at midnight", "11-20 0:00"],
  ["tomorrow midnight", "unclear"],
  ["tonight at one", "11-20 1:00"],
  ["not before ten", "11-20 10:00"],
  ["any day but Monday", "unclear"],
  ["no, not Monday, Tuesday at ten", "11-24 10:00"],
  ["No. Not tomorrow. Friday at ten.", "11-20 10:00"],
  ["Not tomorrow but Monday would work", "11-23 10:00"],
  ["No, I can't do tomorrow", "unclear"],
  ["tomorrow doesn't work for me", "unclear"],
  ["No, not at ten", "unclear"],
  ["No, that is not my number", "-"],
  ["Why not tomorrow at ten?", "11-20 10:00"],
  ["a week from today", "unclear"],
  ["at ten o'clock", "11-20 10:00"],
  ["today at ten", "11-19 22:00"],
  ["tomorrow at noon", "11-20 12:00"],
  ["tomorrow", "11-20 10:00"],
  ["12 a.m. tomorrow", "11-20 0:00"],
  ["as soon as possible", "soon"],
  ["whenever you can", "soon"],
  ["yesterday at ten", "past"],
  ["today at 1 pm", "past"],
  ["later", "unclear"],
  ["next week", "unclear"],
  ["at 25:00", "unclear"],
  ["tomorrow at 30", "unclear"],
  ["on the 31st of February", "unclear"],
  ["in two years", "-"],
  ["in six weeks", "unclear"],
  ["Yes, that's right.", "-"],
  ["I have been waiting for twenty minutes", "-"],
  ["I've been trying since nine", "-"],
  ["It was 84 dollars", "-"],
  ["My number is 555 0100", "-"],
];

const SPANISH: readonly Row[] = [
  ["Mañana a las diez", "11-20 10:00"],
  ["mañana por la mañana", "11-20 10:00"],
  ["mañana a las cinco de la tarde", "11-20 17:00"],
  ["esta tarde", "11-19 15:00"],
  ["En dos horas", "11-19 16:20"],
  ["dentro de media hora", "11-19 14:50"],
  ["después de las seis", "11-19 18:00"],
  ["el lunes por la mañana", "11-23 10:00"],
  ["el lunes a las nueve y media", "11-23 9:30"],
  ["a las cuatro menos cuarto", "11-19 15:45"],
  ["pasado mañana a la una", "11-21 13:00"],
  ["el 25 de noviembre a las 11", "11-25 11:00"],
  ["lo antes posible", "soon"],
  ["esta mañana", "past"],
  ["no antes de las cinco", "11-19 17:00"],
  ["mañana no puedo", "unclear"],
  ["no, mañana no, el lunes a las diez", "11-23 10:00"],
  ["entre las diez y las once", "11-20 10:00"],
  ["a las 15 horas", "11-19 15:00"],
  ["el fin de semana", "11-21 10:00"],
  ["ayer", "past"],
  ["más tarde", "unclear"],
  ["sí, correcto", "-"],
];

const FRENCH: readonly Row[] = [
  ["Demain à dix heures", "11-20 10:00"],
  ["demain matin", "11-20 10:00"],
  ["cet après-midi", "11-19 15:00"],
  ["dans deux heures", "11-19 16:20"],
  ["dans une demi-heure", "11-19 14:50"],
  ["après dix-huit heures", "11-19 18:00"],
  ["lundi matin", "11-23 10:00"],
  ["lundi à neuf heures et demie", "11-23 9:30"],
  ["à quatre heures moins le quart", "11-19 15:45"],
  ["demain à 14h30", "11-20 14:30"],
  ["après-demain à midi", "11-21 12:00"],
  ["le 25 novembre à onze heures", "11-25 11:00"],
  ["dès que possible", "soon"],
  ["pas avant dix-sept heures", "11-19 17:00"],
  ["à vingt et une heures", "11-19 21:00"],
  ["vendredi en huit", "unclear"],
  ["entre dix et onze", "11-20 10:00"],
  ["non, pas demain", "unclear"],
  ["non, pas demain, lundi à dix heures", "11-23 10:00"],
  ["ce week-end", "11-21 10:00"],
  ["hier", "past"],
  ["plus tard", "unclear"],
  ["oui, c'est ça", "-"],
];

const GERMAN: readonly Row[] = [
  ["Morgen um zehn", "11-20 10:00"],
  ["morgen früh", "11-20 10:00"],
  ["morgen um halb elf", "11-20 10:30"],
  ["heute Nachmittag", "11-19 15:00"],
  ["in zwei Stunden", "11-19 16:20"],
  ["in einer halben Stunde", "11-19 14:50"],
  ["nach sechs", "11-19 18:00"],
  ["nach 18 Uhr", "11-19 18:00"],
  ["um 14:30 Uhr", "11-19 14:30"],
  ["nicht vor fünf", "11-19 17:00"],
  ["um 10:15 Uhr", "11-20 10:15"],
  ["um 9:05 Uhr", "11-20 9:05"],
  ["morgen um 15:30 Uhr", "11-20 15:30"],
  ["am 3.", "12-3 10:00"],
  ["am dritten", "12-3 10:00"],
  ["am 22.11. um zehn", "11-22 10:00"],
  ["fünf vor halb zehn", "11-20 9:25"],
  ["heute Nacht um eins", "11-20 1:00"],
  ["heute in einer Woche", "11-26 14:20"],
  ["morgen geht nicht", "unclear"],
  ["nein, nicht am Montag, am Dienstag um zehn", "11-24 10:00"],
  ["Montag oder Dienstag", "unclear"],
  ["am Wochenende", "11-21 10:00"],
  ["Montagmorgen", "11-23 10:00"],
  ["am Montag um neun Uhr dreißig", "11-23 9:30"],
  ["am Montagvormittag um neun", "11-23 9:00"],
  ["um Viertel vor vier", "11-19 15:45"],
  ["übermorgen um ein Uhr", "11-21 13:00"],
  ["am 25. November um elf", "11-25 11:00"],
  ["so bald wie möglich", "soon"],
  ["heute Morgen", "past"],
  ["gestern", "past"],
  ["später", "unclear"],
  ["Guten Morgen", "-"],
  ["ja, genau", "-"],
];

const PORTUGUESE: readonly Row[] = [
  ["Amanhã às dez", "11-20 10:00"],
  ["amanhã de manhã", "11-20 10:00"],
  ["hoje à tarde", "11-19 15:00"],
  ["daqui a duas horas", "11-19 16:20"],
  ["em meia hora", "11-19 14:50"],
  ["depois das seis", "11-19 18:00"],
  ["segunda-feira de manhã", "11-23 10:00"],
  ["na segunda às nove e meia", "11-23 9:30"],
  ["às quinze para as quatro", "11-19 15:45"],
  ["amanhã às 14 horas", "11-20 14:00"],
  ["depois de amanhã ao meio-dia", "11-21 12:00"],
  ["dia 25 de novembro às onze", "11-25 11:00"],
  ["o mais rápido possível", "soon"],
  ["não antes das cinco", "11-19 17:00"],
  ["às vinte e uma", "11-19 21:00"],
  ["às vinte e uma e trinta", "11-19 21:30"],
  ["entre dez e onze", "11-20 10:00"],
  ["a quarta vez que ligo", "-"],
  ["amanhã não posso", "unclear"],
  ["não, amanhã não, na segunda às dez", "11-23 10:00"],
  ["no fim de semana", "11-21 10:00"],
  ["ontem", "past"],
  ["mais tarde", "unclear"],
  ["sim, está certo", "-"],
];

const ITALIAN: readonly Row[] = [
  ["Domani alle dieci", "11-20 10:00"],
  ["domani mattina", "11-20 10:00"],
  ["domattina alle nove", "11-20 9:00"],
  ["questo pomeriggio", "11-19 15:00"],
  ["tra due ore", "11-19 16:20"],
  ["fra mezz'ora", "11-19 14:50"],
  ["dopo le sei", "11-19 18:00"],
  ["lunedì mattina", "11-23 10:00"],
  ["lunedì alle nove e mezza", "11-23 9:30"],
  ["alle quattro meno un quarto", "11-19 15:45"],
  ["dopodomani a mezzogiorno", "11-21 12:00"],
  ["all'una", "11-20 13:00"],
  ["il 25 novembre alle undici", "11-25 11:00"],
  ["il prima possibile", "soon"],
  ["stamattina", "past"],
  ["non prima delle cinque", "11-19 17:00"],
  ["stanotte alle due", "11-20 2:00"],
  ["tra le dieci e le undici", "11-20 10:00"],
  ["non domani", "unclear"],
  ["no, non domani, lunedì alle dieci", "11-23 10:00"],
  ["nel fine settimana", "11-21 10:00"],
  ["ieri", "past"],
  ["più tardi", "unclear"],
  ["sì, esatto", "-"],
];

describe.each([
  ["en", ENGLISH],
  ["es", SPANISH],
  ["fr", FRENCH],
  ["de", GERMAN],
  ["pt", PORTUGUESE],
  ["it", ITALIAN],
])("when to call, said in %s", (language, rows) => {
  test.each(rows)("%s → %s", (said, means) => {
    expect(shown(said, language)).toBe(means);
  });
});

test.each([
  ["Ten.", "en", "11-20 10:00"],
  ["three thirty", "en", "11-19 15:30"],
  ["um, at like four", "en", "11-19 16:00"],
  ["a las diez", "es", "11-20 10:00"],
  ["zehn", "de", "11-20 10:00"],
])("asked when, a bare hour is one: %s", (said, language, means) => {
  expect(shown(said, language, true)).toBe(means);
});

test("a bare number is no hour where nobody asked", () => {
  expect(shown("Ten.", "en")).toBe("-");
});

test.each([
  // The clocks are put forward at 2:00 on the 8th of March and back at 2:00 on the 1st of November.
  ["2026-03-07T20:00:00Z", "tomorrow at 2:30 in the morning", "2026-03-08T07:30:00.000Z"],
  ["2026-03-07T20:00:00Z", "tomorrow at ten", "2026-03-08T14:00:00.000Z"],
  ["2026-10-31T20:00:00Z", "tomorrow at ten", "2026-11-01T15:00:00.000Z"],
  ["2026-10-31T20:00:00Z", "tomorrow at 1:30 in the morning", "2026-11-01T05:30:00.000Z"],
  ["2026-03-07T20:00:00Z", "in two days", "2026-03-09T19:00:00.000Z"],
  ["2026-12-31T20:00:00Z", "tomorrow at ten", "2027-01-01T15:00:00.000Z"],
])("at %s, %s, by the zone's own clocks", (now, said, means) => {
  const read = readTime(said, { now: EpochMs(Date.parse(now)), zone: ZONE, language: "en" });
  expect(read?.kind === "at" ? new Date(read.at).toISOString() : read).toBe(means);
});

test.each([
  ["2026-11-20T15:00:00Z", "2026-11-20T15:00:00.000Z"],
  ["2026-11-20T10:00:00-05:00", "2026-11-20T15:00:00.000Z"],
  ["2026-11-20T10:00", "2026-11-20T15:00:00.000Z"],
])("what a program writes is read exactly: %s", (text, means) => {
  const read = readIsoTime(text, { now: NOW, zone: ZONE });
  expect(read?.kind === "at" ? new Date(read.at).toISOString() : read).toBe(means);
});

test.each([
  ["2020-01-01T10:00:00Z", { kind: "past" }],
  ["2031-01-01T10:00:00Z", { kind: "unclear" }],
  ["2026-13-40T10:00:00Z", { kind: "unclear" }],
  ["tomorrow at ten", undefined],
])("… and refused where it is nonsense: %s", (text, means) => {
  expect(readIsoTime(text, { now: NOW, zone: ZONE })).toEqual(means);
});
