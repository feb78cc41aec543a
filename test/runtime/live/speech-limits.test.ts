// What a speech may hold of each thing, and what becomes of it at the limit.
import { expect, onTestFinished, test } from "vitest";
import { CallId } from "../../../src/domain/ids.ts";
import type { AssistantEvent, AssistantSession } from "../../../src/ports/assistant.ts";
import type { LineId } from "../../../src/handoff/lines.ts";
import type { CallerLine } from "../../../src/ports/caller-line.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import { Mouth } from "../../../src/runtime/live/mouth.ts";
import { Speaker } from "../../../src/runtime/live/speaker.ts";
import type { SpokenWords } from "../../../src/runtime/live/speaker-parts.ts";
import { fakeClock } from "../../stores/fake-clock.ts";

const START = 1_000_000;
/** A quarter of a second. */
const PIECE = Buffer.alloc(2_000, 0x5a).toString("base64");
const line = (name: LineId) => ({ kind: "line", line: name, text: "One moment.", why: "ordered" }) as const;

const silentLine = {
  call: CallId("CA1"),
  stream: "MZ1",
  clear: () => undefined,
  letGo: () => undefined,
  listen: () => undefined,
};

/** A speaker between an assistant and a line that are the test's. */
function speakerBench() {
  const clock = fakeClock(START);
  const asked: string[] = [];
  const heardOnly: (readonly [string, number])[] = [];
  const played: { readonly payload: string; readonly mark: string }[] = [];
  const spoken: SpokenWords[] = [];
  const ended: LineId[] = [];
  const promised: string[] = [];
  let [takes, clears, cancels, refusals, overfull] = [true, 0, 0, 0, 0];
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
        ...silentLine,
        play: (payload, mark) => {
          if (takes) played.push({ payload, mark });
          return takes;
        },
        mark: (mark) => void played.push({ payload: "", mark }),
        clear: () => void (clears += 1),
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
      overfull: () => void (overfull += 1),
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
    counts: () => ({ clears, cancels, refusals, overfull }),
    /** The network takes nothing more, or again. */
    network: (next: boolean) => void (takes = next),
    /** The assistant begins with what it was asked for last. */
    begins: () => take({ kind: "reply-started", reply: "r", tag: asked.at(-1) ?? "" }),
    words: (delta: string, item = "i") => take({ kind: "reply-words", reply: "r", item, delta }),
    audio: (pieces: number, item = "i") => {
      for (let i = 0; i < pieces; i += 1) take({ kind: "reply-audio", reply: "r", item, payload: PIECE });
    },
    ends: (item: string, text: string) => take({ kind: "reply-item-ended", reply: "r", item, text }),
    /** The carrier has played so many of the pieces. */
    marks: (pieces: number) => {
      for (const { mark } of played.slice(0, pieces)) speaker.marked(mark);
    },
  };
}

/** A mouth on a line of the test's, without the speaker that stops a speech at once. */
function mouthOn(parts: Pick<CallerLine, "play" | "mark"> & { readonly clock: Clock; readonly heard: string[] }) {
  const { play, mark, clock, heard } = parts;
  const mouth = new Mouth({ ...silentLine, play, mark }, clock, (item) => heard.push(item));
  onTestFinished(() => mouth.close());
  return mouth;
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
  expect(bench.counts()).toMatchObject({ clears: 1, cancels: 1, refusals: 1 });
  expect(bench.heardOnly).toEqual([["i", 300]]);
  expect(bench.spoken).toMatchObject([{ item: "i", interrupted: true }]);
  expect(bench.spoken[0]?.text.length).toBeLessThan(SENTENCE.length / 2);
  expect(bench.ended).toEqual(["waiting"]);
  // What else the assistant sends of it goes nowhere.
  bench.network(true);
  bench.audio(3);
  expect(bench.played).toHaveLength(4);
});

test("a line that takes no more: an item whose end was refused never counts as heard to its end", () => {
  const heard: string[] = [];
  const marks: string[] = [];
  const clock = fakeClock(START);
  let takes = true;
  const mouth = mouthOn({
    clock,
    heard,
    play: (_payload, mark) => {
      if (takes) marks.push(mark);
      return takes;
    },
    mark: (name) => void marks.push(name),
  });
  expect(mouth.play("r", "i", PIECE)).toBe(true);
  takes = false;
  expect(mouth.play("r", "i", PIECE)).toBe(false);
  mouth.complete("i");
  for (const mark of marks) mouth.marked(mark);
  clock.advance(60_000);
  expect(heard).toEqual([]);
  expect([...mouth.interrupt()]).toEqual([["i", 250]]);
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
  expect(bench.counts()).toMatchObject({ clears: 0, cancels: 0, refusals: 0 });
  bench.audio(1);
  expect(bench.counts()).toMatchObject({ clears: 1, cancels: 1, refusals: 1 });
  expect(bench.played).toHaveLength(1_200);
});

test("a speech's pieces, at their limit of 64: it is cut, whether they have audio or words", () => {
  for (const piece of ["audio", "words"] as const) {
    const bench = speakerBench();
    bench.speaker.say({ kind: "answer" });
    bench.begins();
    bench.words(SENTENCE, "i0");
    const add = (item: string): void => (piece === "audio" ? bench.audio(1, item) : bench.words("a", item));
    for (let item = 1; item < 64; item += 1) add(`i${item}`);
    expect(bench.counts().refusals).toBe(0);
    add("one more");
    expect(bench.counts()).toMatchObject({ cancels: 1, refusals: 1 });
  }
});

test("audio that waits for its words, at its limit of a minute: it waits no longer, as after its time", () => {
  const bench = speakerBench();
  bench.speaker.say({ kind: "answer" });
  bench.begins();
  bench.words("I");
  bench.audio(240);
  expect(bench.played).toEqual([]);
  bench.audio(1);
  expect(bench.played).toHaveLength(241);
  expect(bench.counts().refusals).toBe(0);
});

test("the words of a piece, at their limit of 8,000 characters: what is beyond is not kept", () => {
  const bench = speakerBench();
  bench.speaker.say({ kind: "answer" });
  bench.begins();
  bench.audio(1);
  for (let i = 0; i < 1_000; i += 1) bench.words("nothing. ");
  bench.ends("i", "nothing. ".repeat(1_000));
  for (const { mark } of bench.played) bench.speaker.marked(mark);
  expect(bench.spoken).toMatchObject([{ interrupted: false }]);
  expect(bench.spoken[0]?.text).toHaveLength(8_000);
});

test("what waits to be said, at its limit of 12: the next line is refused, told as ended, and the session given up", () => {
  const bench = speakerBench();
  const said: LineId[] = [];
  for (let i = 0; i < 13; i += 1) {
    const next = i === 1 ? "emergency" : "waiting";
    said.push(next);
    bench.speaker.say(line(next));
  }
  expect(bench.counts().overfull).toBe(0);
  bench.speaker.say(line("announce"));
  expect(bench.ended).toEqual(["announce"]);
  expect(bench.counts().overfull).toBe(1);
  // The oldest of them is still the next one.
  bench.begins();
  bench.words(SENTENCE);
  bench.audio(1);
  bench.speaker.yieldToCaller();
  bench.speaker.callerSpeaks(false);
  expect(bench.asked.map((tag) => tag.split("#")[0])).toEqual(said.slice(0, 2));
});
