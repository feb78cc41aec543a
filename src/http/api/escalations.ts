import { createHash } from "node:crypto";
import { AgentId, EscalationId, QueueId } from "../../domain/ids.ts";
import { EpochMs } from "../../domain/time.ts";
import type { Target } from "../../handoff/vocabulary.ts";
import type { CallerFacts } from "../../ports/conversations.ts";
import {
  CONTEXT_BYTES_MAX,
  escalation,
  escalationQuery,
  newEscalation,
  pageOf,
  timelineRow,
  wholeEscalation,
  type NewEscalation,
} from "../../protocol/api.ts";
import { endpoint, type Ask, type Endpoint, type Reply } from "../endpoint.ts";
import { Problem } from "../problem.ts";
import type { ApiDeps } from "./api-deps.ts";
import { actorOf, asDate, caseFor, queuesOf } from "./case-rights.ts";
import { viewEscalation, viewTimeline } from "./escalation-view.ts";

const READERS = ["agent", "desk", "supervisor", "admin", "integration"] as const;

export function escalationEndpoints(deps: ApiDeps): Endpoint[] {
  return [openCase(deps), listCases(deps), oneCase(deps), timeline(deps)];
}

const openCase = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "post",
    path: "/api/escalations",
    summary: "Open a case from any AI agent, on any channel. People of the queue are told and claim it.",
    roles: ["integration", "supervisor", "admin"],
    body: newEscalation,
    status: 201,
    answer: escalation,
    problems: { 413: "contextData is larger than 64 KiB." },
    run: (ask) => open(deps, ask),
  });

const listCases = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "get",
    path: "/api/escalations",
    summary: "Cases, newest first. An agent sees those of their queues.",
    roles: READERS,
    query: escalationQuery,
    status: 200,
    answer: pageOf(escalation),
    run: async ({ identity, query }) => {
      const { since, queue, assignee, ...rest } = query;
      const page = await deps.journal.escalations({
        ...defined(rest),
        limit: rest.limit,
        ...(queue !== undefined && { queue: QueueId(queue) }),
        ...(assignee !== undefined && { assignee: AgentId(assignee) }),
        ...(since !== undefined && { since: EpochMs(Date.parse(since)) }),
      });
      const queues = identity.role === "agent" ? await queuesOf(deps, identity) : undefined;
      const mine = page.items.filter((row) => !queues || queues.includes(row.queue) || row.assignee === identity.agent);
      return { body: { ...page, items: mine.map(viewEscalation) } };
    },
  });

const oneCase = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "get",
    path: "/api/escalations/:id",
    summary: "One case, with what came with it and what people noted.",
    roles: READERS,
    status: 200,
    answer: wholeEscalation,
    run: async ({ identity, id }) => ({ body: await whole(deps, await caseFor(deps, identity, id)) }),
  });

const timeline = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "get",
    path: "/api/escalations/:id/timeline",
    summary: "Every event of the case, in order.",
    roles: READERS,
    status: 200,
    answer: pageOf(timelineRow),
    run: async ({ identity, id }) => {
      const row = await caseFor(deps, identity, id);
      const entries = await deps.journal.entries(row.caseId);
      return { body: { items: viewTimeline(entries.filter((entry) => entry.escalation === row.id)) } };
    },
  });

/** Leaves absent fields out: with `exactOptionalPropertyTypes` absent and `undefined` differ. */
function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> };
function defined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

async function open(deps: ApiDeps, { identity, body, idempotencyKey }: Ask<unknown, NewEscalation>): Promise<Reply> {
  if (Buffer.byteLength(JSON.stringify(body.contextData)) > CONTEXT_BYTES_MAX) {
    throw new Problem(413, "contextData is larger than 64 KiB as JSON text.", { code: "context-too-large" });
  }
  const target = targetOf(deps, body);
  const id = idempotencyKey === undefined ? deps.ids.escalation() : escalationIdOf(identity.name, idempotencyKey);
  const headers = { Location: `/api/escalations/${id}` };
  const before = await deps.journal.escalation(id);
  // The same key at another node, or after a restart: the case is there already.
  if (before) return { body: viewEscalation(before), headers };

  await keepContent(deps, id, body);
  const { sourceAgent, channel, priority } = body;
  await deps.cases.deliver(
    id,
    {
      kind: "escalation-decided",
      escalation: id,
      target,
      priority,
      origin: { channel, sourceAgent },
      decision: {
        trigger: "api",
        because: `asked for over the API by ${identity.name}`,
        evidence: [],
        signals: {},
        thresholds: {},
        policyRevision: deps.config().revision,
      },
    },
    actorOf(identity),
  );
  const row = await deps.journal.escalation(id);
  if (!row) throw new Error(`the case ${id} was recorded and is not in the list`);
  return { body: viewEscalation(row), headers };
}

/** One key of one client names one case, on every node and after a restart. */
export const escalationIdOf = (client: string, key: string): EscalationId =>
  EscalationId(`esc_${createHash("sha256").update(`${client}\n${key}`).digest("hex").slice(0, 32)}`);

function targetOf({ numbers }: ApiDeps, { queue, skills }: NewEscalation): Target {
  const target = queue === undefined ? numbers.of(undefined).target : numbers.team(queue);
  if (!target) {
    throw new Problem(400, `There is no queue or team "${queue}" in the routing configuration.`, {
      code: "unknown-queue",
    });
  }
  return skills === undefined ? target : { ...target, skills: [...new Set([...target.skills, ...skills])] };
}

/** Before the event, so that whoever acts on it finds it. What was said goes apart from the journal (H12). */
async function keepContent(deps: ApiDeps, id: EscalationId, body: NewEscalation): Promise<void> {
  const { conversations } = deps;
  const at = deps.clock.now();
  const { issueDescription, contextData, webhookUrl, customer, transcript } = body;
  const facts: CallerFacts = {
    verification: [],
    ...(customer?.phone !== undefined && { ani: customer.phone }),
    ...(customer?.name !== undefined && { name: customer.name }),
    ...(customer?.id !== undefined && { customerId: customer.id }),
  };
  const context = { contextData, customer, webhookUrl };
  await Promise.all([
    conversations.saveCaller(id, facts),
    conversations.saveNote(id, "context", JSON.stringify(context), at),
    conversations.saveNote(id, "issue", JSON.stringify({ issueDescription }), at),
  ]);
  for (const [index, turn] of (transcript ?? []).entries()) {
    const role = turn.role === "assistant" || turn.role === "agent" ? turn.role : "caller";
    const said = turn.at === undefined ? at : EpochMs(Date.parse(turn.at));
    await conversations.saveTurn(id, { index, role, text: turn.text, at: said });
  }
}

async function whole(deps: ApiDeps, row: Awaited<ReturnType<typeof caseFor>>): Promise<unknown> {
  const notes = (await deps.conversations.notes(row.id)).map(({ kind, json, at }) => ({
    kind,
    at: asDate(at),
    content: JSON.parse(json) as unknown,
  }));
  const contentOf = (kind: string): object => {
    const content = notes.find((note) => note.kind === kind)?.content;
    return typeof content === "object" && content !== null ? content : {};
  };
  const written = notes.filter((note) => note.kind !== "context" && note.kind !== "issue");
  const { escalation: current } = (await deps.cases.state(row.caseId)) ?? {};
  const offers = current?.id === row.id ? current.offers.map(({ id: _id, ...offer }) => offer) : [];
  return { ...viewEscalation(row), ...contentOf("issue"), ...contentOf("context"), notes: written, offers };
}
