import { beforeEach, expect, test } from "vitest";
import { EscalationId } from "../../../src/domain/ids.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import type { CaseState, HandoffState } from "../../../src/handoff/state.ts";
import type { News } from "../../../src/ports/cases.ts";
import type { Dialogue } from "../../../src/runtime/live/dialogue.ts";
import { lineText } from "../../../src/runtime/live/line-text.ts";
import { readOwnCall } from "../../../src/runtime/live/own-tools.ts";
import { fakeClock } from "../../stores/fake-clock.ts";
import { callerState, escalationPart } from "../../stores/values.ts";
import { capturing, dialogueDuring, NOW, offered, setup, stateWith, TEN } from "./dialogue-bench.ts";

// From what a caller says about when to be called, to what the case is told and what is read back to them.

let told: readonly News[];
let says: (text: string) => string;
let during: (handoff: HandoffState) => void;
let dialogue: Dialogue;
beforeEach(() => ({ told, says, during, dialogue } = dialogueDuring(offered)));

test.each<[string, object]>([
  ["Call me back tomorrow at ten.", { choice: "callback", when: { kind: "at", at: TEN } }],
  ["Tomorrow at ten would be better.", { choice: "callback", when: { kind: "at", at: TEN } }],
  ["Call me back, please.", { choice: "callback" }],
  ["Call me back yesterday.", { choice: "callback", when: { kind: "past" } }],
  ["Call me later.", { choice: "callback", when: { kind: "unclear" } }],
  ["Please just write it down.", { choice: "ticket" }],
])("asked to wait or be called: %s", (text, chosen) => {
  expect(says(text)).toBe("handled");
  expect(told).toEqual([{ kind: "caller-chose", ...chosen }]);
});

test("another time is another read-back, a yes confirms what was read back", async () => {
  during({ ...capturing, dueAt: TEN });
  says("No, on Monday morning.");
  says("Yes, that's right.");
  await expect.poll(() => told.length).toBe(2);
  expect(told).toEqual([
    {
      kind: "caller-chose",
      choice: "callback",
      when: { kind: "at", at: Date.parse("2026-11-23T15:00:00Z") },
    },
    { kind: "callback-confirmed" },
  ]);
});

test("asked when, a bare hour is a time, and what is none is told to be none", () => {
  during({ ...capturing, step: "time", misheard: 1 });
  says("Ten.");
  says("Well, you know how it is.");
  expect(told).toEqual([
    { kind: "caller-chose", choice: "callback", when: { kind: "at", at: TEN } },
    { kind: "caller-chose", choice: "callback", when: { kind: "unclear" } },
  ]);
});

const calls = (time?: string) => {
  const own = readOwnCall("request_callback", JSON.stringify({ time }));
  if (own === undefined) throw new Error("request_callback is an own tool");
  dialogue.ownTool(own);
};

test("the assistant's tool: words, moments, nonsense", () => {
  during({ kind: "none" });
  calls("tomorrow at ten");
  calls("2026-11-20T15:00:00Z");
  calls("2020-01-01T00:00:00Z");
  calls();
  expect(told).toEqual([
    { kind: "caller-chose", choice: "callback", when: { kind: "at", at: TEN } },
    { kind: "caller-chose", choice: "callback", when: { kind: "at", at: TEN } },
    { kind: "caller-chose", choice: "callback", when: { kind: "past" } },
    { kind: "caller-chose", choice: "callback" },
  ]);
});

test("what is read back, and then confirmed, is the one time, by the number's own clocks", () => {
  const deps = {
    clock: fakeClock(NOW),
    words: { line: (_: string, line: string, values: object) => `${line} ${JSON.stringify(values)}` },
    callbackDueAt: (at: EpochMs) => EpochMs(at + 900_000),
  };
  const facts = { setup, caller: { verification: [], ani: "+15550100012" } };
  let state: CaseState = stateWith({ ...capturing, dueAt: TEN });
  const read = (line: "read-back" | "read-back-default" | "callback-confirmed") =>
    lineText({ deps, facts, state } as never, line, { number: "", time: "" });
  expect(read("read-back")).toContain("tomorrow at ten in the morning");
  state = stateWith(capturing);
  expect(read("read-back-default")).toContain("in 15 minutes");
  state = callerState("c1", {
    escalation: { ...escalationPart(EscalationId("e1")), callback: { id: "cb" as never, dueAt: TEN } },
    handoff: { kind: "closed", outcome: "callback" },
  });
  expect(read("callback-confirmed")).toContain("tomorrow at ten in the morning");
});

const back = (when: object) => ({ kind: "caller-chose", choice: "callback", when });
const at = (iso: string) => back({ kind: "at", at: Date.parse(iso) });
const unclear = back({ kind: "unclear" });
const confirmed = { kind: "callback-confirmed" };
const continues = { kind: "caller-chose", choice: "continue" };

test.each<[string, object]>([
  ["Yes, ten is fine.", confirmed],
  ["Yes, tomorrow at ten.", confirmed],
  ["Yes, tomorrow morning.", confirmed],
  ["Yes, but make it Monday.", at("2026-11-23T15:00:00Z")],
  ["OK, call me on Tuesday instead.", at("2026-11-24T15:00:00Z")],
  ["Yes, Tuesday.", at("2026-11-24T15:00:00Z")],
  ["Yes, at ten on Monday.", at("2026-11-23T15:00:00Z")],
  ["Yes, but at eleven.", at("2026-11-20T16:00:00Z")],
  ["No, not tomorrow.", unclear],
  ["No, tomorrow doesn't work for me.", unclear],
  ["No, I can't do tomorrow.", unclear],
  ["No, not at ten.", unclear],
  ["No, tomorrow at ten.", unclear],
  ["No, not tomorrow, Monday at ten.", at("2026-11-23T15:00:00Z")],
  ["Yes, my flight is on Monday.", unclear],
  ["No, that is not my number.", { kind: "callback-rejected" }],
])("tomorrow at ten was read back: %s", async (text, means) => {
  during({ ...capturing, dueAt: TEN });
  expect(says(text)).toBe("handled");
  await expect.poll(() => told).toEqual([means]);
});

test.each<[string, object]>([
  ["Yes, in fifteen minutes is fine.", confirmed],
  ["Yes, today is fine.", confirmed],
  ["Yes, right now.", confirmed],
  ["Today, please.", back({ kind: "soon" })],
  ["No, not now.", unclear],
  ["No, not today.", unclear],
])("the usual time was read back: %s", async (text, means) => {
  during(capturing);
  expect(says(text)).toBe("handled");
  await expect.poll(() => told).toEqual([means]);
});

test("while a callback is confirmed, a day in another sentence is no answer", () => {
  during(capturing);
  expect(says("It was delivered to my neighbour today.")).toBe("answer");
  expect(told).toEqual([]);
});

test.each<[string, string, object | undefined]>([
  ["en", "No, not today.", continues],
  ["en", "No. I need this now.", continues],
  ["en", "No, I am leaving tomorrow at six.", continues],
  ["en", "I called three times today.", undefined],
  ["en", "My flight is tomorrow.", undefined],
  ["en", "The payment is due on Friday.", undefined],
  ["en", "My number is at five five five one two three four.", undefined],
  ["de", "Die Rate ist am Freitag fällig.", undefined],
  ["es", "Ya llamé tres veces hoy.", undefined],
  ["fr", "Mon vol est demain.", undefined],
  ["it", "È la terza volta oggi.", undefined],
  ["pt", "Já liguei três vezes hoje.", undefined],
  ["de", "Am Montag um zehn, bitte.", at("2026-11-23T15:00:00Z")],
  ["es", "Mejor el lunes a las diez.", at("2026-11-23T15:00:00Z")],
  ["fr", "Plutôt lundi à dix heures.", at("2026-11-23T15:00:00Z")],
  ["it", "Meglio lunedì alle dieci.", at("2026-11-23T15:00:00Z")],
  ["pt", "Melhor na segunda às dez.", at("2026-11-23T15:00:00Z")],
])("asked to wait or be called, %s: %s", async (language, text, means) => {
  const other = dialogueDuring(offered, language);
  other.says(text);
  await Promise.resolve();
  expect(other.told).toEqual(means === undefined ? [] : [means]);
});

test.each<[string, object]>([
  ["Half an hour.", at("2026-11-19T19:50:00Z")],
  ["Two hours.", at("2026-11-19T21:20:00Z")],
  ["15 minutes.", at("2026-11-19T19:35:00Z")],
  ["Just a second.", unclear],
  ["I have three kids.", unclear],
  ["The first available.", back({ kind: "soon" })],
  ["Not tomorrow.", unclear],
])("asked when: %s", (text, means) => {
  during({ ...capturing, step: "time" });
  says(text);
  expect(told).toEqual([means]);
});
