import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { presenceContract } from "../../contracts/presence.ts";
import { startRedis, startRedisCluster, startSentinel } from "../servers.ts";
import type { Server } from "../servers.ts";
import { agent, at, token } from "../values.ts";
import { openRoom } from "./rooms.ts";

let single: Server;
let cluster: Server;
let sentinel: Server;
beforeAll(async () => {
  [single, cluster] = await Promise.all([startRedis(), startRedisCluster()]);
  sentinel = await startSentinel(single);
});
afterAll(() => Promise.all([single, cluster, sentinel].map((server) => server?.stop())));

const under = async (url: string) => {
  const room = await openRoom(url);
  return { presence: room.presence, passTo: async (ms: number) => room.clock.put(ms), close: () => room.close() };
};

presenceContract("Redis", () => under(single.url));
presenceContract("a Redis Cluster", () => under(cluster.url));
presenceContract("Redis behind Sentinel", () => under(sentinel.url));

describe("presence across nodes", () => {
  test("what one node does, the others hear and see", async () => {
    const one = await openRoom(single.url, "shared");
    const two = await openRoom(single.url, "shared");
    await one.presence.set({ agent: agent("dana"), status: "available", at: at(1_000), leaseUntil: at(90_000) });
    await one.presence.reserve({
      candidates: [agent("dana")],
      token: token("t1"),
      at: at(2_000),
      expiresAt: at(9_000),
    });
    await expect.poll(() => two.heard, { timeout: 10_000 }).toEqual(["dana available", "dana reserved"]);
    const rival = { candidates: [agent("dana")], token: token("t2"), at: at(3_000), expiresAt: at(9_000) };
    expect(await two.presence.reserve(rival)).toEqual({ ok: true, value: undefined });
    await Promise.all([one.close(), two.close()]);
  });

  test("fifty cases on four nodes race for ten agents: nobody twice", async () => {
    const nodes = await Promise.all([1, 2, 3, 4].map(() => openRoom(single.url, "race")));
    const people = Array.from({ length: 10 }, (_, i) => agent(`agent-${i}`));
    for (const who of people) {
      await nodes[0]?.presence.set({ agent: who, status: "available", at: at(1), leaseUntil: at(90_000) });
    }
    const ask = (i: number) => {
      const wanted = { candidates: people, token: token(`t${i}`), at: at(2), expiresAt: at(9_000) };
      return nodes[i % 4]?.presence.reserve(wanted) ?? Promise.reject(new Error("no such node"));
    };
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => ask(i)));
    const taken = answers.flatMap((answer) => (answer.ok && answer.value !== undefined ? [answer.value] : []));
    expect(taken.toSorted()).toEqual(people.toSorted());
    await Promise.all(nodes.map((node) => node.close()));
  });

  test("a new node learns who is there before anything changes", async () => {
    const one = await openRoom(single.url, "late");
    await one.presence.set({ agent: agent("dana"), status: "available", at: at(1_000), leaseUntil: at(90_000) });
    const two = await openRoom(single.url, "late");
    await expect.poll(() => two.heard, { timeout: 10_000 }).toEqual(["dana available"]);
    await Promise.all([one.close(), two.close()]);
  });
});
