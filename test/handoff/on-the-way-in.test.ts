// The caller's line is lost in the moment of acceptance: the carrier asks for their leg and sends them into the room. Should
// the agent go before anybody tells that they are in, they must not stay there alone (H1). A question that is only late
// or repeated leaves a caller who talks with the assistant where they are (H7).
import { expect, test } from "vitest";

import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import type { CaseState } from "../../src/handoff/state.ts";
import type { CaseEvent, Effect } from "../../src/handoff/vocabulary.ts";
import { events, LATER, stateOf } from "./scenes.ts";

const redirect: Effect = { kind: "move-caller", how: "redirect" };
const next = (state: CaseState, event: CaseEvent) => decide(state, event, defaultPolicy);
const asked = next(stateOf("accepted"), events["caller-leg-asked"]);

test("being asked orders nothing: the assistant goes on, and so does what was announced", () => {
  expect(asked.effects).toEqual([]);
  expect(asked.state.handoff.kind).toBe("accepted");
  expect(next(asked.state, events["caller-leg-asked"]).state).toBe(asked.state);
});

test("the move comes as it would have come", () => {
  const due: CaseEvent = { kind: "time-passed", at: LATER };
  expect(next(asked.state, due).effects).toEqual(next(stateOf("accepted"), due).effects);
});

test.each(["agent-leg-ended", "agent-left-room"] as const)(
  "after %s they are taken out again, though nobody said that they are in",
  (kind) => {
    expect(next(asked.state, events[kind]).effects).toContainEqual(redirect);
    expect(next(stateOf("accepted"), events[kind]).effects).not.toContainEqual(redirect);
  },
);
