// What lists show of a handoff's agent: whom the caller is to talk with, talks with, or has talked with.
import { expect, test } from "vitest";

import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import { projectCase } from "../../src/handoff/project-case.ts";
import type { CaseState } from "../../src/handoff/state.ts";
import type { CaseEvent } from "../../src/handoff/vocabulary.ts";
import { agreed, dana, events, handoffs, NOW, stateOf } from "./scenes.ts";

const after = (state: CaseState, event: CaseEvent): CaseState => decide(state, event, defaultPolicy).state;
const shown = (state: CaseState) => projectCase(state).escalation?.handoff;

test("whom the caller talked with is shown when the conversation is over, too", () => {
  const moving = after(stateOf("moving"), {
    kind: "agent-joined",
    at: NOW,
    offer: agreed.id,
    leg: agreed.leg ?? fail(),
  });
  const bridged = after(moving, { kind: "caller-joined", at: NOW });
  expect(shown(bridged)).toEqual({ state: "bridged", outcome: "bridged", agent: dana });
  const wrapping = after(bridged, events["agent-ended"]);
  expect(shown(wrapping)).toEqual({ state: "wrapping-up", outcome: "bridged", agent: dana });
  const gone = after(wrapping, events["caller-left"]);
  expect(shown(after(gone, events["wrapped-up"]))).toEqual({ state: "closed", outcome: "bridged", agent: dana });
});

test("who was only asked is not shown afterwards, nor while the line to them is lost", () => {
  const left = after(stateOf("offering"), events["caller-left"]);
  expect(shown(left)).toEqual({ state: "closed", outcome: "abandoned" });
  expect(shown({ ...stateOf("agent-lost"), handoff: handoffs["agent-lost"] })).not.toHaveProperty("agent");
});

function fail(): never {
  throw new Error("the scene's agent has a leg");
}
