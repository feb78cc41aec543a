// Callers whom a vendor's own transfer brings to our bridge number.
import { beforeEach, expect, test } from "vitest";

import { CallId, EscalationId, QueueId } from "../../../src/domain/ids.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import { type CaseState, emptyCase } from "../../../src/handoff/state.ts";
import type { News } from "../../../src/ports/cases.ts";
import type { ExpectedCaller } from "../../../src/ports/hosted-assistant.ts";
import { ExpectedCallers } from "../../../src/runtime/hosted/expected-callers.ts";
import type { Turn } from "../../../src/turns/turn.ts";
import { silentLog } from "../../support/silent-log.ts";
import { stepClock } from "../live/step-clock.ts";

const CALL = CallId("call-1");
const ROBIN: ExpectedCaller = {
  ani: "+14155550142",
  bridge: "+15005550100",
  turns: [
    { role: "caller", text: "My card ends in 4111 1111 1111 1111.", at: EpochMs(1) },
    { role: "assistant", text: "One moment.", at: EpochMs(2) },
  ],
};
const target = { queue: QueueId("disputes"), skills: [], team: "our disputes team" };

let clock: ReturnType<typeof stepClock>;
let saved: Turn[];
let told: News[];
let seen: ((state: CaseState) => void) | undefined;
let callers: ExpectedCallers;
beforeEach(() => {
  clock = stepClock();
  saved = [];
  told = [];
  seen = undefined;
  callers = new ExpectedCallers({
    cases: {
      deliver: async (_case, news) => {
        told.push(news);
        return emptyCase;
      },
      state: async () => undefined,
    },
    watch: (_case, listener) => {
      seen = listener;
      return () => {
        seen = undefined;
      };
    },
    conversations: { saveTurn: async (_case, turn) => void saved.push(turn) },
    numbers: { of: () => ({ mode: "assistant", assistant: "a", language: "en", target }), team: () => undefined },
    newEscalation: () => EscalationId("esc-1"),
    clock,
    log: silentLog,
  });
});

const arrives = (ani = ROBIN.ani, dnis = ROBIN.bridge) => callers.arrived({ call: CALL, ani, dnis });
const placed = (place: "arriving" | "assistant" | "menu" | "gone"): CaseState => ({
  ...emptyCase,
  caller: {
    call: CALL,
    leg: "CA1" as never,
    mode: "assistant",
    language: "en",
    target,
    canCallBack: true,
    place,
    modelDown: false,
    losses: 0,
  },
});

test("what they said comes with them, without card numbers", async () => {
  callers.expect(ROBIN);
  await arrives();
  expect(saved.map(({ index, role }) => [index, role])).toEqual([
    [0, "caller"],
    [1, "assistant"],
  ]);
  expect(JSON.stringify(saved)).not.toContain("4111 1111");
});

test("a person is looked for when somebody of ours is on the line, once", async () => {
  callers.expect(ROBIN);
  await arrives();
  seen?.(placed("arriving"));
  expect(told).toEqual([]);
  seen?.(placed("assistant"));
  seen?.(placed("assistant"));
  expect(told).toMatchObject([{ kind: "escalation-decided", target, decision: { trigger: "assistant-request" } }]);
});

test("whose call ends before, or who is served by the fixed lines", async () => {
  callers.expect(ROBIN);
  await arrives();
  seen?.(placed("gone"));
  expect([told, seen]).toEqual([[], undefined]);
  callers.expect(ROBIN);
  await arrives();
  seen?.(placed("menu"));
  expect(told).toHaveLength(1);
});

test("once, and within a minute; another number's caller is nobody special", async () => {
  callers.expect(ROBIN);
  await arrives("+14155550143");
  await arrives(ROBIN.ani, "+15005550199");
  expect(saved).toEqual([]);
  await arrives();
  await arrives();
  expect(saved).toHaveLength(2);
  callers.expect(ROBIN);
  clock.advance(60_001);
  await arrives();
  expect(saved).toHaveLength(2);
});
