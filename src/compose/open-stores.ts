import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Settings } from "../config/settings.ts";
import type { Clock } from "../ports/clock.ts";
import type { Bus } from "../ports/bus.ts";
import type { Leases } from "../ports/leases.ts";
import type { Presence } from "../ports/presence.ts";
import type { RateLimit } from "../ports/rate.ts";
import type { ReadyCheck } from "../http/health-routes.ts";
import { createMemoryBus } from "../stores/memory/bus.ts";
import { createMemoryLeases } from "../stores/memory/leases.ts";
import { createMemoryTokenBucket } from "../stores/memory/token-bucket.ts";
import { createRedisBus } from "../stores/redis/bus.ts";
import { createRedisLeases } from "../stores/redis/leases.ts";
import { createRedisTokenBucket } from "../stores/redis/token-bucket.ts";
import { createMemoryPresence } from "../stores/memory/presence.ts";
import { openPostgres, type PostgresStores } from "../stores/postgres/open.ts";
import { linkRedis } from "../stores/redis/link.ts";
import { createRedisPresence } from "../stores/redis/presence.ts";
import type { Log } from "../telemetry/log.ts";

export type Stores = Omit<PostgresStores, "ready"> & {
  readonly presence: Presence;
  readonly bus: Bus;
  readonly leases: Leases;
  readonly rate: RateLimit;
  /** Other nodes may work on the same cases. */
  readonly shared: boolean;
  readonly checks: readonly ReadyCheck[];
};

/** Redis and Postgres where they are named, else their stand-ins in this process; said loudly (design §9). */
export async function openStores(settings: Settings, deps: { clock: Clock; log: Log }): Promise<Stores> {
  const { log } = deps;
  if (settings.redisUrl === undefined) {
    log.warn({}, "no REDIS_URL: presence lives in this process only and is forgotten with it");
  }
  if (settings.databaseUrl === undefined) {
    log.warn({ file: settings.dataDir }, "no DATABASE_URL: records are kept by an embedded Postgres in DATA_DIR");
  }
  await mkdir(settings.dataDir, { recursive: true });
  const postgres = await openPostgres(
    settings.databaseUrl === undefined
      ? { dataDir: join(settings.dataDir, "postgres") }
      : { databaseUrl: settings.databaseUrl },
    log,
  );
  const link = settings.redisUrl === undefined ? undefined : linkRedis(settings.redisUrl, log);
  const presence = link ? createRedisPresence({ ...deps, link }) : createMemoryPresence(deps);
  const rate = { perSecond: settings.twilio?.callsPerSecond ?? 1, burst: 1 };
  const checks: ReadyCheck[] = [
    { name: "postgres", check: () => postgres.ready() },
    { name: "presence", check: async () => answered(await presence.get([], deps.clock.now())) },
  ];
  const close = async (): Promise<void> => {
    presence.close();
    await link?.close();
    await postgres.close();
  };
  return {
    ...postgres,
    presence,
    bus: link ? createRedisBus({ link, log }) : createMemoryBus(log),
    leases: link ? createRedisLeases({ link }) : createMemoryLeases(),
    rate: link ? createRedisTokenBucket({ link, name: "dials", rate }) : createMemoryTokenBucket(rate),
    shared: link !== undefined && settings.databaseUrl !== undefined,
    checks,
    close,
  };
}

const answered = (answer: { readonly ok: boolean; readonly why?: string }): { ok: boolean; why?: string } =>
  answer.why === undefined ? { ok: answer.ok } : { ok: answer.ok, why: answer.why };
