// Assistants that others run: which vendor stands behind which assistant's name, and the doors by which they come.

import type { Router } from "express";
import type { AssistantVendor } from "../config/assistants-schema.ts";
import type { CallId } from "../domain/ids.ts";
import type { Upgrade } from "../http/http-server.ts";
import type { Assistant } from "../ports/assistant.ts";
import type { HostedAssistant, HostedReport } from "../ports/hosted-assistant.ts";
import type { Telephony } from "../ports/telephony.ts";
import { createHostedCalls, type HostedCalls } from "../runtime/hosted/hosted-calls.ts";
import type { HostedDeps } from "../runtime/hosted/hosted-call.ts";
import { reportRun } from "../runtime/hosted/vendor-report.ts";
import { createVisitTokens } from "../runtime/hosted/visit-tokens.ts";
import { openPassOn } from "./open-pass-on.ts";
import { openRetell } from "./open-retell.ts";
import { createVapiEdge, type VapiEdge } from "../vendors/vapi/vapi-edge.ts";
import { type Bench, type Late, there } from "./bench.ts";

export type Hosted = {
  readonly routers: readonly Router[];
  readonly upgrades: readonly Upgrade[];
  /** Whose audio runs through us, by vendor; absent: that vendor is off. */
  readonly streamed: Partial<Readonly<Record<AssistantVendor, Assistant>>>;
  /** Whom the caller's leg is dialled to. */
  readonly dialled: Partial<Readonly<Record<AssistantVendor, HostedAssistant>>>;
  /** Lets go of what this node holds of the vendors' calls; their callers stay where they are. */
  close(): void;
};

/** These have the caller's leg dialled to them; all others have their audio run through us. */
const DIALLED: ReadonlySet<AssistantVendor> = new Set(["vapi", "retell", "retell-llm"]);

/** What an assistant that others run cannot do for its callers, as `docs/operations.md` has it in full. */
const LIMITS: Readonly<Record<Exclude<AssistantVendor, "openai">, string>> = {
  vapi: "promises are heard before they are seen; no voice signals, no keys; silence is timed by the vendor's word",
  "vapi-websocket": "its history cannot be cut where the caller interrupted; it is told what was not heard",
  retell: "lines are instructions and may be said otherwise; promises are heard before they are seen; no voice signals",
  "retell-llm": "answers begin after they were judged; no voice signals",
};

const BRIDGE_LIMITS = "the caller hears a second voice; a transfer that fails leaves them with the vendor's assistant";

function sayLimits({ config, log }: Bench): void {
  for (const { vendor, vapi, retell } of Object.values(config.assistants.assistants)) {
    if (vendor !== "openai") log.warn({ reason: LIMITS[vendor] }, "an assistant is run by its vendor");
    for (const part of [vapi, retell])
      if (part?.bridgeNumber !== undefined) log.warn({ reason: BRIDGE_LIMITS }, "a bridge number is used");
  }
}

/** A vendor without a key is off: its doors are not there. */
export function openHosted(bench: Bench, late: Late): Hosted {
  sayLimits(bench);
  const vapi = openVapi(bench, late);
  const retell = openRetell(bench, late);
  return {
    routers: [...(vapi ? [vapi.router] : []), ...(retell ? [retell.router] : [])],
    upgrades: retell ? [(request, socket, head) => retell.upgrade(request, socket, head)] : [],
    streamed: vapi ? { "vapi-websocket": vapi.streamed } : {},
    dialled: {
      ...(vapi && { vapi: vapi.dialled }),
      ...(retell && { retell: retell.hosted, "retell-llm": retell.socketed }),
    },
    close: () => retell?.close(),
  };
}

function openVapi(bench: Bench, late: Late): VapiEdge | undefined {
  const { settings, config, clock, log, metrics } = bench;
  const { vapi, publicUrl } = settings;
  if (!vapi) return undefined;
  const { assistants } = config.assistants;
  return createVapiEdge({
    options: { ...vapi, publicUrl },
    assistantOf: (name) => (name === undefined ? undefined : assistants[name]?.vapi),
    visits: () => there(late.hosted),
    report: (call, report) => keepReport(bench, call, report),
    bridged: () => there(late.bridged),
    assistantById: (id) => Object.values(assistants).find((each) => each.vapi?.assistantId === id)?.vapi,
    once: bench.stores.once,
    passOn: openPassOn(bench),
    clock,
    log,
    metrics,
  });
}

/** The callers of this node who talk with an assistant that others run. */
export function openHostedCalls(
  bench: Bench,
  { hosted, telephony }: { readonly hosted: Hosted; readonly telephony: Telephony },
  deps: HostedDeps,
): HostedCalls {
  const { config, sessionSecret, clock } = bench;
  const { assistants } = config.assistants;
  return createHostedCalls({
    ...deps,
    tokens: createVisitTokens({ key: sessionSecret, clock }),
    dialled: (assistant) => {
      const vendor = assistants[assistant]?.vendor ?? "openai";
      return DIALLED.has(vendor) ? (hosted.dialled[vendor] ?? "off") : undefined;
    },
    redirect: (call, leg) => telephony.refreshLeg({ call, leg, party: "caller" }),
    held: (call) => heldHere(bench, call),
    report: (call, report) => keepReport(bench, call, report),
  });
}

/** While a hosted assistant's caller is looked after here, other nodes know it: their orders come to this one. */
function heldHere({ stores, nodeId, log }: Bench, call: CallId): () => void {
  const { leases } = stores;
  const say = (what: Promise<{ readonly ok: boolean }>): void =>
    void what.then(({ ok }) => (ok ? undefined : log.warn({ call }, "the caller's place is not known to other nodes")));
  say(leases.hold(call, nodeId));
  return () => say(leases.drop(call, nodeId));
}

/** What the vendor makes of the call joins what is kept with it, beside our own reading. */
function keepReport({ stores, clock, log }: Bench, call: CallId, report: HostedReport): void {
  const { conversations } = stores;
  conversations
    .saveToolRun(call, reportRun(report, clock.now()))
    .catch((err: unknown) => log.error({ call, err }, "a vendor's report of a call could not be saved"));
}

/** Each call's assistant by the vendor its configuration names; one whose vendor is off is refused at once. */
export function assistantByVendor(
  vendorOf: (assistant: string | undefined) => AssistantVendor,
  streamed: Hosted["streamed"],
  absent: Assistant,
): Assistant {
  return {
    open: (setup, listener) => (streamed[vendorOf(setup.assistant)] ?? absent).open(setup, listener),
  };
}
