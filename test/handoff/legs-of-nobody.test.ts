// Legs to which nobody comes: one that a decision put up which the record has lost, and a second one of the same offer.
import { expect, test } from "vitest";
import { LegId, OfferId } from "../../src/domain/ids.ts";
import { after } from "../../src/domain/time.ts";
import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import { documentForAgent } from "../../src/handoff/reply.ts";
import { emptyCase } from "../../src/handoff/state.ts";
import { events, handoffs, NOW, stateOf } from "./scenes.ts";

const kinds = Object.keys(handoffs) as (keyof typeof handoffs)[];
const known = events["leg-left-behind"];
const strange = { ...known, offer: OfferId("of-a-lost-decision"), leg: LegId("leg-nobody-knows") };

test("it is ended where nobody knows its offer, whatever the case is doing", () => {
  for (const state of [emptyCase, ...kinds.map(stateOf)]) {
    const decided = decide(state, strange, defaultPolicy);
    expect(decided.effects).toEqual([{ kind: "end-leg", leg: strange.leg }]);
    expect(decided.state).toBe(state);
  }
});

test("it is the leg of an offer that has been dialled and not answered for", () => {
  const offering = stateOf("offering");
  if (offering.handoff.kind !== "offering") throw new Error("the scene is another one");
  const { leg, ...rest } = offering.handoff.offer;
  expect(leg).toBe(known.leg);
  const asked = { ...offering, handoff: { ...offering.handoff, offer: { ...rest, dial: "requested" as const } } };
  const { state, effects } = decide(asked, known, defaultPolicy);
  expect(effects).toEqual([]);
  expect(state.handoff).toMatchObject({ kind: "offering", offer: { dial: "placed", leg: known.leg } });
});

test("one that was given up before it showed is ended", () => {
  const by = after(NOW, 10_000);
  const given = { ...stateOf("none"), strays: [{ offer: known.offer, say: "call-taken" as const, by }] };
  expect(decide(given, known, defaultPolicy).effects).toEqual([{ kind: "end-leg", leg: known.leg }]);
});

const kindsOfNews = [
  "dial-accepted",
  "agent-leg-ringing",
  "agent-leg-answered",
  "agent-joined",
  "leg-left-behind",
] as const;
const second = LegId("leg-of-another-node");

test.each(kindsOfNews)(
  "a second leg of the same offer is ended at its %s, and the first one stays the offer's",
  (kind) => {
    for (const state of ["offering", "accepted", "moving", "bridged", "handing-back"] as const) {
      const before = stateOf(state);
      const decided = decide(before, { ...events[kind], leg: second }, defaultPolicy);
      expect(decided.effects).toEqual([{ kind: "end-leg", leg: second }]);
      expect(decided.state).toBe(before);
    }
  },
);

test.each(["agent-leg-ended", "agent-left-room"] as const)(
  "the %s of a second leg takes nobody from the caller",
  (kind) => {
    const before = stateOf("bridged");
    expect(decide(before, { ...events[kind], leg: second }, defaultPolicy)).toEqual({ state: before, effects: [] });
  },
);

test("a second leg of an offer that was given up is ended too, and the first one is still expected to end", () => {
  const by = after(NOW, 10_000);
  const given = {
    ...stateOf("none"),
    strays: [{ offer: known.offer, leg: known.leg, say: "call-taken" as const, by }],
  };
  const answered = { ...events["agent-leg-answered"], leg: second };
  expect(decide(given, answered, defaultPolicy)).toEqual({ state: given, effects: [{ kind: "end-leg", leg: second }] });
  const ended = { ...events["agent-leg-ended"], leg: second };
  expect(decide(given, ended, defaultPolicy)).toEqual({ state: given, effects: [] });
});

test("whoever picks up a second leg hears that the call is taken", () => {
  const bridged = stateOf("bridged");
  expect(documentForAgent(bridged, known.offer, known.leg)).toMatchObject({ kind: "room" });
  expect(documentForAgent(bridged, known.offer, second)).toMatchObject({
    kind: "say-and-hang-up",
    lines: [{ line: "call-taken" }],
  });
});
