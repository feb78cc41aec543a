// What the assistant says over the transport socket reaches the caller's line only when it was asked for.

import { beforeEach, describe, expect, test } from "vitest";
import type { AssistantEvent } from "../../../src/ports/assistant.ts";
import { SpokenReplies } from "../../../src/vendors/vapi/spoken-replies.ts";
import { fakeClock } from "../../stores/fake-clock.ts";

const VOICE = Buffer.alloc(160, 0x20);
const SILENCE = Buffer.alloc(160, 0xff);

let clock: ReturnType<typeof fakeClock>;
let told: AssistantEvent[];
let said: string[];
let triggered: string[];
let replies: SpokenReplies;

beforeEach(() => {
  clock = fakeClock(1_000);
  told = [];
  said = [];
  triggered = [];
  replies = new SpokenReplies({
    clock,
    tell: (event) => void told.push(event),
    say: (text) => void said.push(text),
    trigger: (instructions) => void triggered.push(instructions),
  });
});

const frames = (count: number): void => {
  for (let i = 0; i < count; i++) replies.audio(VOICE);
};
const kinds = (): string => told.map(({ kind }) => kind.replace("reply-", "")).join(" ");
const audio = (): number => told.filter(({ kind }) => kind === "reply-audio").length;

describe("a line of ours", () => {
  test("is ordered, and what is said then is it", () => {
    replies.ask({ tag: "t1", exactly: "How can I help?" });
    expect(said).toEqual(["How can I help?"]);
    replies.started();
    replies.words("How can I help?", "force-say");
    frames(3);
    replies.stopped();
    clock.advance(1_000);
    expect(kinds()).toBe("started words audio audio audio item-ended ended");
    expect(told.at(-1)).toMatchObject({ kind: "reply-ended", tag: "t1", how: "completed" });
  });

  test("without a word of what is said, it is taken for it after a moment, and nothing of it is lost", () => {
    replies.ask({ tag: "t1", exactly: "How can I help?" });
    replies.started();
    frames(2);
    expect(audio()).toBe(0);
    clock.advance(300);
    frames(1);
    expect(audio()).toBe(3);
  });

  test("the assistant's own answer in its place does not reach the caller", () => {
    replies.ask({ tag: "t1", exactly: "I am getting someone for you." });
    replies.started();
    replies.words("Let me see what I can do.", "model");
    frames(5);
    replies.stopped();
    clock.advance(400);
    expect(audio()).toBe(0);
    replies.started();
    replies.words("I am getting someone for you.", "force-say");
    frames(2);
    expect(audio()).toBe(2);
  });

  test("taken back before it was said, it is not heard", () => {
    replies.ask({ tag: "t1", exactly: "One moment." });
    replies.cancel();
    replies.started();
    replies.words("One moment.", "force-say");
    frames(4);
    expect(told).toEqual([]);
  });
});

describe("an answer of the assistant's own", () => {
  test("waits until it is asked for, and then comes whole", () => {
    replies.expect();
    replies.started();
    replies.words("Let me look that up.", "model");
    frames(4);
    expect(told).toEqual([]);
    replies.ask({ tag: "t2" });
    frames(1);
    replies.stopped();
    clock.advance(1_000);
    expect(audio()).toBe(5);
    expect(told.find(({ kind }) => kind === "reply-item-ended")).toMatchObject({ text: "Let me look that up." });
    expect(triggered).toEqual([]);
  });

  test("that nobody asks for is not heard, nor the next one mistaken for it", () => {
    replies.expect();
    replies.started();
    frames(4);
    clock.advance(300);
    replies.stopped();
    clock.advance(400);
    replies.expect();
    replies.ask({ tag: "t3" });
    expect(audio()).toBe(0);
    replies.started();
    replies.words("Now then.", "model");
    frames(1);
    expect(audio()).toBe(1);
  });

  test("its words come ahead of its voice", () => {
    replies.ask({ tag: "t1" });
    replies.token("I will ");
    replies.token("connect you.");
    replies.started();
    expect(kinds()).toBe("started words");
    expect(told[1]).toMatchObject({ delta: "I will connect you." });
  });

  test("cut by us, the rest of it is not heard", () => {
    replies.expect();
    replies.ask({ tag: "t1" });
    replies.started();
    replies.words("A long answer.", "model");
    frames(2);
    replies.cancel();
    frames(9);
    expect(audio()).toBe(2);
    expect(told.at(-1)).toMatchObject({ kind: "reply-ended", how: "cancelled", tag: "t1" });
  });

  test("spoken in two pieces, it is one reply", () => {
    replies.expect();
    replies.ask({ tag: "t1" });
    replies.started();
    replies.words("First.", "model");
    frames(1);
    replies.stopped();
    clock.advance(100);
    replies.started();
    frames(1);
    replies.stopped();
    clock.advance(500);
    expect(kinds()).toBe("started words audio audio item-ended ended");
  });

  test("that does not come by itself is asked for", () => {
    replies.expect();
    replies.ask({ tag: "t1" });
    clock.advance(2_900);
    expect(triggered).toEqual([]);
    clock.advance(200);
    expect(triggered).toHaveLength(1);
  });

  test("with instructions of its own is asked for at once", () => {
    replies.ask({ tag: "t1", instructions: "Ask whether they are still there." });
    expect(triggered).toEqual(["Ask whether they are still there."]);
  });
});

describe("what is on the socket between", () => {
  test("silence is no speech", () => {
    for (let i = 0; i < 200; i++) replies.audio(SILENCE);
    replies.ask({ tag: "t1", exactly: "Hello." });
    replies.started();
    replies.words("Hello.", "force-say");
    expect(audio()).toBe(0);
  });

  test("a voice a little ahead of the word that it speaks is not lost", () => {
    replies.ask({ tag: "t1", exactly: "Hello." });
    frames(3);
    replies.started();
    replies.words("Hello.", "force-say");
    expect(audio()).toBe(3);
  });

  test("a tool call beside a line of ours does not end the line", () => {
    replies.ask({ tag: "t1", exactly: "I am getting someone for you." });
    replies.toolsHeard(replies.toolCalled());
    replies.started();
    replies.words("I am getting someone for you.", "force-say");
    frames(2);
    replies.toolsHeard(replies.toolCalled());
    frames(2);
    expect(audio()).toBe(4);
    expect(told.filter((event) => "tag" in event && event.kind === "reply-ended")).toEqual([]);
    replies.stopped();
    clock.advance(500);
    expect(told.at(-1)).toMatchObject({ kind: "reply-ended", tag: "t1" });
  });

  test("a reply that was nothing but tool calls is over when they were heard of", () => {
    replies.expect();
    replies.ask({ tag: "t1" });
    const reply = replies.toolCalled();
    replies.toolsHeard(reply);
    expect(kinds()).toBe("started ended");
    expect(told.at(-1)).toMatchObject({ reply, tag: "t1", how: "completed" });
  });
});
