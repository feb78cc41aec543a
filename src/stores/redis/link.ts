import { createHash } from "node:crypto";
import { Cluster, Redis } from "ioredis";
import type { Log } from "../../telemetry/log.ts";
import { readRedisUrl } from "./url.ts";
import type { RedisPlace } from "./url.ts";

type Client = Redis | Cluster;

export type Script = { readonly lua: string; readonly sha: string };

/** One process's way to Redis: a connection for commands and one that listens. */
export type RedisLink = {
  /** Rejects within the limit when Redis does not answer, and at once while there is no connection. */
  run(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  publish(channel: string, message: string): Promise<void>;
  /**
   * `listener` hears the channel from now on, through reconnects; `up` is called whenever listening has (again) begun:
   * what was published before may have been missed.
   */
  subscribe(channel: string, listener: (message: string) => void, up: () => void): () => void;
  ready(): Promise<{ readonly ok: true } | { readonly ok: false; readonly why: string }>;
  close(): Promise<void>;
};

export type RedisLimits = {
  /** Every command is given up after this, in milliseconds: a caller is on the line (design §2: t0 + 0.1 s). */
  readonly commandMs: number;
  /** A connection that stays silent this long with a command under way is closed and made anew, in milliseconds. */
  readonly silentMs: number;
};

const LIMITS: RedisLimits = { commandMs: 250, silentMs: 1_000 };

/** How often the listening connection is asked for a sign of life, in milliseconds: it has no commands of its own. */
const LISTEN_CHECK_MS = 1_000;

export const script = (lua: string): Script => ({ lua, sha: createHash("sha1").update(lua).digest("hex") });

type Ear = {
  readonly channels: Channels;
  readonly listening: Client;
  readonly log: Log;
  readonly listen: (channel: string) => Promise<void>;
};

type Channels = Map<string, Set<{ readonly listener: (message: string) => void; readonly up: () => void }>>;

/**
 * Connects to the Redis that `url` names (see `readRedisUrl`) and keeps connecting. Does not wait for it: until Redis
 * answers, every command is refused at once, and the gateway promises nobody (H13).
 */
export function linkRedis(url: string, log: Log, limits: Partial<RedisLimits> = {}): RedisLink {
  const { commandMs, silentMs } = { ...LIMITS, ...limits };
  const place = readRedisUrl(url);
  const commands = connect(place, silentMs);
  const listening = connect(place, silentMs);
  watch(commands, log.child({ stream: "commands" }));
  watch(listening, log.child({ stream: "listening" }));
  const channels: Channels = new Map();
  listening.on("message", (channel: string, message: string) => {
    for (const { listener } of channels.get(channel) ?? []) listener(message);
  });
  const bounded = <T>(work: Promise<T>): Promise<T> => within(commandMs, work);
  const listen = async (channel: string): Promise<void> => {
    try {
      await bounded(listening.subscribe(channel));
      for (const { up } of channels.get(channel) ?? []) up();
    } catch (error) {
      // Not connected now: the next "ready" subscribes to every channel again.
      log.debug({ err: error }, "not listening to redis yet");
    }
  };
  listening.on("ready", () => [...channels.keys()].forEach((channel) => void listen(channel)));
  const check = setInterval(() => void alive(listening, bounded, log), LISTEN_CHECK_MS);
  check.unref();
  return {
    run: (wanted, keys, args) => bounded(evaluate(commands, wanted, keys, args)),
    publish: async (channel, message) => void (await bounded(commands.publish(channel, message))),
    subscribe: (channel, listener, up) => subscribe({ channels, listening, listen, log }, channel, { listener, up }),
    ready: async () => {
      try {
        await bounded(commands.ping());
        return { ok: true };
      } catch (error) {
        return { ok: false, why: error instanceof Error ? error.message : String(error) };
      }
    },
    close: async () => {
      clearInterval(check);
      commands.disconnect();
      listening.disconnect();
    },
  };
}

/** Jittered, so that a fleet does not come back all at once. */
const again = (times: number): number => Math.min(50 * times, 500) * (0.5 + Math.random() / 2);

function connect(place: RedisPlace, silentMs: number): Client {
  const base = {
    // Refused at once rather than queued: a late reservation is worth nothing.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // `listen` subscribes again and tells who may have missed something.
    autoResubscribe: false,
    connectTimeout: 1_000,
    disconnectTimeout: 100,
    socketTimeout: silentMs,
    keepAlive: 10_000,
    // No automatic pipelining: each command leaves at once, and the server works on the first while the next is written.
    // Gathering them for a turn of the event loop took a third longer, one at a time and 32 at once (`bench -- stores`).
  };
  if (place.kind !== "cluster") {
    return new Redis({ ...base, ...place.options, retryStrategy: again, sentinelRetryStrategy: again });
  }
  const { enableOfflineQueue, ...redisOptions } = base;
  return new Cluster(place.nodes, {
    enableOfflineQueue,
    clusterRetryStrategy: again,
    slotsRefreshTimeout: 1_000,
    // After a failover the slots are asked for again soon, not at the next error only.
    slotsRefreshInterval: 5_000,
    redisOptions: { ...redisOptions, ...place.options },
  });
}

function watch(client: Client, log: Log): void {
  let down = false;
  client.on("error", (error: Error) => {
    if (!down) log.warn({ err: error }, "redis is out of reach");
    down = true;
  });
  client.on("ready", () => {
    log.info({}, down ? "redis is back" : "connected to redis");
    down = false;
  });
}

async function evaluate(
  client: Client,
  { lua, sha }: Script,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> {
  try {
    return await client.evalsha(sha, keys.length, ...keys, ...args);
  } catch (error) {
    // The server has not seen the script yet, or was restarted.
    if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
    return client.eval(lua, keys.length, ...keys, ...args);
  }
}

function subscribe(
  { channels, listening, listen, log }: Ear,
  channel: string,
  entry: { readonly listener: (message: string) => void; readonly up: () => void },
): () => void {
  const entries = channels.get(channel) ?? new Set();
  entries.add(entry);
  channels.set(channel, entries);
  void listen(channel);
  return () => {
    entries.delete(entry);
    if (entries.size > 0 || !channels.delete(channel)) return;
    // Without a connection there is nothing to end: only what is in `channels` is subscribed to again.
    listening.unsubscribe(channel).catch((error: unknown) => log.debug({ err: error }, "redis was not told to stop"));
  };
}

/** A silent peer shows only when it is asked: the failed ping makes ioredis close the socket and connect again. */
async function alive(listening: Client, bounded: (work: Promise<string>) => Promise<string>, log: Log): Promise<void> {
  if (listening.status !== "ready") return;
  try {
    await bounded(listening.ping());
  } catch (error) {
    log.debug({ err: error }, "the listening redis connection did not answer");
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const refuse = (): void => reject(new Error(`redis did not answer within ${ms} ms`));
    // Timers come before sockets: after a pause of this process, an answer that has arrived is read first.
    timer = setTimeout(() => setImmediate(refuse), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
