// The model is down before it could speak on a connection: nothing ever said that this connection had started.
import { describe, expect, test } from "vitest";

import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import { documentForCaller } from "../../src/handoff/reply.ts";
import type { CaseState } from "../../src/handoff/state.ts";
import type { CaseEvent } from "../../src/handoff/vocabulary.ts";
import { NOW, stateOf } from "./scenes.ts";

const down = (stream: string): CaseEvent => ({ kind: "assistant-lost", at: NOW, stream, down: true });

function arrived(): CaseState {
  const state = stateOf("none");
  if (!state.caller) throw new Error("the scene has a caller");
  const { stream: _none, ...caller } = state.caller;
  return { ...state, caller: { ...caller, place: "arriving" } };
}

const after = (state: CaseState, ...events: readonly CaseEvent[]): CaseState =>
  events.reduce((now, event) => decide(now, event, defaultPolicy).state, state);

describe("a model that never came", () => {
  test("at the beginning of the call: the carrier's lines and keys, not the disclosure again", () => {
    const state = after(arrived(), down("stream-1"));
    expect(state.caller).toMatchObject({ place: "menu", modelDown: true });
    expect(documentForCaller(state)).toMatchObject({ kind: "menu", lines: [{ line: "menu" }] });
  });

  test("on a second connection, after a first one that was lost", () => {
    const lost = after(stateOf("none"), { kind: "assistant-lost", at: NOW, stream: "stream-1", down: false });
    expect(documentForCaller(lost).kind).toBe("assistant");
    expect(documentForCaller(after(lost, down("stream-2"))).kind).toBe("menu");
  });

  test.each(["handing-back", "agent-lost"] as const)(
    "%s: the caller came out of the room and finds the menu",
    (kind) => {
      expect(documentForCaller(after(stateOf(kind), down("stream-2"))).kind).toBe("menu");
    },
  );

  test("told twice it counts once", () => {
    const once = after(arrived(), down("stream-1"));
    expect(after(once, down("stream-1"))).toBe(once);
  });

  test("told late, of a connection before the one that works, it changes nothing", () => {
    const works = after(arrived(), { kind: "assistant-started", at: NOW, stream: "stream-2" });
    expect(after(works, down("stream-1"))).toBe(works);
  });

  test.each(["accepted", "moving", "bridged"] as const)("%s: who belongs in the room is left there", (kind) => {
    const before = stateOf(kind);
    const state = { ...before, ...(before.caller && { caller: { ...before.caller, place: "room" as const } }) };
    expect(after(state, down("stream-2"))).toBe(state);
  });
});
