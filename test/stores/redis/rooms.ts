import { vi } from "vitest";
import { linkRedis } from "../../../src/stores/redis/link.ts";
import type { RedisLink } from "../../../src/stores/redis/link.ts";
import { createRedisPresence } from "../../../src/stores/redis/presence.ts";
import type { RedisPresence } from "../../../src/stores/redis/presence.ts";
import { settableClock } from "../settable-clock.ts";
import { silentLog } from "../values.ts";

/** A loaded machine must not fail a test of what Redis answers; the limits themselves have tests of their own. */
const PATIENT = { commandMs: 10_000, silentMs: 20_000 };

let rooms = 0;

/** A link that answers and listens. */
export async function connected(url: string): Promise<RedisLink> {
  const link = linkRedis(url, silentLog, PATIENT);
  await vi.waitFor(
    async () => {
      const answer = await link.ready();
      if (!answer.ok) throw new Error(answer.why);
    },
    { timeout: 20_000 },
  );
  return link;
}

export type Room = {
  readonly presence: RedisPresence;
  readonly link: RedisLink;
  readonly clock: ReturnType<typeof settableClock>;
  /** Every change from the start, as "dana available". */
  readonly heard: readonly string[];
  close(): Promise<void>;
};

/** An empty presence on this server, heard by a node that is listening. `prefix`: to meet others in their room. */
export async function openRoom(url: string, prefix = `room-${process.pid}-${(rooms += 1)}`): Promise<Room> {
  const link = await connected(url);
  const clock = settableClock();
  const listening = new Promise<void>((resolve) => {
    link.subscribe(`{${prefix}:presence}:changes`, () => undefined, resolve);
  });
  const presence = createRedisPresence({ link, clock, log: silentLog, prefix });
  const heard: string[] = [];
  presence.onChange(({ agent, status }) => heard.push(`${agent} ${status}`));
  await listening;
  return {
    heard,
    presence,
    link,
    clock,
    close: async () => {
      presence.close();
      await link.close();
    },
  };
}
