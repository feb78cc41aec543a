// The first handoffs of a process would be its slowest: code that has never run is compiled and only then made fast, and the
// budget counts milliseconds. So a gateway goes through some before it is ready, with nobody: a node of its own on stores in
// memory, a carrier that rings nobody and desks that nobody sees.

import { setTimeout as sleep } from "node:timers/promises";
import { AgentId, CallId, EscalationId, LegId, NodeId, QueueId } from "../domain/ids.ts";
import { after } from "../domain/time.ts";
import { decide } from "../handoff/decide.ts";
import { defaultPolicy } from "../handoff/policy.ts";
import type { News } from "../ports/cases.ts";
import type { Clock } from "../ports/clock.ts";
import type { AgentProfile } from "../ports/directory.ts";
import type { Ids } from "../ports/ids.ts";
import { createNode, type GatewayNode, type NodeDeps } from "../runtime/node.ts";
import { createMemoryConversations } from "../stores/memory/conversations.ts";
import { createMemoryDirectory } from "../stores/memory/directory.ts";
import { createMemoryJournal } from "../stores/memory/journal.ts";
import { createMemoryPresence } from "../stores/memory/presence.ts";
import type { Log } from "../telemetry/log.ts";
import { CALLBACK_DUE_MS } from "./bench.ts";

/** About when another one is no faster. */
const HANDOFFS = 40;
/** A machine that is too busy to rehearse for so long, in milliseconds, starts without. */
const PATIENCE_MS = 3_000;
const ONE_MS = 500;
const LEASE_MS = 60_000;

const TARGET = { queue: QueueId("rehearsal"), skills: [], team: "nobody" };
const AGENT: AgentProfile = {
  id: AgentId("rehearsal"),
  name: "Nobody",
  skills: [],
  queues: [TARGET.queue],
  languages: ["en"],
  device: { kind: "phone", address: "+15005550006" },
};
const SAID = [
  { role: "caller", text: "It's Rosa Walnut, 415 555 0123, I was charged 84.20 twice on the 3rd of May." },
  { role: "assistant", text: "Thank you, I see two payments of 84.20." },
  { role: "caller", text: "Put me through to a person please, my card is 4111 1111 1111 1111." },
] as const;
const DECISION = {
  trigger: "explicit-request",
  because: "The caller asked for a person.",
  evidence: [2],
  signals: { confidence: 1 },
  thresholds: {},
  policyRevision: "rehearsal",
} as const;

type Parts = { readonly clock: Clock; readonly ids: Ids; readonly insight: NodeDeps["insight"]; readonly log: Log };
type Tell = (call: CallId, ...all: readonly News[]) => void;
type Stage = Pick<NodeDeps, "clock" | "conversations" | "presence"> & {
  readonly node: GatewayNode;
  readonly close: () => void;
};

/** Answers how many handoffs came to their bridge; never rejects. */
export async function rehearseHandoffs(parts: Parts): Promise<number> {
  const { clock, log } = parts;
  const until = after(clock.now(), PATIENCE_MS);
  const stage = openStage(parts);
  let bridged = 0;
  try {
    for (let place = 0; place < HANDOFFS && clock.now() < until; place += 1)
      if (await handoff(stage, place)) bridged += 1;
  } catch (err) {
    log.warn({ err }, "handoffs could not be rehearsed; the first ones will be slower");
  } finally {
    stage.close();
  }
  return bridged;
}

function openStage({ clock, ids, insight, log }: Parts): Stage {
  const journal = createMemoryJournal();
  const conversations = createMemoryConversations((caseId) => journal.escalationsOf(caseId));
  const presence = createMemoryPresence({ clock, log });
  /** What the people and the carrier would bring, a moment later; what comes too late for its case changes nothing. */
  const tell: Tell = (call, ...all) => {
    const inOrder = async (): Promise<void> => {
      for (const news of all) await node.cases.deliver(call, news, "rehearsal");
    };
    setImmediate(() => void inOrder().catch((err: unknown) => log.warn({ err }, "a rehearsed event was refused")));
  };
  const node = createNode({
    id: NodeId("rehearsal"),
    decide,
    shared: false,
    journal,
    conversations,
    presence,
    directory: createMemoryDirectory([AGENT]),
    telephony: carrierFor(tell),
    desk: deskFor(tell),
    voice: {
      perform: (call, effect) => {
        if (effect.kind === "speak") tell(call, { kind: "line-ended", line: effect.line });
        return true;
      },
      letGo: (call) => {
        tell(call, { kind: "caller-joined" });
        return true;
      },
    },
    notifier: { notify: async () => undefined },
    clock,
    ids,
    policy: defaultPolicy,
    callbackDueMs: CALLBACK_DUE_MS,
    takePermits: async (_at, wanted) => ({ taken: wanted, waitMs: 0 }),
    insight,
    log,
  });
  const close = (): void => {
    node.close();
    presence.close();
  };
  return { clock, conversations, presence, node, close };
}

/** Everybody who is rung answers and takes the call at once. */
const carrierFor = (tell: Tell): NodeDeps["telephony"] => ({
  dialAgent: async ({ call, offer }) => {
    const leg = LegId(`leg-${offer}`);
    tell(
      call,
      { kind: "agent-leg-ringing", offer, leg },
      { kind: "agent-leg-answered", offer, leg },
      { kind: "agent-consented", offer, via: "key" },
      { kind: "agent-joined", offer, leg },
    );
    return { kind: "placed", leg, queuedMs: 0 };
  },
  endLeg: async () => ({ kind: "done" }),
  refreshLeg: async ({ call, party }) => {
    if (party === "caller") tell(call, { kind: "caller-joined" });
    return { kind: "done" };
  },
  askLeg: async () => ({ kind: "live" }),
  askRoom: async () => ({ kind: "unknown", raw: "rehearsal" }),
  askOffer: async () => ({ kind: "none" }),
});

/** A card is painted as soon as it is shown. */
const deskFor = (tell: Tell): NodeDeps["desk"] => ({
  offer: ({ packet: { version, hash, json }, offer }) => {
    const { callId }: { readonly callId: CallId } = JSON.parse(json);
    tell(callId, { kind: "packet-painted", offer, version, hash });
  },
  packet: () => undefined,
  withdraw: () => undefined,
  turn: () => undefined,
  state: () => undefined,
  preAlert: () => undefined,
  nudge: () => undefined,
  visible: () => true,
});

/** One caller, from their call to the bridge and their hanging up. False: they did not get there in time. */
async function handoff({ clock, conversations, presence, node }: Stage, place: number): Promise<boolean> {
  const { cases } = node;
  const call = CallId(`rehearsal-${place}`);
  const at = clock.now();
  await presence.set({ agent: AGENT.id, status: "available", at, leaseUntil: after(at, LEASE_MS) });
  for (const [index, turn] of SAID.entries()) await conversations.saveTurn(call, { index, at, ...turn });
  const { promise: bridged, resolve } = Promise.withResolvers<boolean>();
  const stop = cases.onCommit((of, state) => {
    if (of === call && state.handoff.kind === "bridged") resolve(true);
  });
  const [leg, escalation] = [LegId(`caller-${place}`), EscalationId(`rehearsal-${place}`)];
  const story: readonly News[] = [
    { kind: "call-arrived", call, leg, mode: "assistant", language: "en", target: TARGET, canCallBack: true },
    { kind: "assistant-started", stream: `stream-${place}` },
    { kind: "escalation-decided", escalation, target: TARGET, priority: "medium", decision: DECISION },
  ];
  for (const news of story) await cases.deliver(call, news, "rehearsal");
  const gotThere = await Promise.race([bridged, sleep(ONE_MS, false, { ref: false })]);
  stop();
  await cases.deliver(call, { kind: "caller-left" }, "rehearsal");
  await cases.deliver(
    call,
    { kind: "wrapped-up", agent: AGENT.id, disposition: "resolved", resolved: true },
    "rehearsal",
  );
  return gotThere;
}
