// C26: the ways in which an agent goes off duty, or is let go of, against the published table of docs/presence.md. None of
// them makes anybody available: only the agent's own word does.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, test } from "vitest";

import { openDeskSeat } from "../../lab/people/desk-seat.ts";
import { ADMIN_KEY, DESK_KEY } from "../../lab/rig/start-rig.ts";
import type { PhoneBehaviour } from "../../lab/twilio/phone-book.ts";
import { type Proxy, startProxy } from "../stores/proxy.ts";
import { lanes } from "./numbers.ts";
import {
  type Agent,
  answerAt,
  callerKeysForPerson,
  endOf,
  offerAt,
  openScene,
  presenceOf,
  ringAt,
  type Scene,
  sitDown,
  until,
} from "./scene.ts";
import { ROOT } from "./root.ts";

type Walk = {
  /** As the published table names it. */
  readonly path: string;
  readonly queue: string;
  readonly phone?: PhoneBehaviour;
  /** The desk is behind a network that can fall silent. */
  readonly far?: true;
  readonly walk: (agent: Agent, to: string) => Promise<unknown>;
};

/** Somebody calls, and the agent is rung. */
async function called(agent: Agent, to: string) {
  const caller = await callerKeysForPerson(scene, { to });
  return { caller, offer: await offerAt(scene, agent) };
}

/** Together with a caller. */
async function together(agent: Agent, to: string) {
  const { caller, offer } = await called(agent, to);
  const handset = await answerAt(agent);
  await handset.untilAsked();
  await handset.press("1");
  await agent.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
  return { caller, handset, ...offer };
}

const RINGS: PhoneBehaviour = { kind: "rings" };

const afterThisCall = ({ seat }: Agent): void => seat.send({ type: "presence", status: "offline" });

const WALKS: readonly Walk[] = [
  {
    path: "logs out",
    queue: "logs-out",
    walk: async ({ seat }) => {
      seat.send({ type: "presence", status: "offline" });
      await presenceOf(seat, "offline");
      await seat.close();
    },
  },
  { path: "closes the tab", queue: "closes", walk: ({ seat }) => seat.close() },
  {
    path: "closes the laptop, and opens it again later",
    queue: "sleeps",
    far: true,
    walk: async ({ id, seat }) => {
      network.weather({ kind: "silent" });
      await until("nobody hears of it any more", 20_000, async () =>
        (await statusOf(id)) === "offline" ? true : undefined,
      );
      // Awake, and the page connects again by itself.
      const again = await openDeskSeat({ url: scene.rig.url, apiKey: DESK_KEY, agent: id });
      await again.close();
      // What was never closed would be waited for at the end.
      seat.vanish();
    },
  },
  {
    path: "the call to their device fails",
    queue: "fails",
    phone: { kind: "fails", sipCode: 503 },
    walk: async (agent, to) => {
      const { caller } = await called(agent, to);
      await presenceOf(agent.seat, "check-in");
      caller.hangUp();
      await endOf(scene, caller.callSid);
    },
  },
  {
    path: "does not pick up the call to their device",
    queue: "misses",
    walk: async (agent, to) => {
      const { caller } = await called(agent, to);
      await presenceOf(agent.seat, "check-in", 20_000);
      caller.hangUp();
      await endOf(scene, caller.callSid);
    },
  },
  {
    path: 'says "offline after this call" while it rings, and the caller leaves',
    queue: "ringing",
    walk: async (agent, to) => {
      const { caller } = await called(agent, to);
      await ringAt(agent);
      afterThisCall(agent);
      caller.hangUp();
      await presenceOf(agent.seat, "offline");
    },
  },
  {
    path: 'says "offline after this call" in the conversation',
    queue: "talking",
    phone: { kind: "answers", afterMs: 300 },
    walk: async (agent, to) => {
      const { caller, escalationId } = await together(agent, to);
      afterThisCall(agent);
      caller.hangUp();
      await presenceOf(agent.seat, "wrap-up");
      // Their closing work would make them available, had they not said otherwise.
      agent.seat.send({ type: "wrap-up", escalationId, disposition: "resolved", resolved: true, notes: "" });
      await presenceOf(agent.seat, "offline");
    },
  },
  {
    path: "hangs up in the conversation, and closes the tab",
    queue: "hangs-up",
    phone: { kind: "answers", afterMs: 300 },
    walk: async (agent, to) => {
      const { caller, handset } = await together(agent, to);
      handset.hangUp();
      await presenceOf(agent.seat, "wrap-up");
      caller.hangUp();
      await agent.seat.close();
    },
  },
];

const numbers = lanes(WALKS.map(({ queue }) => queue));

let scene: Scene;
let network: Proxy;
let published: Map<string, readonly string[]>;
beforeAll(async () => {
  published = await readTable();
  scene = await openScene({ numbers, callsPerSecond: 50 });
  network = await startProxy(Number(new URL(scene.rig.url).port));
  for (const { queue, phone = RINGS, far } of WALKS) {
    const url = far ? { url: `http://127.0.0.1:${network.port}` } : {};
    await sitDown(scene, { id: queue, queue, phone, ...url });
  }
});
afterAll(async () => {
  await scene.close();
  await network.close();
});

/** The published table: each path, and the statuses it names, in order. */
async function readTable(): Promise<Map<string, readonly string[]>> {
  const page = await readFile(join(ROOT, "docs/presence.md"), "utf8");
  const [, part = ""] = page.split("## What must never make somebody available");
  const rows = part.split("\n## ")[0]?.matchAll(/^\| (?!Path|---)(.+?) \| (.+) \|$/gmu) ?? [];
  return new Map(
    [...rows].map(([, path = "", then = ""]) => [path, [...then.matchAll(/`([a-z-]+)`/gu)].map(([, it = ""]) => it)]),
  );
}

async function statusOf(agent: string): Promise<string> {
  const headers = { Authorization: `Bearer ${ADMIN_KEY}` };
  const answer = await fetch(`${scene.rig.url}/api/agents/${agent}/presence`, { headers });
  return ((await answer.json()) as { status: string }).status;
}

/** Everything others could see of an agent from now on, without repetitions; the result stops looking and answers. */
function watch({ id, seat }: Agent): () => Promise<string[]> {
  const known = seat.received.length;
  const seen: { at: number; status: string }[] = [];
  const stop = new AbortController();
  const look = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const at = performance.timeOrigin + performance.now();
      seen.push({ at, status: await statusOf(id) });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const looking = look();
  return async () => {
    stop.abort();
    await looking;
    // The desk hears of what lasts for a moment only; the others' view goes on where there is no desk any more.
    const frames = seat.received.slice(known).filter(({ frame }) => frame.type === "presence");
    const told = frames.map(({ at, frame }) => ({ at, status: String(frame["status"]) }));
    const last = told.at(-1)?.at ?? 0;
    const all = [...told, ...seen.filter(({ at }) => at > last + 50)].map(({ status }) => status);
    return all.filter((status, place) => status !== all[place - 1]);
  };
}

describe.concurrent("an agent", () => {
  test("the table and the walks are the same", ({ expect }) => {
    expect(WALKS.map(({ path }) => path)).toEqual([...published.keys()]);
  });

  test.for(WALKS)("$path", { timeout: 50_000 }, async ({ path, queue, walk }, { expect, annotate }) => {
    const agent = scene.agents.get(queue);
    const to = numbers.find((number) => number.queue === queue)?.number ?? "";
    if (!agent) throw new Error(`nobody serves ${queue}`);
    const stop = watch(agent);
    await walk(agent, to);
    const expected = published.get(path) ?? [];
    await until(`${queue} is ${expected.at(-1)}`, 12_000, async () =>
      (await statusOf(queue)) === expected.at(-1) ? true : undefined,
    );
    // Whatever would put them back by itself has its time.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const seen = await stop();
    await annotate(seen.join(" → "));
    expect(seen[0] === "available" ? seen : ["available", ...seen]).toEqual(
      expected[0] === "available" ? expected : ["available", ...expected],
    );
  });
});
