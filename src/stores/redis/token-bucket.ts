import { z } from "zod";
import type { Rate, RateLimit } from "../../ports/rate.ts";
import { fromRedis } from "./from-redis.ts";
import { script } from "./link.ts";
import type { RedisLink } from "./link.ts";

// KEYS: 1 when the bucket will be full again, in ms. ARGV: now, ms a turn, burst. Answers 0, or the ms to wait.
// The number is written with three decimals: a fraction lost at every turn would add up to turns.
const TAKE = script(`local at, step = tonumber(ARGV[1]), tonumber(ARGV[2])
local full_at = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), at) + step
local wait = full_at - at - tonumber(ARGV[3]) * step
if wait > 0.001 then return math.ceil(wait) end
redis.call('SET', KEYS[1], string.format('%.3f', full_at), 'PX', math.ceil(full_at - at) + 1000)
return 0`);

const waiting = z.number();

/** The same bucket for every node that gives the same `name`. */
export function createRedisTokenBucket(parts: {
  readonly link: RedisLink;
  readonly name: string;
  readonly rate: Rate;
  readonly prefix?: string;
}): RateLimit {
  const { link, name, rate } = parts;
  const keys = [`${parts.prefix ?? "warmline"}:rate:{${name}}`];
  return {
    take: (at) =>
      fromRedis(link.run(TAKE, keys, [at, 1_000 / rate.perSecond, rate.burst]), (raw) => {
        const waitMs = waiting.parse(raw);
        return waitMs > 0 ? { taken: false, waitMs } : { taken: true };
      }),
  };
}
