import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Router } from "express";
import type { Clock } from "../../ports/clock.ts";
import type { BridgedCallers, HostedAssistant, HostedVisits, Visit } from "../../ports/hosted-assistant.ts";
import type { Once } from "../../ports/once.ts";
import type { PassOn } from "../../ports/pass-on.ts";
import type { ReplySource } from "../../ports/writer.ts";
import type { Log } from "../../telemetry/log.ts";
import { createRetellCalls } from "./calls.ts";
import { answerHostedNumber } from "./hosted-number.ts";
import { createLlmSocket } from "./llm-socket.ts";
import { ModelCall } from "./model-call.ts";
import type { RetellCallObject } from "./read-call.ts";
import { createRetellApi } from "./retell-api.ts";
import { createRetellAssistant, ENGINE_KEY, type RetellAgentSetup } from "./retell-assistant.ts";
import type { RetellCall } from "./retell-call.ts";
import { retellRoutes } from "./routes.ts";
import { SocketCall } from "./socket-call.ts";

export type RetellEdgeDeps = {
  readonly apiKey: string;
  /** Another base address; the monitor socket is at the same one. */
  readonly apiUrl?: string | undefined;
  /** Part of the model socket's path. */
  readonly socketSecret: string;
  /** Origin without a trailing slash. */
  readonly publicUrl: string;
  /** The Retell agent of a configured assistant. */
  readonly agent: (assistant: string) => RetellAgentSetup | undefined;
  readonly visits: HostedVisits;
  /** Our number to which this Retell agent's own transfer brings callers of numbers that Retell hosts. */
  readonly bridgeOf: (agentId: string) => string | undefined;
  readonly bridged: () => BridgedCallers;
  /** What Warmline says where it is the model: its first sentence, and its answers. */
  readonly greeting: (language: string) => string;
  readonly replies: ReplySource;
  readonly clock: Clock;
  /** Used signatures of all gateways; absent where this one is alone. */
  readonly once?: Once | undefined;
  /** Other gateways; absent where this one is alone. */
  readonly passOn?: PassOn | undefined;
  readonly log: Log;
};

export type RetellEdge = {
  /** Retell hosts the model. */
  readonly hosted: HostedAssistant;
  /** Warmline is the model. */
  readonly socketed: HostedAssistant;
  readonly router: Router;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): void;
};

const API_URL = "https://api.retellai.com";

/** Everything Retell: its doors, its calls, and its agents as assistants of ours. */
export function createRetellEdge(deps: RetellEdgeDeps): RetellEdge {
  const { apiKey, apiUrl, socketSecret, publicUrl, visits, clock, once, log } = deps;
  const api = createRetellApi({ apiKey, apiUrl, log });
  const calls = createRetellCalls(visits, clock);
  const monitorUrl = `${(apiUrl ?? API_URL).replace(/^http/u, "ws")}/v2/monitor-call`;
  const parts = { ...deps, api, monitorUrl };
  const model = (visit: Visit, callId: string): RetellCall => new ModelCall(parts, { visit, callId, watch: true });
  const socketed = (visit: Visit, callId: string): SocketCall => new SocketCall(parts, { visit, callId });
  const adopt = (visit: Visit, call: RetellCallObject): RetellCall =>
    call.metadata?.[ENGINE_KEY] === "socket"
      ? socketed(visit, call.call_id)
      : new ModelCall(parts, { visit, callId: call.call_id, watch: false });
  const door = createLlmSocket({
    secret: socketSecret,
    callOf: (token, object) => {
      const call = calls.byToken(token, (visit) => socketed(visit, object.call_id));
      return call instanceof SocketCall ? call : undefined;
    },
    clock,
    log,
  });
  const common = { api, calls, publicUrl, agent: deps.agent };
  // The secret stands in the address: it is what the vendor's client has to prove itself with.
  const socketUrl = `${publicUrl.replace(/^http/u, "ws")}/retell/llm/${encodeURIComponent(socketSecret)}`;
  return {
    hosted: createRetellAssistant({ ...common, open: model }),
    socketed: createRetellAssistant({ ...common, open: socketed, socketUrl }),
    router: retellRoutes({
      apiKey,
      calls,
      adopt,
      stranger: (call, ask) => answerHostedNumber(deps, call, ask),
      clock,
      once,
      passOn: deps.passOn,
      log,
    }),
    upgrade: (request, socket, head) => door.upgrade(request, socket, head),
    close: () => {
      door.close();
      calls.close();
    },
  };
}
