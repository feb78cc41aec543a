import { expect, test } from "vitest";
import { readTime } from "../../src/callbacks/read-time.ts";
import { sayTime } from "../../src/callbacks/say-time.ts";
import { wallTime } from "../../src/callbacks/zone-time.ts";
import { after, EpochMs } from "../../src/domain/time.ts";

const ZONE = "Europe/Berlin";
/** A Thursday, 14:20 in Berlin. */
const NOW = EpochMs(Date.parse("2026-11-19T13:20:00Z"));
const at = (iso: string): EpochMs => EpochMs(Date.parse(iso));

test.each([
  ["en", "2026-11-19T13:35:00Z", "in 15 minutes"],
  ["en", "2026-11-19T13:21:00Z", "in 1 minute"],
  ["en", "2026-11-19T15:20:00Z", "today at 4:20 in the afternoon"],
  ["en", "2026-11-20T09:00:00Z", "tomorrow at ten in the morning"],
  ["en", "2026-11-20T11:00:00Z", "tomorrow at noon"],
  ["en", "2026-11-20T23:00:00Z", "on Saturday, November 21, at midnight"],
  ["en", "2026-11-23T13:30:00Z", "on Monday, November 23, at half past two in the afternoon"],
  ["en", "2026-11-30T18:15:00Z", "on Monday, November 30, at a quarter past seven in the evening"],
  ["es", "2026-11-20T09:00:00Z", "mañana a las diez de la mañana"],
  ["es", "2026-11-20T12:30:00Z", "mañana a la una y media de la tarde"],
  ["es", "2026-11-23T19:10:00Z", "el lunes, 23 de noviembre, a las ocho y 10 de la noche"],
  ["fr", "2026-11-20T09:00:00Z", "demain à 10 heures"],
  ["fr", "2026-11-23T17:30:00Z", "lundi, 23 novembre, à 18 heures 30"],
  ["de", "2026-11-20T09:00:00Z", "morgen um 10 Uhr"],
  ["de", "2026-11-23T17:30:00Z", "am Montag, 23. November, um 18 Uhr 30"],
  ["pt", "2026-11-20T09:00:00Z", "amanhã às 10 horas"],
  ["pt", "2026-11-21T12:00:00Z", "no sábado, 21 de novembro, às 13 horas"],
  ["pt", "2026-11-23T12:45:00Z", "na segunda-feira, 23 de novembro, às 13 horas e 45"],
  ["it", "2026-11-20T09:00:00Z", "domani alle 10"],
  ["it", "2026-11-23T12:30:00Z", "lunedì, 23 novembre, alle 13 e 30"],
])("%s: %s is said %s", (language, moment, said) => {
  expect(sayTime(at(moment), { now: NOW, zone: ZONE, language })).toBe(said);
});

test("a day is the zone's own, also where that is another one than elsewhere", () => {
  const late = at("2026-11-20T07:30:00Z");
  const moment = at("2026-11-20T16:00:00Z");
  expect(sayTime(moment, { now: late, zone: "America/Los_Angeles", language: "en" })).toBe(
    "tomorrow at eight in the morning",
  );
  expect(sayTime(moment, { now: late, zone: "Asia/Kolkata", language: "en" })).toBe(
    "today at half past nine in the evening",
  );
});

test.each(["en", "es", "fr", "de", "pt", "it"])(
  "what is read back in %s is understood as the same time",
  (language) => {
    for (let hours = 2; hours < 24 * 9; hours += 1) {
      const moment = after(NOW, hours * 3_600_000 + (hours % 4) * 900_000);
      const { hour } = wallTime(moment, ZONE);
      // At hours at which nobody is called, "um 2 Uhr" is taken for two in the afternoon.
      if (hour < 8 || hour > 20) continue;
      const said = sayTime(moment, { now: NOW, zone: ZONE, language });
      const read = readTime(said, { now: NOW, zone: ZONE, language });
      expect(read, said).toEqual({ kind: "at", at: moment });
    }
  },
);
