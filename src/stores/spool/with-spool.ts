import { Fault } from "../../domain/fault.ts";
import type { EscalationId } from "../../domain/ids.ts";
import { after, type EpochMs } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CaseId, Commit, Journal } from "../../ports/journal.ts";
import type { Log } from "../../telemetry/log.ts";
import type { Spool } from "./spool.ts";

/** How often a store that was away is asked again, in milliseconds. */
const ASK_AGAIN_MS = 500;
/**
 * A commit or a routine question that takes longer, in milliseconds, is a store that is away: a caller is on the line,
 * and an agent must be reserved within 1.5 s of the decision. Most commits take some milliseconds.
 */
const PATIENCE_MS = 1_000;
/** Other nodes may need so much longer to give back what they kept, in milliseconds. */
const SETTLES_MS = 3_000;

export type SpooledJournal = Journal & {
  /** False while the store is away or behind the spool. */
  caughtUp(): boolean;
  /** False also for a moment after it: another node may still have to give back what it decided meanwhile. */
  settled(this: void): boolean;
  /** Something here is kept on this node's disk only for this case: nobody else knows its newest state. */
  keeps(caseId: CaseId): boolean;
  /** Asks the same store something; rejects with a `Fault` as soon as it is known to be away. */
  whileThere<T>(this: void, ask: () => Promise<T>): Promise<T>;
  close(): void;
};

type Parts = {
  readonly journal: Journal;
  readonly spool: Spool;
  readonly clock: Clock;
  readonly log: Log;
  /**
   * Another node went on with these cases while we could not be heard: what was decided here is not what happened, for the
   * record. Told as soon as the record can be asked.
   */
  readonly lost?: (commits: readonly Commit[]) => void;
  /** The store is away: told when that is found, with each look that finds it so, and while a long spool is replayed. */
  readonly away?: () => void;
};

type Door = {
  away: boolean;
  closed: boolean;
  /** When it was last found to be back. */
  backAt: EpochMs | undefined;
  /** When `away` was last told; not by a process that only replays what an earlier one left. */
  toldAt: EpochMs | undefined;
  cancel: (() => void) | undefined;
  /** What another node had overtaken, and nobody has been told of. */
  lost: Commit[];
  /** Whoever waits for the store now. */
  readonly waiting: Set<(fault: Fault) => void>;
};

const doorThatIs = ({ away: isAway }: Pick<Door, "away">): Door => ({
  away: isAway,
  closed: false,
  backAt: undefined,
  toldAt: undefined,
  cancel: undefined,
  lost: [],
  waiting: new Set(),
});

export const isStoreFault = (error: unknown): error is Fault => error instanceof Fault && error.blame === "store";

/**
 * A journal that carries on when its store is away (H13): commits then go to the spool and answer `durable: "spool"`.
 * After the first fault nobody waits for the store again until everything spooled has been replayed in its order, so a
 * case never has an earlier commit here and a later one there. What was asked when the store fell silent may still be done
 * there: the same commit again changes nothing. While the store is away nobody checks `agent-held` and
 * `seq-taken`: a commit that another node overtook shows at the replay, as `lost`. Questions that only the store can
 * answer are refused at once meanwhile, so that no caller waits for a silent server.
 */
export function withSpool(parts: Parts): SpooledJournal {
  const { journal, spool, clock } = parts;
  const door = doorThatIs({ away: !spool.empty() });
  if (door.away) askAgain(parts, door);
  const leave = leaver(parts, door);
  const ways = waysThrough(parts, door, leave);
  const { here, routine, soon } = ways;
  const escalations = rememberCases();
  return {
    ...journal,
    commit: async (commit) => {
      escalations.note(commit.state.escalation?.id, commit.caseId);
      if (!door.away) {
        try {
          return await soon(() => journal.commit(commit));
        } catch (error) {
          if (!isStoreFault(error)) throw error;
          leave(error);
        }
      }
      // What was decided as if it were stored would be confirmed aloud: it has to be decided again (H13).
      if ("fresh" in commit.event && !commit.event.fresh.unstored) throw away();
      await spool.append(commit);
      return { kind: "committed", durable: "spool" };
    },
    confirm: (jobs) => confirmThere(parts, door, { jobs, leave, soon }),
    load: async (caseId) => {
      const last = spool.pending(caseId).at(-1);
      if (last) return { seq: last.seq, state: last.state };
      return routine(() => journal.load(caseId));
    },
    ...lookUps(journal, ways),
    caseOf: async (escalation) => {
      const known = spool.caseOf(escalation) ?? escalations.caseOf(escalation);
      return known ?? escalations.note(escalation, await here(() => journal.caseOf(escalation)));
    },
    caughtUp: () => !door.away,
    settled: () => !door.away && (door.backAt === undefined || clock.now() >= after(door.backAt, SETTLES_MS)),
    keeps: (caseId) => spool.pending(caseId).length > 0,
    whileThere: here,
    close: () => {
      door.closed = true;
      door.cancel?.();
    },
  };
}

async function confirmThere(
  { journal, spool }: Parts,
  door: Door,
  { jobs, leave, soon }: { readonly jobs: readonly string[]; readonly leave: Leave; readonly soon: Ask },
): Promise<void> {
  if (jobs.length === 0) return;
  if (door.away) return spool.confirm(jobs);
  try {
    await soon(() => journal.confirm(jobs));
  } catch (error) {
    if (!isStoreFault(error)) throw error;
    leave(error);
    await spool.confirm(jobs);
  }
}

/** Escalations whose case is remembered; the one that was noted longest ago goes first. */
const ESCALATIONS_MAX = 5_000;

/** An escalation never changes its case, so what was seen once is known while the store is away. */
function rememberCases() {
  const cases = new Map<EscalationId, CaseId>();
  return {
    note: (escalation: EscalationId | undefined, caseId: CaseId | undefined): CaseId | undefined => {
      if (escalation === undefined || caseId === undefined) return caseId;
      cases.delete(escalation);
      cases.set(escalation, caseId);
      const [oldest] = cases.keys();
      if (cases.size > ESCALATIONS_MAX && oldest !== undefined) cases.delete(oldest);
      return caseId;
    },
    caseOf: (escalation: EscalationId): CaseId | undefined => cases.get(escalation),
  };
}

type Leave = (fault: Fault) => void;

function leaver(parts: Parts, door: Door): Leave {
  return (fault) => {
    if (door.away) return;
    door.away = true;
    parts.log.error({ fault: fault.code, err: fault }, "the database is away: this node goes on with its spool");
    tellAway(parts, door);
    askAgain(parts, door);
    // They would wait for their own time to run out.
    for (const giveUp of door.waiting) giveUp(away());
  };
}

type Ask = <T>(ask: () => Promise<T>) => Promise<T>;

type Ways = {
  /** Refused while the store is away, and as soon as it is known to be. */
  readonly here: Ask;
  /** The same for a question of a moment: one that fails or takes too long says that the store is away. */
  readonly routine: Ask;
  /** Given up after a while, whether the store is away or not. */
  readonly soon: Ask;
};

function waysThrough({ clock }: Parts, door: Door, leave: Leave): Ways {
  const wait = <T>(ask: () => Promise<T>, patienceMs?: number): Promise<T> =>
    new Promise((resolve, reject) => {
      const giveUp = (fault: Fault): void => {
        over();
        reject(fault);
      };
      // Timers come before sockets: after a pause of this process, an answer that has arrived is read first.
      const late = (): void => void setImmediate(giveUp, tooLate());
      const cancel = patienceMs === undefined ? undefined : clock.at(after(clock.now(), patienceMs), late);
      const over = (): void => {
        cancel?.();
        door.waiting.delete(giveUp);
      };
      door.waiting.add(giveUp);
      ask().finally(over).then(resolve, reject);
    });
  const here: Ask = async (ask) => {
    if (door.away) throw away();
    return wait(ask);
  };
  return {
    here,
    routine: async (ask) => {
      if (door.away) throw away();
      try {
        return await wait(ask, PATIENCE_MS);
      } catch (error) {
        if (isStoreFault(error)) leave(error);
        throw error;
      }
    },
    soon: (ask) => wait(ask, PATIENCE_MS),
  };
}

/** What only the store knows. Recovery asks the routine questions every second, so its silence is soon known. */
function lookUps(journal: Journal, { here, routine }: Ways) {
  return {
    owners: (agents) => here(() => journal.owners(agents)),
    holding: (agent) => here(() => journal.holding(agent)),
    entries: (caseId) => here(() => journal.entries(caseId)),
    escalation: (id) => here(() => journal.escalation(id)),
    escalations: (filter) => here(() => journal.escalations(filter)),
    callbacks: (filter) => here(() => journal.callbacks(filter)),
    callback: (id) => here(() => journal.callback(id)),
    takeJobs: (ask) => routine(() => journal.takeJobs(ask)),
    overdue: (before, limit) => routine(() => journal.overdue(before, limit)),
  } satisfies Partial<Journal>;
}

const tooLate = (): Fault =>
  new Fault("store-late", {
    blame: "store",
    retryable: false,
    message: `The database did not answer within ${PATIENCE_MS} ms`,
  });

const away = (): Fault =>
  new Fault("store-away", {
    blame: "store",
    retryable: false,
    message: "The database is away; this node goes on with its spool and cannot look anything up",
  });

function askAgain(parts: Parts, door: Door): void {
  const { clock } = parts;
  if (!door.closed) door.cancel = clock.at(after(clock.now(), ASK_AGAIN_MS), () => void catchUp(parts, door));
}

function tellAway({ away: tell, clock }: Parts, door: Door): void {
  door.toldAt = clock.now();
  tell?.();
}

/** Other nodes must not take a long replay for the end of it: what waits would be overtaken. */
function telling(parts: Parts, door: Door): Journal {
  const { journal, clock } = parts;
  return {
    ...journal,
    commit: (commit) => {
      if (door.toldAt !== undefined && clock.now() > after(door.toldAt, ASK_AGAIN_MS)) tellAway(parts, door);
      return journal.commit(commit);
    },
  };
}

async function catchUp(parts: Parts, door: Door): Promise<void> {
  const { journal, spool, log } = parts;
  const { commits } = spool.size();
  try {
    // Empty or not: the store has to answer something before it is trusted again.
    await journal.overdue(parts.clock.now(), 1);
    // Nothing may slip in between the last look and the open door.
    do await spool.replay(telling(parts, door), (commit) => door.lost.push(commit));
    while (!spool.empty());
    door.away = false;
    door.backAt = parts.clock.now();
    log.info({ count: commits }, "the database is back and has what was spooled");
    const { lost } = door;
    door.lost = [];
    if (lost.length > 0) parts.lost?.(lost);
  } catch (error) {
    if (isStoreFault(error)) log.debug({ fault: error.code }, "the database is still away");
    else log.error({ err: error }, "what was spooled could not be replayed");
    tellAway(parts, door);
    askAgain(parts, door);
  }
}
