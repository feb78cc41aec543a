import { describe, expect, test } from "vitest";
import { EpochMs } from "../../src/domain/time.ts";
import { closingUntil, handoffNameFor, type CaseState, type HandoffState } from "../../src/handoff/state.ts";
import { agent, callerState, escalationPart, offer, target, token } from "../stores/values.ts";

const [dana, lee, kim] = [agent("dana"), agent("lee"), agent("kim")];
const bridge = offer("o1", "dana");
const asked = offer("o2", "lee");
const until = EpochMs(60_000);
const search = { t0: EpochMs(0), attempt: 1, tried: [] };
const consulting = { kind: "consulting", ...search, bridge, target, by: until } as const;

const caseOf = (handoff: HandoffState, over: Partial<CaseState> = {}): CaseState => ({
  ...callerState("c1", { escalation: escalationPart("e1") }),
  handoff,
  ...over,
});
const closing = { wrapUps: [{ agent: dana, token: token("t1"), until }] };

describe("a hop", () => {
  test("a colleague who is asked has an offer, whoever has the caller meanwhile", () => {
    const state = caseOf({ ...consulting, offer: asked });
    expect(handoffNameFor(state, lee)).toBe("offering");
    expect(handoffNameFor(state, dana)).toBe("consulting");
  });

  test("a colleague who has said yes is on the way, then in the conversation", () => {
    const yes = { ...asked, phase: "answered", consent: "desk" } as const;
    expect(handoffNameFor(caseOf({ ...consulting, offer: yes }), lee)).toBe("moving");
    expect(handoffNameFor(caseOf({ ...consulting, offer: { ...yes, joined: true } }), lee)).toBe("bridged");
  });

  test("the call of the colleague is the closing work of the first agent, and nothing afterwards", () => {
    const bridged = { kind: "bridged", offer: asked, since: EpochMs(1) } as const;
    expect(handoffNameFor(caseOf(bridged, closing), lee)).toBe("bridged");
    expect(handoffNameFor(caseOf(bridged, closing), dana)).toBe("wrapping-up");
    expect(closingUntil(caseOf(bridged, closing), dana)).toBe(until);
    expect(handoffNameFor(caseOf(bridged), dana)).toBe("closed");
    expect(handoffNameFor(caseOf(bridged), kim)).toBe("closed");
  });
});

test("whoever lost the caller hears so, and has their closing work while somebody else is looked for", () => {
  expect(handoffNameFor(caseOf({ kind: "agent-lost", by: until }, closing), dana)).toBe("agent-lost");
  const offering = { kind: "offering", offer: asked, by: until, ...search } as const;
  expect(handoffNameFor(caseOf(offering, closing), dana)).toBe("wrapping-up");
  expect(handoffNameFor(caseOf(offering, closing), lee)).toBe("offering");
});
