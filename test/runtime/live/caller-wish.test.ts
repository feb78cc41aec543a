import { expect, test } from "vitest";
import type { NamedTime, TimeSaid } from "../../../src/callbacks/read-time.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import type { CallerIntent } from "../../../src/escalation/caller-intent.ts";
import { emptyCase, type CaseState, type HandoffKind } from "../../../src/handoff/state.ts";
import { callerWish, type Said } from "../../../src/runtime/live/caller-wish.ts";

const during = (kind: HandoffKind, canCallBack = true, more: object = {}): CaseState =>
  ({ ...emptyCase, handoff: { kind, ...more }, caller: { canCallBack } }) as unknown as CaseState;
const said = (intent?: CallerIntent, more: Partial<Said> = {}): Said => ({
  intent,
  first: more.first ?? intent,
  asksForPerson: more.asksForPerson ?? false,
  ...(more.time && { time: more.time }),
});

const CASES: [HandoffKind, ReturnType<typeof said>, object | undefined][] = [
  ["none", said("cancel"), undefined],
  ["offering", said("cancel"), { kind: "cancel" }],
  ["offering", said("callback"), { kind: "choose", choice: "callback" }],
  ["offering", said("wait"), undefined],
  ["offering", said("accept"), undefined],
  ["accepted", said("cancel"), { kind: "cancel" }],
  ["accepted", said("callback"), undefined],
  ["moving", said("cancel"), undefined],
  ["offering-fallback", said("wait"), { kind: "choose", choice: "wait" }],
  ["offering-fallback", said("callback"), { kind: "choose", choice: "callback" }],
  ["offering-fallback", said("accept"), { kind: "choose", choice: "callback" }],
  ["offering-fallback", said("decline"), { kind: "choose", choice: "continue" }],
  ["offering-fallback", said("decline", { asksForPerson: true }), { kind: "choose", choice: "person" }],
  ["offering-fallback", said(), undefined],
  ["capturing-callback", said("accept"), { kind: "confirm" }],
  ["capturing-callback", said("callback", { first: "accept" }), { kind: "confirm" }],
  ["capturing-callback", said("decline"), { kind: "reject" }],
  ["capturing-callback", said("cancel"), { kind: "cancel" }],
  ["capturing-callback", said(), undefined],
];

test.each(CASES)("%s: %j means %j", (kind, words, wish) => {
  expect(callerWish(during(kind), words)).toEqual(wish);
});

test("who cannot be rung back was last offered to leave word", () => {
  expect(callerWish(during("offering-fallback", false), said("accept"))).toEqual({ kind: "choose", choice: "ticket" });
  expect(callerWish(during("offering-fallback", false), said("wait"))).toEqual({ kind: "choose", choice: "wait" });
});

const DAY_MS = 86_400_000;
const ten: NamedTime = { kind: "at", at: EpochMs(50 * DAY_MS + 36_000_000) };
const unclear: NamedTime = { kind: "unclear" };
const saying = (named: NamedTime, more: Partial<TimeSaid> = {}): TimeSaid => ({
  named,
  alone: true,
  fits: false,
  ...more,
});
const callback = (when?: NamedTime) => ({ kind: "choose", choice: "callback", ...(when && { when }) });

test.each<[string, Said, object | undefined]>([
  ["call me back tomorrow at ten", said("callback", { time: saying(ten) }), callback(ten)],
  ["tomorrow at ten", said(undefined, { time: saying(ten) }), callback(ten)],
  ["yes, tomorrow at ten", said("accept", { time: saying(ten) }), callback(ten)],
  ["yes, later", said("accept", { time: saying(unclear) }), callback(unclear)],
  ["I called this morning", said(undefined, { time: saying({ kind: "past" }, { alone: false }) }), undefined],
  ["I would rather wait until ten", said("wait", { time: saying(ten) }), { kind: "choose", choice: "wait" }],
  ["write it down please", said("note"), { kind: "choose", choice: "ticket" }],
])("asked to wait or be called: %s", (_words, words, wish) => {
  expect(callerWish(during("offering-fallback"), words)).toEqual(wish);
});

test.each<[string, Said, object | undefined]>([
  ["yes", said("accept"), { kind: "confirm" }],
  ["yes, ten is fine", said("accept", { time: saying(ten, { fits: true }) }), { kind: "confirm" }],
  [
    "yes, but at six",
    said("accept", { time: saying({ kind: "at", at: EpochMs(1_000) }) }),
    callback({ kind: "at", at: EpochMs(1_000) }),
  ],
  [
    "no, at six",
    said("decline", { time: saying({ kind: "at", at: EpochMs(1_000) }) }),
    callback({ kind: "at", at: EpochMs(1_000) }),
  ],
  ["no", said("decline"), { kind: "reject" }],
])("number and ten o'clock were read back: %s", (_words, words, wish) => {
  expect(callerWish(during("capturing-callback", true, { dueAt: ten.at }), words)).toEqual(wish);
});

test.each<[string, Said, object | undefined]>([
  ["ten", said(undefined, { time: saying(ten) }), callback(ten)],
  ["erm, you know", said(), callback(unclear)],
  ["yes", said("accept"), callback(unclear)],
  ["no, forget it", said("decline"), { kind: "reject" }],
  ["I'd rather wait", said("wait"), { kind: "choose", choice: "wait" }],
  ["get me a person", said(undefined, { asksForPerson: true }), undefined],
  ["get me a person now", said(undefined, { asksForPerson: true, time: saying(ten) }), undefined],
])("asked when: %s", (_words, words, wish) => {
  expect(callerWish(during("capturing-callback", true, { step: "time" }), words)).toEqual(wish);
});
