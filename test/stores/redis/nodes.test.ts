import { afterAll, beforeAll } from "vitest";
import { createRedisBus } from "../../../src/stores/redis/bus.ts";
import { createRedisCloakroom } from "../../../src/stores/redis/cloakroom.ts";
import { createRedisLeases } from "../../../src/stores/redis/leases.ts";
import { createRedisOnce } from "../../../src/stores/redis/once.ts";
import { createRedisPlaces } from "../../../src/stores/redis/places.ts";
import { createRedisSlidingWindow } from "../../../src/stores/redis/sliding-window.ts";
import { nodesContract } from "../../contracts/nodes.ts";
import type { NodesUnderTest } from "../../contracts/nodes.ts";
import { startRedis, startRedisCluster } from "../servers.ts";
import type { Server } from "../servers.ts";
import { silentLog } from "../values.ts";
import { connected } from "./rooms.ts";

let servers: readonly Server[] = [];
let opened = 0;
beforeAll(async () => {
  servers = await Promise.all([startRedis(), startRedisCluster()]);
});
afterAll(() => Promise.all(servers.map((server) => server.stop())));

async function open(server: Server | undefined): Promise<NodesUnderTest> {
  const link = await connected(server?.url ?? "");
  const prefix = `nodes-${(opened += 1)}`;
  return {
    bus: createRedisBus({ link, log: silentLog, prefix }),
    leases: createRedisLeases({ link, prefix }),
    window: (rate) => createRedisSlidingWindow({ link, name: "carrier", rate, prefix }),
    once: createRedisOnce({ link, prefix }),
    cloakroom: createRedisCloakroom({ link, prefix }),
    places: createRedisPlaces({ link, prefix }),
    // One connection listens, in order: what it confirms last was asked for last.
    listening: () => new Promise((resolve) => void link.subscribe(`${prefix}:last`, () => undefined, resolve)),
    close: () => link.close(),
  };
}

nodesContract("Redis", () => open(servers[0]));
nodesContract("a Redis Cluster", () => open(servers[1]));
