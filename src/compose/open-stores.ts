import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Settings } from "../config/settings.ts";
import type { Clock } from "../ports/clock.ts";
import type { Presence } from "../ports/presence.ts";
import type { ReadyCheck } from "../http/health-routes.ts";
import { createMemoryPresence } from "../stores/memory/presence.ts";
import { openPostgres, type PostgresStores } from "../stores/postgres/open.ts";
import { linkRedis } from "../stores/redis/link.ts";
import { createRedisPresence } from "../stores/redis/presence.ts";
import type { Log } from "../telemetry/log.ts";

export type Stores = Omit<PostgresStores, "ready"> & {
  readonly presence: Presence;
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
  const checks: ReadyCheck[] = [
    { name: "postgres", check: () => postgres.ready() },
    { name: "presence", check: async () => answered(await presence.get([], deps.clock.now())) },
  ];
  const close = async (): Promise<void> => {
    presence.close();
    await link?.close();
    await postgres.close();
  };
  return { ...postgres, presence, checks, close };
}

const answered = (answer: { readonly ok: boolean; readonly why?: string }): { ok: boolean; why?: string } =>
  answer.why === undefined ? { ok: answer.ok } : { ok: answer.ok, why: answer.why };
