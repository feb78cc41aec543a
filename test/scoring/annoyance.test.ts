import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { judgeDialogue } from "../../src/escalation/judge-dialogue.ts";
import { defaultPolicy } from "../../src/escalation/policy.ts";
import type { TextContext } from "../../src/scoring/text-context.ts";
import { parseTextModels, rulesOnly } from "../../src/scoring/text-models.ts";
import { scoreText } from "../../src/scoring/text-signals.ts";

const models = parseTextModels(readFileSync(new URL("../../config/models/text.weights", import.meta.url))) ?? rulesOnly;
const { level } = defaultPolicy.sentiment;

const frustration = (text: string, context: TextContext = {}, language = "en"): number =>
  scoreText(text, language, models, context).frustration;

const FOUND = "I found a table for two at seven.";
const NOTHING = "I'm sorry, there are no tables available at that time.";

describe("what goes wrong around a turn counts", () => {
  test("the same words after a failure and after a success", () => {
    const said = "can you look for Friday then";
    expect(frustration(said, { lastAssistantText: NOTHING })).toBeGreaterThan(
      frustration(said, { lastAssistantText: FOUND }) + 0.1,
    );
  });

  test("words that the caller had said before", () => {
    const said = "a table by the window on Friday evening";
    expect(
      frustration(said, { earlierCallerTexts: ["I want a table by the window on Friday evening"] }),
    ).toBeGreaterThan(frustration(said, { earlierCallerTexts: ["what is on your menu tonight and who cooks it"] }));
  });

  test("annoyance does not end with the turn", () => {
    const said = "my number is four four two one";
    expect(frustration(said, { earlierCallerTexts: ["this is ridiculous, you are useless"] })).toBeGreaterThan(
      frustration(said, { earlierCallerTexts: ["great, thank you so much"] }),
    );
  });

  test.each([
    ["doubts it", "are you sure? please check again"],
    ["puts it right", "that is not what I asked for"],
    ["has said it already", "I already told you my number"],
    ["is not sure to be heard", "hello? are you still there"],
  ])("a caller who %s says so", (_name, said) =>
    expect(frustration(said)).toBeGreaterThan(frustration("what time do you open on Friday") + 0.1),
  );
});

describe("what is talked about is not how the call goes", () => {
  const said = "it was terrible, the acting was awful and the story was boring";

  test.each(["What did you think of it?", "Why didn't you like it?", "How was the hotel?"])(
    "hard words that were asked for count less: %s",
    (lastAssistantText) =>
      expect(frustration(said, { lastAssistantText })).toBeLessThan(
        frustration(said, { lastAssistantText: "All right." }) - 0.1,
      ),
  );

  test("an insult with a correction speaks up even so", () =>
    expect(
      frustration("I already told you, you useless idiot", { lastAssistantText: "Why do you want to leave?" }),
    ).toBeGreaterThan(level));
});

describe("where in the conversation a turn stands", () => {
  const offer = { lastAssistantText: "Shall I look at the blue one?" };

  test("one more no after two noes weighs more than after two answers", () => {
    const said = "no, I haven't got that one either";
    const noes = ["no, I don't have one", "no, that isn't mine"];
    const answers = ["yes, I have one", "yes, that is mine"];
    expect(frustration(said, { ...offer, earlierCallerTexts: noes })).toBeGreaterThan(
      frustration(said, { ...offer, earlierCallerTexts: answers }) + 0.05,
    );
  });

  test("however many noes a polite caller says, they stay below the level", () => {
    const noes = ["no, I don't have one", "no, that isn't mine"];
    expect(frustration("no, thank you", { ...offer, earlierCallerTexts: noes })).toBeLessThan(level);
  });

  test("the caller's first words say little against an assistant that has only greeted", () => {
    const said = "I can't find my bill";
    const hello = { lastAssistantText: "Hello, this is the bank." };
    expect(frustration(said, { ...hello, earlierCallerTexts: [] })).toBeLessThan(
      frustration(said, { ...hello, earlierCallerTexts: ["my name is Anna Miller"] }),
    );
  });

  test("who is angry from the first word is heard to be", () =>
    expect(frustration("your service is useless, this is ridiculous", { earlierCallerTexts: [] })).toBeGreaterThan(
      level,
    ));
});

describe("manners are no annoyance", () => {
  test.each([
    ["no thank you", "Would you like a room at the Hyatt?"],
    ["no, not right now", "Shall I book the tickets?"],
    ["no", "Do you need parking?"],
    ["no, Friday would be better for me please", "Is Thursday at four all right?"],
    ["not today, maybe later", NOTHING],
    ["actually I changed my mind, I would like the other hotel", NOTHING],
  ])("%s", (said, lastAssistantText) => expect(frustration(said, { lastAssistantText })).toBeLessThan(level));

  test("a bare no to a question stays below one that stands alone with a failure", () => {
    expect(frustration("no", { lastAssistantText: "Do you need parking?" })).toBeLessThan(
      frustration("no", { lastAssistantText: NOTHING }),
    );
  });

  test("an insult to a question is no mere answer", () => {
    const asked = { lastAssistantText: "Do you need parking?" };
    expect(frustration("you useless idiot", asked)).toBeGreaterThan(level);
  });
});

/** Caller and assistant in turn, the caller first. */
const decisionOf = (...said: readonly string[]): string | undefined =>
  judgeDialogue(
    said.map((text, i) => ({ role: i % 2 === 0 ? "caller" : "assistant", text })),
    { language: "en", models, policy: defaultPolicy },
  ).decision?.trigger;

describe("whole conversations", () => {
  const calm: readonly (readonly [string, readonly string[]])[] = [
    [
      "two short refusals",
      ["I am planning a party", "Do you need a room?", "yes please", "Do you need parking?", "no", "Any drinks?", "no"],
    ],
    [
      "a polite change of wish that opens with a no",
      [
        "I would like a table for Friday",
        "At what time?",
        "at seven please",
        "A table for two at seven?",
        "no, let us make it four people please",
        "Four people at seven. Is that right?",
        "no, eight o'clock would suit us better",
      ],
    ],
    [
      "a joke full of negations",
      [
        "hi there, I need an apartment",
        "How many bedrooms?",
        "two, I guess",
        "Which floor?",
        "not too high, I am no bird and never was",
        "Should it have a balcony?",
        "no bird, no balcony",
      ],
    ],
    [
      "an assistant that says no to three questions",
      [
        "is there a hotel in the centre",
        "Yes, the Ashley Hotel.",
        "does it have a pool",
        "No, there is no pool. Anything else?",
        "do they allow dogs",
        "I'm sorry, the hotel does not allow pets.",
        "and is there parking",
      ],
    ],
  ];
  test.each(calm)("%s do not read as rising annoyance", (_name, said) =>
    expect(decisionOf(...said)).not.toBe("sentiment"),
  );

  test("a caller whom the assistant fails is annoyed before they swear", () => {
    expect(
      decisionOf(
        "hello, I would like to move my appointment",
        "Sure, to which day?",
        "to Tuesday morning please",
        "I'm sorry, I could not find your booking.",
        "are you sure? please check again, the name is Miller",
        "Unfortunately there is nothing under that name.",
        "that is wrong, I already gave you my number",
      ),
    ).toBe("sentiment");
  });
});

/** Language, an assistant's failure, a caller who puts it right, a plain question of the same language. */
const abroad: readonly (readonly [string, string, string, string])[] = [
  ["es", "Lo siento, no hay mesas libres.", "eso no es lo que pedí", "quiero una mesa para el viernes"],
  [
    "fr",
    "Désolé, aucune table n'est libre.",
    "ce n'est pas ce que j'ai demandé",
    "je voudrais une table pour vendredi",
  ],
  [
    "de",
    "Leider ist kein Tisch mehr frei.",
    "das ist nicht das, was ich gesagt habe",
    "ich möchte einen Tisch für Freitag",
  ],
  ["pt", "Infelizmente não há mesas livres.", "não foi isso que pedi", "queria uma mesa para sexta-feira"],
  ["it", "Purtroppo non ci sono tavoli liberi.", "non è quello che ho chiesto", "vorrei un tavolo per venerdì"],
  ["pl", "Niestety nie ma wolnych stolików.", "to nie to, mówiłem o piątku", "chciałbym stolik na piątek"],
  ["zh", "抱歉，没有找到空位。", "不对，我说的是星期五", "我想订星期五的位子"],
];

describe.each(abroad)("%s", (language, failure, correction, plain) => {
  test("a failure counts", () =>
    expect(frustration(plain, { lastAssistantText: failure }, language)).toBeGreaterThan(
      frustration(plain, {}, language),
    ));
  test("a correction counts", () =>
    expect(frustration(correction, {}, language)).toBeGreaterThan(frustration(plain, {}, language)));
});
