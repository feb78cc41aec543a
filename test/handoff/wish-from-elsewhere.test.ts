// Another assistant decided on a person before the caller came to us. The case has it from its first event, so whichever node
// goes on with the call looks for that person as soon as the caller has somebody of ours.
import { expect, test } from "vitest";

import { EpochMs } from "../../src/domain/time.ts";
import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import { type CaseState, emptyCase } from "../../src/handoff/state.ts";
import type { CaseEvent, Wish } from "../../src/handoff/vocabulary.ts";
import { billing, events } from "./scenes.ts";

const decision = {
  trigger: "assistant-request",
  because: "The assistant of another number asked for a person.",
  evidence: [1],
  signals: {},
  thresholds: {},
  policyRevision: "hosted",
} as const;
const wish: Wish = { target: billing, decision };

const after = (state: CaseState, event: CaseEvent) => decide(state, event, defaultPolicy);
const arrived = (more: Partial<Extract<CaseEvent, { kind: "call-arrived" }>> = {}) =>
  after(emptyCase, { ...events["call-arrived"], wish, ...more });
const kinds = ({ effects }: ReturnType<typeof after>) => effects.map(({ kind }) => kind);

test("nobody is looked for before the caller hears somebody of ours; then at once, in that very event", () => {
  const opening = arrived();
  expect([opening.state.handoff.kind, opening.effects]).toEqual(["none", []]);
  const heard = after(opening.state, events["assistant-started"]);
  expect(heard.state.handoff.kind).toBe("reserving");
  expect(heard.state.escalation).toMatchObject({ target: billing, decision, handoffs: 1, status: "open" });
  expect(kinds(heard)).toContain("reserve-agent");
});

test("the assistant never came: the fixed lines serve the wish", () => {
  const down = after(arrived().state, { ...events["assistant-lost"], down: true });
  expect([down.state.caller?.place, down.state.handoff.kind]).toEqual(["menu", "reserving"]);
});

test.each([{ overflow: true }, { noAssistant: true }] as const)("no assistant from the start (%o): at once", (how) => {
  expect(arrived(how).state).toMatchObject({ handoff: { kind: "reserving" }, escalation: { target: billing } });
});

test("a number that goes straight to people does so, and once", () => {
  const queued = arrived({ mode: "queue" });
  expect(queued.state.escalation?.decision.trigger).toBe("explicit-request");
  expect(after(queued.state, events["assistant-started"]).state.escalation?.id).toBe(queued.state.escalation?.id);
});

test("it is one wish: who was brought back from it, or asked for somebody before it, is not asked for again", () => {
  const heard = after(arrived().state, events["assistant-started"]);
  const cancelled = after(heard.state, events["caller-cancelled"]);
  expect(cancelled.state.handoff.kind).toBe("closed");
  const again = after(cancelled.state, { kind: "assistant-started", at: EpochMs(9_000_000), stream: "stream-9" });
  expect(again.state.handoff.kind).toBe("closed");
  const byKey = after(arrived().state, { ...events["caller-pressed"], key: "1" });
  expect(byKey.state.escalation?.decision.trigger).toBe("explicit-request");
});

test("a caller who left during the opening is not looked after, and the arrival told twice is one", () => {
  const left = after(arrived().state, events["caller-left"]);
  expect(after(left.state, events["assistant-started"]).state.handoff.kind).not.toBe("reserving");
  const { state } = arrived();
  expect(after(state, { ...events["call-arrived"], wish }).state).toBe(state);
});
