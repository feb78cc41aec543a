// Stores that fail in the middle of a call: frozen as a hung machine would be, behind a bad network, ended and started.

import { execFileSync } from "node:child_process";

import type { FleetNode } from "../../lab/rig/start-fleet.ts";
import { until } from "../calls/scene.ts";
import { type Proxy, startProxy } from "../stores/proxy.ts";
import type { Server } from "../stores/servers.ts";
import type { FleetSceneOptions } from "./fleet-scene.ts";

export type Network = { readonly redis: Proxy; readonly postgres: Proxy };

/** Puts a proxy before each store; `network` is there once the fleet is. */
export function withNetwork(): {
  readonly through: NonNullable<FleetSceneOptions["through"]>;
  readonly network: () => Network;
} {
  let made: Network | undefined;
  return {
    through: async ({ redis, postgres }) => {
      made = { redis: await startProxy(redis.port), postgres: await startProxy(postgres.port) };
      return {
        redisUrl: redis.url.replace(`:${redis.port}`, `:${made.redis.port}`),
        databaseUrl: postgres.url.replace(`:${postgres.port}`, `:${made.postgres.port}`),
      };
    },
    network: () => {
      if (!made) throw new Error("the fleet is not there yet");
      return made;
    },
  };
}

/** Stops the server and every process it started where they are: connections stay open, nothing answers. */
export function freeze(server: Server): () => void {
  const frozen = familyOf(server.pid());
  for (const pid of frozen) process.kill(pid, "SIGSTOP");
  return () => {
    for (const pid of frozen) process.kill(pid, "SIGCONT");
  };
}

function familyOf(root: number): number[] {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = rows.map((row) => row.trim().split(/\s+/u).map(Number));
  const family = [root];
  // The list grows while it is walked: children of children come too.
  for (const parent of family) for (const [pid, ppid] of pairs) if (ppid === parent && pid) family.push(pid);
  return family;
}

type Ready = { status: string; checks: { name: string; ok: boolean; why?: string }[] };

export async function readiness(node: FleetNode): Promise<Ready & { http: number }> {
  const answer = await fetch(`${node.url}/readyz`);
  return { ...((await answer.json()) as Ready), http: answer.status };
}

/** A figure without labels, as Prometheus reads it. */
export async function figure(node: FleetNode, name: string): Promise<number> {
  const text = await (await fetch(`${node.url}/metrics`)).text();
  const line = text.split("\n").find((each) => each.startsWith(`${name} `));
  if (line === undefined) throw new Error(`there is no figure ${name}`);
  return Number(line.split(" ")[1]);
}

/** The node has given the database all it kept, and trusts it again. */
export const caughtUp = (node: FleetNode): Promise<true> =>
  until("the record has caught up", 30_000, async () => {
    const kept = [await figure(node, "warmline_spool_commits"), await figure(node, "warmline_spool_writes")];
    if (kept.some((count) => count > 0)) return undefined;
    return (await readiness(node)).checks.every(({ name, ok }) => ok || !["postgres", "spool"].includes(name))
      ? true
      : undefined;
  });
