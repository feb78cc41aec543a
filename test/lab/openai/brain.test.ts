import { expect, test } from "vitest";

import type { HistoryEntry, Step, Turn } from "../../../lab/openai/brain.ts";
import { disputeBrain, disputeScript, promisesOnItsOwn } from "../../../lab/openai/dispute-brain.ts";
import { exactSentences } from "../../../lab/openai/exact-sentences.ts";
import { scriptedBrain } from "../../../lab/openai/scripted-brain.ts";

const ALL_TOOLS = ["find_transactions", "lookup_merchant", "search_knowledge", "escalate_to_human"];

function turn(history: HistoryEntry[], extra: Partial<Turn> = {}): Turn {
  const last = history.findLast((entry) => entry.role === "user");
  const heard = last?.role === "user" ? last.text : undefined;
  return { heard, history, instructions: "", tools: ALL_TOOLS, outOfBand: false, metadata: {}, ...extra };
}
const user = (text: string | undefined): HistoryEntry => ({ role: "user", text });
const assistant = (text: string): HistoryEntry => ({ role: "assistant", text });
const called = (name: string, output: unknown): HistoryEntry[] => [
  { role: "call", name, callId: `call_${name}`, arguments: "{}" },
  { role: "output", callId: `call_${name}`, output: JSON.stringify(output) },
];
const names = (steps: readonly Step[]) => steps.map((step) => ("say" in step ? step.say : `→ ${step.call}`));

const ORDERS: [string, string | undefined][] = [
  ['Say exactly: "Hello there."', "Hello there."],
  ["Say exactly: “Hello there. How are you?”", "Hello there. How are you?"],
  ['Say exactly this and nothing else: "One." then "Two."', "One. Two."],
  ['Please read the following sentence verbatim to the caller: "It\'s me."', "It's me."],
  ['Speak only the following text, word for word: "He said \\"no\\"."', 'He said "no".'],
  ['You hold the line.\nSay exactly, in the caller\'s language: "A moment."\nThen be silent.', "A moment."],
  ["Say exactly: Hello there.\nBe kind.", "Hello there."],
  ['Use these exact words and say "Good bye."', "Good bye."],
  ['If they ask how long, say exactly: "Soon."', undefined],
  ['Never say exactly "I promise". Say exactly: "I will try."', "I will try."],
  ["Answer briefly and exactly.", undefined],
  ["", undefined],
];

test.each(ORDERS)("%j orders the words %j", (instructions, words) => {
  expect(exactSentences(instructions)).toBe(words);
});

test("the response's order wins over everything the user said", () => {
  const asked = turn([user("Can I speak to a human please?")], { responseInstructions: 'Say exactly: "One moment."' });
  expect(disputeBrain(asked)).toEqual([{ say: "One moment." }]);
});

test("the session's order is followed once", () => {
  const instructions = 'Begin: say exactly "Hello."';
  expect(disputeBrain(turn([], { instructions }))).toEqual([{ say: "Hello." }]);
  const later = turn([assistant("Hello."), user("Hello?")], { instructions });
  expect(names(disputeBrain(later))).toEqual(["I am still here with you."]);
});

test("a system message since it last spoke is an order, an older one is not", () => {
  const order: HistoryEntry = { role: "system", text: 'Say exactly: "Dana is on the line."' };
  expect(disputeBrain(turn([user("Hello?"), order]))).toEqual([{ say: "Dana is on the line." }]);
  expect(names(disputeBrain(turn([order, assistant("Dana is on the line."), user("Hello?")])))).toEqual([
    "I am still here with you.",
  ]);
});

test("the charge is looked up, then named", () => {
  const history = [user("Hi, there is a charge on my card from a merchant I don't recognise.")];
  expect(names(disputeBrain(turn(history)))).toEqual(["Let me look that up for you.", "→ find_transactions"]);
  const after = [
    ...history,
    assistant("Let me look that up for you."),
    ...called("find_transactions", { transactions: [] }),
  ];
  expect(names(disputeBrain(turn(after)))).toEqual([
    "I found a charge of eighty four dollars and fifty cents from Q R S Trading.",
  ]);
});

test("the script branches on what a tool answered", () => {
  const asked = [user("Can you find out who charged me?"), assistant("Let me look that up for you.")];
  const known = [
    ...asked,
    ...called("lookup_merchant", { matches: [{ name: "QRS" }] }),
    ...called("search_knowledge", {}),
  ];
  const unknown = [
    ...asked,
    ...called("lookup_merchant", { matches: [] }),
    ...called("search_knowledge", { results: [] }),
  ];
  expect(names(disputeBrain(turn(known)))).toEqual(["That merchant is known to us."]);
  expect(names(disputeBrain(turn(unknown)))).toEqual(["I'm sorry, I could not find out who that merchant is."]);
});

test("a request for a person calls the tool only where it is declared", () => {
  const history = [user("I want to talk to a real person please.")];
  expect(names(disputeBrain(turn(history)))).toEqual(["→ escalate_to_human"]);
  expect(names(disputeBrain(turn(history, { tools: [] })))).toEqual(["I understand."]);
});

test("a tool that is not declared is never called", () => {
  const history = [user("There is a charge I don't recognise.")];
  expect(names(disputeBrain(turn(history, { tools: [] })))).toEqual([
    "Let me look that up for you.",
    "I found a charge of eighty four dollars and fifty cents from Q R S Trading.",
  ]);
});

test("what was not understood is asked again; with nothing new it says so", () => {
  expect(names(disputeBrain(turn([user(undefined)])))).toEqual(["I'm sorry, I did not catch that."]);
  expect(names(disputeBrain(turn([])))).toEqual(["I am still here with you."]);
});

test("a model that promises on its own is a row of data", () => {
  const brain = scriptedBrain([promisesOnItsOwn, ...disputeScript]);
  expect(names(brain(turn([user("There is a charge I don't recognise.")])))).toEqual([
    "I'll connect you to a person right away.",
  ]);
});
