// Gateway, stores, carrier with callers and phones, and model: each a process of its own. The agents' desks are here.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDeskSeat, type DeskSeat } from "../../../lab/people/desk-seat.ts";
import { freePort, type GatewayProcess, startGatewayProcess } from "../../../lab/rig/gateway-process.ts";
import { askApi, DESK_KEY } from "../../../lab/rig/start-rig.ts";
import { ROOT } from "../../../test/calls/root.ts";
import { startPostgres, startRedis } from "../../../test/stores/servers.ts";
import { type Load, PROBE, watchLoad } from "../handoff/ask-load.ts";
import { type Part, startPart } from "../handoff/start-part.ts";
import type { CarrierAnswer, CarrierOrder } from "./carrier-process.ts";
import type { ModelAnswer, ModelOrder } from "./model-process.ts";

const TRIES = 10;
const AGAIN_MS = 2_000;

export type CallsScene = {
  readonly carrier: Part<CarrierOrder, CarrierAnswer>;
  readonly model: Part<ModelOrder, ModelAnswer>;
  readonly seats: readonly DeskSeat[];
  api(path: string): Promise<unknown>;
  /** What each process does from now until the result is asked. */
  watch(): Promise<() => Promise<Loads>>;
  close(): Promise<void>;
};

export type Loads = { readonly gateway: Load; readonly carrier: Load; readonly model: Load };

export async function openScene({
  agents,
  callsPerSecond,
}: {
  readonly agents: number;
  readonly callsPerSecond: number;
}): Promise<CallsScene> {
  const [dir, port] = await Promise.all([mkdtemp(join(tmpdir(), "warmline-bench-")), freePort()]);
  const [redis, postgres] = await Promise.all([startRedis(), startPostgres({ durable: true })]);
  const probes = { gateway: join(dir, "gateway"), carrier: join(dir, "carrier"), model: join(dir, "model") };
  const carrier: CallsScene["carrier"] = startPart(new URL("carrier-process.ts", import.meta.url), probes.carrier);
  const model: CallsScene["model"] = startPart(new URL("model-process.ts", import.meta.url), probes.model);
  const url = `http://127.0.0.1:${port}`;
  const phones = Array.from({ length: agents }, (_, place) => `+1500556${String(1_000 + place)}`);
  const [answers, modelIs] = await Promise.all([
    carrier.ask({ do: "open", gateway: url, callsPerSecond, phones }),
    model.ask({ do: "open" }),
  ]);
  const gateway = await startGateway(port, {
    ...answers.env,
    ...modelIs.env,
    DATA_DIR: join(dir, "data"),
    REDIS_URL: redis.url,
    DATABASE_URL: postgres.url,
    BENCH_PROBE: probes.gateway,
  });
  const seats: DeskSeat[] = [];
  for (const [place, address] of phones.entries()) seats.push(await sitDown(url, `agent${place}`, address));
  return {
    carrier,
    model,
    seats,
    api: (path) => insisting(() => askApi(url, "GET", { path, body: undefined })),
    watch: () => watchAll(probes),
    close: async () => {
      await Promise.all([...seats.map((seat) => seat.close()), carrier.close(), model.close()]);
      await gateway.stop();
      await Promise.all([redis.stop(), postgres.stop()]);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const startGateway = (port: number, env: Readonly<Record<string, string>>): Promise<GatewayProcess> =>
  startGatewayProcess({
    command: [process.execPath, PROBE, "src/main.ts"],
    cwd: ROOT,
    port,
    env: {
      ...env,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      HOST: "127.0.0.1",
      SESSION_SECRET: "a-session-secret-of-the-bench-00000000",
      LOG_LEVEL: "error",
      LIVE_CALLS_MAX: "1000",
    },
    onLog: () => undefined,
  });

async function watchAll(probes: Readonly<Record<keyof Loads, string>>): Promise<() => Promise<Loads>> {
  const [gateway, carrier, model] = await Promise.all([
    watchLoad(probes.gateway),
    watchLoad(probes.carrier),
    watchLoad(probes.model),
  ]);
  return async () => ({ gateway: await gateway(), carrier: await carrier(), model: await model() });
}

/** Where the machine is full the database may not answer in time; what is recorded does not change by asking later. */
async function insisting<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries === TRIES) throw error;
      process.stderr.write(`calls: asked again: ${String(error)}\n`);
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

async function sitDown(url: string, id: string, address: string): Promise<DeskSeat> {
  const device = { kind: "phone", address };
  const body = { id, name: id, skills: [], queues: ["general"], languages: ["en"], device };
  await askApi(url, "POST", { path: "/api/agents", body });
  const seat = await openDeskSeat({ url, apiKey: DESK_KEY, agent: id });
  await seat.becomes("available");
  return seat;
}
