// Leases are seconds long and every gateway reads those of the others, so they are kept by one clock, that of Redis: a
// gateway whose own is two seconds ahead would take all others for dead and have their callers brought over, for ever.

import { z } from "zod";
import { after, type EpochMs } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Leases } from "../../ports/leases.ts";
import type { Places } from "../../ports/places.ts";
import type { RateLimit } from "../../ports/rate.ts";
import type { Log } from "../../telemetry/log.ts";
import { script } from "./link.ts";
import type { RedisLink } from "./link.ts";

export type SharedTime = {
  /** A moment of this gateway's clock by that of Redis. */
  readonly of: (at: EpochMs) => EpochMs;
  /**
   * The same, to judge the leases of others by. Where another Redis answers, whose clock is another one, what they have
   * renewed lately is by the clock before: while they may not know of it, the earlier of the two counts.
   */
  readonly judgedBy: (at: EpochMs) => EpochMs;
  /** Asks Redis now; never rejects. */
  readonly look: () => Promise<void>;
  close(): void;
};

// Asked of the machine that keeps the leases, where there are several.
const TIME = script("return redis.call('TIME')");
const KEYS = ["{warmline:leases}:nodes"];
/** Seconds and the microseconds within them. */
const readTime = z.tuple([z.coerce.number(), z.coerce.number()]);

const LOOK_MS = 5_000;
/** A clock that has jumped is known to all others after this: each of them looks before it judges, and a lease is 2 s. */
const KNOWN_MS = 3_000;
/** Clocks this close are the same: an answer's way tells no more, and a lease of 2 s has room for it. */
const CLOSE_MS = 250;
/** An answer that took longer says nothing about the time. */
const ANSWER_MS = 200;

/** Asks Redis for its time now and then. While it does not answer, what it said last holds. */
export function openSharedTime(parts: {
  readonly link: Pick<RedisLink, "run">;
  readonly clock: Clock;
  readonly log: Log;
}): SharedTime {
  const { link, clock, log } = parts;
  let ahead = 0;
  let before = { ahead, until: 0 };
  let closed = false;
  let cancel: (() => void) | undefined;
  const look = async (): Promise<void> => {
    const asked = clock.now();
    const [seconds, micros] = readTime.parse(await link.run(TIME, KEYS, []));
    const took = clock.now() - asked;
    if (took > ANSWER_MS) return;
    const apart = Math.round(seconds * 1_000 + micros / 1_000 - asked - took / 2);
    const now = Math.abs(apart) < CLOSE_MS ? 0 : apart;
    if ((now === 0) !== (ahead === 0))
      log.warn(
        { raw: `${apart} ms` },
        now === 0 ? "the clock is Redis's again" : "the clock is not Redis's: set it by NTP",
      );
    if (Math.abs(now - ahead) >= CLOSE_MS) before = { ahead, until: clock.now() + KNOWN_MS };
    ahead = now;
  };
  const lookSafely = (): Promise<void> =>
    look().catch((err: unknown) => log.debug({ err }, "redis did not say what time it is"));
  const run = (): void => {
    void lookSafely().finally(() => {
      if (!closed) cancel = clock.at(after(clock.now(), LOOK_MS), run);
    });
  };
  run();
  return {
    of: (at) => after(at, ahead),
    judgedBy: (at) => after(at, clock.now() < before.until ? Math.min(ahead, before.ahead) : ahead),
    look: lookSafely,
    close: () => {
      closed = true;
      cancel?.();
    },
  };
}

export const leasesIn = ({ of, judgedBy, look }: SharedTime, leases: Leases): Leases => ({
  ...leases,
  renew: (node, until) => leases.renew(node, of(until)),
  nodes: async (at) => {
    // Who is taken for dead has their callers brought over: not by a time that Redis has left.
    await look();
    return leases.nodes(judgedBy(at));
  },
  own: (call, node, at) => leases.own(call, node, judgedBy(at)),
  holder: (call, at) => leases.holder(call, judgedBy(at)),
});

export const placesIn = ({ of }: SharedTime, places: Places): Places => ({
  ...places,
  take: (ask) => places.take({ ...ask, at: of(ask.at), until: of(ask.until) }),
  keep: (calls, at, until) => places.keep(calls, of(at), of(until)),
});

export const rateIn = ({ of }: SharedTime, rate: RateLimit): RateLimit => ({
  take: (at, wanted) => rate.take(of(at), wanted),
});
