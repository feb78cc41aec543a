// What goes wrong while callers come and go, one thing after the other, at random: the carrier's, the model's, the stores',
// the desks' and a node's.
import type { FleetNode } from "../../../lab/rig/start-fleet.ts";
import type { FaultRule } from "../../../lab/twilio/fault-switches.ts";
import { noFaults, type OpenAiFaults } from "../../../lab/openai/faults.ts";
import type { FleetScene } from "../../../test/nodes/fleet-scene.ts";
import type { Network } from "../../../test/nodes/store-weather.ts";
import type { Random } from "../../../test/simulation/world/random.ts";
import type { Desk } from "./desk.ts";

export const FAULT_KINDS = ["carrier", "model", "redis", "postgres", "desk", "node"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** The carrier's come most often: there are most of them, and each strikes one request. */
const EVERY_MS: Readonly<Record<FaultKind, number>> = {
  carrier: 1_500,
  model: 6_000,
  redis: 20_000,
  postgres: 20_000,
  desk: 7_000,
  node: 60_000,
};

const CARRIER: readonly FaultRule[] = [
  { name: "webhook-delay", ms: 2_000 },
  { name: "webhook-duplicate", copies: 2, gapMs: 300 },
  { name: "webhook-reorder" },
  { name: "join-event-lost" },
  { name: "rest-500-before" },
  { name: "rest-500-after" },
  { name: "rest-answer-lost" },
  { name: "rest-429" },
  { name: "rest-slow", ms: 1_500 },
  { name: "call-busy" },
  { name: "call-no-answer" },
  { name: "call-failed", sipCode: 503 },
  { name: "call-no-audio" },
  { name: "stream-drop", afterMs: 4_000 },
];

/** Each for a moment; the last few strike once. */
const MODEL: readonly Partial<OpenAiFaults>[] = [
  { refuseUpgrade: 503 },
  { muteSession: true },
  { noAudio: true },
  { noAsr: true },
  { stallFirstAudioMs: 2_500 },
  { lateAsrMs: 2_000 },
  { failResponses: 1 },
  { refuseResponses: 1 },
  { incompleteResponses: 1 },
  { failAsr: 1 },
];

export type Weather = {
  readonly counts: Readonly<Record<FaultKind, number>>;
  /** What could not be put right again, a gateway that does not come back for one: nothing can be measured any more. */
  failure(): unknown;
  /** Nothing more goes wrong, and everything that was away is back. */
  stop(): Promise<void>;
};

type Parts = {
  readonly scene: FleetScene;
  readonly network: Network;
  readonly desks: readonly Desk[];
  /** Killed and started again; its growth is not measured. */
  readonly mortal: FleetNode;
  readonly random: Random;
  /** 1: as often as above. */
  readonly timesAsOften: number;
};

export function startFaults(parts: Parts): Weather {
  const counts: Record<FaultKind, number> = { carrier: 0, model: 0, redis: 0, postgres: 0, desk: 0, node: 0 };
  const repairs = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const timers = FAULT_KINDS.map((kind) =>
    setInterval(() => {
      counts[kind] += 1;
      const repair = strike(kind, parts).catch((error: unknown) => void failures.push(error));
      repairs.add(repair);
      void repair.finally(() => repairs.delete(repair));
    }, EVERY_MS[kind] / parts.timesAsOften),
  );
  return {
    counts,
    failure: () => failures[0],
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      parts.scene.fleet.twilio.faults.clear();
      await Promise.all(repairs);
    },
  };
}

/** Resolves when it is over. */
function strike(kind: FaultKind, parts: Parts): Promise<void> {
  const { scene, network, desks, mortal, random } = parts;
  switch (kind) {
    case "carrier":
      scene.fleet.twilio.faults.add({ ...random.pick(CARRIER), times: 1 });
      return Promise.resolve();
    case "model":
      return strikeModel(scene, random);
    case "redis":
    case "postgres":
      return strikeStore(network[kind], random);
    case "desk":
      return random.pick(desks).vanish(random.int(1_000, 12_000));
    case "node":
      return strikeNode(mortal, random);
    default:
      return kind satisfies never;
  }
}

async function strikeModel({ fleet }: FleetScene, random: Random): Promise<void> {
  const { openai } = fleet;
  if (random.chance(0.2)) return openai.dropSockets();
  Object.assign(openai.faults, random.pick(MODEL));
  await pause(random.int(500, 4_000));
  Object.assign(openai.faults, noFaults());
}

/** Slow or away for a moment. */
async function strikeStore(proxy: Network["redis"], random: Random): Promise<void> {
  proxy.weather(random.pick([{ kind: "slow", ms: 150 }, { kind: "silent" }, { kind: "reset" }] as const));
  await pause(random.int(500, 4_000));
  proxy.weather({ kind: "clear" });
}

/** Its callers are taken over by the others. */
async function strikeNode(node: FleetNode, random: Random): Promise<void> {
  if (!node.up) return;
  await node.kill();
  await pause(random.int(1_000, 8_000));
  await startUntilUp(node);
}

const STARTS_MAX = 5;

/** A gateway whose database is away as it starts gives up and says so; whatever runs gateways starts it again. */
async function startUntilUp(node: FleetNode, left = STARTS_MAX): Promise<void> {
  try {
    await node.start();
  } catch (error) {
    if (left === 1) throw error;
    await startUntilUp(node, left - 1);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
