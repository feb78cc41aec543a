import { expect, test } from "vitest";
import { EpochMs } from "../../src/domain/time.ts";
import type { CaseState } from "../../src/handoff/state.ts";
import type { CaseEvent } from "../../src/handoff/vocabulary.ts";
import type { Desk } from "../../src/ports/desk.ts";
import { createDeskBulletin } from "../../src/runtime/desk-bulletin.ts";
import { agent, callerState, escalationPart, offer, silentLog, target, token } from "../stores/values.ts";

type Told = Parameters<Desk["state"]>[0];

function open() {
  let commit: ((caseId: never, state: CaseState, event: CaseEvent) => void) | undefined;
  const told: Told[] = [];
  createDeskBulletin({
    cases: { onCommit: (hear: typeof commit) => ((commit = hear), () => undefined) } as never,
    desk: { state: (ask: Told) => void told.push(ask) } as never,
    packets: {} as never,
    log: silentLog,
  });
  let at = 0;
  return (handoff: CaseState["handoff"], wrapUps: CaseState["wrapUps"] = []): Record<string, unknown> => {
    told.length = 0;
    const state = { ...callerState("c1", { escalation: escalationPart("e1") }), handoff, wrapUps };
    commit?.("c1" as never, state, { kind: "time-passed", at: EpochMs((at += 1)) });
    return Object.fromEntries(told.map(({ agent: who, state: name, until }) => [who, until ? [name, until] : name]));
  };
}

test("in a hop each agent's desk is told what the case is to them", () => {
  const commit = open();
  const until = EpochMs(60_000);
  const [bridge, asked] = [offer("o1", "dana"), offer("o2", "lee")];
  const consulting = { kind: "consulting", t0: EpochMs(0), attempt: 1, tried: [], bridge, target, by: until } as const;
  expect(commit({ ...consulting, offer: asked })).toEqual({ dana: "consulting", lee: "offering" });
  const wrapUps = [{ agent: agent("dana"), token: token("t1"), until }];
  const bridged = { kind: "bridged", offer: asked, since: EpochMs(1) } as const;
  expect(commit(bridged, wrapUps)).toEqual({ dana: ["wrapping-up", until], lee: "bridged" });
  // Their closing work ran out: they hear of the case once more.
  expect(commit(bridged)).toEqual({ dana: "closed", lee: "bridged" });
  expect(commit(bridged)).toEqual({ lee: "bridged" });
});
