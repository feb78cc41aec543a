import { array, assert, nat, property } from "fast-check";
import { expect, test } from "vitest";
import { EpochMs } from "../../../src/domain/time.ts";
import type { HostedEvent } from "../../../src/ports/hosted-assistant.ts";
import { ItemTurns, type SpokenItem } from "../../../src/vendors/retell/item-turns.ts";

const T0 = 1_795_160_000_000;
const at = (ms: number): EpochMs => EpochMs(T0 + ms);
const said = (id: string, party: SpokenItem["party"], text: string, order: number): SpokenItem => ({
  id,
  party,
  text,
  order,
});
const finals = (events: readonly HostedEvent[]): string[] =>
  events.flatMap((event) => (event.kind === "words" && event.final ? [`${event.party}: ${event.text}`] : []));

test("an utterance grows, and is over when the other party speaks, or after a while of quiet", () => {
  const turns = new ItemTurns("by-quiet");
  const events = [
    ...turns.take([said("a", "assistant", "Hello", 0)], at(0)),
    ...turns.take([said("a", "assistant", "Hello there.", 0)], at(300)),
    ...turns.take([said("b", "caller", "Hi", 1)], at(900)),
    ...turns.take([said("b", "caller", "Hi, a person please.", 1)], at(1_500)),
  ];
  expect(finals(events)).toEqual(["assistant: Hello there."]);
  expect(turns.wakesAt()).toBe(at(2_400));
  expect(finals(turns.settle(at(2_399)))).toEqual([]);
  expect(finals(turns.settle(at(2_400)))).toEqual(["caller: Hi, a person please."]);
  expect(turns.wakesAt()).toBeUndefined();
});

test("who is cut off in mid-sentence is told as interrupted; who had finished is not", () => {
  const cut = new ItemTurns("by-quiet");
  cut.take([said("a", "assistant", "Let me look", 0)], at(0));
  expect(cut.take([said("b", "caller", "Wait", 1)], at(200)).map(({ kind }) => kind)).toContain("interrupted");
  const ended = new ItemTurns("by-quiet");
  ended.take([said("a", "assistant", "Let me look.", 0)], at(0));
  expect(ended.take([said("b", "caller", "Yes", 1)], at(550)).map(({ kind }) => kind)).not.toContain("interrupted");
});

test("what goes on after it was taken for finished is a turn of its own, and a correction of it changes nothing", () => {
  const turns = new ItemTurns("by-quiet");
  turns.take([said("b", "caller", "I have a question", 0)], at(0));
  expect(finals(turns.settle(at(1_000)))).toEqual(["caller: I have a question"]);
  turns.take([said("b", "caller", "I have a question about", 0)], at(1_200));
  turns.take([said("b", "caller", "I have a question about a charge", 0)], at(1_500));
  expect(finals(turns.settle(at(3_000)))).toEqual(["caller: about a charge"]);
  expect(turns.take([said("b", "caller", "A question I have", 0)], at(3_100))).toEqual([]);
});

test("sound nobody understood is a turn without words and without confidence", () => {
  const turns = new ItemTurns("by-others");
  turns.take([said("b", "caller", "(unintelligible audio)", 0)], at(0));
  expect(turns.finish()[0]).toMatchObject({ text: "", confidence: 0, final: true });
});

test("times are the vendor's where it says them, and never later than now", () => {
  const turns = new ItemTurns("by-quiet");
  turns.startedAt = at(0);
  expect(turns.take([{ ...said("a", "caller", "Hi", 0), timeSec: 1.5 }], at(2_000))[0]).toMatchObject({
    at: at(1_500),
  });
  expect(turns.take([{ ...said("c", "assistant", "Yes", 9), timeSec: 90 }], at(2_500)).at(-2)).toMatchObject({
    at: at(2_500),
  });
});

/** A conversation as it grows, one state of one entry after the other. */
const TALK: readonly SpokenItem[] = [
  said("1", "assistant", "Good morning.", 0),
  said("2", "caller", "There is", 1),
  said("2", "caller", "There is a charge.", 1),
  said("3", "assistant", "Let me", 2),
  said("3", "assistant", "Let me look.", 2),
  said("4", "caller", "Thanks.", 3),
];

const run = (states: readonly SpokenItem[]): string[] => {
  const turns = new ItemTurns("by-quiet");
  return finals([...states.flatMap((state, index) => turns.take([state], at(index * 100))), ...turns.finish()]);
};

test("doubled and delayed states give the turns of the in-order run", () => {
  const expected = run(TALK);
  expect(expected).toHaveLength(4);
  assert(
    property(array(nat({ max: TALK.length - 1 }), { maxLength: 12 }), (repeats) => {
      // Every state that has been sent may be sent again at any later time.
      const states = TALK.flatMap((state, index) => [
        state,
        ...repeats.filter((again) => again <= index).map((again) => TALK[again] ?? state),
      ]);
      expect(run(states)).toEqual(expected);
    }),
  );
});
