// A leg that a decision put up which the record has lost: the case is asked whether it stands behind it.
import { expect, test } from "vitest";
import { LegId, OfferId } from "../../src/domain/ids.ts";
import { after } from "../../src/domain/time.ts";
import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
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
