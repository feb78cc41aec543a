import { expect, test } from "vitest";
import { AgentId, CallId, QueueId } from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import { defaultPolicy } from "../../src/escalation/policy.ts";
import type { CaseState } from "../../src/handoff/state.ts";
import type { Desk } from "../../src/ports/desk.ts";
import { createPreAlert } from "../../src/runtime/pre-alert.ts";
import { createMemoryConversations } from "../../src/stores/memory/conversations.ts";
import { createMemoryDirectory } from "../../src/stores/memory/directory.ts";
import { createMemoryPresence } from "../../src/stores/memory/presence.ts";
import { turn } from "../packet/facts.ts";
import { fakeClock } from "../stores/fake-clock.ts";
import { callerState, escalationPart } from "../stores/values.ts";
import { silentLog } from "../support/silent-log.ts";
import { soon } from "../support/soon.ts";

type Alert = Parameters<Desk["preAlert"]>[0];

const call = CallId("c1");
const policy = { ...defaultPolicy, preAlert: { risk: 0.6 } };
const profile = (id: string, skills: readonly string[] = ["disputes"]) => ({
  id: AgentId(id),
  name: id,
  skills,
  queues: [QueueId("disputes")],
  languages: ["en"],
  device: { kind: "phone" as const, address: "+15005550111" },
});

async function start(state: CaseState | undefined = callerState("c1")) {
  const clock = fakeClock(1_000);
  const presence = createMemoryPresence({ clock, log: silentLog });
  const conversations = createMemoryConversations(() => []);
  const shown: Alert[] = [];
  /** Every look at the directory is one alert on its way. */
  let looks = 0;
  const directory = createMemoryDirectory([profile("ann"), profile("bea"), profile("cem", []), profile("dan")]);
  const alerts = createPreAlert({
    presence,
    conversations,
    directory,
    cases: {
      state: async () => {
        looks += 1;
        return state;
      },
    },
    desk: { preAlert: (ask) => void shown.push(ask) },
    policy: () => policy,
    clock,
    log: silentLog,
  });
  const comes = async (...agents: string[]): Promise<void> => {
    for (const agent of agents) {
      clock.passTo(clock.now() + 10);
      const at = clock.now();
      await presence.set({ agent: AgentId(agent), status: "available", at, leaseUntil: EpochMs(900_000) });
    }
  };
  return { alerts, shown, presence, conversations, clock, comes, looks: () => looks };
}

/** All that an alert waits for is in memory: a turn of the event loop later it has been shown or will never be. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test("the able agent who has been free for longest sees a quiet card, and nobody is reserved", async () => {
  const { alerts, shown, presence, conversations, comes, clock } = await start();
  await comes("cem", "bea", "ann");
  await conversations.saveTurn(call, turn(0, "caller", "My card 4111 1111 1111 1111 was charged twice today"));
  alerts.risk(call, 0.7);
  await soon(() => shown.length).toBe(1);
  expect(shown[0]).toMatchObject({ agent: "bea", call: "c1", risk: 0.7 });
  expect(shown[0]?.summary).toContain("[card number removed] was charged twice");
  const seen = await presence.get([AgentId("bea")], clock.now());
  expect(seen).toMatchObject({ ok: true, value: [{ status: "available" }] });
});

test("what was judged stands in for the caller's own words", async () => {
  const { alerts, shown, conversations, comes } = await start();
  await comes("ann");
  await conversations.saveInsight(call, { turn: 1, at: EpochMs(1), summary: "Charged twice." });
  alerts.risk(call, 0.7);
  await soon(() => shown.map(({ summary }) => summary)).toEqual(["Charged twice."]);
});

test("a call alerts once on its way up, and again only after it has calmed down", async () => {
  const { alerts, shown, comes } = await start();
  await comes("ann");
  for (const risk of [0.2, 0.61, 0.8, 0.55, 0.7]) alerts.risk(call, risk);
  await soon(() => shown.length).toBe(1);
  for (const risk of [0.3, 0.9]) alerts.risk(call, risk);
  await soon(() => shown.map(({ risk }) => risk)).toEqual([0.61, 0.9]);
});

test("below the threshold, and with a decision, which brings its own card, nobody is asked about", async () => {
  const { alerts, looks } = await start();
  for (const risk of [0, 0.59, 1]) alerts.risk(call, risk);
  await settled();
  expect(looks()).toBe(0);
});

test.each([
  ["nobody is free", callerState("c1"), []],
  ["only agents without the skill are free", callerState("c1"), ["cem"]],
  [
    "somebody is being got already",
    {
      ...callerState("c1"),
      escalation: escalationPart("e1"),
      handoff: { kind: "reserving", by: EpochMs(1), t0: EpochMs(0), attempt: 1, tried: [] },
    } satisfies CaseState,
    ["ann"],
  ],
] as const)("%s: no card", async (_name, state, free) => {
  const { alerts, shown, comes, looks } = await start(state);
  await comes(...free);
  alerts.risk(call, 0.9);
  await soon(looks).toBe(1);
  await settled();
  expect(shown).toEqual([]);
});
