import { expect, test } from "vitest";
import { CallId } from "../../../src/domain/ids.ts";
import { createVisitTokens, isEarlier } from "../../../src/runtime/hosted/visit-tokens.ts";
import { fakeClock } from "../../stores/fake-clock.ts";

const CALL = CallId(`call-${"0123456789abcdef".repeat(2)}`);

test("a token names its call and visit, on every node with the same secret", () => {
  const clock = fakeClock(1_000);
  const { visit, token } = createVisitTokens({ key: "secret", clock }).mint(CALL);
  expect(visit.call).toBe(CALL);
  expect(createVisitTokens({ key: "secret", clock }).read(token)).toEqual(visit);
  expect(createVisitTokens({ key: "secret", clock }).read(token.toUpperCase())).toEqual(visit);
});

test("it may stand in a SIP header", () => {
  const { token } = createVisitTokens({ key: "secret", clock: fakeClock(1_000) }).mint(CALL);
  expect(token).toMatch(/^[a-z0-9]+$/u);
  expect(token.length).toBeLessThan(512);
});

test("two visits of one call differ", () => {
  const tokens = createVisitTokens({ key: "secret", clock: fakeClock(1_000) });
  expect(tokens.mint(CALL).visit.visit).not.toBe(tokens.mint(CALL).visit.visit);
});

test("which of two visits came first is in their names", () => {
  const clock = fakeClock(1_000);
  const tokens = createVisitTokens({ key: "secret", clock });
  const first = tokens.mint(CALL).visit.visit;
  clock.advance(1);
  const second = tokens.mint(CALL).visit.visit;
  expect([isEarlier(first, second), isEarlier(second, first), isEarlier(first, first)]).toEqual([true, false, false]);
  // A stream of our own, or none.
  expect([isEarlier(first, "MZ1"), isEarlier(first, undefined)]).toEqual([false, false]);
});

test("another secret's, a changed one, an old one and nonsense are nobody's", () => {
  const clock = fakeClock(1_000);
  const tokens = createVisitTokens({ key: "secret", clock });
  const { token } = tokens.mint(CALL);
  expect(createVisitTokens({ key: "another", clock }).read(token)).toBeUndefined();
  for (let at = 0; at < token.length; at += 7) {
    const other = token[at] === "0" ? "1" : "0";
    expect(tokens.read(token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
  }
  for (const text of ["", "x", "forged", token.slice(1), `${token}0`]) expect(tokens.read(text)).toBeUndefined();
  clock.advance(12 * 3_600_000 + 1);
  expect(tokens.read(token)).toBeUndefined();
});
