import { expect, test } from "vitest";
import type { CallerIntent } from "../../../src/escalation/caller-intent.ts";
import { emptyCase, type CaseState, type HandoffKind } from "../../../src/handoff/state.ts";
import { callerWish } from "../../../src/runtime/live/caller-wish.ts";

const during = (kind: HandoffKind, canCallBack = true): CaseState =>
  ({ ...emptyCase, handoff: { kind }, caller: { canCallBack } }) as unknown as CaseState;
const said = (intent?: CallerIntent, more: { first?: CallerIntent; asksForPerson?: boolean } = {}) => ({
  intent,
  first: more.first ?? intent,
  asksForPerson: more.asksForPerson ?? false,
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

test("who cannot be rung back can only wait", () => {
  expect(callerWish(during("offering-fallback", false), said("accept"))).toEqual({ kind: "choose", choice: "wait" });
});
