import { z } from "zod";
import type { Places } from "../../ports/places.ts";
import { fromRedis } from "./from-redis.ts";
import { script } from "./link.ts";
import type { RedisLink } from "./link.ts";

// KEYS: 1 calls with a place (zset call by the end of it). ARGV: now, until.
const TIDY = `redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
redis.call('PEXPIRE', KEYS[1], math.ceil(ARGV[2] - ARGV[1]) + 60000)
local function set(call)
  local had = redis.call('ZSCORE', KEYS[1], call)
  if not had or tonumber(had) < tonumber(ARGV[2]) then redis.call('ZADD', KEYS[1], ARGV[2], call) end
  return had
end
`;
// ARGV: 3 limit, 4 call.
const TAKE = script(`${TIDY}
if not redis.call('ZSCORE', KEYS[1], ARGV[4]) and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then return 'full' end
return set(ARGV[4]) and 'kept' or 'taken'`);
// ARGV: 3 and on, the calls.
const KEEP = script(`${TIDY}
for i = 3, #ARGV do set(ARGV[i]) end
return redis.call('ZCARD', KEYS[1])`);
const GIVE = script(`return redis.call('ZREM', KEYS[1], ARGV[1])`);

const answer = z.enum(["taken", "kept", "full"]);
const count = z.number();

/** `prefix` keeps several installations on one Redis apart. */
export function createRedisPlaces({ link, prefix }: { readonly link: RedisLink; readonly prefix?: string }): Places {
  const keys = [`${prefix ?? "warmline"}:places`];
  return {
    take: ({ call, limit, at, until }) =>
      fromRedis(link.run(TAKE, keys, [at, until, limit, call]), (raw) => answer.parse(raw)),
    keep: (calls, at, until) => fromRedis(link.run(KEEP, keys, [at, until, ...calls]), (raw) => count.parse(raw)),
    give: (call) => fromRedis(link.run(GIVE, keys, [call]), () => undefined),
  };
}
