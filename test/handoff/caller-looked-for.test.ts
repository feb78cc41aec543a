// News of a hang-up can be lost for good. The carrier is asked now and then, so that no case waits for ever for a caller who
// is gone, and no agent is held for one (H1, H6).
import { expect, test } from "vitest";

import { after } from "../../src/domain/time.ts";
import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import { type CaseState, emptyCase, wakeAt } from "../../src/handoff/state.ts";
import type { CaseEvent } from "../../src/handoff/vocabulary.ts";
import { events, NOW } from "./scenes.ts";

const next = (state: CaseState, event: CaseEvent) => decide(state, event, defaultPolicy);
const arrived = next(emptyCase, events["call-arrived"]).state;
const due = after(NOW, defaultPolicy.callerLookMs);

test("a call that nothing is heard of is looked at in time", () => {
  expect(wakeAt(arrived)).toBe(due);
  expect(next(arrived, { kind: "time-passed", at: after(due, -1) }).effects).toEqual([]);
});

test("the carrier is asked for the caller's leg, and again after as long", () => {
  const { state, effects } = next(arrived, { kind: "time-passed", at: due });
  expect(effects).toEqual([{ kind: "ask-caller", leg: arrived.caller?.leg }]);
  expect(wakeAt(state)).toBe(after(due, defaultPolicy.callerLookMs));
});

test("whoever is gone is not asked for", () => {
  const gone = next(arrived, { kind: "caller-left", at: NOW }).state;
  expect(wakeAt(gone)).toBeUndefined();
  expect(next(gone, { kind: "time-passed", at: due }).effects).toEqual([]);
});
