// The agent is lost in the conversation and nobody else is there: the caller hears that the line was cut off, to its end,
// and then what they may choose. A promise that was made since is taken back all the same.
import { expect, test } from "vitest";

import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import { after } from "../../src/domain/time.ts";
import { type CaseState, wakeAt } from "../../src/handoff/state.ts";
import type { CaseEvent, Effect } from "../../src/handoff/vocabulary.ts";
import { agreed, billing, events, fresh, NOW, stateOf } from "./scenes.ts";

function run(state: CaseState, ...all: readonly CaseEvent[]): { state: CaseState; effects: Effect[] } {
  const effects: Effect[] = [];
  let now = state;
  for (const event of all) {
    const decided = decide(now, event, defaultPolicy);
    now = decided.state;
    effects.push(...decided.effects);
  }
  return { state: now, effects };
}

const spoken = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) =>
    effect.kind === "speak" ? [effect.line] : effect.kind === "cut-speech" ? [effect.kind] : [],
  );

/** Together, and then the agent's leg is gone; the assistant is back on a new connection. */
function lost(): CaseState {
  const moving = stateOf("moving");
  const { state } = run(
    moving,
    { kind: "agent-joined", at: NOW, offer: agreed.id, leg: agreed.leg ?? fail() },
    { kind: "caller-joined", at: NOW },
    { kind: "agent-left-room", at: NOW, offer: agreed.id, leg: agreed.leg ?? fail() },
  );
  expect(state.handoff.kind).toBe("agent-lost");
  return state;
}

function fail(): never {
  throw new Error("the scene's agent has a leg");
}

const nobody = (state: CaseState, attempt = 1): CaseEvent => {
  expect(state.handoff.kind).toBe("reserving");
  return { kind: "no-agent-free", at: NOW, attempt, why: "all-busy" };
};

test("that the line was cut off is said to its end, then what may be chosen", () => {
  const back = run(lost(), { kind: "assistant-started", at: NOW, stream: "stream-2" });
  const asked = run(back.state, nobody(back.state));
  expect(spoken([...back.effects, ...asked.effects])).toEqual(["agent-lost", "offer-nobody-free"]);
});

test("what was promised to them since is cut", () => {
  const back = run(lost(), { kind: "assistant-started", at: NOW, stream: "stream-2" });
  const reserved = events["agent-reserved"];
  if (reserved.kind !== "agent-reserved" || back.state.handoff.kind !== "reserving") throw new Error("not so");
  const { token: _others, ...rest } = reserved;
  const handoffs = back.state.escalation?.handoffs ?? 0;
  const offered = run(back.state, {
    ...rest,
    attempt: 1,
    token: `${back.state.escalation?.id}.${handoffs}.1` as typeof _others,
  });
  expect(offered.state.handoff.kind).toBe("offering");
  const declined = run(offered.state, { kind: "agent-declined", at: NOW, offer: reserved.offer });
  const asked = run(declined.state, nobody(declined.state, 2));
  expect(spoken(asked.effects)).toEqual(["cut-speech", "offer-after-attempts"]);
});

test("another team was wanted meanwhile, and nobody is there: the first team's promise is cut", () => {
  const ringing = stateOf("offering");
  const replaced = run(ringing, {
    kind: "escalation-decided",
    at: NOW,
    escalation: fresh.escalation,
    target: billing,
    priority: "medium",
    decision: ringing.escalation?.decision ?? fail(),
    fresh,
  });
  const asked = run(replaced.state, nobody(replaced.state));
  expect(spoken(asked.effects)).toEqual(["cut-speech", "offer-nobody-free"]);
});

/** In the room, with nobody there for them. */
const alone: CaseState = (() => {
  const state = stateOf("reserving");
  if (!state.caller) throw new Error("the scene has a caller");
  return { ...state, caller: { ...state.caller, place: "room" } };
})();
const failed: CaseEvent = { ...events["move-failed"], unknown: true };
const kinds = (effects: readonly Effect[]): string[] => effects.map(({ kind }) => kind);
const later = (ms: number): CaseEvent => ({ kind: "time-passed", at: after(NOW, ms) });

test("whether they came out is not known and nobody answers: asked again every 2 s until there is an answer", () => {
  const { state } = run(alone, failed);
  expect(wakeAt(state)).toBe(after(NOW, 2_000));
  expect(kinds(run(state, later(1_999)).effects)).toEqual([]);
  const again = run(state, later(2_000));
  expect(kinds(again.effects)).toEqual(["ask-room"]);
  expect(kinds(run(again.state, later(4_000)).effects)).toEqual(["ask-room"]);
  const seen: CaseEvent = { ...events["room-seen"], at: after(NOW, 4_100), legs: [] };
  expect(kinds(run(again.state, seen, later(6_200)).effects)).toEqual([]);
});

test("back with the assistant nobody asks any more", () => {
  const { state } = run(alone, failed, { kind: "assistant-started", at: NOW, stream: "another" });
  expect(kinds(run(state, later(2_000)).effects)).toEqual([]);
});
