// What the stores cost, as ratios against the barest thing that could be done in the same run on the same server:
// (a) reservations against `SET NX` round trips, (b) a commit of event and jobs against one bare insert.

import { Redis } from "ioredis";
import { Pool } from "pg";
import type { AgentId, OwnerToken } from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import type { CommitAnswer, Journal } from "../../src/ports/journal.ts";
import { linkRedis } from "../../src/stores/redis/link.ts";
import { createRedisPresence } from "../../src/stores/redis/presence.ts";
import type { RedisPresence } from "../../src/stores/redis/presence.ts";
import { openPostgres } from "../../src/stores/postgres/open.ts";
import { startPostgres, startRedis } from "../../test/stores/servers.ts";
import { settableClock } from "../../test/stores/settable-clock.ts";
import { agent, callerState, commit, endLeg, escalationPart, silentLog, token } from "../../test/stores/values.ts";

export type StoreRatio = {
  readonly name: string;
  /** Ours, by the baseline, and what the ratio must hold. */
  readonly ours: number;
  readonly baseline: number;
  readonly unit: string;
  readonly ratio: number;
  readonly target: string;
  readonly held: boolean;
};

export type StoresBench = { readonly bench: "stores"; readonly ratios: readonly StoreRatio[]; readonly held: boolean };

const ROUNDS = 7;

/** Runs `count` of `work`, `atOnce` at a time; answers how many a second. */
async function perSecond(count: number, atOnce: number, work: (index: number) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) await work(next++);
    }),
  );
  return (count / (performance.now() - began)) * 1_000;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** The two are measured in turns, so that whatever else the machine does hits both. */
async function inTurns(
  ours: (round: number) => Promise<number>,
  baseline: (round: number) => Promise<number>,
): Promise<{ ours: number; baseline: number }> {
  await ours(-1);
  await baseline(-1);
  const all: { ours: number; baseline: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    all.push({ baseline: await baseline(round), ours: await ours(round) });
  }
  return { ours: median(all.map((one) => one.ours)), baseline: median(all.map((one) => one.baseline)) };
}

const RESERVATIONS = 2_000;
const BATCH = 250;
const people = Array.from({ length: 500 }, (_, i) => agent(`agent-${i}`));

/** Reservations a second, in batches that leave somebody free; giving the agents back is not part of one. */
async function reserveRound(presence: RedisPresence, round: number, atOnce: number): Promise<number> {
  const rates: number[] = [];
  for (let from = 0; from < RESERVATIONS; from += BATCH) {
    const taken = new Map<OwnerToken, AgentId>();
    const rate = await perSecond(BATCH, atOnce, async (i) => {
      // A queue of ten with the skill, out of five hundred agents.
      const first = (i * 2) % 490;
      const owner = token(`t${round}-${from + i}`);
      const candidates = people.slice(first, first + 10);
      const answer = await presence.reserve({ candidates, token: owner, at: EpochMs(2), expiresAt: EpochMs(1e12) });
      if (!answer.ok || answer.value === undefined) throw new Error("a reservation of the benchmark found nobody");
      taken.set(owner, answer.value);
    });
    rates.push(rate);
    for (const [owner, who] of taken) {
      await presence.release({ agent: who, token: owner, next: "available", at: EpochMs(3) });
    }
  }
  return median(rates);
}

async function reservations(atOnce: number): Promise<StoreRatio> {
  const server = await startRedis();
  const link = linkRedis(server.url, silentLog, { commandMs: 5_000 });
  const bare = new Redis(server.url);
  while (!(await link.ready()).ok) await new Promise((resolve) => setTimeout(resolve, 10));
  const presence = createRedisPresence({ link, clock: settableClock(), log: silentLog });
  for (const who of people) {
    await presence.set({ agent: who, status: "available", at: EpochMs(1), leaseUntil: EpochMs(1e12) });
  }
  const measured = await inTurns(
    (round) => reserveRound(presence, round, atOnce),
    (round) => perSecond(RESERVATIONS, atOnce, (i) => bare.set(`r${round}-${i}`, "1", "PX", 60_000, "NX")),
  );
  presence.close();
  await link.close();
  bare.disconnect();
  await server.stop();
  const ratio = measured.ours / measured.baseline;
  return {
    name: `reservations against bare SET NX round trips, ${atOnce} at once`,
    ...measured,
    unit: "per second",
    ratio,
    target: "at least 0.4",
    held: ratio >= 0.4,
  };
}

const COMMITS = 300;

/** What most commits are: the next event of a case that has an escalation and holds an agent, with three jobs. */
const commitOne = (journal: Journal, call: string, seq: number): Promise<CommitAnswer> => {
  const state = callerState(call, { escalation: escalationPart(`e${call}`) });
  const jobs = [1, 2, 3].map((n) => ({ id: `${call}-${seq}-${n}`, effect: endLeg(`leg-${n}`) }));
  return journal.commit(commit(call, seq, { state, jobs, held: [agent(`a${call}`)] }));
};

async function commits(atOnce: number): Promise<StoreRatio> {
  const server = await startPostgres({ durable: true });
  const limits = { queryMs: 60_000, statementMs: 50_000 };
  const stores = await openPostgres({ databaseUrl: server.url, limits }, silentLog);
  const bare = new Pool({ connectionString: server.url, max: 10 });
  // The server is stopped while the last connections are still being closed.
  bare.on("error", () => undefined);
  await bare.query("create table bare (case_id text, seq integer, event jsonb, primary key (case_id, seq))");
  const text = "insert into bare (case_id, seq, event) values ($1, $2, $3)";
  const event = JSON.stringify(commit("c", 1).event);
  const msEach = async (work: (i: number) => Promise<unknown>): Promise<number> =>
    (1_000 * atOnce) / (await perSecond(COMMITS, atOnce, work));
  const measured = await inTurns(
    // Round -1, unmeasured, opens the cases.
    (round) => msEach((i) => commitOne(stores.journal, `c${i}`, round + 2)),
    (round) => msEach((i) => bare.query({ name: "bare", text, values: [`c${round}-${i}`, 1, event] })),
  );
  await bare.end();
  await stores.close();
  await server.stop();
  const ratio = measured.ours / measured.baseline;
  return {
    name: `commit of event, snapshot and 3 jobs against one bare insert, ${atOnce} at once`,
    ...measured,
    unit: "ms each",
    ratio,
    target: "at most 2.5",
    held: ratio <= 2.5,
  };
}

/** Prints each ratio beside its target, for people or as one JSON object, and answers them. */
export async function run({ json }: { json: boolean }): Promise<StoresBench> {
  const ratios = [await reservations(1), await reservations(32), await commits(1), await commits(8)];
  const result: StoresBench = { bench: "stores", ratios, held: ratios.every(({ held }) => held) };
  console.log(json ? JSON.stringify(result) : ratios.map(describe).join("\n"));
  return result;
}

function describe({ name, ours, baseline, unit, ratio, target, held }: StoreRatio): string {
  const verdict = `${ratio.toFixed(2)} ×, ${target}: ${held ? "held" : "MISSED"}`;
  return `stores: ${name}: ${verdict} (${ours.toFixed(2)} against ${baseline.toFixed(2)} ${unit})`;
}
