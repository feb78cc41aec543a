// The move came to nothing and the caller is with the assistant again, on a new connection: they hear that somebody else is
// asked, since nobody could tell them while they were on the way.
import { expect, test } from "vitest";

import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import type { CaseState } from "../../src/handoff/state.ts";
import type { CaseEvent } from "../../src/handoff/vocabulary.ts";
import { agreed, NOW, stateOf } from "./scenes.ts";

const started: CaseEvent = { kind: "assistant-started", at: NOW, stream: "stream-2" };

const spoken = (state: CaseState, event: CaseEvent): string[] =>
  decide(state, event, defaultPolicy).effects.flatMap((effect) => (effect.kind === "speak" ? [effect.line] : []));

/** Asked again after an offer that ended like this. */
function after(outcome: "no-audio" | "missed"): CaseState {
  const state = stateOf("offering");
  if (!state.escalation) throw new Error("the scene has an escalation");
  const offers = [{ id: agreed.id, agent: agreed.agent, outcome }];
  return { ...state, escalation: { ...state.escalation, offers } };
}

test("that somebody else is asked is said as soon as there is somebody to say it", () => {
  expect(spoken(after("no-audio"), started)).toEqual(["next-agent"]);
});

test("whoever has heard it hears nothing more, on whatever new connection", () => {
  expect(spoken(after("missed"), started)).toEqual([]);
  expect(spoken(stateOf("offering"), started)).toEqual([]);
});

test("told twice it is said once", () => {
  const { state } = decide(after("no-audio"), started, defaultPolicy);
  expect(spoken(state, started)).toEqual([]);
});

test("before anybody is reserved nothing is promised", () => {
  const state = after("no-audio");
  expect(spoken({ ...state, handoff: stateOf("reserving").handoff }, started)).toEqual([]);
});
