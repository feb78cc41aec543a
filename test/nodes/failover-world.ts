// Four nodes of the real runtime on real stores in one process, with a carrier and people that take no time: what is left
// is who gets which agent, and what a Redis that forgets makes of it.

import {
  NodeId,
  OwnerToken,
  QueueId,
  type AgentId,
  type CallId,
  type LegId,
  type OfferId,
} from "../../src/domain/ids.ts";
import { LegId as asLegId } from "../../src/domain/ids.ts";
import { after } from "../../src/domain/time.ts";
import { decide } from "../../src/handoff/decide.ts";
import { defaultPolicy } from "../../src/handoff/policy.ts";
import { heldOffers, type CaseState } from "../../src/handoff/state.ts";
import type { News } from "../../src/ports/cases.ts";
import type { Presence } from "../../src/ports/presence.ts";
import { createNode, type GatewayNode } from "../../src/runtime/node.ts";
import { randomIds } from "../../src/runtime/random-ids.ts";
import { createSystemClock } from "../../src/runtime/system-clock.ts";
import { openPostgres, type PostgresStores } from "../../src/stores/postgres/open.ts";
import { linkRedis, type RedisLink } from "../../src/stores/redis/link.ts";
import { createRedisPresence, type RedisPresence } from "../../src/stores/redis/presence.ts";
import type { Log } from "../../src/telemetry/log.ts";
import { agent, silentLog } from "../stores/values.ts";

/** A loaded machine must not decide who gets an agent: nothing here ends because it took long. */
const POLICY = {
  ...defaultPolicy,
  reserveMs: 60_000,
  paintMs: 60_000,
  ringMs: 60_000,
  ringsWithinMs: 60_000,
  queueMs: 60_000,
  unknownMs: 60_000,
  fallbackMs: 120_000,
};
const PATIENT = { statementMs: 20_000, queryMs: 25_000, connectMs: 20_000, connections: 6 };
const LEASE_MS = 600_000;

export const QUEUE = { queue: QueueId("general"), skills: [], team: "our team" };

type Member = {
  readonly node: GatewayNode;
  readonly stores: PostgresStores;
  readonly presence: RedisPresence;
  readonly link: RedisLink;
};

/** What was asked of presence, and what it answered. */
export type PresenceRecord = {
  /** Acknowledged reservations, oldest first. */
  readonly reserved: { readonly token: OwnerToken; readonly agent: AgentId }[];
  /** Releases that were obeyed. */
  readonly released: { readonly token: OwnerToken; readonly agent: AgentId }[];
  /** Releases under somebody else's token: how many were refused, and whom they freed. */
  foreignRefused: number;
  readonly foreignObeyed: AgentId[];
};

export type World = {
  readonly record: PresenceRecord;
  readonly members: readonly Member[];
  /** Whom each commit left held, by case and place. */
  readonly heldAfter: ReadonlyMap<string, readonly AgentId[]>;
  /** Times the journal refused an agent whom presence had proposed. */
  refusedByJournal(): number;
  /** Offers that the carrier was asked to ring more than once. */
  readonly rungTwice: readonly OfferId[];
  /** At a node of chance, as a balancer would; asked again while a store is away. */
  deliver(call: CallId, news: News, actor: string): Promise<void>;
  /** The case's caller is gone, and nothing of it is open. */
  over(call: CallId): Promise<void>;
  onState(listener: (call: CallId, state: CaseState) => void): void;
  say(who: AgentId, status: "available"): Promise<void>;
  close(): Promise<void>;
};

export async function openWorld(parts: {
  readonly nodes: number;
  readonly agents: readonly string[];
  readonly redisUrl: string;
  readonly databaseUrl: string;
}): Promise<World> {
  const clock = createSystemClock();
  const record: PresenceRecord = { reserved: [], released: [], foreignRefused: 0, foreignObeyed: [] };
  const heldAfter = new Map<string, readonly AgentId[]>();
  const listeners = new Set<(call: CallId, state: CaseState) => void>();
  const dialled = new Set<OfferId>();
  const rungTwice: OfferId[] = [];
  let refused = 0;
  const log: Log = {
    ...silentLog,
    warn: (_fields, message) => {
      if (message.startsWith("presence proposed an agent")) refused += 1;
    },
  };
  const members: Member[] = [];
  const anyNode = (): GatewayNode => {
    const { node } = members[Math.floor(Math.random() * members.length)] ?? {};
    if (!node) throw new Error("there is no node");
    return node;
  };
  const deliver: World["deliver"] = async (call, news, actor) => {
    for (let tries = 0; ; tries += 1) {
      try {
        await anyNode().cases.deliver(call, news, actor);
        return;
      } catch (error) {
        if (tries >= 20) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  /** What the person who is rung does; the caller may leave meanwhile. */
  const fate = async (call: CallId, offer: OfferId, leg: LegId): Promise<void> => {
    // Most are over at once; some are open from before Redis forgets until after it is back.
    const ms = Math.random() < 0.6 ? 5 + Math.random() * 40 : 2_000 + Math.random() * 4_000;
    await new Promise((resolve) => setTimeout(resolve, ms));
    const chance = Math.random();
    if (chance < 0.45) await deliver(call, { kind: "agent-declined", offer }, "agent");
    else if (chance < 0.8) await deliver(call, { kind: "caller-left" }, "carrier");
    else await deliver(call, { kind: "agent-leg-ended", offer, leg, how: "busy", raw: "busy" }, "carrier");
  };
  for (let place = 0; place < parts.nodes; place += 1) {
    const id = NodeId(`node-${place}`);
    const link = linkRedis(parts.redisUrl, silentLog, { commandMs: 5_000, silentMs: 8_000 });
    const presence = createRedisPresence({ link, clock, log: silentLog });
    const stores = await openPostgres({ databaseUrl: parts.databaseUrl, limits: PATIENT }, silentLog);
    const node = createNode({
      id,
      decide,
      shared: true,
      ...stores,
      presence: watched(presence, record),
      telephony: {
        dialAgent: async ({ call, offer }) => {
          if (dialled.has(offer)) rungTwice.push(offer);
          dialled.add(offer);
          const leg = asLegId(`leg-${offer}`);
          void fate(call, offer, leg);
          return { kind: "placed", leg, queuedMs: 0 };
        },
        endLeg: async () => ({ kind: "done" }),
        refreshLeg: async () => ({ kind: "done" }),
        askLeg: async () => ({ kind: "live" }),
        askRoom: async () => ({ kind: "legs", legs: [] }),
        askOffer: async () => ({ kind: "none" }),
      },
      desk: {
        offer: ({ packet, offer }) => {
          const { callId } = JSON.parse(packet.json) as { callId: CallId };
          const { version, hash } = packet;
          void deliver(callId, { kind: "packet-painted", offer, version, hash }, "desk");
        },
        packet: () => undefined,
        withdraw: () => undefined,
        turn: () => undefined,
        state: () => undefined,
        preAlert: () => undefined,
        nudge: () => undefined,
        visible: () => true,
      },
      voice: { perform: () => true, letGo: () => true },
      notifier: { notify: () => Promise.resolve() },
      clock,
      ids: randomIds,
      policy: POLICY,
      callbackDueMs: 900_000,
      takePermits: (_at, wanted) => Promise.resolve({ taken: wanted, waitMs: 0 }),
      insight: () => ({}),
      log,
    });
    node.cases.onCommit((caseId, state, _event, seq) => {
      heldAfter.set(
        `${caseId} ${seq}`,
        heldOffers(state).map((held) => held.agent),
      );
      for (const { node: other } of members) if (other !== node) other.cases.heard(caseId, seq, false);
      for (const listener of listeners) listener(caseId as CallId, state);
    });
    members.push({ node, stores, presence, link });
  }
  for (const name of parts.agents) {
    await members[0]?.stores.directory.save({
      id: agent(name),
      name,
      skills: [],
      queues: [QUEUE.queue],
      languages: ["en"],
      device: { kind: "phone", address: "+15005550111" },
    });
  }
  for (const { node } of members) node.start();
  return {
    record,
    members,
    heldAfter,
    refusedByJournal: () => refused,
    rungTwice,
    deliver,
    onState: (listener) => void listeners.add(listener),
    over: (call) =>
      new Promise((resolve) => {
        const look = (about: CallId, { caller, handoff }: CaseState): void => {
          if (about !== call || caller?.place !== "gone" || (handoff.kind !== "closed" && handoff.kind !== "none"))
            return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
      }),
    say: async (who, status) => {
      for (;;) {
        const at = clock.now();
        const answer = await members[0]?.presence.set({ agent: who, status, at, leaseUntil: after(at, LEASE_MS) });
        if (answer?.ok === true) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    close: async () => {
      for (const { node, presence, link, stores } of members) {
        node.close();
        presence.close();
        await link.close();
        await stores.close();
      }
    },
  };
}

/** Keeps what was answered, and tries after every reservation to end it under a token that is not its owner's. */
function watched(presence: Presence, record: PresenceRecord): Presence {
  return {
    ...presence,
    reserve: async (ask) => {
      const answer = await presence.reserve(ask);
      if (!answer.ok || answer.value === undefined) return answer;
      const { value } = answer;
      record.reserved.push({ token: ask.token, agent: value });
      const foreign = OwnerToken(`${ask.token}.not-mine`);
      const stolen = await presence.release({ agent: value, token: foreign, next: "available", at: ask.at });
      if (stolen.ok && stolen.value) record.foreignObeyed.push(value);
      else if (stolen.ok) record.foreignRefused += 1;
      return answer;
    },
    release: async (ask) => {
      const answer = await presence.release(ask);
      if (answer.ok && answer.value) record.released.push({ token: ask.token, agent: ask.agent });
      return answer;
    },
  };
}
