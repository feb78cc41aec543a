// Three nodes behind a plain balancer, hundreds of cases, callbacks and desks wherever they land: no agent is asked by
// two cases at once, no case is lost, and every card is on the right desk. The callers dial numbers that go straight to
// people, so that there is no audio to wait for.
import { afterAll, beforeAll, expect, test } from "vitest";

import { openDeskSeat, type DeskSeat, type Frame } from "../../lab/people/desk-seat.ts";
import { hireAgent } from "../../lab/people/hire-agent.ts";
import { DESK_KEY } from "../../lab/rig/start-rig.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import type { Phone } from "../../lab/twilio/phone-book.ts";
import type { NumberSetting } from "../calls/numbers.ts";
import { until } from "../calls/scene.ts";
import { caseOf, type FleetScene, openFleet } from "./fleet-scene.ts";

const CASES = 500;
const QUEUES = 6;
const AGENTS_EACH = 8;
/** Calls at any time: what two cores carry beside other tests, and few enough for somebody to be free mostly. */
const LANES = 16;

const numbers: NumberSetting[] = Array.from({ length: QUEUES }, (_, place) => ({
  number: `+1500555${2_100 + place}`,
  queue: `team-${place}`,
  mode: "queue",
}));

let scene: FleetScene;
beforeAll(async () => {
  scene = await openFleet({
    nodes: 3,
    numbers,
    callsPerSecond: 500,
    env: { LOG_LEVEL: "warn" },
    twin: {
      recordings: false,
      latencies: { ringMs: 20, restMs: 10, webhookMs: 5, redirectMs: 20, conferenceJoinMs: 20, actionMs: 20 },
    },
  });
});
afterAll(() => scene.close());

type Worker = { readonly id: string; readonly queue: string; readonly seat: DeskSeat; readonly phone: Phone };

/** Takes every card that comes, talks for a moment, hangs up, writes it up, and is there for the next one. */
async function startWorker(queue: string, place: number): Promise<Worker> {
  const id = `${queue}-agent-${place}`;
  const address = `+1500556${String(1_000 + Number(queue.slice(5)) * 100 + place)}`;
  const phone = await hireAgent(scene.fleet, { id, queue, address }, { kind: "answers", afterMs: 20 });
  const seat = await openDeskSeat({ url: scene.fleet.url, apiKey: DESK_KEY, agent: id, paintAfterMs: 5 });
  await seat.becomes("available");
  return { id, queue, seat, phone };
}

function work({ seat, phone }: Worker): () => void {
  let seen = 0;
  const act = (frame: Frame): void => {
    const { escalationId } = frame;
    // A machine too busy to keep its times looks like an agent who does not answer: they say that they are there.
    if (frame.type === "presence" && frame["status"] === "check-in")
      seat.send({ type: "presence", status: "available" });
    if (frame.type === "offer") seat.send({ type: "accept", offerId: frame["offerId"], hash: frame["hash"] });
    // More was learnt of the case while they pressed: they press again, with the card as it is now.
    if (frame.type === "error" && frame["code"] === "stale-packet")
      seat.send({ type: "accept", offerId: frame["ref"], hash: frame["hash"] });
    if (frame.type !== "state") return;
    if (frame["state"] === "bridged") seat.send({ type: "end", escalationId });
    if (frame["state"] === "wrapping-up" && frame["cause"] !== "wrapped-up")
      // Who writes it up before they have hung up is rung again while the old call is still there.
      void (phone.handsets.at(-1)?.ended ?? Promise.resolve()).then(() =>
        seat.send({ type: "wrap-up", escalationId, disposition: "resolved", resolved: true, notes: "" }),
      );
  };
  const timer = setInterval(() => {
    for (const { frame } of seat.received.slice(seen)) act(frame);
    seen = seat.received.length;
  }, 20);
  return () => clearInterval(timer);
}

/** Callers who are offered to wait or be called back wait, as often as they are asked. */
function waitIfAsked(callers: ReadonlyMap<string, Handset>): () => void {
  let seen = 0;
  const timer = setInterval(() => {
    const fresh = scene.commits.slice(seen);
    seen += fresh.length;
    for (const { case: id, state } of fresh) if (state === "offering-fallback") void chooseToWait(callers.get(id));
  }, 100);
  return () => clearInterval(timer);
}

async function chooseToWait(caller: Handset | undefined): Promise<void> {
  await caller?.untilAsked();
  await caller?.press("1");
}

const whatTheCarrierSaw = ({ callSid }: Handset): string =>
  scene.fleet.twilio.log.entries
    .filter((entry) => "callSid" in entry && entry.callSid === callSid)
    .map((entry) => JSON.stringify(entry))
    .join("\n");

/** Calls to this telephone, by when they began and ended at the carrier. */
function rangBetween({ phone }: Worker): { from: number; to: number }[] {
  const calls = Map.groupBy(
    scene.fleet.twilio.log.of("call", ({ to }) => to === phone.address),
    ({ callSid }) => callSid,
  );
  const spans = [...calls.values()].map((steps) => ({
    from: Math.min(...steps.map(({ at }) => at)),
    to: steps.find(({ event }) => event === "ended")?.at ?? Infinity,
  }));
  return spans.toSorted((x, y) => x.from - y.from);
}

/** Cases whose card came while another one was still this agent's. */
function cardsAtOnce({ seat }: Worker): string[] {
  let open: unknown;
  return seat.received.flatMap(({ frame }) => {
    if (frame.type === "presence" && frame["status"] === "available") open = undefined;
    if (frame.type !== "offer") return [];
    const before = open;
    open = frame["escalationId"];
    return before === undefined || before === open ? [] : [JSON.stringify([before, open])];
  });
}

type Row = { id: string; queue: string; status: string; agent: string; outcome: string };

test(`${CASES} cases, and every one is somebody's`, { timeout: 300_000 }, async ({ annotate }) => {
  const { fleet, db } = scene;
  const workers = await Promise.all(
    numbers.flatMap(({ queue }) => Array.from({ length: AGENTS_EACH }, (_, place) => startWorker(queue, place))),
  );
  const callers = new Map<string, Handset>();
  const stops = [...workers.map(work), waitIfAsked(callers)];
  const began = performance.now();
  let placed = 0;
  const callOn = async (lane: number): Promise<void> => {
    // Not all at once: that would measure how a cold process starts.
    await new Promise((resolve) => setTimeout(resolve, lane * 100));
    while (placed < CASES) {
      const place = (placed += 1);
      const to = numbers[place % QUEUES]?.number ?? "";
      const caller = fleet.twilio.callIn({ from: `+1415${5_000_000 + place}`, to });
      callers.set(caseOf(caller), caller);
      await caller.ended;
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, lane) => callOn(lane)));
  await annotate(`${CASES} cases in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  const idle = (): boolean => workers.every(({ seat }) => lastStatus(seat) === "available");
  await until("everybody is free again", 70_000, () => (idle() ? true : undefined));
  for (const stop of stops) stop();

  const { rows } = await db.query<Row>(
    `select id, queue, status, view->'handoff'->>'agent' as agent, view->'handoff'->>'outcome' as outcome from escalations`,
  );
  const known = new Set(scene.commits.map((commit) => commit.case));
  const unheard = [...callers].filter(([id]) => !known.has(id)).map(([, caller]) => whatTheCarrierSaw(caller));
  expect(unheard, "callers whom no node knows").toEqual([]);
  expect(rows).toHaveLength(CASES);
  expect(rows.filter(({ outcome, status }) => outcome !== "bridged" || status !== "resolved")).toEqual([]);

  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const worker of workers) {
    const cards = worker.seat.received.filter(({ frame }) => frame.type === "offer");
    const queues = cards.map(({ frame }) => byId.get(String(frame["escalationId"]))?.queue);
    expect(
      queues.filter((queue) => queue !== worker.queue),
      `cards of ${worker.id}`,
    ).toEqual([]);
    expect(cardsAtOnce(worker), `cards at once of ${worker.id}`).toEqual([]);
    const rang = rangBetween(worker);
    const twice = rang.filter(({ from }, place) => from < (rang[place - 1]?.to ?? 0));
    expect(twice, `rung twice at once: ${worker.id}`).toEqual([]);
    const mine = rows.filter(({ agent }) => agent === worker.id).map(({ id }) => id);
    const shown = new Set(cards.map(({ frame }) => frame["escalationId"]));
    expect(
      mine.filter((id) => !shown.has(id)),
      `cases without a card of ${worker.id}`,
    ).toEqual([]);
  }

  const holes = await db.query("select case_id from case_events group by case_id having max(seq) <> count(*)");
  expect(holes.rows).toEqual([]);
  const nodes = await db.query<{ node: string; count: string }>("select node, count(*) from case_events group by node");
  expect(nodes.rows.filter(({ count }) => Number(count) > CASES)).toHaveLength(3);
  await until("nothing is left to do", 20_000, async () => {
    const left = await db.query("select (select count(*) from jobs) + (select count(*) from held_agents) as count");
    return Number(left.rows[0]?.count) === 0 ? true : undefined;
  });
  expect(fleet.twilio.legs()).toEqual([]);
  await Promise.all(workers.map(({ seat }) => seat.close()));
});

const lastStatus = (seat: DeskSeat): unknown =>
  seat.received.findLast(({ frame }) => frame.type === "presence")?.frame["status"];
