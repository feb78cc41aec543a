import {
  array as list,
  assert as check,
  boolean,
  constantFrom as anyOf,
  integer,
  property,
  string as someText,
} from "fast-check";
import { describe, expect, test } from "vitest";
import { buildPacket } from "../../src/packet/build-packet.ts";
import { redact, redactTurns, redactValue } from "../../src/packet/redact.ts";
import { facts, turn } from "./facts.ts";

const WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
  es: ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"],
  fr: ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
  de: ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"],
  pt: ["zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove"],
  it: ["zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"],
};

const digit = integer({ min: 0, max: 9 });
const card = list(digit, { minLength: 13, maxLength: 19 });
const code = list(digit, { minLength: 4, maxLength: 8 });
const between = anyOf("", " ", "-", ".", "  ", " - ", "/", ", ");
const spokenBetween = anyOf(" ", ", ", " uh ", " - ", ". ", " and ");
const before = anyOf("", "my card is ", "it's ", "Meine Karte: ", "so ");
const afterwards = anyOf("", " thanks", " and it expires soon", ". Did you get that?");

const join = (parts: readonly string[], gaps: readonly string[]): string =>
  parts.map((part, at) => part + (at === parts.length - 1 ? "" : (gaps[at % gaps.length] ?? ""))).join("");

describe("card numbers", () => {
  test("no written card is left, however it is grouped", () => {
    check(
      property(card, list(between, { minLength: 1, maxLength: 6 }), before, afterwards, (digits, gaps, a, z) => {
        const text = redact(a + join(digits.map(String), gaps) + z);
        expect(text.replaceAll(/\D/gu, "")).toBe("");
        expect(text.startsWith(a) && text.endsWith(z)).toBe(true);
      }),
    );
  });

  test("no spoken card is left in any of the languages, with fillers between the digits", () => {
    check(
      property(
        anyOf(...Object.values(WORDS)),
        card,
        list(spokenBetween, { minLength: 1, maxLength: 6 }),
        (words, digits, gaps) => {
          const said = digits.map((each) => words[each] ?? "");
          expect(redact(join(said, gaps))).toBe("[card number removed]");
        },
      ),
    );
  });

  test("no card is left that is partly digits, partly words", () => {
    check(
      property(card, list(boolean(), { minLength: 19, maxLength: 19 }), (digits, asWord) => {
        const said = digits.map((each, at) => (asWord[at] === true ? (WORDS["en"]?.[each] ?? "") : String(each)));
        expect(redact(said.join(" "))).toBe("[card number removed]");
      }),
    );
  });

  test.each([
    ["pairs", "forty one eleven eleven eleven eleven eleven eleven eleven"],
    ["repeats", "four triple one double one double one triple one triple one four two"],
    ["other scripts' digits", "４１１１ １１１１ １１１１ １１１１"],
    ["German pairs", "einundvierzig elf elf elf elf elf elf elf"],
    ["Chinese", "四一一一一一一一一一一一一一一一"],
    ["invisible characters", "4111\u200b1111\u200b1111\u200b1111"],
  ])("nor one said in %s", (_name, said) => {
    expect(redact(`It is ${said}, ok?`)).toMatch(/^It is \[card number removed\]/u);
  });

  test("redacting twice changes nothing more, and a text without digits is returned as it is", () => {
    check(
      property(someText({ maxLength: 300 }), (text) => {
        expect(redact(redact(text))).toBe(redact(text));
      }),
    );
    expect(redact("I don't know that merchant.")).toBe("I don't know that merchant.");
  });

  test.each([
    "Call me on +1 415 555 0142 please.",
    "It was eighty four dollars and fifty cents on the 14th of November.",
    "I called at 10:30, 11:45, 12:15 and 14:00.",
    "One of the two, I think, or maybe three or four.",
    "It ends in four four one two.",
    '{"amount":84.5,"date":"2026-11-14","id":"txn_9001"}',
  ])("keeps what an agent needs: %s", (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe("one-time codes", () => {
  test("no code is left near the word for it, before or after, spoken or written", () => {
    check(
      property(
        anyOf("the code is ", "my PIN: ", "OTP ", "the passcode was ", "verification code "),
        code,
        boolean(),
        (asked, digits, spoken) => {
          const said = digits
            .map((each) => (spoken ? (WORDS["en"]?.[each] ?? "") : String(each)))
            .join(spoken ? " " : "");
          expect(redact(asked + said)).toBe(`${asked}[code removed]`);
          expect(redact(`${said} is my code`)).toBe("[code removed] is my code");
        },
      ),
    );
  });

  test("a postal code is an address", () => {
    expect(redact("My zip code is 94110.")).toBe("My zip code is 94110.");
  });

  test.each([
    ["Which code did you get?", "It is [code removed]."],
    ["How much was it?", "It is four two one nine."],
  ])("four digits as the answer to “%s”", (question, text) => {
    const turns = [turn(0, "assistant", question), turn(1, "caller", "It is four two one nine.")];
    expect(redactTurns(turns)[1]?.text).toBe(text);
  });
});

test("a card that is read out in pieces is removed from each of them, and the packet holds none of it", () => {
  const turns = [
    turn(0, "caller", "four one one one"),
    turn(1, "assistant", "Go on."),
    turn(2, "caller", "one one one one"),
    turn(3, "caller", "1111, then"),
    turn(4, "caller", "one one one two"),
    turn(5, "caller", "And the charge was 84 dollars."),
  ];
  const texts = redactTurns(turns).map(({ text }) => text);
  expect(texts).toEqual([
    "[card number removed]",
    "Go on.",
    "[card number removed]",
    "[card number removed], then",
    "[card number removed]",
    "And the charge was 84 dollars.",
  ]);
  const packet = JSON.stringify(buildPacket(facts({ turns, insight: {} })));
  expect(packet).not.toMatch(/one one one|1111/u);
});

test("a card is found in every text of a packet, inputs and results included", () => {
  const secret = "4111 1111 1111 1111";
  const [run] = facts().runs;
  if (run === undefined) throw new Error("the facts have a run");
  const packet = buildPacket(
    facts({
      turns: [turn(0, "caller", `my card ${secret}`)],
      runs: [{ ...run, input: { note: [secret], card: 4_111_111_111_111_111 }, result: secret }],
      hops: [{ from: "a", to: "b", note: secret, at: run.at }],
      trigger: { kind: "api", because: secret, evidence: [] },
      insight: { summary: secret, suggestedNextAction: secret, entities: { card: secret } },
    }),
  );
  expect(JSON.stringify(packet)).not.toMatch(/1111/u);
  expect(redactValue({ a: [secret, 7, null, true] })).toEqual({ a: ["[card number removed]", 7, null, true] });
});

test("hostile text costs no more than any: 100 kB of each kind well below a second", () => {
  const size = 100_000;
  const texts = [
    "1".repeat(size),
    "1-".repeat(size / 2),
    "one ".repeat(size / 4),
    "double ".repeat(size / 7),
    "code ".repeat(size / 5),
    "code 12 ".repeat(size / 8),
    "a".repeat(size),
    " ".repeat(size),
    "einund".repeat(size / 6),
    "\u0301".repeat(size),
  ];
  for (const text of texts) {
    const begun = performance.now();
    redact(text);
    expect(performance.now() - begun, text.slice(0, 10)).toBeLessThan(2_000);
  }
});
