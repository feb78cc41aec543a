// Puts the parts together: which vendor and which store stand behind which port. Nothing is decided here.

import { join } from "node:path";
import { createNumbers } from "../config/create-numbers.ts";
import { createWords } from "../config/create-words.ts";
import type { Settings } from "../config/settings.ts";
import { createDeskHub, type DeskHub } from "../desk/desk-hub.ts";
import { decide } from "../handoff/decide.ts";
import { defaultPolicy } from "../handoff/policy.ts";
import { createApiRoutes } from "../http/api-routes.ts";
import { type Auth, createAuth } from "../http/auth.ts";
import { createDeskPage } from "../http/desk-page.ts";
import { createHealthRoutes, type ReadyCheck } from "../http/health-routes.ts";
import { createHttpServer, type HttpServer } from "../http/http-server.ts";
import { rememberFleetSize } from "../runtime/fleet/fleet-size.ts";
import { rememberAgents } from "../runtime/fleet/remember-agents.ts";
import { measuredJournal } from "../runtime/measured-journal.ts";
import { followTheRecord } from "../runtime/follow-the-record.ts";
import { createNode, type GatewayNode } from "../runtime/node.ts";
import { whyNeverRung } from "../vendors/twilio/agent-address.ts";
import { createMetrics } from "../telemetry/metrics.ts";
import { admitCalls } from "./admit-calls.ts";
import { type Bench, CALLBACK_DUE_MS, type Gateway, type Late, type Parts } from "./bench.ts";
import { feedMetrics } from "./feed-metrics.ts";
import { createJudgement } from "./judgement.ts";
import { closedCarrier, openCarrier, type Carrier } from "./open-carrier.ts";
import { type Fleet, joinFleet } from "./join-fleet.ts";
import { type Hosted, openHosted } from "./open-hosted.ts";
import { openLines } from "./open-lines.ts";
import { rehearseDials } from "./rehearse-dials.ts";
import { rehearseHandoffs } from "./rehearse-handoffs.ts";
import { createStay, wayOut } from "./way-out.ts";

/** Wires and listens. Rejects when the address is taken or a template is wrong. */
export async function wireGateway(parts: Parts): Promise<Gateway> {
  const { settings, clock, sessionSecret } = parts;
  const bench = makeBench(parts);
  const auth = createAuth({ apiKeys: settings.apiKeys, sessionSecret, publicUrl: settings.publicUrl, clock });
  const late: Late = {};
  const admission = admitCalls(bench, late);
  const carrier = settings.twilio
    ? await openCarrier({ ...bench, twilio: settings.twilio, late, admit: admission.admit })
    : closedCarrier(bench.log);
  const fleet = joinFleet(bench, late);
  const node = startNode(bench, carrier, fleet);
  const hosted = openHosted(bench, late);
  const lines = openLines(bench, node, { desk: fleet.desk, hosted, telephony: carrier.telephony });
  const { live } = lines;
  const hub = openDesks({ bench, node, fleet, auth });
  Object.assign(late, { node, live, hosted: lines.hosted, bridged: lines.bridged, hub });
  feedMetrics(bench, node, live);
  const stopAdmitting = admission.follow(node);
  const stay = createStay();
  await rehearseHandoffs({ ...bench, insight: bench.judgement.insight });
  if (settings.twilio) await rehearseDials(bench);
  const server = await listen({ bench, auth, carrier, hosted, hub, node, checks: [stay.check, admission.check] });
  followSpool(bench, node);
  node.start();
  const leaveFleet = fleet.follow(node, carrier.telephony);
  return {
    port: server.port,
    calls: () => live.count(),
    callers: () => node.cases.callers(),
    others: () => fleet.others(),
    refuse: stay.refuse,
    ...wayOut({
      carrier,
      live,
      hub,
      node,
      server,
      last: async () => {
        stopAdmitting();
        hosted.close();
        await leaveFleet();
      },
    }),
  };
}

function openDesks(parts: {
  readonly bench: Bench;
  readonly node: GatewayNode;
  readonly fleet: Fleet;
  readonly auth: Auth;
}): DeskHub {
  const { bench, node, fleet, auth } = parts;
  return createDeskHub({
    ...bench.stores,
    ...bench,
    directory: bench.people.remembered,
    cases: node.cases,
    hasDeskElsewhere: fleet.hasDeskElsewhere,
    admit: (request) => auth.admitDesk(request),
  });
}

function makeBench(parts: Parts): Bench {
  const { config, stores } = parts;
  const metrics = createMetrics();
  const people = rememberAgents({ ...parts, ...stores, node: parts.nodeId });
  const { leases, nodes } = rememberFleetSize(stores.leases);
  return {
    ...parts,
    stores: { ...stores, leases, journal: measuredJournal(stores.journal, metrics), directory: people.told },
    nodes,
    people,
    words: createWords(config),
    numbers: createNumbers(config.routing),
    metrics,
    judgement: createJudgement(parts),
  };
}

/** A case that another node went on with while this one could not be heard is what that node made of it. */
function followSpool({ stores, metrics, clock, log }: Bench, node: GatewayNode): void {
  const { spool } = stores;
  if (!spool) return;
  spool.onLost((commits) => void followTheRecord({ cases: node.cases, clock, log }, commits));
  metrics.gauge("warmline_spool_commits", () => spool.figures().commits);
  metrics.gauge("warmline_spool_writes", () => spool.figures().writes);
  metrics.gauge("warmline_spool_bytes", () => spool.figures().bytes);
  metrics.gauge("warmline_spool_limit_bytes", () => spool.figures().limitBytes);
  metrics.gauge("warmline_spool_lost", () => spool.figures().lost);
}

function startNode(bench: Bench, carrier: Carrier, fleet: Fleet): GatewayNode {
  const { stores, clock, ids, log, nodeId, judgement } = bench;
  return createNode({
    id: nodeId,
    decide,
    ...stores,
    directory: bench.people.remembered,
    ...(stores.spool && { caughtUp: stores.spool.caughtUp, settled: stores.spool.settled }),
    awayElsewhere: fleet.awayElsewhere,
    ownerOf: fleet.ownerOf,
    telephony: carrier.telephony,
    desk: fleet.desk,
    voice: fleet.voice,
    notifier: {
      notify: (what, escalation) => Promise.resolve(log.info({ escalation, event: what }, "a case changed hands")),
    },
    clock,
    ids,
    policy: defaultPolicy,
    callbackDueMs: CALLBACK_DUE_MS,
    takePermits: fleet.takePermits,
    callsPerSecond: bench.settings.twilio?.callsPerSecond ?? 1,
    insight: judgement.insight,
    log,
    metrics: bench.metrics,
  });
}

type Listening = {
  readonly bench: Bench;
  readonly auth: Auth;
  readonly carrier: Carrier;
  readonly hosted: Hosted;
  readonly hub: DeskHub;
  readonly node: GatewayNode;
  readonly checks: readonly ReadyCheck[];
};

function listen({ bench, auth, carrier, hosted, hub, node, checks: own }: Listening): Promise<HttpServer> {
  const { settings, stores, config, clock, log, metrics, root } = bench;
  metrics.gauge("warmline_desks", () => hub.tabs());
  const published = {
    revision: config.revision,
    routing: config.routing,
    languages: [...config.messages.keys()],
    assistants: Object.keys(config.assistants.assistants),
  };
  const checks = [...own, ...stores.checks, ...vendorChecks(settings)];
  return createHttpServer({
    host: settings.host,
    port: settings.port,
    log,
    metrics,
    // The carrier's doors read raw bodies for their signatures, so they come before any parser.
    routers: [
      ...carrier.routers,
      ...hosted.routers,
      createHealthRoutes({ checks, metrics }),
      createApiRoutes({
        ...stores,
        ...bench,
        cases: node.cases,
        auth,
        publicUrl: settings.publicUrl,
        config: () => published,
        whyNeverRung,
      }),
      createDeskPage({ auth, ...stores, clock, log, files: join(root, "web/desk") }),
    ],
    upgrades: [...carrier.upgrades, ...hosted.upgrades, (request, socket, head) => hub.upgrade(request, socket, head)],
  });
}

/** A vendor without a key is off: said, and no reason to send calls elsewhere. */
function vendorChecks({ twilio, openai, vapi, retell }: Settings) {
  return Object.entries({ twilio, openai, vapi, retell }).map(([name, configured]) => ({
    name,
    required: false,
    check: () => Promise.resolve(configured ? { ok: true } : { ok: false, why: "off: its settings are absent" }),
  }));
}
