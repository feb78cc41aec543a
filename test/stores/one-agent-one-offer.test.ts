import { afterAll, beforeAll, expect, test } from "vitest";
import { NodeId } from "../../src/domain/ids.ts";
import type { AgentId } from "../../src/domain/ids.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { Presence } from "../../src/ports/presence.ts";
import { script } from "../../src/stores/redis/link.ts";
import { openPostgres } from "../../src/stores/postgres/open.ts";
import type { PostgresStores } from "../../src/stores/postgres/open.ts";
import { openRoom } from "./redis/rooms.ts";
import type { Room } from "./redis/rooms.ts";
import { startPostgres, startRedis } from "./servers.ts";
import type { Server } from "./servers.ts";
import { agent, at, commit, silentLog, token } from "./values.ts";

// H4 on real stores (C28 at the stores' level): Redis proposes, the journal's unique index decides. Redis forgets
// everything it acknowledged, as a failover may; no agent is in two open offers, and none is lost afterwards.

const NODES = 4;
const AGENTS = Array.from({ length: 20 }, (_, i) => agent(`agent-${i}`));
const PATIENT = { statementMs: 20_000, queryMs: 25_000, connectMs: 20_000, connections: 4 };

let servers: { readonly redis: Server; readonly postgres: Server };
let nodes: readonly { readonly room: Room; readonly stores: PostgresStores }[];
beforeAll(async () => {
  const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  servers = { redis, postgres };
  nodes = await Promise.all(
    Array.from({ length: NODES }, async () => ({
      room: await openRoom(redis.url, "one-offer"),
      stores: await openPostgres({ databaseUrl: postgres.url, limits: PATIENT }, silentLog),
    })),
  );
});
afterAll(async () => {
  await Promise.all(nodes.flatMap(({ room, stores }) => [room.close(), stores.close()]));
  await Promise.all([servers.redis.stop(), servers.postgres.stop()]);
});

type Offer = { readonly call: string; readonly who: AgentId; readonly journal: Journal; readonly presence: Presence };

/** One decision: reserve, then commit the offer; who is refused by the journal gives the reservation back. */
async function offerSomebody(call: string, node: number): Promise<Offer | "nobody" | "refused"> {
  const { room, stores } = nodes[node % NODES] ?? expect.fail("no such node");
  const { presence } = room;
  const { journal } = stores;
  const ask = { candidates: AGENTS, token: token(call), at: at(2_000), expiresAt: at(30_000) };
  const answer = await presence.reserve(ask);
  if (!answer.ok) throw new Error(answer.why);
  const who = answer.value;
  if (who === undefined) return "nobody";
  const { kind } = await journal.commit(commit(call, 1, { held: [who], node: NodeId(`node-${node % NODES}`) }));
  if (kind === "committed") return { call, who, journal, presence };
  await presence.release({ agent: who, token: token(call), next: "available", at: at(3_000) });
  return "refused";
}

async function everybodyArrives(): Promise<void> {
  const { presence } = nodes[0]?.room ?? expect.fail("no node");
  for (const who of AGENTS)
    await presence.set({ agent: who, status: "available", at: at(1_000), leaseUntil: at(90_000) });
}

const open = (all: readonly (Offer | string)[]): readonly Offer[] => all.filter((one) => typeof one !== "string");

test("a Redis that forgets its reservations puts no agent into two offers and loses none", async () => {
  await everybodyArrives();
  const before = await Promise.all(Array.from({ length: 60 }, (_, i) => offerSomebody(`before-${i}`, i)));
  expect(open(before)).toHaveLength(AGENTS.length);

  await nodes[0]?.room.link.run(script("return redis.call('FLUSHALL')"), ["{one-offer:presence}:seats"], []);
  await everybodyArrives();
  const after = await Promise.all(Array.from({ length: 60 }, (_, i) => offerSomebody(`after-${i}`, i)));
  // Redis proposed again, and the journal refused every one: the offers from before are still open.
  expect(after.filter((one) => one === "refused").length).toBeGreaterThan(0);
  expect(open(after)).toEqual([]);

  for (const { call, who, journal, presence } of open(before)) {
    expect(await journal.commit(commit(call, 2, { node: NodeId("node-0") }))).toEqual({ kind: "committed" });
    // Redis knows nothing of this token any more: the release is refused and harmless.
    const late = { agent: who, token: token(call), next: "available" as const, at: at(4_000) };
    expect(await presence.release(late)).toEqual({ ok: true, value: false });
  }
  const again = open(await Promise.all(Array.from({ length: 60 }, (_, i) => offerSomebody(`again-${i}`, i))));
  expect(new Set(again.map(({ who }) => who)).size).toBe(AGENTS.length);
  expect(again).toHaveLength(AGENTS.length);
});
