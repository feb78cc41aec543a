import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ReadyCheck } from "../http/health-routes.ts";
import type { Clock } from "../ports/clock.ts";
import type { Conversations } from "../ports/conversations.ts";
import type { Directory } from "../ports/directory.ts";
import type { CaseId, Commit, Journal } from "../ports/journal.ts";
import { holdDirectory } from "../stores/spool/hold-directory.ts";
import { keepConversations } from "../stores/spool/kept-conversations.ts";
import { recallDirectory } from "../stores/spool/recall-directory.ts";
import { createSpool, type Spool } from "../stores/spool/spool.ts";
import { withSpool } from "../stores/spool/with-spool.ts";
import type { Log } from "../telemetry/log.ts";

type Records = { readonly journal: Journal; readonly conversations: Conversations; readonly directory: Directory };

export type SpoolFigures = {
  /** Events that only this node's disk has. */
  readonly commits: number;
  /** Turns, packets and the like that only this node's disk has. */
  readonly writes: number;
  readonly bytes: number;
  readonly limitBytes: number;
  /** Events that another node's decision had overtaken when they came to be replayed, since the start. */
  readonly lost: number;
};

/** The records, going on from this node's disk while their store is away (H13). */
export type OpenSpool = {
  readonly stores: Records;
  readonly spool: {
    readonly caughtUp: () => boolean;
    /** False also for a moment after it, while other nodes may still have to catch up. */
    readonly settled: () => boolean;
    /** Nobody else knows the newest state of this case. */
    readonly keeps: (caseId: CaseId) => boolean;
    readonly figures: () => SpoolFigures;
    /** Called when the record is found to be away, and again every half second or so while it is. Set once. */
    readonly onAway: (listener: () => void) => void;
    /** What another node had overtaken: these cases have to be loaded anew. Set once. */
    readonly onLost: (listener: (commits: readonly Commit[]) => void) => void;
  };
  readonly check: ReadyCheck;
  close(): Promise<void>;
};

/** Of the events and of the words, each: hours of a busy node, as a commit takes about 3 kB. */
const LIMIT_BYTES = 64 * 1024 * 1024;

export async function openSpool(
  dataDir: string,
  records: Records,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<OpenSpool> {
  const dir = join(dataDir, "spool");
  await mkdir(dir, { recursive: true });
  const letGo = await holdDirectory(dir);
  const spool = await createSpool(dir, { limitBytes: LIMIT_BYTES, log });
  const news = spoolNews();
  const journal = withSpool({ journal: records.journal, spool, clock, log, lost: news.lost, away: news.away });
  const away = (): boolean => !journal.caughtUp();
  const parts = { away, whileThere: journal.whileThere, clock, log };
  const { conversations: direct } = records;
  const conversations = await keepConversations(dir, { ...parts, conversations: direct, limitBytes: LIMIT_BYTES });
  const directory = recallDirectory({ ...parts, directory: records.directory });
  // Whoever is needed while the store is away must have been seen before.
  await directory.agents();
  const figures = (): SpoolFigures => figuresOf(spool, conversations);
  return {
    stores: { journal, conversations, directory },
    spool: {
      caughtUp: () => journal.caughtUp(),
      settled: journal.settled,
      keeps: (caseId) => journal.keeps(caseId),
      figures,
      onAway: news.onAway,
      onLost: news.onLost,
    },
    check: { name: "spool", required: false, check: () => Promise.resolve(answerOf(figures())) },
    close: async () => {
      journal.close();
      await conversations.close();
      await spool.close();
      await letGo();
    },
  };
}

function figuresOf(
  spool: Pick<Spool, "size">,
  conversations: { readonly waiting: () => number; readonly bytes: () => number },
): SpoolFigures {
  const { commits, bytes, lost } = spool.size();
  return {
    commits,
    writes: conversations.waiting(),
    bytes: bytes + conversations.bytes(),
    limitBytes: 2 * LIMIT_BYTES,
    lost,
  };
}

type Lost = (commits: readonly Commit[]) => void;

/** What an earlier process left is replayed before anybody can listen: what was lost is told then. */
function spoolNews(): Pick<OpenSpool["spool"], "onAway" | "onLost"> & {
  readonly away: () => void;
  readonly lost: Lost;
} {
  let untold: readonly Commit[] = [];
  let lost: Lost | undefined;
  let away: (() => void) | undefined;
  return {
    away: () => away?.(),
    lost: (commits) => {
      if (lost) lost(commits);
      else untold = [...untold, ...commits];
    },
    onAway: (listener) => {
      away = listener;
    },
    onLost: (listener) => {
      lost = listener;
      if (untold.length > 0) listener(untold);
      untold = [];
    },
  };
}

function answerOf({ commits, writes, bytes, limitBytes, lost }: SpoolFigures): { ok: boolean; why?: string } {
  const waiting = commits + writes;
  if (waiting === 0 && lost === 0) return { ok: true };
  const parts = [
    ...(waiting > 0
      ? [`${commits} events and ${writes} writes wait for the database (${bytes} of ${limitBytes} bytes)`]
      : []),
    ...(lost > 0 ? [`${lost} events were overtaken by other nodes and lie in overtaken.jsonl`] : []),
  ];
  return { ok: false, why: parts.join("; ") };
}
