import { z } from "zod";
import type { Once } from "../../ports/once.ts";
import { fromRedis } from "./from-redis.ts";
import { script } from "./link.ts";
import type { RedisLink } from "./link.ts";

const FIRST = script(`return redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) and 1 or 0`);
const yes = z.literal([0, 1]).transform((raw) => raw === 1);

/** One key a name, so that a Cluster spreads them. `prefix` keeps several installations on one Redis apart. */
export function createRedisOnce({ link, prefix }: { readonly link: RedisLink; readonly prefix?: string }): Once {
  return {
    first: (name, at, until) =>
      fromRedis(
        link.run(FIRST, [`${prefix ?? "warmline"}:once:${name}`], [Math.max(1, Math.round(until - at))]),
        (raw) => yes.parse(raw),
      ),
  };
}
