// What the tests with several gateways share: real stores, the fleet behind its balancer, and an eye on the journal that
// sees every commit as it happens, so that a node can be killed in the very state a test is about.

import { rm } from "node:fs/promises";

import { Client, Pool } from "pg";

import { audibleSpans } from "../../lab/audio/analyse.ts";
import { scriptedBrain, type ScriptRow } from "../../lab/openai/scripted-brain.ts";
import { type Fleet, type FleetNode, type FleetOptions, startFleet } from "../../lab/rig/start-fleet.ts";
import type { Rig } from "../../lab/rig/start-rig.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { LegId } from "../../src/domain/ids.ts";
import { callIdOf } from "../../src/vendors/twilio/call-ids.ts";
import { configWith, type NumberSetting } from "../calls/numbers.ts";
import { ROOT } from "../calls/root.ts";
import type { Agent, Scene } from "../calls/scene.ts";
import { type Server, startPostgres, startRedis } from "../stores/servers.ts";

/** One commit, as the database tells it. `at`: when this process heard of it. */
export type Commit = {
  readonly case: string;
  readonly seq: number;
  readonly event: string;
  readonly state: string;
  readonly node: string;
  readonly at: number;
};

export type FleetScene = Scene & {
  readonly fleet: Fleet;
  readonly redis: Server;
  readonly postgres: Server;
  readonly db: Pool;
  /** Every commit of every node, oldest first. */
  readonly commits: readonly Commit[];
  /** The first commit, past or future, that fits. */
  committed(what: string, fits: (commit: Commit) => boolean, timeoutMs?: number): Promise<Commit>;
};

export type FleetSceneOptions = Pick<FleetOptions, "twin" | "env" | "callsPerSecond" | "envOf" | "onLog"> & {
  readonly nodes?: number;
  readonly numbers?: readonly NumberSetting[];
  readonly rows?: readonly ScriptRow[];
  /** Another way for the gateways to their stores than straight; the test itself always goes straight. */
  readonly through?: (stores: {
    redis: Server;
    postgres: Server;
  }) => Promise<{ redisUrl: string; databaseUrl: string }>;
};

const ROWS: readonly ScriptRow[] = [
  { hears: /human|person/iu, does: [{ say: "I understand." }] },
  { hears: /hello|still there/iu, does: [{ say: "I am still here with you." }] },
  { hears: /tuesday|card ends|charge|marker/iu, does: [{ say: "Thank you, I have noted that." }] },
];

export const now = (): number => performance.timeOrigin + performance.now();

export async function openFleet(options: FleetSceneOptions = {}): Promise<FleetScene> {
  const { nodes = 2, numbers = [], rows = [], env = {}, through, ...rest } = options;
  const [redis, postgres, configDir] = await Promise.all([startRedis(), startPostgres(), configWith(numbers)]);
  const stores = (await through?.({ redis, postgres })) ?? { redisUrl: redis.url, databaseUrl: postgres.url };
  const fleet = await startFleet({
    gateway: [process.execPath, "src/main.ts"],
    cwd: ROOT,
    nodes,
    stores,
    brain: scriptedBrain([...rows, ...ROWS]),
    env: { CONFIG_DIR: configDir, ...env },
    ...rest,
  });
  for (const { number: phoneNumber } of numbers) {
    fleet.twilio.number({
      phoneNumber,
      voiceUrl: `${fleet.url}/twilio/voice`,
      statusCallback: `${fleet.url}/twilio/status`,
    });
  }
  const db = new Pool({ connectionString: postgres.url, max: 3 });
  // The server is stopped while connections are still being closed, and in some tests on purpose.
  db.on("error", () => undefined);
  const eye = await watchCommits(postgres, db);
  const agents = new Map<string, Agent>();
  return {
    rig: { ...fleet, log: [] } as unknown as Rig,
    agents,
    fleet,
    redis,
    postgres,
    db,
    commits: eye.commits,
    committed: eye.committed,
    close: async () => {
      await Promise.all([...agents.values()].map(({ seat }) => seat.close()));
      await fleet.close();
      await eye.close();
      await db.end();
      await Promise.all([redis.stop(), postgres.stop(), rm(configDir, { recursive: true, force: true })]);
    },
  };
}

const TELL = `
  create or replace function tell_commit() returns trigger language plpgsql as $$ begin
    perform pg_notify('commits', json_build_object(
      'case', new.case_id, 'seq', new.seq, 'event', new.event->>'kind', 'state', new.state, 'node', new.node)::text);
    return new;
  end $$;
  create or replace trigger tell_commit after insert on case_events for each row execute function tell_commit()`;

/** Told by the database in the moment of the commit: asking over and over would be too late for states of some ms. */
async function watchCommits(postgres: Server, db: Pool) {
  await db.query(TELL);
  const commits: Commit[] = [];
  const waiting = new Set<(commit: Commit) => void>();
  const client = new Client({ connectionString: postgres.url });
  client.on("error", () => undefined);
  await client.connect();
  client.on("notification", ({ payload = "{}" }) => {
    const commit: Commit = { ...(JSON.parse(payload) as Omit<Commit, "at">), at: now() };
    commits.push(commit);
    for (const look of waiting) look(commit);
  });
  await client.query("listen commits");
  const committed: FleetScene["committed"] = (what, fits, timeoutMs = 30_000) => {
    const past = commits.find((commit) => fits(commit));
    if (past) return Promise.resolve(past);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(look);
        const last = commits.slice(-12).map(({ event, state }) => `${event} → ${state}`);
        reject(new Error(`${what}: not within ${timeoutMs} ms; the last commits:\n${last.join("\n")}`));
      }, timeoutMs);
      const look = (commit: Commit): void => {
        if (!fits(commit)) return;
        clearTimeout(timer);
        waiting.delete(look);
        resolve(commit);
      };
      waiting.add(look);
    });
  };
  return { commits, committed, close: () => client.end() };
}

export const caseOf = (caller: Handset): string => callIdOf(LegId(caller.callSid));

/** The case is, or was, in this state. */
export const reached = (scene: FleetScene, caller: Handset, state: string, timeoutMs?: number): Promise<Commit> =>
  scene.committed(`${state} of a case`, (it) => it.case === caseOf(caller) && it.state === state, timeoutMs);

/** This has happened to the case. */
export const happened = (scene: FleetScene, caller: Handset, event: string, timeoutMs?: number): Promise<Commit> =>
  scene.committed(`${event} of a case`, (it) => it.case === caseOf(caller) && it.event === event, timeoutMs);

export function nodeAt({ fleet }: FleetScene, place: number): FleetNode {
  const node = fleet.nodes[place];
  if (!node) throw new Error(`there is no node at ${place}`);
  return node;
}

export const isDesk = (path: string): boolean => path.startsWith("/desk");

/** New requests go to this node, desks to the other one. */
export function prefer({ fleet }: FleetScene, { calls, desks }: { calls?: FleetNode; desks?: FleetNode }): void {
  fleet.balancer.prefer(
    ...(desks ? [{ port: desks.port, when: isDesk }] : []),
    ...(calls ? [{ port: calls.port, when: (path: string) => !isDesk(path) }] : []),
  );
}

/** Kills it as a dying machine would; answers when. */
export async function kill(node: FleetNode): Promise<number> {
  const at = now();
  await node.kill();
  return at;
}

/** When the caller first hears anything after `from`; `undefined`: not yet. */
export function voiceAfter(caller: Handset, from: number): number | undefined {
  const { heard } = caller.recording;
  const start = heard.startedAt ?? from;
  const [span] = audibleSpans(heard.between(from, start + heard.durationMs));
  return span && from + span.fromMs;
}

/** Every event of the case, in order: a number that is missing here is a hole in the record. */
export async function recordOf(
  { db }: FleetScene,
  caller: Handset,
): Promise<{ seq: number; event: string; node: string }[]> {
  const { rows } = await db.query<{ seq: number; event: string; node: string }>(
    "select seq, event->>'kind' as event, node from case_events where case_id = $1 order by seq",
    [caseOf(caller)],
  );
  return rows;
}

export const withoutGap = (record: readonly { readonly seq: number }[]): boolean =>
  record.length > 0 && record.every(({ seq }, place) => seq === place + 1);
