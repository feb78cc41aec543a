import { expect, test } from "vitest";
import { EpochMs } from "../../src/domain/time.ts";
import type { CaseState } from "../../src/handoff/state.ts";
import type { Desk } from "../../src/ports/desk.ts";
import type { CaseStep } from "../../src/runtime/case-loop.ts";
import { createDeskBulletin } from "../../src/runtime/desk-bulletin.ts";
import { agent, callerState, escalationPart, offer, silentLog, target, token } from "../stores/values.ts";

type Told = Parameters<Desk["state"]>[0];

type Seen = { readonly handoff: CaseState["handoff"]; readonly wrapUps?: CaseState["wrapUps"] };

const inCase = ({ handoff, wrapUps = [] }: Seen): CaseState => ({
  ...callerState("c1", { escalation: escalationPart("e1") }),
  handoff,
  wrapUps,
});

/** What each agent is told of a step. */
function told(before: Seen, after: Seen): Record<string, unknown> {
  const frames: Told[] = [];
  let step: ((step: CaseStep) => void) | undefined;
  createDeskBulletin({
    cases: { onStep: (hear: typeof step) => ((step = hear), () => undefined) } as never,
    desk: { state: (ask: Told) => void frames.push(ask) } as never,
    packets: {} as never,
    log: silentLog,
  });
  step?.({ before: inCase(before), after: inCase(after), event: { kind: "time-passed", at: EpochMs(1) } });
  return Object.fromEntries(frames.map(({ agent: who, state, until }) => [who, until ? [state, until] : state]));
}

const until = EpochMs(60_000);
const [bridge, asked] = [offer("o1", "dana"), offer("o2", "lee")];
const consulting = {
  handoff: { kind: "consulting", t0: EpochMs(0), attempt: 1, tried: [], bridge, offer: asked, target, by: until },
} as const;
const handedOver = {
  handoff: { kind: "bridged", offer: asked, since: EpochMs(1) },
  wrapUps: [{ agent: agent("dana"), token: token("t1"), until }],
} as const;

test("in a hop each agent's desk is told what the case is to them", () => {
  expect(told(consulting, consulting)).toEqual({ dana: "consulting", lee: "offering" });
  expect(told(consulting, handedOver)).toEqual({ dana: ["wrapping-up", until], lee: "bridged" });
});

test("whoever was in the case hears once how it ended for them, whichever node knew them before", () => {
  const { handoff } = handedOver;
  expect(told(handedOver, { handoff })).toEqual({ dana: "closed", lee: "bridged" });
  expect(told({ handoff }, { handoff })).toEqual({ lee: "bridged" });
  expect(told({ handoff }, { handoff: { kind: "closed", outcome: "bridged" } })).toEqual({ lee: "closed" });
});
