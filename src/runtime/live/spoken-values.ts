import { sayTime } from "../../callbacks/say-time.ts";
import type { EpochMs } from "../../domain/time.ts";
import { countsInWords } from "../../handoff/counts-in-words.ts";
import type { LineValues } from "../../handoff/lines.ts";

export type SpokenFacts = {
  readonly language: string;
  /** E.164 of the number to be rung back; personal data, spoken and never logged. */
  readonly number?: string | undefined;
  /** When a callback is due, if there is one to speak of. */
  readonly dueAt?: EpochMs | undefined;
  readonly now: EpochMs;
  /** IANA: whose clocks say the time. */
  readonly zone: string;
};

/**
 * The values of a line as they are spoken: the core gives counts and minutes, which become words of the language, and
 * leaves open what only this node may know, the caller's number and the time of a callback.
 */
export function spokenValues(values: LineValues, facts: SpokenFacts): LineValues {
  const { number, dueAt, now, language, zone } = facts;
  return {
    ...countsInWords(values, language),
    ...(values["number"] === "" && number !== undefined ? { number: spokenNumber(number) } : {}),
    ...(values["time"] === undefined || values["time"] === ""
      ? { time: dueAt === undefined ? "" : sayTime(dueAt, { now, zone, language }) }
      : {}),
  };
}

/**
 * The whole number, digit by digit in groups as people say it: who calls from another line than their own would not
 * hear from its last digits that it is the wrong one.
 */
export function spokenNumber(e164: string): string {
  const digits = e164.replaceAll(/\D/g, "");
  // A comma before the last four, and before every three in front of those.
  const grouped = digits.replaceAll(/(?<=\d)(?=(?:\d{3})*\d{4}$)/g, ",");
  return grouped.replaceAll(/(\d)(?=\d)/g, "$1 ").replaceAll(",", ", ");
}
