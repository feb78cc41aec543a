import { join } from "node:path";
import type { Router } from "express";
import type { TwilioSettings } from "../config/settings.ts";
import type { CallId } from "../domain/ids.ts";
import { after } from "../domain/time.ts";
import type { Upgrade } from "../http/http-server.ts";
import type { CallerLine } from "../ports/caller-line.ts";
import type { Telephony } from "../ports/telephony.ts";
import type { Log } from "../telemetry/log.ts";
import { loadTemplates, type Templates } from "../vendors/twilio/load-templates.ts";
import { createMediaSocket } from "../vendors/twilio/media-socket.ts";
import { twilioRoutes } from "../vendors/twilio/routes.ts";
import { createStreamSecrets } from "../vendors/twilio/stream-secrets.ts";
import { createTwilioTelephony } from "../vendors/twilio/telephony.ts";
import { hasVendor, sayAbsentAssistants } from "./vendor-of-assistant.ts";
import { type Bench, CALLBACK_DUE_MS, type Late, there } from "./bench.ts";

export type Carrier = {
  readonly telephony: Telephony;
  readonly routers: readonly Router[];
  readonly upgrades: readonly Upgrade[];
  close(): void;
};

type CarrierParts = Bench & {
  readonly twilio: TwilioSettings;
  readonly late: Late;
  readonly admit: (call: CallId) => Promise<boolean>;
};

export async function openCarrier(bench: CarrierParts): Promise<Carrier> {
  const { twilio, settings, clock, ids, log, stores, late } = bench;
  const { publicUrl } = settings;
  const secrets = createStreamSecrets({ key: bench.sessionSecret, clock, ids, once: stores.once });
  const { authToken } = twilio;
  const media = createMediaSocket({
    publicUrl,
    authToken,
    secrets,
    clock,
    log,
    metrics: bench.metrics,
    opened: (line, values) => there(late.live).opened(heldHere(bench, line), values),
  });
  sayAbsentAssistants(bench);
  const cases = () => there(late.node).cases;
  const routes = twilioRoutes({
    ...stores,
    ...bench,
    publicUrl,
    authToken,
    secrets,
    templates: await readTemplates(join(bench.root, "twiml")),
    cases: {
      deliver: (caseId, news, actor) => cases().deliver(caseId, news, actor),
      state: (caseId) => cases().state(caseId),
      remembered: (caseId) => cases().remembered(caseId),
    },
    bridged: { arrived: (ask) => there(late.bridged).arrived(ask) },
    dialled: {
      dial: (ask) => there(late.hosted).dial(ask),
      ended: (ask) => there(late.hosted).ended(ask),
    },
    hasAssistant: (assistant) => hasVendor(bench, assistant),
    callbackDueAt: (at) => after(at, CALLBACK_DUE_MS),
    whisper: (escalation) => there(late.node).packets.whisper(escalation),
  });
  return {
    telephony: createTwilioTelephony({ ...twilio, publicUrl }, { directory: stores.directory, clock, log }),
    routers: [routes],
    upgrades: [(request, socket, head) => media.upgrade(request, socket, head)],
    close: () => media.close(),
  };
}

/** While a caller's socket is here, other nodes know it: their orders for the line come to this one. */
function heldHere({ stores, nodeId, log }: Bench, line: CallerLine): CallerLine {
  const { leases } = stores;
  const say = (what: Promise<{ readonly ok: boolean }>): void =>
    void what.then(({ ok }) =>
      ok ? undefined : log.warn({ call: line.call }, "the line's place is not known to other nodes"),
    );
  say(leases.hold(line.call, nodeId));
  return {
    call: line.call,
    stream: line.stream,
    play: (payload, mark) => line.play(payload, mark),
    mark: (name) => line.mark(name),
    clear: () => line.clear(),
    letGo: () => line.letGo(),
    listen: (listener) =>
      line.listen((event) => {
        if (event.kind === "ended") say(leases.drop(line.call, nodeId));
        listener(event);
      }),
  };
}

async function readTemplates(dir: string): Promise<Templates> {
  const answer = await loadTemplates(dir);
  if (answer.ok) return answer.templates;
  throw new Error(`the TwiML templates are not usable:\n${answer.problems.join("\n")}`);
}

/** No carrier is configured: nothing rings, and a case says why. */
export function closedCarrier(log: Log): Carrier {
  const off = { kind: "refused", raw: "no carrier is configured" } as const;
  log.warn({}, "no TWILIO_ACCOUNT_SID: no calls come in and nobody is rung");
  return {
    telephony: {
      dialAgent: () => Promise.resolve({ ...off, outcome: "carrier-fault" }),
      endLeg: () => Promise.resolve(off),
      refreshLeg: () => Promise.resolve(off),
      askLeg: () => Promise.resolve({ kind: "unknown", raw: off.raw }),
      askRoom: () => Promise.resolve({ kind: "legs", legs: [] }),
      askOffer: () => Promise.resolve({ kind: "none" }),
    },
    routers: [],
    upgrades: [],
    close: () => undefined,
  };
}
