import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Presence } from "../../../src/ports/presence.ts";
import { createMemoryPresence } from "../../../src/stores/memory/presence.ts";
import { createRedisPresence } from "../../../src/stores/redis/presence.ts";
import type { RedisLink } from "../../../src/stores/redis/link.ts";
import { fakeClock } from "../fake-clock.ts";
import { startRedis } from "../servers.ts";
import type { Server } from "../servers.ts";
import { agent, at, silentLog, token } from "../values.ts";
import { settableClock } from "../settable-clock.ts";
import { connected } from "./rooms.ts";

// Random commands to the memory model and to Redis, step by step: every answer must be the same, and so must everybody's
// presence after every step. The times go forward, stand still, and sometimes back: nodes' clocks differ.

const people = ["ann", "bob", "cy"].map(agent);
const owners = ["t1", "t2", "t3"].map(token);

type Step = (presence: Presence, now: number) => Promise<unknown>;

const who = fc.constantFrom(...people);
const owner = fc.constantFrom(...owners);
const lasts = fc.integer({ min: -5, max: 60 });

const steps: fc.Arbitrary<{ readonly name: string; readonly step: Step; readonly passes: number }> = fc
  .tuple(
    fc.oneof(
      fc.tuple(fc.uniqueArray(who), owner, lasts).map(([candidates, mine, ms]) => ({
        name: `reserve ${candidates.join(" ")} for ${mine} +${ms}`,
        step: ((presence, now) =>
          presence.reserve({ candidates, token: mine, at: at(now), expiresAt: at(now + ms) })) as Step,
      })),
      fc.tuple(who, owner, fc.constantFrom("reserved", "busy", "wrap-up"), lasts).map(([one, mine, status, ms]) => ({
        name: `hold ${one} for ${mine} ${status} +${ms}`,
        step: ((presence, now) =>
          presence.hold({ agent: one, token: mine, status, at: at(now), until: at(now + ms) })) as Step,
      })),
      fc.tuple(who, owner, fc.constantFrom("available", "check-in", "offline")).map(([one, mine, next]) => ({
        name: `release ${one} of ${mine} to ${next}`,
        step: ((presence, now) => presence.release({ agent: one, token: mine, next, at: at(now) })) as Step,
      })),
      fc
        .tuple(
          who,
          fc.constantFrom("available", "away", "offline"),
          lasts,
          fc.option(fc.constantFrom("lunch", 'a "b"')),
        )
        .map(([one, status, ms, reason]) => ({
          name: `set ${one} ${status} +${ms} ${reason}`,
          step: ((presence, now) =>
            presence.set({
              agent: one,
              status,
              at: at(now),
              leaseUntil: at(now + ms),
              ...(reason !== null && { reason }),
            })) as Step,
        })),
      fc.tuple(who, lasts).map(([one, ms]) => ({
        name: `renew ${one} +${ms}`,
        step: ((presence, now) => presence.renew(one, at(now), at(now + ms))) as Step,
      })),
    ),
    fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 30 }) },
      { weight: 1, arbitrary: fc.integer({ min: -9, max: 0 }) },
    ),
  )
  .map(([{ name, step }, passes]) => ({ name, step, passes }));

let server: Server;
let link: RedisLink;
beforeAll(async () => {
  server = await startRedis();
  link = await connected(server.url);
});
afterAll(async () => {
  await link.close();
  await server.stop();
});

const held = async (presence: Presence, now: number): Promise<unknown> => {
  const answer = await presence.holds(at(now));
  return answer.ok ? answer.value.toSorted((a, b) => (a.agent < b.agent ? -1 : 1)) : answer;
};

let runs = 0;
test("Redis answers what the model answers, whatever is asked", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 40 }), async (all) => {
      // The model's own timer stays still: what ran out must show in every answer, noticed or not.
      const model = createMemoryPresence({ clock: fakeClock(), log: silentLog });
      const redis = createRedisPresence({
        link,
        clock: settableClock(),
        log: silentLog,
        prefix: `model-${(runs += 1)}`,
      });
      try {
        let now = 1_000;
        const trail: string[] = [];
        for (const { name, step, passes } of all) {
          now = Math.max(1_000, now + passes);
          trail.push(`${now}: ${name}`);
          const [wanted, got] = await Promise.all([step(model, now), step(redis, now)]);
          expect(got, trail.join("\n")).toEqual(wanted);
          const [sees, saw] = await Promise.all([model.get(people, at(now)), redis.get(people, at(now))]);
          expect(saw, trail.join("\n")).toEqual(sees);
          expect(await held(redis, now), trail.join("\n")).toEqual(await held(model, now));
        }
      } finally {
        redis.close();
        model.close();
      }
    }),
    { numRuns: 100 },
  );
});
