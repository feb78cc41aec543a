// Callers whom a vendor's own transfer brings to our bridge number.
import { beforeEach, expect, test } from "vitest";

import { CallId, EscalationId, QueueId } from "../../../src/domain/ids.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import { type CaseState, emptyCase } from "../../../src/handoff/state.ts";
import type { Cloakroom } from "../../../src/ports/cloakroom.ts";
import type { News } from "../../../src/ports/cases.ts";
import type { ExpectedCaller } from "../../../src/ports/hosted-assistant.ts";
import { ExpectedCallers } from "../../../src/runtime/hosted/expected-callers.ts";
import { createMemoryCloakroom } from "../../../src/stores/memory/cloakroom.ts";
import type { Turn } from "../../../src/turns/turn.ts";
import { silentLog } from "../../support/silent-log.ts";
import { stepClock } from "../live/step-clock.ts";

const CALL = CallId("call-1");
const ROBIN = {
  visit: "visit-1",
  ani: "+14155550142",
  bridge: "+15005550100",
  turns: [
    { role: "caller", text: "My card ends in 4111 1111 1111 1111.", at: EpochMs(1) },
    { role: "assistant", text: "One moment.", at: EpochMs(2) },
  ],
} as const satisfies ExpectedCaller;
const { ani: _hidden, ...NAMELESS } = ROBIN;
const target = { queue: QueueId("disputes"), skills: [], team: "our disputes team" };

let clock: ReturnType<typeof stepClock>;
let saved: Turn[];
let told: News[];
let seen: ((state: CaseState) => void) | undefined;
let callers: ExpectedCallers;
let cloakroom: Cloakroom;
beforeEach(() => {
  clock = stepClock();
  saved = [];
  told = [];
  seen = undefined;
  cloakroom = createMemoryCloakroom();
  callers = node();
});

/** One of several gateways on the same store. */
const node = () =>
  new ExpectedCallers({
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
    cloakroom,
    clock,
    log: silentLog,
  });

const arrives = (ani: string = ROBIN.ani, dnis: string = ROBIN.bridge) => callers.arrived({ call: CALL, ani, dnis });
/** Nobody is told who it is. */
const hidden = (code?: string) =>
  callers.arrived({ call: CALL, dnis: ROBIN.bridge, ...(code !== undefined && { code }) });
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
  await callers.expect(ROBIN);
  await arrives();
  expect(saved.map(({ index, role }) => [index, role])).toEqual([
    [0, "caller"],
    [1, "assistant"],
  ]);
  expect(JSON.stringify(saved)).not.toContain("4111 1111");
});

test("a person is looked for when somebody of ours is on the line, once", async () => {
  await callers.expect(ROBIN);
  await arrives();
  seen?.(placed("arriving"));
  expect(told).toEqual([]);
  seen?.(placed("assistant"));
  seen?.(placed("assistant"));
  expect(told).toMatchObject([{ kind: "escalation-decided", target, decision: { trigger: "assistant-request" } }]);
});

test("whose call ends before, or who is served by the fixed lines", async () => {
  await callers.expect(ROBIN);
  await arrives();
  seen?.(placed("gone"));
  expect([told, seen]).toEqual([[], undefined]);
  await callers.expect(ROBIN);
  await arrives();
  seen?.(placed("menu"));
  expect(told).toHaveLength(1);
});

test("once, and within a minute; another number's caller is nobody special", async () => {
  await callers.expect(ROBIN);
  await arrives("+14155550143");
  await arrives(ROBIN.ani, "+15005550199");
  expect(saved).toEqual([]);
  await arrives();
  await arrives();
  expect(saved).toHaveLength(2);
  await callers.expect(ROBIN);
  clock.advance(60_001);
  await arrives();
  expect(saved).toHaveLength(2);
});

test("a caller who comes to another gateway is known there", async () => {
  await callers.expect(ROBIN);
  callers = node();
  await arrives();
  expect(saved).toHaveLength(2);
});

test("who withholds their number is known by the digits, once; without digits, or with others, it is an ordinary call", async () => {
  expect(await hidden()).toBe("go-on");
  const code = await callers.expect(NAMELESS);
  expect(code).toMatch(/^\d{6}$/u);
  // Also with a number that is not theirs, as a vendor's transfer may show.
  expect(await arrives("+15005550177")).toBe("ask-code");
  expect(await hidden()).toBe("ask-code");
  expect(await hidden("")).toBe("go-on");
  expect(await hidden(code === "000000" ? "000001" : "000000")).toBe("go-on");
  expect(saved).toEqual([]);
  expect(await hidden(code)).toBe("go-on");
  expect(saved).toHaveLength(2);
  await hidden(code);
  expect(saved).toHaveLength(2);
});

test("two callers behind one number are told apart by digits; a repeated request is the same caller", async () => {
  expect(await callers.expect(ROBIN)).toBeUndefined();
  expect(await callers.expect(ROBIN)).toBeUndefined();
  const said = { role: "caller", text: "I am the second one.", at: EpochMs(3) } as const;
  const code = await callers.expect({ ...ROBIN, visit: "visit-2", turns: [said] });
  expect(await arrives()).toBe("ask-code");
  const { ani, bridge: dnis } = ROBIN;
  await callers.arrived({ call: CALL, ani, dnis, ...(code !== undefined && { code }) });
  expect(saved.map(({ text }) => text)).toEqual([said.text]);
  await callers.arrived({ call: CALL, ani, dnis, code: "" });
  expect(saved).toHaveLength(3);
});

const away = () => Promise.resolve({ ok: false, why: "away" } as const);
test("a store that is away: nobody is known, and nobody is kept waiting", async () => {
  cloakroom = { leave: away, take: away, holds: away };
  callers = node();
  expect(await callers.expect(NAMELESS)).toBeUndefined();
  expect(await callers.expect(ROBIN)).toBeUndefined();
  expect(await arrives()).toBe("go-on");
  expect(saved).toEqual([]);
});
