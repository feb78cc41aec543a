// How many calls leave: no second sees more than the carrier allows, a burst is not spaced out, and gateways that cannot ask
// each other share.
import { expect, test } from "vitest";
import { AgentId, CallId, EscalationId, LegId, OfferId } from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import type { CaseState } from "../../src/handoff/state.ts";
import type { Effect } from "../../src/handoff/vocabulary.ts";
import { createDialler, localPermits } from "../../src/runtime/dialler.ts";
import { performDial } from "../../src/runtime/perform-dial.ts";
import { createMemorySlidingWindow } from "../../src/stores/memory/sliding-window.ts";
import { fakeClock } from "../stores/fake-clock.ts";
import { silentLog } from "../support/silent-log.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** When each of so many calls leaves that all want to at once. */
async function leaving(perSecond: number, count: number): Promise<readonly number[]> {
  const limit = createMemorySlidingWindow({ perSecond });
  const left: number[] = [];
  for (let at = 0; left.length < count; at += 1) {
    const answer = await limit.take(EpochMs(at), count - left.length);
    if (!answer.ok) throw new Error(answer.why);
    left.push(...Array<number>(answer.value.taken).fill(at));
  }
  return left;
}

const mostInASecond = (left: readonly number[]): number =>
  Math.max(...left.map((from) => left.filter((at) => at >= from && at < from + 1_000).length));

test.each([1, 5, 10, 20, 50, 100])(
  "%i a second: no second sees more, and the whole rate is kept up",
  async (perSecond) => {
    const left = await leaving(perSecond, perSecond * 6);
    expect(mostInASecond(left)).toBeLessThanOrEqual(perSecond);
    expect(left.at(-1)).toBe(5_000);
  },
);

test("calls whose decisions fall together leave together, as many as a second allows", async () => {
  expect(await leaving(50, 51)).toEqual([...Array<number>(50).fill(0), 1_000]);
});

test("gateways that cannot ask each other keep to their share", async () => {
  let nodes = 4;
  const take = localPermits(10, () => nodes);
  expect(await take(EpochMs(0), 2)).toEqual({ taken: 1, waitMs: 400 });
  expect(await take(EpochMs(300), 1)).toEqual({ taken: 0, waitMs: 100 });
  expect(await take(EpochMs(400), 1)).toEqual({ taken: 1, waitMs: 0 });
  nodes = 1;
  await take(EpochMs(800), 1);
  expect(await take(EpochMs(900), 1)).toEqual({ taken: 1, waitMs: 0 });
});

test("a clock that is set back by an hour costs a gateway by itself its share, not an hour", async () => {
  const take = localPermits(2);
  await take(EpochMs(4_000_000), 1);
  expect(await take(EpochMs(400_000), 1)).toEqual({ taken: 0, waitMs: 500 });
  expect(await take(EpochMs(400_500), 1)).toEqual({ taken: 1, waitMs: 0 });
});

const offer = OfferId("o1");
const wanting = {
  caller: { call: CallId("c"), leg: LegId("l") },
  handoff: { kind: "offering", offer: { id: offer, dial: "requested" } },
} as unknown as CaseState;

/** A dial whose permit comes at 4,000 ms; `look`: what is known of its case. */
function dialling(look: () => Promise<CaseState>) {
  const clock = fakeClock(1_000);
  const taken = { permits: 0 };
  const dialled: string[] = [];
  const deps = {
    clock,
    log: silentLog,
    dialler: createDialler({
      clock,
      log: silentLog,
      takePermits: async (at) => {
        if (at < 4_000) return { taken: 0, waitMs: 4_000 - at };
        taken.permits += 1;
        return { taken: 1, waitMs: 0 };
      },
    }),
    cases: {
      state: look,
      deliver: (_case: unknown, news: { kind: string }) => {
        dialled.push(news.kind);
        return Promise.resolve(wanting);
      },
    },
    directory: {
      agent: () => Promise.resolve({ id: AgentId("dana"), device: { kind: "phone", address: "+15005550006" } }),
    },
    telephony: { dialAgent: () => Promise.resolve({ kind: "placed", leg: LegId("x") }) },
  } as unknown as Parameters<typeof performDial>[0];
  const effect = {
    kind: "dial-agent",
    offer,
    escalation: EscalationId("e"),
    agent: AgentId("dana"),
    ringMs: 12_000,
    priority: "medium",
    decidedAt: EpochMs(1_000),
  } as Extract<Effect, { kind: "dial-agent" }>;
  const job = () => performDial(deps, { caseId: CallId("case"), state: wanting }, effect);
  return { clock, taken, dialled, job, waiting: () => deps.dialler.waiting() };
}

test("a look at the case that fails leaves nothing in the queue: no permit is burnt, and the next try is heard", async () => {
  let away = true;
  const { clock, taken, dialled, job, waiting } = dialling(() =>
    away ? Promise.reject(new Error("the store is away")) : Promise.resolve(wanting),
  );
  await expect(job()).rejects.toThrow("the store is away");
  expect(waiting()).toBe(0);
  away = false;
  const again = job();
  await settled();
  clock.passTo(5_000);
  await again;
  expect([taken.permits, dialled.filter((kind) => kind === "dial-accepted")]).toEqual([1, ["dial-accepted"]]);
});

test("a dial that was taken back before it was looked at, as those of a node that died, takes nobody's permit", async () => {
  const over = { ...wanting, handoff: { kind: "closed", outcome: "abandoned" } } as const;
  const { clock, taken, dialled, job } = dialling(() => Promise.resolve(over));
  const done = job();
  await settled();
  clock.passTo(5_000);
  await done;
  expect([taken.permits, dialled.filter((kind) => kind === "dial-accepted")]).toEqual([0, []]);
});
