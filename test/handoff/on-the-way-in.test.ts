// The caller's line is lost in the moment of acceptance: the carrier asks for their leg and sends them into the room. Should
// the agent go before anybody tells that they are in, they must not stay there alone (H1).
import { expect, test } from "vitest";

import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import { events, stateOf } from "./scenes.ts";

const asked = decide(stateOf("accepted"), events["caller-leg-asked"], defaultPolicy);

test("they are known to be on the way, and nothing more is ordered for it", () => {
  expect(asked.state.handoff.kind).toBe("moving");
  expect(asked.effects.map(({ kind }) => kind)).toEqual(["silence-assistant"]);
});

test("an agent who goes meanwhile takes them out again, though nobody said that they are in", () => {
  const { effects } = decide(asked.state, events["agent-leg-ended"], defaultPolicy);
  expect(effects).toContainEqual({ kind: "move-caller", how: "redirect" });
});

test("without the question an agent who goes leaves them with the assistant", () => {
  const { effects } = decide(stateOf("accepted"), events["agent-leg-ended"], defaultPolicy);
  expect(effects.map(({ kind }) => kind)).not.toContain("move-caller");
});
