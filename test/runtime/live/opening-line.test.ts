// H3, H11: what a caller says while their call is loaded and the assistant's session opened is heard, from the first frame on.
import { onTestFinished, expect, test } from "vitest";
import { CallId } from "../../../src/domain/ids.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import type { Assistant } from "../../../src/ports/assistant.ts";
import type { CallerLine, CallerLineEvent } from "../../../src/ports/caller-line.ts";
import { AssistantLink } from "../../../src/runtime/live/assistant-link.ts";
import { createLiveCalls } from "../../../src/runtime/live/live-calls.ts";
import { defaultLiveSettings } from "../../../src/runtime/live/live-deps.ts";
import { createSystemClock } from "../../../src/runtime/system-clock.ts";
import { fakeClock } from "../../stores/fake-clock.ts";
import { soon } from "../../support/soon.ts";
import { keptLog, type LogLine } from "../../vendors/twilio/gateway.ts";
import { startCaseBench, target } from "../case-bench.ts";

/** Remembers which frames reached it: each is full of its own number. */
function listeningAssistant() {
  const heard: number[] = [];
  const assistant: Assistant = {
    open: () => ({
      hear: ([first]) => void heard.push(first ?? -1),
      reply: () => undefined,
      cancel: () => undefined,
      heardOnly: () => undefined,
      instruct: () => undefined,
      note: () => undefined,
      answerTool: () => undefined,
      end: () => undefined,
    }),
  };
  return { assistant, heard };
}

/** A gate that somebody waits at until the test opens it. */
function gate() {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  return { opened, open };
}

/** A caller's line that was just opened; the store has not answered who they are, nor what their case is. */
async function openingLine() {
  const call = CallId("CA1");
  const bench = await startCaseBench({ clock: createSystemClock(), call });
  const { deps, conversations, cases } = bench;
  await bench.arrives({ speech: () => undefined, other: () => undefined });
  const [content, journal] = [gate(), gate()];
  const { assistant, heard } = listeningAssistant();
  const logged: LogLine[] = [];
  let dropped = 0;
  const live = createLiveCalls({
    ...deps,
    assistant,
    conversations: { ...conversations, turns: (of) => content.opened.then(() => conversations.turns(of)) },
    cases: {
      deliver: (...news) => cases.deliver(...news),
      remembered: (of) => cases.remembered(of),
      state: (of) => journal.opened.then(() => cases.state(of)),
    },
    numbers: { of: () => ({ mode: "assistant", assistant: "a", language: "en", target }), team: () => undefined },
    profile: () => ({ instructions: "Help." }),
    log: keptLog(logged),
    hooks: { audioDropped: () => void (dropped += 1) },
  });
  const listeners: ((event: CallerLineEvent) => void)[] = [];
  const tell = (event: CallerLineEvent): void => listeners.forEach((listener) => listener(event));
  let over = false;
  const line: CallerLine = {
    call,
    stream: "MZ1",
    play: () => true,
    mark: () => undefined,
    clear: () => undefined,
    letGo: () => void (over = true),
    listen: (listener) => void listeners.push(listener),
  };
  live.opened(line, {});
  onTestFinished(() => live.close());
  const borrowed = new Uint8Array(320);
  return {
    live,
    call,
    heard,
    logged,
    dropped: () => dropped,
    letGo: () => over,
    contentLoads: content.open,
    caseLoads: journal.open,
    /** Frames of 40 ms, numbered, in one buffer as the carrier's side has it. */
    says: (from: number, to: number) => {
      for (let name = from; name <= to; name += 1)
        tell({ kind: "audio", audio: borrowed.fill(name), timestampMs: name * 40 });
    },
    sends: tell,
  };
}

const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test("every frame reaches the assistant, the first one first, whenever the stores answer", async () => {
  const line = await openingLine();
  line.says(1, 20);
  line.contentLoads();
  await new Promise((resolve) => setImmediate(resolve));
  line.says(21, 30);
  line.caseLoads();
  await soon(() => line.heard.length).toBe(30);
  line.says(31, 40);
  expect(line.heard).toEqual(upTo(1, 40));
  expect(line.dropped()).toBe(0);
});

test("the opening line at its limit of 10 s: the oldest frames go, counted and logged; a key stays", async () => {
  const line = await openingLine();
  line.sends({ kind: "key", key: "1" });
  line.says(1, 249);
  expect(line.dropped()).toBe(0);
  line.says(250, 252);
  expect(line.dropped()).toBe(3);
  line.contentLoads();
  line.caseLoads();
  await soon(() => line.heard.length).toBe(249);
  expect(line.heard).toEqual(upTo(4, 252));
  expect(line.logged).toMatchObject([{ count: 3, message: expect.stringMatching(/dropped/) }]);
});

test("orders for an opening line at their limit of 32: it is let go, so that the carrier asks again", async () => {
  const line = await openingLine();
  const order = { kind: "keep-company", team: "our disputes team" } as const;
  for (let i = 0; i < 32; i += 1) line.live.perform(line.call, order);
  expect(line.letGo()).toBe(false);
  line.live.perform(line.call, order);
  expect(line.letGo()).toBe(true);
  expect(line.logged).toMatchObject([{ count: 32, message: expect.stringMatching(/let go/) }]);
});

test("audio for a session that is not opened, at its limit of 10 s: the oldest goes, counted and logged", () => {
  const logged: LogLine[] = [];
  const { assistant, heard } = listeningAssistant();
  let dropped = 0;
  const setup = { instructions: "Help.", language: "en", tools: [], history: [] };
  const parts = { ...defaultLiveSettings, assistant, clock: fakeClock(EpochMs(1)), log: keptLog(logged) };
  const link = new AssistantLink(
    { ...parts, setup: () => setup, audioDropped: () => void (dropped += 1) },
    { ready: () => undefined, event: () => undefined, lost: () => undefined, down: () => undefined },
  );
  for (const name of upTo(1, 252)) link.hear(new Uint8Array(320).fill(name));
  expect(dropped).toBe(2);
  link.open();
  expect(heard).toEqual(upTo(3, 252));
  expect(logged).toMatchObject([{ count: 2, message: expect.stringMatching(/dropped/) }]);
  link.close();
  link.hear(new Uint8Array(320));
  expect(heard).toHaveLength(250);
});
