// C25: an agent's socket is gone without a word. They cannot be reserved on any node within the lease; an open offer moves
// on after the grace, a softphone's at once; and who is back in time, at whichever node, has never been away.
import { afterAll, beforeAll, describe, test } from "vitest";

import { openDeskSeat } from "../../lab/people/desk-seat.ts";
import { ADMIN_KEY, DESK_KEY } from "../../lab/rig/start-rig.ts";
import { lanes } from "../calls/numbers.ts";
import {
  type Agent,
  callerKeysForPerson,
  caseIn,
  endOf,
  escalationOf,
  offerAt,
  ringAt,
  sitDown,
  timelineOf,
  until,
} from "../calls/scene.ts";
import { type Proxy, startProxy } from "../stores/proxy.ts";
import { type FleetScene, nodeAt, now, openFleet, prefer } from "./fleet-scene.ts";

/** Contract §4. */
const LEASE_MS = 15_000;
const GRACE_MS = 5_000;
/** What two cores may add to a time that was kept. */
const SLACK_MS = 1_500;

const numbers = lanes(["offered", "softphone", "silent", "returning"]);
const numberOf = (queue: string): string => numbers.find((number) => number.queue === queue)?.number ?? "";

let scene: FleetScene;
let network: Proxy;
beforeAll(async () => {
  scene = await openFleet({ numbers, callsPerSecond: 50 });
  const [lines, desks] = [nodeAt(scene, 0), nodeAt(scene, 1)];
  prefer(scene, { calls: lines, desks });
  network = await startProxy(desks.port);
  await sitDown(scene, { id: "offered", queue: "offered", phone: { kind: "rings" } });
  await sitDown(scene, { id: "offered-next", queue: "offered", phone: { kind: "rings" } });
  await sitDown(scene, { id: "softphone", queue: "softphone", phone: { kind: "rings" }, softphone: true });
  await sitDown(scene, { id: "softphone-next", queue: "softphone", phone: { kind: "rings" } });
  const url = `http://127.0.0.1:${network.port}`;
  await sitDown(scene, { id: "silent", queue: "silent", phone: { kind: "rings" }, url });
  await sitDown(scene, { id: "returning", queue: "returning", phone: { kind: "rings" } });
});
afterAll(async () => {
  await scene.close();
  await network.close();
});

const agentOf = (id: string): Agent => {
  const agent = scene.agents.get(id);
  if (!agent) throw new Error(`${id} is not there`);
  return agent;
};

/** What each node says of an agent, as anybody else would be told. */
const seenBy = (agent: string): Promise<string[]> =>
  Promise.all(
    scene.fleet.nodes.map(async ({ url }) => {
      const headers = { Authorization: `Bearer ${ADMIN_KEY}` };
      const answer = await fetch(`${url}/api/agents/${agent}/presence`, { headers });
      return ((await answer.json()) as { status: string }).status;
    }),
  );

/** When every node says so, in milliseconds after `from`. */
async function everywhere(agent: string, status: string, from: number): Promise<number> {
  await until(`${agent} is ${status} on every node`, LEASE_MS + 5_000, async () =>
    (await seenBy(agent)).every((seen) => seen === status) ? true : undefined,
  );
  return now() - from;
}

/** Cut while their device rings: how long after it the offer moved on, in milliseconds. */
async function cutWhileRinging(queue: string) {
  const [agent, next] = [agentOf(queue), agentOf(`${queue}-next`)];
  const caller = await callerKeysForPerson(scene, { to: numberOf(queue) });
  const ring = await ringAt(agent);
  const { escalationId } = await offerAt(scene, agent);
  agent.seat.vanish();
  const cutAt = now();
  const second = await ringAt(next);
  const rows = await timelineOf(scene, escalationId);
  const lost = rows.find(({ event, state }) => event === "desk-lost" && state === "reserving");
  await endOf(scene, ring.callSid);
  caller.hangUp();
  await endOf(scene, second.callSid);
  const { offers } = (await escalationOf(scene, escalationId)) as unknown as { offers: unknown[] };
  return { movedMs: Date.parse(lost?.at ?? "") - cutAt, cutAt, offers };
}

describe.concurrent("a desk whose socket is gone", () => {
  test("its open offer moves on after the grace", { timeout: 50_000 }, async ({ expect, annotate }) => {
    const { movedMs, cutAt, offers } = await cutWhileRinging("offered");
    const offlineMs = await everywhere("offered", "offline", cutAt);
    await annotate(`moved on after ${Math.round(movedMs)} ms, offline everywhere after ${Math.round(offlineMs)} ms`);
    expect(movedMs).toBeGreaterThanOrEqual(GRACE_MS - 200);
    expect(movedMs).toBeLessThanOrEqual(GRACE_MS + SLACK_MS);
    expect(offlineMs).toBeLessThanOrEqual(LEASE_MS);
    expect(offers).toMatchObject([
      { agent: "offered", outcome: "desk-lost" },
      { agent: "offered-next", outcome: "caller-left" },
    ]);
  });

  test("a softphone's offer moves on at once", { timeout: 50_000 }, async ({ expect, annotate }) => {
    const { movedMs, cutAt, offers } = await cutWhileRinging("softphone");
    const offlineMs = await everywhere("softphone", "offline", cutAt);
    await annotate(`moved on after ${Math.round(movedMs)} ms, offline everywhere after ${Math.round(offlineMs)} ms`);
    expect(movedMs).toBeLessThanOrEqual(SLACK_MS);
    expect(offlineMs).toBeLessThanOrEqual(LEASE_MS);
    expect(offers).toMatchObject([
      { agent: "softphone", outcome: "desk-lost" },
      { agent: "softphone-next", outcome: "caller-left" },
    ]);
  });

  test("nothing is closed and nothing answers: nobody can reserve them", { timeout: 50_000 }, async (context) => {
    const { expect, annotate } = context;
    expect(await seenBy("silent")).toEqual(["available", "available"]);
    network.weather({ kind: "silent" });
    const offlineMs = await everywhere("silent", "offline", now());
    await annotate(`offline everywhere after ${Math.round(offlineMs)} ms`);
    expect(offlineMs).toBeLessThanOrEqual(LEASE_MS);
    // The only agent of this team: a caller hears that there is nobody, and nothing rings.
    const caller = await callerKeysForPerson(scene, { to: numberOf("silent") });
    const { id } = await caseIn(scene, "silent");
    await until("nobody was found", 5_000, async () =>
      (await timelineOf(scene, id)).some(({ event, cause }) => event === "no-agent-free" && cause === "nobody-on-duty")
        ? true
        : undefined,
    );
    caller.hangUp();
    await endOf(scene, caller.callSid);
    expect(agentOf("silent").phone.rings).toEqual([]);
    // What was never closed would be waited for at the end.
    agentOf("silent").seat.vanish();
  });

  test("back in time, at another node: nobody saw a change", { timeout: 50_000 }, async ({ expect }) => {
    const { seat } = agentOf("returning");
    const other = nodeAt(scene, 0).url;
    seat.vanish();
    const seen = new Set<string>();
    const look = async (ms: number): Promise<void> => {
      for (const to = now() + ms; now() < to;) {
        for (const status of await seenBy("returning")) seen.add(status);
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    };
    await look(1_500);
    const back = await openDeskSeat({ url: other, apiKey: DESK_KEY, agent: "returning" });
    expect(back.received[0]?.frame).toMatchObject({ type: "hello", presence: { status: "available" } });
    // Past the grace of the first one's node, and past its lease.
    await look(GRACE_MS + 1_000);
    expect([...seen]).toEqual(["available"]);
    // And they are rung, with the card on the desk they have now.
    const caller = await callerKeysForPerson(scene, { to: numberOf("returning") });
    const { frame } = await back.waitFor(({ type }) => type === "offer", 15_000);
    const ring = await ringAt(agentOf("returning"));
    caller.hangUp();
    await endOf(scene, ring.callSid);
    expect(frame).toMatchObject({ type: "offer" });
    await back.close();
  });
});
