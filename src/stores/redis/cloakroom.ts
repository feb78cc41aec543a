import { z } from "zod";
import type { EpochMs } from "../../domain/time.ts";
import type { Cloakroom } from "../../ports/cloakroom.ts";
import { fromRedis } from "./from-redis.ts";
import { script } from "./link.ts";
import type { RedisLink } from "./link.ts";

const LEAVE = script(`redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) return 1`);
const TAKE = script(`local found = redis.call('GET', KEYS[1]) redis.call('DEL', KEYS[1]) return found`);
const LOOK = script(`return redis.call('GET', KEYS[1])`);
/** ARGV: whether anything was there, and what. */
const SWAP = script(`
  local found = redis.call('GET', KEYS[1])
  if (ARGV[1] == '0' and found) or (ARGV[1] == '1' and found ~= ARGV[2]) then return 0 end
  redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
  return 1
`);
const yes = z.literal([0, 1]).transform((raw) => raw === 1);
const text = z
  .string()
  .nullish()
  .transform((raw) => raw ?? undefined);

const lifeOf = (at: EpochMs, until: EpochMs): number => Math.max(1, Math.round(until - at));

/** One key a name, so that a Cluster spreads them. `prefix` keeps several installations on one Redis apart. */
export function createRedisCloakroom(deps: { readonly link: RedisLink; readonly prefix?: string }): Cloakroom {
  const { link, prefix = "warmline" } = deps;
  const keyOf = (name: string): string => `${prefix}:cloakroom:${name}`;
  return {
    leave: ({ name, text: what, at, until }) =>
      fromRedis(link.run(LEAVE, [keyOf(name)], [what, lifeOf(at, until)]), (raw) => yes.parse(raw)),
    take: (name) => fromRedis(link.run(TAKE, [keyOf(name)], []), (raw) => text.parse(raw)),
    look: (name) => fromRedis(link.run(LOOK, [keyOf(name)], []), (raw) => text.parse(raw)),
    swap: ({ name, was, text: what, at, until }) => {
      const argv = [was === undefined ? "0" : "1", was ?? "", what, lifeOf(at, until)];
      return fromRedis(link.run(SWAP, [keyOf(name)], argv), (raw) => yes.parse(raw));
    },
  };
}
