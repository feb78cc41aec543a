// H14: danger to life gets the emergency line at once and people, never a callback.
import { describe, expect, test } from "vitest";
import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import { documentForCaller } from "../../src/handoff/reply.ts";
import type { CaseState, HandoffKind } from "../../src/handoff/state.ts";
import { EscalationId } from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import { billing, disputes, events, LATER, stateOf } from "./scenes.ts";

function inDanger(kind: HandoffKind): CaseState {
  const state = stateOf(kind);
  if (!state.escalation) throw new Error(`${kind} has no escalation`);
  const decision = { ...state.escalation.decision, emergency: true as const };
  return { ...state, escalation: { ...state.escalation, decision } };
}

const said = (effects: readonly { kind: string }[]): unknown[] =>
  effects.flatMap((effect) => ("line" in effect ? [effect.line] : []));

describe("danger to life", () => {
  test("nobody free: the line, and the next free agent is taken; no question", () => {
    const { state, effects } = decide(inDanger("reserving"), events["no-agent-free"], defaultPolicy);
    expect(state.handoff.kind).toBe("waiting");
    expect(said(effects)).toEqual(["emergency"]);
  });

  test("nobody even on duty: the search goes on in silence, without another question", () => {
    const nobody = { ...events["no-agent-free"], why: "nobody-on-duty" as const };
    const { state, effects } = decide(inDanger("waiting"), nobody, defaultPolicy);
    expect(state.handoff.kind).toBe("waiting");
    expect(said(effects)).toEqual([]);
  });

  test("the budget is used up: who rings goes on ringing", () => {
    const late = { ...events["time-passed"], at: EpochMs(LATER - 1) };
    const before = inDanger("offering");
    const { handoff } = before;
    if (handoff.kind !== "offering") throw new Error("the scene is another one");
    const due: CaseState = { ...before, handoff: { ...handoff, by: late.at } };
    const { state, effects } = decide(due, late, defaultPolicy);
    expect(state.handoff).toMatchObject({ kind: "offering", offer: { id: handoff.offer.id } });
    expect(said(effects)).toEqual(["emergency"]);
  });

  test.each(["reserving", "waiting", "offering"] as const)("a callback asked for while %s is not taken", (kind) => {
    const before = inDanger(kind);
    const { state, effects } = decide(before, events["caller-chose"], defaultPolicy);
    expect(state.handoff).toEqual(before.handoff);
    expect(said(effects)).toEqual(["emergency"]);
  });

  const decided = {
    ...events["escalation-decided"],
    target: disputes,
    decision: { ...events["escalation-decided"].decision, trigger: "policy-intent" as const, emergency: true as const },
  };

  test.each(["reserving", "waiting", "offering"] as const)("said while %s: no callback from then on", (kind) => {
    const { state } = decide(stateOf(kind), decided, defaultPolicy);
    expect(state.handoff.kind).toBe(kind);
    expect(said(decide(state, events["caller-chose"], defaultPolicy).effects)).toEqual(["emergency"]);
  });

  test.each(["offering-fallback", "capturing-callback"] as const)("said while %s: the line, and people", (kind) => {
    const same = decide(stateOf(kind), decided, defaultPolicy);
    expect(same.state.handoff.kind).toBe("waiting");
    expect(said(same.effects)).toEqual(["emergency"]);
    const another = decide(stateOf(kind), { ...decided, target: billing }, defaultPolicy);
    expect(another.state.handoff.kind).toBe("reserving");
    expect(said(another.effects)).toEqual(["emergency"]);
  });
});

const danger = (id: string, target = disputes) => ({
  ...events["escalation-decided"],
  escalation: EscalationId(id),
  target,
  decision: { ...events["escalation-decided"].decision, trigger: "policy-intent" as const, emergency: true as const },
});

describe("the line is ordered with the decision, once for each escalation that is one", () => {
  test.each(["none", "closed"] as const)("no handoff is open (%s): before anybody is asked", (kind) => {
    const { state, effects } = decide(stateOf(kind), danger("esc-2"), defaultPolicy);
    expect(state.handoff.kind).toBe("reserving");
    expect(effects.map((effect) => effect.kind).slice(0, 3)).toEqual(["cut-speech", "speak", "reserve-agent"]);
    expect(said(effects)).toEqual(["emergency"]);
  });

  test.each(["reserving", "waiting", "offering"] as const)("while %s, for this team or another", (kind) => {
    for (const target of [disputes, billing]) {
      const first = decide(stateOf(kind), danger("esc-2", target), defaultPolicy);
      expect(said(first.effects)).toEqual(["emergency"]);
      expect(said(decide(first.state, danger("esc-3", target), defaultPolicy).effects)).toEqual([]);
    }
  });

  test("a caller who cancels and is in danger again hears it again", () => {
    const first = decide(stateOf("none"), danger("esc-2"), defaultPolicy);
    const cancelled = decide(first.state, events["caller-cancelled"], defaultPolicy);
    expect(cancelled.state.handoff).toMatchObject({ kind: "closed", outcome: "returned" });
    const second = decide(cancelled.state, danger("esc-3"), defaultPolicy);
    expect(said(second.effects)).toEqual(["emergency"]);
    expect(second.state.escalation?.decision.emergency).toBe(true);
  });

  test("another team, asked for without a word of it, makes a caller in danger no less so", () => {
    const { state } = decide(inDanger("offering"), { ...events["escalation-decided"], target: billing }, defaultPolicy);
    expect(state.escalation?.target).toEqual(billing);
    expect(said(decide(state, events["caller-chose"], defaultPolicy).effects)).toEqual(["emergency"]);
  });
});

test.each([
  ["policy-intent", "reserving"],
  ["sentiment", "capturing-callback"],
] as const)("while a callback is confirmed, another team by %s: %s", (trigger, kind) => {
  const event = events["escalation-decided"];
  const other = { ...event, target: billing, decision: { ...event.decision, trigger } };
  expect(decide(stateOf("capturing-callback"), other, defaultPolicy).state.handoff.kind).toBe(kind);
});

test.each(["reserving", "waiting", "offering"] as const)("cut off by the caller's own wish (%s): again", (kind) => {
  const { effects } = decide(inDanger(kind), events["caller-cancelled"], defaultPolicy);
  const kinds = effects.map((effect) => effect.kind);
  expect(kinds.indexOf("cut-speech")).toBeLessThan(kinds.indexOf("speak"));
  expect(said(effects)).toEqual(["emergency", "cancelled"]);
});

test("cut off for the next agent, or by a connection that was lost, the line is said again", () => {
  const declined = decide(inDanger("offering"), events["agent-declined"], defaultPolicy);
  expect(declined.state.handoff.kind).toBe("reserving");
  const kinds = declined.effects.map(({ kind }) => kind);
  expect(kinds.indexOf("cut-speech")).toBeLessThan(kinds.indexOf("speak"));
  expect(said(declined.effects)).toEqual(["emergency"]);

  const back = decide(inDanger("waiting"), { ...events["assistant-started"], stream: "another" }, defaultPolicy);
  expect(said(back.effects)).toEqual(["emergency"]);
});

test("where the carrier speaks instead of the assistant, it says the line, and offers no callback", () => {
  const before = inDanger("waiting");
  if (!before.caller) throw new Error("the scene has no caller");
  const menu = { ...before, caller: { ...before.caller, place: "menu" as const, modelDown: true } };
  expect(documentForCaller(menu)).toMatchObject({ kind: "menu", lines: [{ line: "emergency" }] });
});

test.each(["reserving", "waiting", "offering"] as const)(
  "said while %s: the line comes before all that waits",
  (kind) => {
    const event = events["escalation-decided"];
    const { target } = stateOf(kind).escalation ?? event;
    const decision = { ...event.decision, emergency: true as const };
    const kinds = decide(stateOf(kind), { ...event, target, decision }, defaultPolicy).effects.map(
      (effect) => effect.kind,
    );
    expect(kinds.slice(0, 2)).toEqual(["cut-speech", "speak"]);
  },
);

test("another team asked for: the promise of the first is not said any more, the line is", () => {
  const event = { ...events["escalation-decided"], target: billing };
  const kinds = (state: CaseState) => decide(state, event, defaultPolicy).effects.map((effect) => effect.kind);
  expect(kinds(stateOf("offering"))).toContain("cut-speech");
  const before = inDanger("offering");
  expect(said(decide(before, event, defaultPolicy).effects)).toEqual(["emergency"]);
  expect(kinds(before).indexOf("cut-speech")).toBeLessThan(kinds(before).indexOf("speak"));
});

const told = (kind: "accepted" | "moving"): CaseState => decide(stateOf(kind), danger("esc-2"), defaultPolicy).state;

describe("said while the agent is on the way, and the agent does not come", () => {
  test.each(["accepted", "moving"] as const)("%s: nothing is said between them, and it is known", (kind) => {
    const { state, effects } = decide(stateOf(kind), { ...danger("esc-2"), priority: "urgent" }, defaultPolicy);
    expect(effects).toEqual([]);
    expect(state.handoff).toEqual(stateOf(kind).handoff);
    expect(state.escalation).toMatchObject({ priority: "urgent", target: disputes, decision: { emergency: true } });
  });

  test.each(["accepted", "moving"] as const)("%s: the line, the next agent, and no callback", (kind) => {
    const gone = decide(told(kind), events["agent-leg-ended"], defaultPolicy);
    expect(gone.state.handoff.kind).toBe("reserving");
    expect(said(gone.effects)).toEqual(["emergency"]);
    const nobody = decide(gone.state, { ...events["no-agent-free"], why: "nobody-on-duty" }, defaultPolicy);
    expect(nobody.state.handoff.kind).toBe("waiting");
    expect(said(nobody.effects)).toEqual(["emergency"]);
    expect(said(decide(nobody.state, events["caller-chose"], defaultPolicy).effects)).toEqual(["emergency"]);
  });

  test.each(["accepted", "moving"] as const)("%s: every agent was asked: no question all the same", (kind) => {
    const policy = { ...defaultPolicy, attemptsMax: 1 };
    const gone = decide(told(kind), events["agent-leg-ended"], policy);
    expect(gone.state.handoff.kind).toBe("waiting");
    expect(said(gone.effects)).toEqual(["emergency"]);
  });

  test("the caller sends the agent away: the line first, whatever else is said to them", () => {
    const cancelled = decide(told("accepted"), events["caller-cancelled"], defaultPolicy);
    expect(cancelled.state.handoff).toMatchObject({ kind: "closed", outcome: "returned" });
    expect(said(cancelled.effects)).toEqual(["emergency", "cancelled"]);
  });

  test("both ways of the move failed: the line, where the redirect fails too", () => {
    const before = told("moving");
    if (before.handoff.kind !== "moving") throw new Error("the move is over");
    const second: CaseState = { ...before, handoff: { ...before.handoff, tries: 2 } };
    const failed = decide(second, { ...events["move-failed"], unknown: false }, defaultPolicy);
    expect(failed.state.handoff.kind).toBe("reserving");
    expect(said(failed.effects)).toEqual(["emergency"]);
  });

  test("with the agent already, and the agent lost: the line when the assistant is back", () => {
    const { state } = decide(stateOf("bridged"), danger("esc-2"), defaultPolicy);
    const lost = decide(state, events["agent-leg-ended"], defaultPolicy);
    expect(lost.state.handoff.kind).toBe("agent-lost");
    expect(said(decide(lost.state, events["assistant-started"], defaultPolicy).effects)).toEqual(["emergency"]);
  });
});

test.each(["handing-back", "agent-lost"] as const)("said while %s, before the carrier told it: heard", (kind) => {
  const { state, effects } = decide(stateOf(kind), danger("esc-2"), defaultPolicy);
  expect(state.handoff.kind).toBe("reserving");
  expect(said(effects)).toEqual(["emergency"]);
});
