// While the record is away, from all nodes or from one of them, a node that has lost it knows only what it decided itself, and
// a webhook may reach any of them. Two nodes that decide on one case would contradict each other when the record is back, so
// one of them decides: the one that keeps the case's newest events, else the one that holds the caller's line, else the one
// that saw it last.

import { Fault } from "../../domain/fault.ts";
import type { NodeId } from "../../domain/ids.ts";
import { after } from "../../domain/time.ts";
import type { CaseState } from "../../handoff/state.ts";
import type { Bus } from "../../ports/bus.ts";
import type { News } from "../../ports/cases.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CaseId } from "../../ports/journal.ts";
import type { Log } from "../../telemetry/log.ts";
import { type CaseAnswer, caseAnswers, type CaseAsk, caseAsks, type CaseKnown } from "./channels.ts";

/** How long the other nodes have to say what they know of a case, in milliseconds. */
const KNOWS_MS = 150;
/** How long the node that decides has for one event, in milliseconds: it may have to wait for its disk. */
const ANSWER_MS = 2_500;

/** The case on the node that decides on it. */
export type CaseElsewhere = {
  deliver(news: News, actor: string): Promise<CaseState>;
  state(): Promise<CaseState | undefined>;
};

export type CaseOwner = {
  /** `undefined`: this node decides, or nobody knows better. */
  of(caseId: CaseId): Promise<CaseElsewhere | undefined>;
  close(): void;
};

export type OwnersOfCases = {
  /** False: the record is away, and what is committed is on this node's disk only. Absent: it never is. */
  readonly caughtUp?: () => boolean;
  /** False also for a moment after it: another node may know what the record does not have yet. */
  readonly settled?: () => boolean;
  /** Another node goes on without the record, and decides on what it has. */
  readonly awayElsewhere?: () => boolean;
  readonly ownerOf?: CaseOwner["of"];
};

/** The code of a `Fault`: another node has gone on with the case, and the record cannot be asked how. */
export const CASE_BEHIND = "case-behind";

/** Does it here; on the node that decides on the case while the record is away, also if that shows only now. */
export async function whereItIs<T>(
  owners: OwnersOfCases,
  caseId: CaseId,
  it: {
    /** Rejects with `CASE_BEHIND` rather than decide on what is known to be old. */
    readonly here: () => Promise<T>;
    readonly there: (elsewhere: CaseElsewhere) => Promise<T>;
    /** Here, on what is known to be old, as nobody knows better. */
    readonly anyway?: () => Promise<T>;
  },
): Promise<T> {
  const { caughtUp, settled = caughtUp, awayElsewhere } = owners;
  const owner = async (): Promise<CaseElsewhere | undefined> =>
    settled?.() === false || awayElsewhere?.() === true ? owners.ownerOf?.(caseId) : undefined;
  const known = await owner();
  if (known) return it.there(known);
  try {
    return await it.here();
  } catch (err) {
    const found = err instanceof Fault && err.blame === "store" ? await owner() : undefined;
    if (found) return it.there(found);
    if (it.anyway && err instanceof Fault && err.code === CASE_BEHIND) return it.anyway();
    throw err;
  }
}

type Parts = {
  readonly node: NodeId;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  /** Do other nodes live? */
  readonly others: () => Promise<boolean>;
  readonly here: {
    knows(caseId: CaseId): CaseKnown | undefined;
    deliver(caseId: CaseId, news: News, actor: string): Promise<CaseState>;
    state(caseId: CaseId): Promise<CaseState | undefined>;
  };
};

type Room = Parts & { readonly waiting: Map<string, (answer: CaseAnswer) => void>; asked: number };

export function findCaseOwner(parts: Parts): CaseOwner {
  const room: Room = { ...parts, waiting: new Map(), asked: 0 };
  const { bus, node } = parts;
  const stopAsks = bus.subscribe(caseAsks, (ask) => {
    if (ask.from !== node && (ask.to === undefined || ask.to === node)) void answer(room, ask);
  });
  const stopAnswers = bus.subscribe(caseAnswers, (given) => {
    if (given.to === node) room.waiting.get(given.ask)?.(given);
  });
  return {
    of: (caseId) => ownerOf(room, caseId),
    close: () => {
      stopAsks();
      stopAnswers();
    },
  };
}

const decides = ({ keeps, line }: CaseKnown): boolean => keeps || line;

async function ownerOf(room: Room, caseId: CaseId): Promise<CaseElsewhere | undefined> {
  const { node, here } = room;
  const mine = here.knows(caseId);
  if ((mine && decides(mine)) || !(await room.others())) return undefined;
  const best = bestOf(await whoKnows(room, caseId), mine && { from: node, known: mine });
  if (!best || best.from === node) return undefined;
  const { from: to } = best;
  return {
    deliver: async (news, actor) => {
      const state = await order(room, { to, caseId, order: { kind: "deliver", news, actor } });
      if (!state) throw silent();
      return state;
    },
    state: () => order(room, { to, caseId, order: { kind: "state" } }),
  };
}

type Candidate = { readonly from: NodeId; readonly known: CaseKnown };

/** The same on every node that hears the same answers. */
function bestOf(heard: readonly Candidate[], mine: Candidate | undefined): Candidate | undefined {
  const rank = ({ known: { keeps, line, seq } }: Candidate): number => (keeps ? 2e9 : 0) + (line ? 1e9 : 0) + seq;
  return [...heard, ...(mine ? [mine] : [])].toSorted((a, b) => rank(b) - rank(a) || (a.from < b.from ? -1 : 1))[0];
}

/** Every node that knows the case in time; at once when one says that it decides. */
function whoKnows(room: Room, caseId: CaseId): Promise<readonly Candidate[]> {
  const heard: Candidate[] = [];
  return new Promise((resolve) => {
    const over = send(room, { caseId, order: { kind: "who" } }, KNOWS_MS, {
      late: () => resolve(heard),
      answered: ({ from, known }) => {
        if (known) heard.push({ from, known });
        if (!known || !decides(known)) return;
        over();
        resolve(heard);
      },
    });
  });
}

function order(room: Room, ask: Omit<CaseAsk, "from" | "id">): Promise<CaseState | undefined> {
  return new Promise((resolve, reject) => {
    const over = send(room, ask, ANSWER_MS, {
      late: () => reject(silent()),
      answered: ({ state, failed }) => {
        over();
        if (failed === undefined) resolve(state);
        else reject(new Fault(failed, { blame: "store", retryable: true }));
      },
    });
  });
}

/** The result ends the waiting. */
function send(
  room: Room,
  ask: Omit<CaseAsk, "from" | "id">,
  ms: number,
  then: { readonly late: () => void; readonly answered: (answer: CaseAnswer) => void },
): () => void {
  const { node, bus, clock, waiting } = room;
  const id = `${node}:${(room.asked += 1)}`;
  const over = (): void => {
    cancel();
    waiting.delete(id);
  };
  const cancel = clock.at(after(clock.now(), ms), () => {
    over();
    then.late();
  });
  waiting.set(id, then.answered);
  void bus.publish(caseAsks, { ...ask, from: node, id });
  return over;
}

async function answer({ bus, node, here, log }: Room, ask: CaseAsk): Promise<void> {
  const { caseId, order: wanted } = ask;
  const back = { from: node, to: ask.from, ask: ask.id };
  try {
    if (wanted.kind === "who") {
      const known = here.knows(caseId);
      if (known) await bus.publish(caseAnswers, { ...back, known });
      return;
    }
    const state =
      wanted.kind === "deliver" ? await here.deliver(caseId, wanted.news, wanted.actor) : await here.state(caseId);
    await bus.publish(caseAnswers, { ...back, ...(state && { state }) });
  } catch (err) {
    log.error({ case: caseId, event: wanted.kind, err }, "another node's event could not be taken");
    await bus.publish(caseAnswers, { ...back, failed: err instanceof Fault ? err.code : "case-owner-failed" });
  }
}

const silent = (): Fault =>
  new Fault("case-owner-silent", {
    blame: "store",
    retryable: true,
    message: "The record is away and the node that goes on with the case did not answer",
  });
