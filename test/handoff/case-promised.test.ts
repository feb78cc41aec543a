// A callback that people promise over the API, where no caller can be asked.
import { expect, test } from "vitest";

import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import { projectCase } from "../../src/handoff/project-case.ts";
import type { CaseState } from "../../src/handoff/state.ts";
import type { CaseEvent } from "../../src/handoff/vocabulary.ts";
import { events, fresh, LATER, NOW, stateOf } from "./scenes.ts";

const after = (state: CaseState, ...all: readonly CaseEvent[]): CaseState =>
  all.reduce((now, event) => decide(now, event, defaultPolicy).state, state);
const promise: CaseEvent = { kind: "case-promised", at: NOW, dueAt: LATER, fresh };

test("a caller who has gone is promised one afterwards; what became of their call stays as it was", () => {
  const left = after(stateOf("offering"), events["caller-left"]);
  const promised = after(left, promise);
  expect(promised.handoff).toEqual({ kind: "closed", outcome: "abandoned" });
  expect(projectCase(promised).callback).toEqual({
    id: fresh.callback,
    escalationId: promised.escalation?.id,
    dueAt: LATER,
    reference: promised.escalation?.reference,
  });
});

test("without a named time it is due when every callback is; a second promise changes nothing", () => {
  const left = after(stateOf("offering"), events["caller-left"]);
  const promised = after(left, { kind: "case-promised", at: NOW, fresh });
  expect(promised.escalation?.callback?.dueAt).toBe(fresh.callbackDueAt);
  expect(after(promised, promise)).toBe(promised);
});

test("nothing is promised over the head of a caller who is on the line, nor in a resolved case", () => {
  for (const kind of ["offering", "bridged", "offering-fallback", "capturing-callback"] as const) {
    const state = stateOf(kind);
    expect(after(state, promise)).toBe(state);
  }
  const resolved = after(stateOf("offering"), events["caller-left"], events["case-resolved"]);
  expect(after(resolved, promise)).toBe(resolved);
});

test("a promise that only this node's disk has is not confirmed", () => {
  const left = after(stateOf("offering"), events["caller-left"]);
  const promised = after(left, { kind: "case-promised", at: NOW, fresh: { ...fresh, unstored: true } });
  expect(promised.escalation?.callback).toMatchObject({ unconfirmed: true });
});
