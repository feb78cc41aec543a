// What a speech may hold of each thing, and what becomes of it at the limit.
import { expect, onTestFinished, test } from "vitest";
import { CallId } from "../../../src/domain/ids.ts";
import type { AssistantEvent, AssistantSession } from "../../../src/ports/assistant.ts";
import type { LineId } from "../../../src/handoff/lines.ts";
import { Speaker } from "../../../src/runtime/live/speaker.ts";
import type { SpokenWords } from "../../../src/runtime/live/speaker-parts.ts";
import { fakeClock } from "../../stores/fake-clock.ts";

const START = 1_000_000;
/** A quarter of a second. */
const PIECE = Buffer.alloc(2_000, 0x5a).toString("base64");
const line = (name: LineId) => ({ kind: "line", line: name, text: "One moment.", why: "ordered" }) as const;

/** A speaker between an assistant and a line that are the test's. */
function speakerBench() {
  const clock = fakeClock(START);
  const asked: string[] = [];
  const heardOnly: (readonly [string, number])[] = [];
  const played: { readonly payload: string; readonly mark: string }[] = [];
  const spoken: SpokenWords[] = [];
  const ended: LineId[] = [];
  const promised: string[] = [];
  let [takes, clears, cancels, refusals] = [true, 0, 0, 0];
  const session: AssistantSession = {
    hear: () => undefined,
    reply: ({ tag }) => void asked.push(tag),
    cancel: () => void (cancels += 1),
    heardOnly: (item, ms) => void heardOnly.push([item, ms]),
    instruct: () => undefined,
    note: () => undefined,
    answerTool: () => undefined,
    end: () => undefined,
  };
  const speaker = new Speaker(
    {
      line: {
        call: CallId("CA1"),
        stream: "MZ1",
        play: (payload, mark) => {
          if (takes) played.push({ payload, mark });
          return takes;
        },
        mark: (mark) => void played.push({ payload: "", mark }),
        clear: () => void (clears += 1),
        letGo: () => undefined,
        listen: () => undefined,
      },
      session: () => session,
      clock,
      check: { language: "en", backed: () => false },
      checkWordsMs: 300,
      patience: () => ({ firstAudioMs: 4_000, again: true }),
      noPromise: () => "No promise.",
    },
    {
      itemStarted: () => undefined,
      itemHeard: (words) => void spoken.push(words),
      lineBegan: () => undefined,
      lineEnded: (name) => void ended.push(name),
      promiseCut: (kind) => void promised.push(kind),
      unplayable: () => void (refusals += 1),
      mute: () => undefined,
      changed: () => undefined,
    },
  );
  onTestFinished(() => speaker.close());
  const take = (event: AssistantEvent): void => speaker.take(event);
  return {
    speaker,
    clock,
    asked,
    heardOnly,
    played,
    spoken,
    ended,
    promised,
    counts: () => ({ clears, cancels, refusals }),
    /** The network takes nothing more, or again. */
    network: (next: boolean) => void (takes = next),
    /** The assistant begins with what it was asked for last. */
    begins: () => take({ kind: "reply-started", reply: "r", tag: asked.at(-1) ?? "" }),
    words: (delta: string, item = "i") => take({ kind: "reply-words", reply: "r", item, delta }),
    audio: (pieces: number, item = "i") => {
      for (let i = 0; i < pieces; i += 1) take({ kind: "reply-audio", reply: "r", item, payload: PIECE });
    },
    /** The carrier has played so many of the pieces. */
    marks: (pieces: number) => {
      for (const { mark } of played.slice(0, pieces)) speaker.marked(mark);
    },
  };
}

const SENTENCE = "This is a long sentence about your account and nothing else. ";

test("a line that takes no more: the speech is cut there, and only what marks confirm was heard", () => {
  const bench = speakerBench();
  bench.speaker.say(line("waiting"));
  bench.begins();
  bench.words(SENTENCE.trim());
  bench.audio(4);
  bench.marks(1);
  bench.clock.advance(5_000);
  bench.network(false);
  bench.audio(1);
  expect(bench.counts()).toEqual({ clears: 1, cancels: 1, refusals: 1 });
  expect(bench.heardOnly).toEqual([["i", 300]]);
  expect(bench.spoken).toMatchObject([{ item: "i", interrupted: true }]);
  expect(bench.spoken[0]?.text.length).toBeLessThan(SENTENCE.length / 2);
  expect(bench.ended).toEqual(["waiting"]);
  // What else the assistant sends of it goes nowhere.
  bench.network(true);
  bench.audio(3);
  expect(bench.played).toHaveLength(4);
});

test("a line that takes no more: what is said next is asked for, and said when it does again", () => {
  const bench = speakerBench();
  bench.speaker.say(line("waiting"));
  bench.begins();
  bench.words(SENTENCE);
  bench.speaker.say(line("promise"));
  bench.network(false);
  bench.audio(1);
  expect(bench.asked.at(-1)).toMatch(/^promise/);
  bench.network(true);
  bench.begins();
  bench.words(SENTENCE);
  bench.audio(2);
  expect(bench.played).toHaveLength(2);
});

test("the playout queue, at its limit of five minutes ahead of the caller: the speech is cut", () => {
  const bench = speakerBench();
  bench.speaker.say({ kind: "answer" });
  bench.begins();
  bench.words(SENTENCE);
  bench.audio(1_200);
  expect(bench.counts()).toEqual({ clears: 0, cancels: 0, refusals: 0 });
  bench.audio(1);
  expect(bench.counts()).toEqual({ clears: 1, cancels: 1, refusals: 1 });
  expect(bench.played).toHaveLength(1_200);
});

test("the playout queue, at its limit of 64 pieces of speech that nobody has heard: the speech is cut", () => {
  const bench = speakerBench();
  bench.speaker.say({ kind: "answer" });
  bench.begins();
  bench.words(SENTENCE);
  for (let item = 0; item < 64; item += 1) bench.audio(1, `i${item}`);
  expect(bench.counts().refusals).toBe(0);
  bench.audio(1, "one more");
  expect(bench.counts()).toEqual({ clears: 1, cancels: 1, refusals: 1 });
});
