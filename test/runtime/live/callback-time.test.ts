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
