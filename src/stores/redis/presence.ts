import { readFileSync } from "node:fs";
import { z } from "zod";
import { PRESENCE_STATUSES } from "../../domain/closed-sets.ts";
import { AgentId, OwnerToken } from "../../domain/ids.ts";
import { after, EpochMs } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { AgentHold, AgentPresence, Presence } from "../../ports/presence.ts";
import type { Log } from "../../telemetry/log.ts";
import { fromRedis } from "./from-redis.ts";
import { script } from "./link.ts";
import type { RedisLink, Script } from "./link.ts";

export type RedisPresence = Presence & { close(): void };

const readScript = (name: string): Script => script(readFileSync(new URL(name, import.meta.url), "utf8"));
const PRESENCE = readScript("./presence.lua");
const RESERVE = readScript("./reserve.lua");

/** Each node sweeps about this often, in milliseconds; what ran out is refused at once all the same, swept or not. */
const SWEEP_MS = 500;
const SWEEP_AT_MOST = 200;
/** Every so many sweeps everybody is asked for: published changes may be lost without a sign (a Cluster's listener). */
const CATCH_UP_EVERY = 20;

const stored = z
  .object({
    agent: z.string().transform(AgentId),
    status: z.enum(PRESENCE_STATUSES),
    since: z.number().transform(EpochMs),
    reason: z.string().optional(),
  })
  .transform(({ reason, ...rest }): AgentPresence => ({ ...rest, ...(reason !== undefined && { reason }) }));

// Made once: making a schema takes longer than using it, and there are some with every reservation.
const text = z.string();
const texts = z.array(text);
const count = z.number();
const readView = (raw: unknown): AgentPresence => stored.parse(JSON.parse(text.parse(raw)));
const readViews = (raw: unknown): readonly AgentPresence[] => texts.parse(raw).map(readView);
const heldSeat = z.object({
  agent: z.string().transform(AgentId),
  token: z.string().transform(OwnerToken),
  status: z.enum(PRESENCE_STATUSES),
});
const readHolds = (raw: unknown): readonly AgentHold[] =>
  texts.parse(raw).map((json) => heldSeat.parse(JSON.parse(json)));
const readYes = (raw: unknown): boolean => count.parse(raw) === 1;
const readAgent = (raw: unknown): AgentId | undefined => (raw === null ? undefined : AgentId(text.parse(raw)));

type Run = (op: string, at: EpochMs, ...args: readonly (string | number)[]) => Promise<unknown>;

/**
 * Presence on Redis: each operation is one Lua call (`presence.lua`), each change is published to every node. All keys
 * share one hash tag and so one Cluster slot: a reservation compares every candidate, and Lua may touch one slot only;
 * a few thousand agents and some ten thousand operations a second are well within one node of a Cluster.
 * `prefix` keeps several installations on one Redis apart.
 */
export function createRedisPresence(parts: {
  readonly link: RedisLink;
  readonly clock: Clock;
  readonly log: Log;
  readonly prefix?: string;
}): RedisPresence {
  const { link, clock, log } = parts;
  const tag = `{${parts.prefix ?? "warmline"}:presence}`;
  const keys = ["seats", "owners", "due"].map((key) => `${tag}:${key}`);
  const channel = `${tag}:changes`;
  const run: Run = (op, at, ...args) => link.run(PRESENCE, keys, [op, channel, at, ...args]);
  const changes = createChanges(log);
  const unsubscribe = link.subscribe(channel, changes.hear, () => void changes.catchUp(() => run("all", clock.now())));
  const stopSweeping = sweepOn(clock, log, { run, catchUp: () => changes.catchUp(() => run("all", clock.now())) });
  return {
    ...operations(run),
    reserve: (ask) => fromRedis(reserve({ link, keys, channel, run }, ask), readAgent),
    onChange: changes.onChange,
    close: () => {
      unsubscribe();
      stopSweeping();
    },
  };
}

/** Times as `reserve.lua` compares them. */
const digits = (at: EpochMs): string => String(Math.round(at)).padStart(15, "0");

async function reserve(
  { link, keys, channel, run }: { link: RedisLink; keys: readonly string[]; channel: string; run: Run },
  { candidates, token, at, expiresAt }: Parameters<Presence["reserve"]>[0],
): Promise<unknown> {
  // Sorted here, by code unit: Lua would compare by the server's locale.
  const sorted = candidates.toSorted((a, b) => (a < b ? -1 : 1));
  const quick = [channel, token, JSON.stringify(token), digits(at), digits(expiresAt), ...sorted];
  const found = await link.run(RESERVE, keys, quick);
  return found === 0 ? run("reserve", at, token, expiresAt, ...sorted) : found;
}

function operations(run: Run): Omit<Presence, "onChange" | "reserve"> {
  return {
    hold: ({ agent, token, status, at, until }) => fromRedis(run("hold", at, agent, token, status, until), readYes),
    release: ({ agent, token, next, at }) => fromRedis(run("release", at, agent, token, next), readYes),
    set: ({ agent, status, at, leaseUntil, reason }) =>
      fromRedis(run("set", at, agent, status, leaseUntil, ...(reason === undefined ? [] : [reason])), readView),
    renew: (agent, at, leaseUntil) => fromRedis(run("renew", at, agent, leaseUntil), readYes),
    holds: (at) => fromRedis(run("holds", at), readHolds),
    get: (agents, at) => fromRedis(run("get", at, ...agents), readViews),
  };
}

type Listener = (presence: AgentPresence) => void;

type Changes = {
  onChange(this: void, listener: Listener): () => void;
  hear(this: void, message: string): void;
  /** After a gap: asks for everybody and tells what differs from the last that was heard. */
  catchUp(this: void, all: () => Promise<unknown>): Promise<void>;
};

function createChanges(log: Log): Changes {
  const listeners = new Set<Listener>();
  const last = new Map<AgentId, AgentPresence>();
  let heardMeanwhile = new Set<AgentId>();
  const tell = (presence: AgentPresence): void => {
    const before = last.get(presence.agent);
    if (before && sameView(before, presence)) return;
    last.set(presence.agent, presence);
    for (const listener of listeners) {
      try {
        listener(presence);
      } catch (error) {
        // One listener's bug must not keep the others from hearing.
        log.error({ agent: presence.agent, err: error }, "a presence listener failed");
      }
    }
  };
  return {
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    hear: (message) => {
      const presence = readView(message);
      heardMeanwhile.add(presence.agent);
      tell(presence);
    },
    catchUp: async (all) => {
      heardMeanwhile = new Set();
      const everybody = await fromRedis(all(), readViews);
      if (!everybody.ok) return log.warn({ reason: everybody.why }, "presence could not be caught up with");
      // What was heard since we asked is newer than the answer.
      for (const presence of everybody.value) if (!heardMeanwhile.has(presence.agent)) tell(presence);
    },
  };
}

const sameView = (a: AgentPresence, b: AgentPresence): boolean =>
  a.status === b.status && a.since === b.since && a.reason === b.reason;

/** Every node sweeps, so that any may die; jittered, so that they do not all sweep at once. */
function sweepOn(
  clock: Clock,
  log: Log,
  { run, catchUp }: { readonly run: Run; readonly catchUp: () => Promise<void> },
): () => void {
  let stopped = false;
  let sweeps = 0;
  let cancel: (() => void) | undefined;
  const next = (): void => {
    if (stopped) return;
    const jittered = SWEEP_MS * (0.75 + Math.random() / 2);
    cancel = clock.at(after(clock.now(), jittered), () => void sweep());
  };
  const sweep = async (): Promise<void> => {
    try {
      await run("sweep", clock.now(), SWEEP_AT_MOST);
      if ((sweeps += 1) % CATCH_UP_EVERY === 0) await catchUp();
    } catch (error) {
      // The link says once that Redis is away; the next sweep tries again.
      log.debug({ err: error }, "presence was not swept");
    }
    next();
  };
  next();
  return () => {
    stopped = true;
    cancel?.();
  };
}
