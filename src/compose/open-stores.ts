import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Settings } from "../config/settings.ts";
import type { Cloakroom } from "../ports/cloakroom.ts";
import type { Clock } from "../ports/clock.ts";
import type { Bus } from "../ports/bus.ts";
import type { Leases } from "../ports/leases.ts";
import type { Once } from "../ports/once.ts";
import type { Places } from "../ports/places.ts";
import type { Presence } from "../ports/presence.ts";
import type { RateLimit } from "../ports/rate.ts";
import type { ReadyCheck } from "../http/health-routes.ts";
import { createMemoryBus } from "../stores/memory/bus.ts";
import { createMemoryCloakroom } from "../stores/memory/cloakroom.ts";
import { createMemoryLeases } from "../stores/memory/leases.ts";
import { createMemoryPlaces } from "../stores/memory/places.ts";
import { createMemorySlidingWindow } from "../stores/memory/sliding-window.ts";
import { createRedisBus } from "../stores/redis/bus.ts";
import { createRedisCloakroom } from "../stores/redis/cloakroom.ts";
import { createRedisLeases } from "../stores/redis/leases.ts";
import { createRedisOnce } from "../stores/redis/once.ts";
import { createRedisPlaces } from "../stores/redis/places.ts";
import { createRedisSlidingWindow } from "../stores/redis/sliding-window.ts";
import { createMemoryPresence } from "../stores/memory/presence.ts";
import { openPostgres, type PostgresStores } from "../stores/postgres/open.ts";
import { linkRedis } from "../stores/redis/link.ts";
import { leasesIn, openSharedTime, placesIn, rateIn } from "../stores/redis/shared-time.ts";
import { createRedisPresence } from "../stores/redis/presence.ts";
import { openSpool, type OpenSpool } from "./open-spool.ts";
import type { Log } from "../telemetry/log.ts";

export type Stores = Omit<PostgresStores, "ready" | "secret"> & {
  readonly presence: Presence;
  readonly bus: Bus;
  readonly leases: Leases;
  readonly rate: RateLimit;
  /** Absent where this process is the only one. */
  readonly once?: Once;
  readonly cloakroom: Cloakroom;
  readonly places: Places;
  /** Other nodes may work on the same cases. */
  readonly shared: boolean;
  /** What is kept on this node's disk while the records are away (H13); absent with embedded records. */
  readonly spool?: OpenSpool["spool"];
  readonly checks: readonly ReadyCheck[];
  /** The same for every gateway on these records. */
  readonly secret?: PostgresStores["secret"];
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
  // Embedded records are away only when this process is.
  const kept = settings.databaseUrl === undefined ? undefined : await openSpool(settings.dataDir, postgres, deps);
  const live = openLiveSide(settings, deps);
  const { presence } = live.stores;
  const checks: ReadyCheck[] = [
    { name: "postgres", check: () => postgres.ready() },
    ...(kept ? [kept.check] : []),
    { name: "presence", check: async () => answered(await presence.get([], deps.clock.now())) },
  ];
  return {
    ...postgres,
    ...kept?.stores,
    ...(kept && { spool: kept.spool }),
    ...live.stores,
    shared: settings.redisUrl !== undefined && settings.databaseUrl !== undefined,
    checks,
    close: async () => {
      await live.close();
      await kept?.close();
      await postgres.close();
    },
  };
}

type LiveSide = {
  readonly stores: Pick<Stores, "presence" | "bus" | "leases" | "rate" | "once" | "cloakroom" | "places">;
  close(): Promise<void>;
};

/** What lives only as long as somebody is on duty: in Redis, or in this process. */
function openLiveSide(settings: Settings, deps: { clock: Clock; log: Log }): LiveSide {
  const { log } = deps;
  const rate = { perSecond: settings.twilio?.callsPerSecond ?? 1 };
  if (settings.redisUrl === undefined) {
    const presence = createMemoryPresence(deps);
    const bus = createMemoryBus(log);
    const leases = createMemoryLeases();
    const alone = {
      rate: createMemorySlidingWindow(rate),
      cloakroom: createMemoryCloakroom(),
      places: createMemoryPlaces(),
    };
    return { stores: { presence, bus, leases, ...alone }, close: () => Promise.resolve(presence.close()) };
  }
  const link = linkRedis(settings.redisUrl, log);
  const presence = createRedisPresence({ ...deps, link });
  const time = openSharedTime({ ...deps, link });
  return {
    stores: {
      presence,
      bus: createRedisBus({ link, log }),
      leases: leasesIn(time, createRedisLeases({ link })),
      once: createRedisOnce({ link }),
      cloakroom: createRedisCloakroom({ link }),
      places: placesIn(time, createRedisPlaces({ link })),
      rate: rateIn(time, createRedisSlidingWindow({ link, name: "dials", rate })),
    },
    close: async () => {
      presence.close();
      time.close();
      await link.close();
    },
  };
}

const answered = (answer: { readonly ok: boolean; readonly why?: string }): { ok: boolean; why?: string } =>
  answer.why === undefined ? { ok: answer.ok } : { ok: answer.ok, why: answer.why };
