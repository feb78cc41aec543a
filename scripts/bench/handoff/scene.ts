// Everything in a process of its own: the gateway, its stores, the carrier and the desks. Nothing in between, so that what
// is measured is the gateway's and the network's.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { freePort, startGatewayProcess } from "../../../lab/rig/gateway-process.ts";
import { askApi, DESK_KEY } from "../../../lab/rig/start-rig.ts";
import { configWith, type NumberSetting } from "../../../test/calls/numbers.ts";
import { ROOT } from "../../../test/calls/root.ts";
import { startPostgres, startRedis } from "../../../test/stores/servers.ts";
import { type Load, PROBE, watchLoad } from "./ask-load.ts";
import type { CarrierAnswer, CarrierOrder } from "./carrier-process.ts";
import type { DesksAnswer, DesksOrder } from "./desks-process.ts";
import { type Part, startPart } from "./start-part.ts";

export type SceneOptions = {
  readonly callsPerSecond: number;
  readonly liveCallsMax: number;
  /** Agents, spread over the queues in turn; more than there are calls, as a queue is not what is measured. */
  readonly agents: number;
  readonly numbers: readonly NumberSetting[];
  readonly desks: Pick<Extract<DesksOrder, { do: "open" }>, "paintMs" | "acceptMs" | "talkMs">;
};

export type BenchScene = {
  readonly carrier: Part<CarrierOrder, CarrierAnswer>;
  readonly desks: Part<DesksOrder, DesksAnswer>;
  readonly db: Pool;
  /** What each process does from now until the result is asked. */
  watch(): Promise<() => Promise<Loads>>;
  close(): Promise<void>;
};

export type Loads = { readonly gateway: Load; readonly carrier: Load; readonly desks: Load };

export async function openScene(options: SceneOptions): Promise<BenchScene> {
  const { callsPerSecond, numbers } = options;
  const [dir, configDir, port] = await Promise.all([
    mkdtemp(join(tmpdir(), "warmline-bench-")),
    configWith(numbers),
    freePort(),
  ]);
  // Commits reach the disk, as they do in production.
  const [redis, postgres] = await Promise.all([startRedis(), startPostgres({ durable: true })]);
  const probes = { gateway: join(dir, "gateway"), carrier: join(dir, "carrier"), desks: join(dir, "desks") };
  const carrier: BenchScene["carrier"] = startPart(new URL("carrier-process.ts", import.meta.url), probes.carrier);
  const desks: BenchScene["desks"] = startPart(new URL("desks-process.ts", import.meta.url), probes.desks);
  const url = `http://127.0.0.1:${port}`;
  let closing = false;
  const agents = Array.from({ length: options.agents }, (_, place) => agentAt(place, numbers));
  const { env } = await carrier.ask({
    do: "open",
    gateway: url,
    callsPerSecond,
    numbers: numbers.map(({ number }) => number),
    phones: agents.map(({ device }) => device.address),
  });
  const gateway = await startGatewayProcess({
    command: [process.execPath, PROBE, ...profiling(), "src/main.ts"],
    cwd: ROOT,
    port,
    env: {
      ...env,
      ...environmentOf({ url, dir, configDir, options }),
      REDIS_URL: redis.url,
      DATABASE_URL: postgres.url,
      BENCH_PROBE: probes.gateway,
    },
    onLog: (line) => (closing ? undefined : console.error(line)),
  });
  for (const agent of agents) await askApi(url, "POST", { path: "/api/agents", body: agent });
  await desks.ask({ do: "open", url, apiKey: DESK_KEY, agents: agents.map(({ id }) => id), ...options.desks });
  const db = new Pool({ connectionString: postgres.url, max: 2 });
  // The server is stopped while the connections are still being closed.
  db.on("error", () => undefined);
  const close = async (): Promise<void> => {
    // Hundreds of calls are up: what it says of their sudden end is no news.
    closing = true;
    await Promise.all([desks.close(), carrier.close()]);
    await gateway.stop();
    await db.end();
    await Promise.all([redis.stop(), postgres.stop()]);
    await Promise.all([dir, configDir].map((one) => rm(one, { recursive: true, force: true })));
  };
  return { carrier, desks, db, watch: () => watchAll(probes), close };
}

const environmentOf = (about: {
  readonly url: string;
  readonly dir: string;
  readonly configDir: string;
  readonly options: SceneOptions;
}) => ({
  PUBLIC_URL: about.url,
  HOST: "127.0.0.1",
  DATA_DIR: join(about.dir, "data"),
  CONFIG_DIR: about.configDir,
  SESSION_SECRET: "a-session-secret-of-the-bench-00000000",
  LOG_LEVEL: "error",
  LIVE_CALLS_MAX: String(about.options.liveCallsMax),
});

/** `BENCH_CPU_PROF=DIR`: the gateway's profile is left there. */
function profiling(): string[] {
  const dir = process.env["BENCH_CPU_PROF"];
  return dir === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${dir}`];
}

const agentAt = (place: number, numbers: readonly NumberSetting[]) => ({
  id: `agent-${place}`,
  name: `Agent ${place}`,
  skills: [],
  queues: [numbers[place % numbers.length]?.queue ?? ""],
  languages: ["en"],
  device: { kind: "phone", address: `+1500556${String(1_000 + place)}` },
});

async function watchAll(probes: Readonly<Record<keyof Loads, string>>): Promise<() => Promise<Loads>> {
  const [gateway, carrier, desks] = await Promise.all([
    watchLoad(probes.gateway),
    watchLoad(probes.carrier),
    watchLoad(probes.desks),
  ]);
  return async () => {
    const [g, c, d] = await Promise.all([gateway(), carrier(), desks()]);
    return { gateway: g, carrier: c, desks: d };
  };
}
