// Callers whom a vendor's own transfer brings to our bridge number.
import { beforeEach, expect, test } from "vitest";

import { CallId, QueueId } from "../../../src/domain/ids.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import type { Wish } from "../../../src/handoff/vocabulary.ts";
import type { Cloakroom } from "../../../src/ports/cloakroom.ts";
import type { Arrival, Arrived, ExpectedCaller } from "../../../src/ports/hosted-assistant.ts";
import { ExpectedCallers } from "../../../src/runtime/hosted/expected-callers.ts";
import { createMemoryCloakroom } from "../../../src/stores/memory/cloakroom.ts";
import type { Turn } from "../../../src/turns/turn.ts";
import { silentLog } from "../../support/silent-log.ts";
import { fakeClock } from "../../stores/fake-clock.ts";

const ORDINARY = { kind: "go-on" };
const ASKED = { kind: "ask-code" };
const VENDORS = "+15005550188";
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

let call: CallId;
let clock: ReturnType<typeof fakeClock>;
let saved: Turn[];
/** With whom somebody is looked for, by call. */
let wishes: Map<CallId, Wish>;
let callers: ExpectedCallers;
let cloakroom: Cloakroom;
beforeEach(() => {
  call = CallId("call-1");
  clock = fakeClock(1_000);
  saved = [];
  wishes = new Map();
  cloakroom = createMemoryCloakroom();
  callers = node();
});

/** One of several gateways on the same store. */
const node = () =>
  new ExpectedCallers({
    conversations: { saveTurn: async (_case, turn) => void saved.push(turn) },
    numbers: { of: () => ({ mode: "assistant", assistant: "a", language: "en", target }), team: () => undefined },
    cloakroom,
    clock,
    log: silentLog,
  });

/** What is answered but for the wish, which is kept: a repeated arrival brings the same one. */
async function comes(arrival: Arrival): Promise<Arrived> {
  const answer = await callers.arrived(arrival);
  if (answer.kind === "ask-code") return answer;
  const { wish, ...rest } = answer;
  if (wish) wishes.set(arrival.call, wish);
  return rest;
}
const arrives = (ani: string = ROBIN.ani, dnis: string = ROBIN.bridge, code?: string) =>
  comes({ call, ani, dnis, ...(code !== undefined && { code }) });
/** Nobody is told who it is. */
const hidden = (code?: string) => comes({ call, dnis: ROBIN.bridge, ...(code !== undefined && { code }) });

test("what they said comes with them, without card numbers", async () => {
  await callers.expect(ROBIN);
  await arrives();
  expect(saved.map(({ index, role }) => [index, role])).toEqual([
    [0, "caller"],
    [1, "assistant"],
  ]);
  expect(JSON.stringify(saved)).not.toContain("4111 1111");
});

test("the person they were sent here for comes with them, also when the same arrival is told again elsewhere", async () => {
  await callers.expect(ROBIN);
  await arrives();
  expect(wishes.get(call)).toMatchObject({ target, decision: { trigger: "assistant-request", evidence: [1] } });
  callers = node();
  wishes.clear();
  await arrives();
  expect(wishes.get(call)).toMatchObject({ target, decision: { trigger: "assistant-request", evidence: [1] } });
  expect(saved).toHaveLength(2);
});

test("the node that answers dies before it has kept what they said: whoever is asked next keeps it", async () => {
  const room = cloakroom;
  cloakroom = { ...room, take: () => Promise.reject(new Error("the node dies here")) };
  callers = node();
  await callers.expect(ROBIN);
  await expect(arrives()).rejects.toThrow("dies here");
  cloakroom = room;
  callers = node();
  await arrives();
  expect([saved.length, wishes.size]).toEqual([2, 1]);
});

test("once, and within a minute; another number's caller is nobody special", async () => {
  await callers.expect(ROBIN);
  await arrives("+14155550143");
  await arrives(ROBIN.ani, "+15005550199");
  expect(saved).toEqual([]);
  call = CallId("call-2");
  await arrives();
  call = CallId("call-3");
  expect(await arrives()).toEqual(ORDINARY);
  expect(saved).toHaveLength(2);
  await callers.expect({ ...ROBIN, visit: "visit-2" });
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
  expect(await hidden()).toEqual(ORDINARY);
  const code = await callers.expect(NAMELESS);
  expect(code).toMatch(/^\d{6}$/u);
  // Also with a number that is not theirs, as a vendor's transfer may show.
  expect(await arrives("+15005550177")).toEqual(ASKED);
  expect(await hidden()).toEqual(ASKED);
  call = CallId("call-2");
  expect(await hidden("")).toEqual({ kind: "go-on", lateDigits: true });
  call = CallId("call-3");
  expect(await hidden(code === "000000" ? "000001" : "000000")).toEqual(ORDINARY);
  expect(saved).toEqual([]);
  call = CallId("call-4");
  expect(await hidden(code)).toEqual({ kind: "go-on", caller: {} });
  expect(saved).toHaveLength(2);
  call = CallId("call-5");
  expect(await hidden(code)).toEqual(ORDINARY);
  expect(saved).toHaveLength(2);
});

test("known by digits, the number the carrier shows is not theirs", async () => {
  const code = await callers.expect(NAMELESS);
  expect(await arrives(VENDORS, ROBIN.bridge, code)).toEqual({ kind: "go-on", caller: {} });
  // Also when the carrier asks again, and nobody is awaited any more.
  expect(await arrives(VENDORS)).toEqual({ kind: "go-on", caller: {} });
});

test("the vendor's own number without the digits: somebody's transfer, brought to a person as nobody in particular", async () => {
  await callers.expect({ ...NAMELESS, through: VENDORS });
  expect(await arrives(VENDORS, ROBIN.bridge, "")).toEqual({ kind: "go-on", caller: {}, lateDigits: true });
  expect([saved, wishes.size]).toEqual([[], 1]);
});

const SECOND = {
  ...ROBIN,
  visit: "visit-2",
  turns: [{ role: "caller", text: "I am the second one.", at: EpochMs(3) }],
};
const second = () => callers.expect(SECOND as ExpectedCaller);
const words = () => saved.map(({ text }) => text);

test("two callers behind one number are told apart by digits; a repeated request is the same caller", async () => {
  expect(await callers.expect(ROBIN)).toBeUndefined();
  expect(await callers.expect(ROBIN)).toBeUndefined();
  const code = await second();
  expect(await second()).toBe(code);
  expect(await arrives()).toEqual(ASKED);
  const known = { kind: "go-on", caller: { ani: ROBIN.ani } };
  expect(await arrives(ROBIN.ani, ROBIN.bridge, code)).toEqual(known);
  expect(words()).toEqual(["I am the second one."]);
  // The carrier asks again: the same answer, and nothing of the first one's.
  expect(await arrives(ROBIN.ani, ROBIN.bridge, code)).toEqual(known);
  expect(await arrives(ROBIN.ani, ROBIN.bridge, "")).toEqual(known);
  expect(await arrives()).toEqual(known);
  expect(words()).toEqual(["I am the second one."]);
  call = CallId("call-2");
  expect(await arrives(ROBIN.ani, ROBIN.bridge, "")).toEqual(known);
  expect(saved).toHaveLength(3);
});

test.each(["", "99", "999999"])(
  "two behind one number, and digits that tell nothing (%s): a person, and nobody's words",
  async (digits) => {
    await callers.expect(ROBIN);
    const code = await second();
    expect(await arrives(ROBIN.ani, ROBIN.bridge, digits === code ? "000000" : digits)).toMatchObject({
      kind: "go-on",
    });
    expect([saved, wishes.size]).toEqual([[], 1]);
    // The next one without digits may be either, too.
    call = CallId("call-2");
    await arrives(ROBIN.ani, ROBIN.bridge, "");
    expect([saved, wishes.size]).toEqual([[], 2]);
    call = CallId("call-3");
    await arrives(ROBIN.ani, ROBIN.bridge, code);
    expect(words()).toEqual(["I am the second one."]);
  },
);

test("who might have been the first of two takes what was known of the first one along: nobody later has it", async () => {
  await callers.expect(ROBIN);
  const code = await second();
  await arrives(ROBIN.ani, ROBIN.bridge, "");
  call = CallId("call-2");
  await arrives(ROBIN.ani, ROBIN.bridge, code);
  call = CallId("call-3");
  await arrives();
  expect(words()).toEqual(["I am the second one."]);
});

test("two at the same moment on two gateways: one of them has digits", async () => {
  const codes = await Promise.all([callers.expect(ROBIN), node().expect(SECOND as ExpectedCaller)]);
  expect(codes.filter((code) => code === undefined)).toHaveLength(1);
  expect(await arrives()).toEqual(ASKED);
});

test("many without a number at once: each has digits of their own", async () => {
  const visits = Array.from({ length: 8 }, (_, index) => ({ ...NAMELESS, visit: `visit-${index}` }));
  const codes = await Promise.all(visits.map((visit) => node().expect(visit)));
  expect(new Set(codes).size).toBe(8);
  expect(codes).not.toContain(undefined);
});

test("one visit asked for twice has one code; asked for again when its caller is here, nobody is awaited", async () => {
  const code = await callers.expect(NAMELESS);
  expect(await callers.expect(NAMELESS)).toBe(code);
  await hidden(code);
  expect(await callers.expect(NAMELESS)).toBeUndefined();
  call = CallId("call-2");
  expect(await hidden()).toEqual(ORDINARY);
});

test("key 1 while digits are waited for asks for a person", async () => {
  await callers.expect(NAMELESS);
  await arrives("+14155550177", ROBIN.bridge, "1");
  expect(wishes.get(call)).toMatchObject({ decision: { trigger: "explicit-request" } });
  expect(saved).toEqual([]);
});

test("asked twice at the same moment, both are answered the same", async () => {
  await callers.expect(ROBIN);
  await second();
  const both = await Promise.all(
    [1, 2].map(() => callers.arrived({ call, ani: ROBIN.ani, dnis: ROBIN.bridge, code: "" })),
  );
  expect(both[0]).toMatchObject({ kind: "go-on", wish: { target } });
  expect(both[1]).toEqual(both[0]);
});

test("digits meant for another bridge number tell nothing here", async () => {
  const code = await callers.expect(NAMELESS);
  expect(await arrives(VENDORS, "+15005550199", code)).toMatchObject({ kind: "go-on" });
  expect(saved).toEqual([]);
});

const turn = (role: "caller" | "assistant", text: string, at: number) => ({ role, text, at: EpochMs(at) });
test("a card in pieces and a code that was asked for are gone before anything is shared", async () => {
  const left: string[] = [];
  const room = createMemoryCloakroom();
  cloakroom = { ...room, leave: (what) => (left.push(what.text), room.leave(what)) };
  callers = node();
  const turns = [
    turn("assistant", "What is the code we texted you?", 1),
    turn("caller", "482913", 2),
    turn("caller", "4111 1111", 3),
    turn("caller", "1111 1111", 4),
  ];
  await callers.expect({ ...ROBIN, turns });
  await arrives();
  expect(JSON.stringify([left, saved])).not.toMatch(/482913|1111/u);
  expect(saved).toHaveLength(4);
});

const away = () => Promise.resolve({ ok: false, why: "away" } as const);
test("a store that is away: nobody is known, and nobody is kept waiting", async () => {
  cloakroom = { leave: away, take: away, look: away, swap: away };
  callers = node();
  expect(await callers.expect(NAMELESS)).toBeUndefined();
  expect(await callers.expect(ROBIN)).toBeUndefined();
  expect(await arrives()).toEqual(ORDINARY);
  expect(saved).toEqual([]);
});
