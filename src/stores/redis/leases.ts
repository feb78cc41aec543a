import { z } from "zod";
import { CallId, NodeId } from "../../domain/ids.ts";
import type { EpochMs } from "../../domain/time.ts";
import type { Leases } from "../../ports/leases.ts";
import { fromRedis } from "./from-redis.ts";
import { script } from "./link.ts";
import type { RedisLink } from "./link.ts";

// KEYS: 1 nodes (zset node by the end of its lease), 2 calls (hash call -> node). One slot: `holder` reads both.
const RENEW = script(`redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2]) return 1`);
const NODES = script(`return {
  redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf'), redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
}`);
const FORGET = script(`redis.call('ZREM', KEYS[1], ARGV[1])
local rows = redis.call('HGETALL', KEYS[2])
for i = 1, #rows, 2 do
  if rows[i + 1] == ARGV[1] then redis.call('HDEL', KEYS[2], rows[i]) end
end
return 1`);
const HOLD = script(`local before = redis.call('HGET', KEYS[2], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
return before`);
const OWN = script(`local node = redis.call('HGET', KEYS[2], ARGV[1])
local till = node and redis.call('ZSCORE', KEYS[1], node)
if till and tonumber(till) > tonumber(ARGV[3]) then return node end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
return ARGV[2]`);
const CLAIM = script(`if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
return 1`);
const DROP = script(
  `if redis.call('HGET', KEYS[2], ARGV[1]) == ARGV[2] then redis.call('HDEL', KEYS[2], ARGV[1]) end return 1`,
);
const CALLS = script(`local rows = redis.call('HGETALL', KEYS[2])
local held = {}
for i = 1, #rows, 2 do
  if rows[i + 1] == ARGV[1] then held[#held + 1] = rows[i] end
end
return held`);
const HOLDER = script(`local node = redis.call('HGET', KEYS[2], ARGV[1])
if not node then return false end
local till = redis.call('ZSCORE', KEYS[1], node)
return till and tonumber(till) > tonumber(ARGV[2]) and node`);

const names = z.array(z.string().transform(NodeId)).transform((all) => all.toSorted());
const callIds = z.array(z.string().transform(CallId));
const twoLists = z.tuple([names, names]).transform(([live, lapsed]) => ({ live, lapsed }));
const maybeNode = z
  .string()
  .nullable()
  .transform((raw) => (raw === null ? undefined : NodeId(raw)));
const oneNode = z.string().transform(NodeId);
const yes = z.literal([0, 1]).transform((raw) => raw === 1);
const nothing = (): void => undefined;

/** `prefix` keeps several installations on one Redis apart. */
export function createRedisLeases({ link, prefix }: { readonly link: RedisLink; readonly prefix?: string }): Leases {
  const tag = `{${prefix ?? "warmline"}:leases}`;
  const keys = [`${tag}:nodes`, `${tag}:calls`];
  return {
    renew: (node, until) => fromRedis(link.run(RENEW, keys, [until, node]), nothing),
    nodes: (at: EpochMs) => fromRedis(link.run(NODES, keys, [at]), (raw) => twoLists.parse(raw)),
    forget: (node) => fromRedis(link.run(FORGET, keys, [node]), nothing),
    hold: (call, node) => fromRedis(link.run(HOLD, keys, [call, node]), (raw) => maybeNode.parse(raw)),
    own: (call, node, at) => fromRedis(link.run(OWN, keys, [call, node, at]), (raw) => oneNode.parse(raw)),
    claim: (call, from, node) => fromRedis(link.run(CLAIM, keys, [call, from, node]), (raw) => yes.parse(raw)),
    drop: (call, node) => fromRedis(link.run(DROP, keys, [call, node]), nothing),
    calls: (node) => fromRedis(link.run(CALLS, keys, [node]), (raw) => callIds.parse(raw)),
    holder: (call, at) => fromRedis(link.run(HOLDER, keys, [call, at]), (raw) => maybeNode.parse(raw)),
  };
}
