// Several gateway processes on the same Redis and Postgres behind a plain balancer, among the same twins as one would be.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TwinOptions } from "../twilio/twin-options.ts";
import { type Balancer, startBalancer } from "./balancer.ts";
import { freePort, type GatewayProcess, startGatewayProcess } from "./gateway-process.ts";
import { askApi, environment, pointNumbersAt, type Rig, type RigOptions, startTwins } from "./start-rig.ts";

export type FleetOptions = RigOptions & {
  readonly nodes: number;
  /** The stores all nodes share; a node may be given another way to them (`envOf`). */
  readonly stores: { readonly redisUrl: string; readonly databaseUrl: string };
  /** What only this node's environment has. */
  readonly envOf?: (place: number) => Readonly<Record<string, string>>;
  readonly twin?: Pick<TwinOptions, "latencies" | "variants" | "recordings">;
};

/** One place in the fleet; the process in it may be killed and started again, on the same port and disk. */
export type FleetNode = {
  readonly place: number;
  readonly port: number;
  readonly url: string;
  /** The log of all processes that were here, as far as it is kept. */
  readonly log: readonly string[];
  /** Its id in the log and in the journal, as of the last start. */
  readonly id: string;
  readonly up: boolean;
  kill(): Promise<void>;
  /** SIGINT, or SIGTERM to have it drain; answers the exit code. */
  stop(signal?: "SIGINT" | "SIGTERM", patienceMs?: number): Promise<number | null>;
  start(): Promise<void>;
};

export type Fleet = Pick<Rig, "twilio" | "openai" | "business" | "api" | "close"> & {
  /** The balancer's address, which is the fleet's public one. */
  readonly url: string;
  readonly balancer: Balancer;
  readonly nodes: readonly FleetNode[];
};

const SESSION_SECRET = "a-session-secret-of-the-lab-000000000000";

export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const twins = await startTwins(options);
  const balancer = await startBalancer();
  const { url } = balancer;
  pointNumbersAt(twins.twilio, url);
  const env = {
    ...environment(options, twins),
    PUBLIC_URL: url,
    HOST: "127.0.0.1",
    REDIS_URL: options.stores.redisUrl,
    DATABASE_URL: options.stores.databaseUrl,
    SESSION_SECRET,
    LOG_LEVEL: "info",
    ...options.env,
  };
  const nodes = await Promise.all(
    Array.from({ length: options.nodes }, (_, place) => startNode({ options, env, balancer, place })),
  );
  const { twilio, openai, business } = twins;
  return {
    ...twins,
    url,
    balancer,
    nodes,
    api: (method, path, body) => askApi(url, method, { path, body }),
    close: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
      await Promise.all([twilio.close(), openai.close(), business.close(), balancer.close()]);
      await Promise.all(nodes.map(({ dataDir }) => rm(dataDir, { recursive: true, force: true })));
    },
  };
}

async function startNode(parts: {
  readonly options: FleetOptions;
  readonly env: Readonly<Record<string, string>>;
  readonly balancer: Balancer;
  readonly place: number;
}): Promise<FleetNode & { readonly dataDir: string }> {
  const { options, env, balancer, place } = parts;
  const [port, dataDir] = await Promise.all([freePort(), mkdtemp(join(tmpdir(), "warmline-node-"))]);
  const log: string[] = [];
  const launch = (): Promise<GatewayProcess> =>
    startGatewayProcess({
      command: options.gateway,
      cwd: options.cwd,
      port,
      env: { ...env, DATA_DIR: dataDir, ...options.envOf?.(place) },
      onLog: (line) => {
        log.push(line);
        options.onLog?.(`${place} ${line}`);
      },
    });
  let current: GatewayProcess | undefined = await launch();
  balancer.add(port);
  return {
    place,
    port,
    url: `http://127.0.0.1:${port}`,
    log,
    dataDir,
    get id() {
      return idIn(log) ?? `node ${place}`;
    },
    get up() {
      return current !== undefined;
    },
    kill: async () => {
      await current?.kill();
      current = undefined;
    },
    stop: async (signal, patienceMs) => {
      const code = (await current?.stop(signal, patienceMs)) ?? null;
      current = undefined;
      return code;
    },
    start: async () => {
      current ??= await launch();
    },
  };
}

/** The process says who it is. */
function idIn(log: readonly string[]): string | undefined {
  const line = log.findLast((each) => each.includes("this node takes part"));
  return line === undefined ? undefined : /"node":"([^"]+)"/u.exec(line)?.[1];
}
