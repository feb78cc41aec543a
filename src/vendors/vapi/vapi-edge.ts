import type { Router } from "express";
import type { CallId } from "../../domain/ids.ts";
import type { Assistant } from "../../ports/assistant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { BridgedCallers, HostedAssistant, HostedReport, HostedVisits } from "../../ports/hosted-assistant.ts";
import type { Once } from "../../ports/once.ts";
import type { PassOn } from "../../ports/pass-on.ts";
import type { Log } from "../../telemetry/log.ts";
import type { Metrics } from "../../telemetry/metrics.ts";
import { CallRegistry } from "./call-registry.ts";
import { HostedNumberCalls } from "./hosted-number-calls.ts";
import { createSipAssistant, NOBODYS, SipVisits } from "./sip-visits.ts";
import { answeredRequest, answeredTools, HERE, notDone, passedOn } from "./passed-on.ts";
import { type ServerMessage, tokenOf } from "./server-message.ts";
import type { VapiAssistant, VapiOptions } from "./vapi-options.ts";
import { vapiRoutes } from "./webhook-door.ts";
import { createVapiAssistant } from "./websocket-assistant.ts";

export type VapiEdge = {
  readonly router: Router;
  /** Assistants whose audio runs through us. */
  readonly streamed: Assistant;
  /** Assistants that the caller's leg is dialled to. */
  readonly dialled: HostedAssistant;
};

export type VapiEdgeDeps = {
  readonly options: VapiOptions;
  /** By its name in the configuration. */
  readonly assistantOf: (name: string | undefined) => VapiAssistant | undefined;
  readonly visits: () => HostedVisits;
  /** What Vapi makes of a finished call whose audio ran through us. */
  readonly report: (call: CallId, report: HostedReport) => void;
  readonly bridged: () => BridgedCallers;
  /** By the vendor's id: assistants of numbers it hosts. */
  readonly assistantById: (id: string) => VapiAssistant | undefined;
  /** Used signatures of all gateways; absent where this one is alone. */
  readonly once?: Once | undefined;
  /** Other gateways; absent where this one is alone. */
  readonly passOn?: PassOn | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, "count"> | undefined;
};

/** Everything of Vapi's that this gateway speaks with. */
export function createVapiEdge(deps: VapiEdgeDeps): VapiEdge {
  const registry = new CallRegistry();
  const calls = new SipVisits({ ...deps, registry });
  const hosted = new HostedNumberCalls(deps);
  /** A call that this node made or was dialled; every other one may be to a number they host, or another node's. */
  const isHere = (message: ServerMessage): boolean => registry.get(message.call?.id ?? "") !== undefined;
  const elsewhere = passedOn(deps.passOn, {
    isHere,
    callOf: (message) => {
      const token = tokenOf(message);
      return token === undefined ? undefined : deps.visits().read(token)?.call;
    },
    request: (message) => calls.assistantRequest(message),
    tools: (message, asked) => calls.tools(message, asked),
    hear: (message) => calls.hear(message),
  });
  const hear = async (message: ServerMessage): Promise<void> => {
    if (!isHere(message)) hosted.hear(message);
    if (isHere(message) || (await elsewhere(message)).kind === "here") await calls.hear(message);
  };
  return {
    router: vapiRoutes({
      ...deps,
      secret: deps.options.webhookSecret,
      assistantRequest: async (message) => {
        const passed = isHere(message) ? HERE : await elsewhere(message);
        if (passed.kind === "done") return answeredRequest(passed.body);
        // With nobody to ask, the caller is served where they came; a repeated request is rare.
        return passed.kind === "failed" ? NOBODYS : calls.assistantRequest(message);
      },
      toolCalls: async (message, asked) => {
        if (isHere(message)) return calls.tools(message, asked);
        const answer = await hosted.tools(message, asked);
        if (answer !== undefined) return answer;
        const passed = await elsewhere(message);
        if (passed.kind === "done") return answeredTools(passed.body);
        return passed.kind === "here" ? calls.tools(message, asked) : notDone(asked, passed.kind);
      },
      hear: (message) => {
        hear(message).catch((err: unknown) => {
          deps.log.error({ door: "vapi", event: message.type, err }, "a message of a hosted assistant was not taken");
        });
      },
    }),
    streamed: createVapiAssistant({ ...deps, registry }),
    dialled: createSipAssistant(deps),
  };
}
