import { z } from "zod";
import type { Cloakroom } from "../../ports/cloakroom.ts";
import { fromRedis } from "./from-redis.ts";
import { script } from "./link.ts";
import type { RedisLink } from "./link.ts";

const LEAVE = script(`redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) return 1`);
const TAKE = script(`local found = redis.call('GET', KEYS[1]) redis.call('DEL', KEYS[1]) return found`);
const HOLDS = script(`return redis.call('EXISTS', KEYS[1])`);
const yes = z.literal([0, 1]).transform((raw) => raw === 1);
const text = z
  .string()
  .nullish()
  .transform((raw) => raw ?? undefined);

/** One key a name, so that a Cluster spreads them. `prefix` keeps several installations on one Redis apart. */
export function createRedisCloakroom(deps: { readonly link: RedisLink; readonly prefix?: string }): Cloakroom {
  const { link, prefix = "warmline" } = deps;
  const keyOf = (name: string): string => `${prefix}:cloakroom:${name}`;
  return {
    leave: ({ name, text: what, at, until }) =>
      fromRedis(link.run(LEAVE, [keyOf(name)], [what, Math.max(1, Math.round(until - at))]), (raw) => yes.parse(raw)),
    take: (name) => fromRedis(link.run(TAKE, [keyOf(name)], []), (raw) => text.parse(raw)),
    holds: (name) => fromRedis(link.run(HOLDS, [keyOf(name)], []), (raw) => yes.parse(raw)),
  };
}
