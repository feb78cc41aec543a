import { CallbackId } from "../../domain/ids.ts";
import { EpochMs } from "../../domain/time.ts";
import type { CallbackRow, EscalationRow } from "../../ports/journal.ts";
import { callback, callbackQuery, changedCallback, newCallback, pageOf } from "../../protocol/api.ts";
import type { Identity } from "../auth.ts";
import { endpoint, type Endpoint } from "../endpoint.ts";
import { Problem } from "../problem.ts";
import type { ApiDeps } from "./api-deps.ts";
import { refuseAddress } from "./refuse-address.ts";
import { actorOf, asDate, caseFor, queuesOf } from "./case-rights.ts";

const READERS = ["agent", "desk", "supervisor", "admin", "integration"] as const;
const WRITERS = ["supervisor", "admin", "integration"] as const;

export function callbackEndpoints(deps: ApiDeps): Endpoint[] {
  return [listCallbacks(deps), oneCallback(deps), promiseCallback(deps), changeCallback(deps)];
}

const listCallbacks = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "get",
    path: "/api/callbacks",
    summary: "Promised callbacks, the first due first. An agent sees those of their queues.",
    roles: READERS,
    query: callbackQuery,
    status: 200,
    answer: pageOf(callback),
    run: async ({ identity, query }) => {
      const { status, cursor, limit } = query;
      const page = await deps.journal.callbacks({
        limit,
        ...(status !== undefined && { status }),
        ...(cursor !== undefined && { cursor }),
      });
      const mine = await ownOf(deps, identity, page.items);
      return { body: { ...page, items: await Promise.all(mine.map((row) => view(deps, row))) } };
    },
  });

const oneCallback = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "get",
    path: "/api/callbacks/:id",
    summary: "One callback.",
    roles: READERS,
    status: 200,
    answer: callback,
    problems: { 403: "It belongs to a case in a queue the agent does not serve." },
    run: async ({ identity, id }) => {
      const row = await rowOf(deps, id);
      await caseFor(deps, identity, row.escalationId);
      return { body: await view(deps, row) };
    },
  });

const promiseCallback = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "post",
    path: "/api/callbacks",
    summary: "Promise a callback in a case whose caller is being asked for one, or is not on the line.",
    roles: WRITERS,
    body: newCallback,
    status: 201,
    answer: callback,
    problems: {
      400: "No number is known that may be rung, or dueAt is in the past.",
      409: "The case is not one that can take a callback now, or has one already.",
    },
    run: async ({ identity, body }) => {
      const row = await caseFor(deps, identity, body.escalationId);
      if (row.callback) throw new Problem(409, "This case has a callback already.", { code: "callback-exists" });
      const dueAt = body.dueAt === undefined ? {} : { dueAt: inTheFuture(deps, body.dueAt) };
      const kind = await whoPromises(deps, row);
      if (body.number !== undefined) await saveNumber(deps, row, body.number);
      if (kind === "case-promised") await someNumber(deps, row);
      const state = await deps.cases.deliver(row.caseId, { kind, ...dueAt }, actorOf(identity));
      const made = state.escalation?.id === row.id ? state.escalation.callback : undefined;
      if (!made) throw notNow("its caller is on the line and not being asked for one");
      return { body: await view(deps, await rowOf(deps, made.id)) };
    },
  });

const changeCallback = (deps: ApiDeps): Endpoint =>
  endpoint({
    method: "patch",
    path: "/api/callbacks/:id",
    summary: "Correct the number that is rung back.",
    roles: ["supervisor", "admin"],
    body: changedCallback,
    status: 200,
    answer: callback,
    problems: {
      400: "The number is one that is never dialled.",
      409: "The time of a promised callback cannot be changed here.",
    },
    run: async ({ id, body }) => {
      const row = await rowOf(deps, id);
      if (body.dueAt !== undefined && Date.parse(body.dueAt) !== row.dueAt) {
        throw new Problem(409, "The caller was promised this time; it cannot be moved over the API.", {
          code: "promised",
        });
      }
      if (body.number !== undefined) await saveNumber(deps, row, body.number);
      return { body: await view(deps, row) };
    },
  });

/** A callback shows the caller's number, so an agent sees those of the cases they may see (C33). */
async function ownOf(deps: ApiDeps, identity: Identity, rows: readonly CallbackRow[]): Promise<readonly CallbackRow[]> {
  if (identity.role !== "agent") return rows;
  const queues = await queuesOf(deps, identity);
  const cases = await Promise.all(rows.map(({ escalationId }) => deps.journal.escalation(escalationId)));
  return rows.filter((_row, index) => {
    const row = cases[index];
    return row !== undefined && (queues.includes(row.queue) || row.assignee === identity.agent);
  });
}

async function rowOf(deps: ApiDeps, id: string): Promise<CallbackRow> {
  const row = await deps.journal.callback(CallbackId(id));
  if (!row) throw new Problem(404, "There is no callback of this id.");
  return row;
}

const notNow = (why: string): Problem =>
  new Problem(409, `This case cannot take a callback now: ${why}.`, { code: "no-callback-now" });

/** A caller who is on the line confirms it; to one who is not, people may promise it. */
async function whoPromises(deps: ApiDeps, row: EscalationRow): Promise<"callback-confirmed" | "case-promised"> {
  const { caller, escalation } = (await deps.cases.state(row.caseId)) ?? {};
  if (row.status === "resolved") throw notNow("it is resolved");
  if (escalation?.id !== row.id) throw notNow("its call has led to a later one");
  return caller !== undefined && caller.place !== "gone" ? "callback-confirmed" : "case-promised";
}

async function someNumber(deps: ApiDeps, { caseId }: EscalationRow): Promise<void> {
  const facts = await deps.conversations.caller(caseId);
  const number = facts?.callbackNumber ?? facts?.ani;
  if (number !== undefined) return refuseAddress(deps, "the caller's number", { kind: "phone", address: number });
  throw new Problem(400, "No number is known for this case: say which one to ring in `number`.", { code: "no-number" });
}

async function saveNumber(deps: ApiDeps, { caseId }: Pick<CallbackRow, "caseId">, number: string): Promise<void> {
  refuseAddress(deps, "number", { kind: "phone", address: number });
  const facts = (await deps.conversations.caller(caseId)) ?? { verification: [] };
  await deps.conversations.saveCaller(caseId, { ...facts, callbackNumber: number });
}

function inTheFuture(deps: ApiDeps, dueAt: string): EpochMs {
  const at = EpochMs(Date.parse(dueAt));
  if (at <= deps.clock.now()) throw new Problem(400, "dueAt is in the past.", { code: "invalid" });
  return at;
}

async function view(deps: ApiDeps, row: CallbackRow) {
  const facts = await deps.conversations.caller(row.caseId);
  const number = facts?.callbackNumber ?? facts?.ani;
  const { id, escalationId, status, reference, attempts } = row;
  return {
    id,
    escalationId,
    status,
    reference,
    ...(number !== undefined && { number }),
    ...(row.dueAt !== undefined && { dueAt: asDate(row.dueAt) }),
    attempts: attempts.map(({ at, outcome }) => ({ at: asDate(at), outcome })),
  };
}
