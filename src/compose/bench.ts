import type { Config } from "../config/load-config.ts";
import type { Settings } from "../config/settings.ts";
import type { DeskHub } from "../desk/desk-hub.ts";
import type { NodeId } from "../domain/ids.ts";
import type { TriggerSettings } from "../escalation/policy.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";
import type { Numbers } from "../ports/numbers.ts";
import type { Words } from "../ports/words.ts";
import type { BridgedCallers } from "../ports/hosted-assistant.ts";
import type { RememberedAgents } from "../runtime/fleet/remember-agents.ts";
import type { HostedCalls } from "../runtime/hosted/hosted-calls.ts";
import type { LiveCalls } from "../runtime/live/live-calls.ts";
import type { GatewayNode } from "../runtime/node.ts";
import type { TextModels } from "../scoring/text-models.ts";
import type { Log } from "../telemetry/log.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { Judgement } from "./judgement.ts";
import type { Stores } from "./open-stores.ts";

export type Parts = {
  readonly settings: Settings;
  readonly config: Config;
  readonly models: TextModels;
  /** What decides to escalate, as it is now. */
  readonly policy: () => TriggerSettings;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly nodeId: NodeId;
  readonly sessionSecret: string;
  /** The project's root: pages and templates are read from it. */
  readonly root: string;
  readonly log: Log;
};

/** What most wiring needs, made once. */
export type Bench = Parts & {
  readonly words: Words;
  readonly numbers: Numbers;
  readonly metrics: Metrics;
  readonly judgement: Judgement;
  /** How many gateways lived when the shared store last answered, this one included. */
  readonly nodes: () => number;
  /** Agents as whoever rings them knows them; `stores.directory` is the record. */
  readonly people: RememberedAgents;
};

export type Gateway = {
  readonly port: number;
  /** Calls whose audio is on this node. */
  calls(): number;
  /** Calls this node looks after, also where their audio is elsewhere. */
  callers(): number;
  /** Do other nodes live that can take over? False too when nobody can tell. */
  others(): Promise<boolean>;
  /** `/readyz` says from now on that new calls belong elsewhere. */
  refuse(): void;
  /** Hands every caller's line to the other nodes, one after the other, then closes the desks; all within about the limit. */
  leave(limitMs: number): Promise<void>;
  close(): Promise<void>;
};

/** From callback promise to its time when the caller names none. */
export const CALLBACK_DUE_MS = 15 * 60_000;

/** Parts that are made after those that call them. Everything is there before the server listens. */
export type Late = {
  node?: GatewayNode;
  live?: LiveCalls;
  hosted?: HostedCalls;
  bridged?: BridgedCallers;
  hub?: DeskHub;
};

export function there<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("a part was used before the gateway was wired");
  return part;
}
