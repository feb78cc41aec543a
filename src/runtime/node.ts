// One gateway node without its edges: the loop, what performs its effects, and what looks after unfinished work.

import type { NodeId } from "../domain/ids.ts";
import { after } from "../domain/time.ts";
import type { HandoffPolicy } from "../handoff/policy.ts";
import type { Insight } from "../packet/build-packet.ts";
import type { Clock } from "../ports/clock.ts";
import type { Conversations } from "../ports/conversations.ts";
import type { Desk } from "../ports/desk.ts";
import type { Directory } from "../ports/directory.ts";
import type { Ids } from "../ports/ids.ts";
import type { Journal } from "../ports/journal.ts";
import type { Notifier } from "../ports/notifier.ts";
import type { Presence } from "../ports/presence.ts";
import type { Telephony } from "../ports/telephony.ts";
import type { Log } from "../telemetry/log.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { Turn } from "../turns/turn.ts";
import { type CaseLoop, createCaseLoop, type Decide } from "./case-loop.ts";
import { createDeskBulletin, type DeskBulletin } from "./desk-bulletin.ts";
import { createDialler, type TakePermits } from "./dialler.ts";
import type { OwnersOfCases } from "./fleet/case-owner.ts";
import { startFreeingForgotten } from "./forgotten-holds.ts";
import { watchFreeAgents } from "./free-agent-watch.ts";
import { pause } from "./insist.ts";
import { createPacketRoom, type PacketRoom } from "./packet-room.ts";
import { type CallerVoice, createPerformer } from "./perform-effect.ts";
import { startRecovery } from "./recovery.ts";

export type NodeDeps = OwnersOfCases & {
  readonly id: NodeId;
  readonly decide: Decide;
  /** Other nodes work on the same cases. */
  readonly shared: boolean;
  readonly journal: Journal;
  readonly conversations: Conversations;
  readonly presence: Presence;
  readonly directory: Directory;
  readonly telephony: Telephony;
  readonly desk: Desk;
  readonly voice: CallerVoice;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly policy: HandoffPolicy;
  readonly callbackDueMs: number;
  readonly takePermits: TakePermits;
  /** What the permits allow, for telling how long a dial waits; 1 if not said. */
  readonly callsPerSecond?: number;
  readonly insight: (turns: readonly Turn[], language: string) => Insight;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, "count">;
};

export type GatewayNode = {
  readonly cases: CaseLoop;
  readonly packets: PacketRoom;
  readonly bulletin: DeskBulletin;
  /** Outbound calls waiting for their turn. */
  dialsWaiting(): number;
  /** Takes up unfinished work, from now on and after a restart. */
  start(): void;
  /** Resolves when every effect this node has begun is performed, or after the limit. */
  settled(limitMs: number): Promise<void>;
  close(): void;
};

const SETTLE_LOOK_MS = 20;

export function createNode(deps: NodeDeps): GatewayNode {
  const { clock, journal, presence, log } = deps;
  const cases = createCaseLoop({ ...deps, node: deps.id });
  const packets = createPacketRoom(deps);
  const dialler = createDialler(deps);
  const performer = createPerformer({ ...deps, cases, packets, dialler, newOffer: () => deps.ids.offer() });
  cases.performWith(performer.perform);
  const bulletin = createDeskBulletin({ cases, desk: deps.desk, packets, log });
  const unwatch = watchFreeAgents({ cases, presence, log });
  let stopRecovery: (() => void) | undefined;
  let stopFreeing: (() => void) | undefined;
  return {
    cases,
    packets,
    bulletin,
    dialsWaiting: () => dialler.waiting(),
    start: () => {
      stopRecovery ??= startRecovery({ cases, journal, clock, node: deps.id, performer, log, settled: deps.settled });
      stopFreeing ??= startFreeingForgotten({ presence, journal, clock, log, awayElsewhere: deps.awayElsewhere });
    },
    settled: async (limitMs) => {
      const until = after(clock.now(), limitMs);
      while (performer.busy() > 0 && clock.now() < until) await pause(clock, SETTLE_LOOK_MS);
    },
    close: () => {
      stopRecovery?.();
      stopFreeing?.();
      unwatch();
      bulletin.close();
      dialler.close();
      cases.close();
    },
  };
}
