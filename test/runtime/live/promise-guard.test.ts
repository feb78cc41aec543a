import { expect, test } from "vitest";
import { EpochMs } from "../../../src/domain/time.ts";
import {
  guardAudio,
  guardWakesAt,
  guardWords,
  noWordsYet,
  type PromiseCheck,
  released,
} from "../../../src/runtime/live/promise-guard.ts";

const audio = (payload: string): { item: string; payload: string } => ({ item: "i", payload });
const nothingBehind: PromiseCheck = { language: "en", backed: () => false };
const now = EpochMs(0);

test("audio waits for the words that say where its sentence goes", () => {
  const early = guardAudio(noWordsYet, audio("1"), now);
  expect(early.play).toEqual([]);
  const some = guardWords(early.guard, "Let me look", nothingBehind);
  expect(some.play).toEqual([]);
  const enough = guardWords(some.guard, " that up", nothingBehind);
  expect(enough.play).toEqual([audio("1")]);
  expect(guardAudio(enough.guard, audio("2"), now).play).toEqual([audio("2")]);
});

test("audio is held for a bounded time", () => {
  const early = guardAudio(noWordsYet, audio("1"), EpochMs(1_000));
  expect(guardWakesAt(early.guard, 300)).toBe(1_300);
  expect(guardWakesAt(guardAudio(early.guard, audio("2"), EpochMs(1_200)).guard, 300)).toBe(1_300);
  expect(released(early.guard).play).toEqual([audio("1")]);
});

test("a promise with nothing behind it is cut before any audio of its sentence is played", () => {
  let guard = guardAudio(noWordsYet, audio("1"), now).guard;
  for (const delta of ["I'll", " connect", " you"]) {
    const checked = guardWords(guard, delta, nothingBehind);
    expect(checked.play).toEqual([]);
    guard = checked.guard;
    if (checked.cut !== undefined) break;
  }
  expect(guardWords(noWordsYet, "I'll connect you to a person.", nothingBehind).cut).toBe("person");
});

test("each promise needs its own backing", () => {
  const personOnly: PromiseCheck = { language: "en", backed: (kind) => kind === "person" };
  expect(guardWords(noWordsYet, "I'll connect you to a person.", personOnly).cut).toBeUndefined();
  const both = "I'll connect you to a person. We will call you back tomorrow.";
  expect(guardWords(noWordsYet, both, personOnly).cut).toBe("callback");
});

test("what stood behind an earlier sentence may be gone by a later one", () => {
  let backed = true;
  const check: PromiseCheck = { language: "en", backed: () => backed };
  const said = guardWords(noWordsYet, "I'll connect you to a person. ", check);
  expect(said.cut).toBeUndefined();
  backed = false;
  expect(guardWords(said.guard, "Please hold", check).cut).toBe("person");
});

test("however the words come in pieces, they are judged as they would be together", () => {
  const text =
    "Let me see… I can look that up! It costs 3.50; no more. Would you like me to call you back? " +
    "I'll connect you to a person. We will call you back tomorrow.";
  for (const size of [1, 2, 3, 7, 20, text.length]) {
    let guard = noWordsYet;
    const cuts: string[] = [];
    for (let at = 0; at < text.length; at += size) {
      const checked = guardWords(guard, text.slice(at, at + size), {
        language: "en",
        backed: (kind) => kind === "person",
      });
      guard = checked.guard;
      if (checked.cut !== undefined) cuts.push(checked.cut);
    }
    expect(cuts[0]).toBe("callback");
  }
});
