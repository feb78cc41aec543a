import { z } from "zod";
import { rateWindow } from "../../domain/rate-window.ts";
import type { Rate, RateLimit } from "../../ports/rate.ts";
import { fromRedis } from "./from-redis.ts";
import { script } from "./link.ts";
import type { RedisLink } from "./link.ts";

// KEYS: 1 the times of the last turns, newest first. ARGV: now, turns in a window, the window in ms, turns wanted. Answers
// the turns taken and the ms until the next. Nodes whose clocks differ do not put times out of order: a turn is never
// earlier than the one before it. Times that lie further ahead are of a clock that was set back since, that of Redis too,
// where another machine answers now: they count as of this moment, and are no reason to wait for hours.
const TAKE =
  script(`local at, turns, window, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local taken = 0
while taken < wanted do
  local oldest = tonumber(redis.call('LINDEX', KEYS[1], turns - 1) or '-inf')
  if oldest > at + window then
    for place = 0, turns - 1 do redis.call('LSET', KEYS[1], place, string.format('%.0f', at)) end
    redis.call('PEXPIRE', KEYS[1], math.ceil(window) + 1000)
    oldest = at
  end
  if oldest + window > at then return {taken, math.ceil(oldest + window - at)} end
  local newest = math.max(at, tonumber(redis.call('LINDEX', KEYS[1], 0) or '0'))
  redis.call('LPUSH', KEYS[1], string.format('%.0f', newest))
  redis.call('LTRIM', KEYS[1], 0, turns - 1)
  redis.call('PEXPIRE', KEYS[1], math.ceil(newest - at + window) + 1000)
  taken = taken + 1
end
return {taken, 0}`);

const answer = z.tuple([z.number(), z.number()]);

/** The same window for every node that gives the same `name`. */
export function createRedisSlidingWindow(parts: {
  readonly link: RedisLink;
  readonly name: string;
  readonly rate: Rate;
  readonly prefix?: string;
}): RateLimit {
  const { link, name, rate } = parts;
  const { turns, windowMs } = rateWindow(rate.perSecond);
  const keys = [`${parts.prefix ?? "warmline"}:window:{${name}}`];
  return {
    take: (at, wanted) =>
      fromRedis(link.run(TAKE, keys, [at, turns, windowMs, wanted]), (raw) => {
        const [taken, waitMs] = answer.parse(raw);
        return { taken, waitMs };
      }),
  };
}
