import { join } from "node:path";
import { z } from "zod";
import { Fault } from "../../domain/fault.ts";
import type { EscalationId } from "../../domain/ids.ts";
import type { CaseId, Commit, Journal } from "../../ports/journal.ts";
import type { Log } from "../../telemetry/log.ts";
import { openSpoolFile } from "./spool-file.ts";
import type { SpoolFile } from "./spool-file.ts";

export type SpoolSize = {
  /** Commits that only this node's disk has. */
  readonly commits: number;
  readonly bytes: number;
  readonly limitBytes: number;
  /** Commits that another node's decision had overtaken when they came to be replayed, since the start. */
  readonly lost: number;
};

/** What a node decided while the store was away, kept on its own disk until the store has it (H13). */
export type Spool = {
  /** Resolves when the commit is on the disk. Rejects with a `Fault` when the spool is full or the disk fails. */
  append(commit: Commit): Promise<void>;
  /** Jobs done meanwhile: they are not handed out again when their commit is replayed. */
  confirm(jobs: readonly string[]): Promise<void>;
  /** What is spooled of one case, in its order. */
  pending(caseId: CaseId): readonly Commit[];
  /** The case of an escalation that only this node knows so far. */
  caseOf(escalation: EscalationId): CaseId | undefined;
  size(): SpoolSize;
  empty(): boolean;
  /**
   * Gives everything to the journal in its order, what arrives meanwhile included, and forgets it. A commit the journal
   * has already changes nothing there, so being interrupted and starting again is harmless. Rejects with the journal's
   * fault when it is away again; what it took by then is not lost. `lost` is told each commit of a case that another node
   * went on with.
   */
  replay(into: Journal, lost: (commit: Commit) => void): Promise<void>;
  close(): Promise<void>;
};

type Entry =
  | { readonly kind: "commit"; readonly commit: Commit }
  | { readonly kind: "confirm"; readonly jobs: readonly string[] };

// Our own file, sealed by a checksum a line: its shape is known, only that it is ours is checked.
const ours = z.custom<Entry>((raw) => z.object({ kind: z.enum(["commit", "confirm"]) }).safeParse(raw).success);

type Room = {
  readonly file: SpoolFile;
  readonly overtaken: SpoolFile;
  readonly limitBytes: number;
  readonly log: Log;
  /** Not replayed yet. */
  entries: Entry[];
  /** Jobs done meanwhile. */
  readonly confirmed: Set<string>;
  lost: number;
  readonly lostCases: Set<CaseId>;
};

/** Opens the spool in `dir`, with what an earlier process left in it. One process per directory. */
export async function createSpool(
  dir: string,
  options: { readonly limitBytes: number; readonly log: Log },
): Promise<Spool> {
  const { file, values } = await openSpoolFile(join(dir, "spool.jsonl"));
  const { file: overtaken } = await openSpoolFile(join(dir, "overtaken.jsonl"));
  const entries = values.map((value) => ours.parse(value));
  const confirmed = new Set(entries.flatMap((entry) => (entry.kind === "confirm" ? entry.jobs : [])));
  const room: Room = { file, overtaken, ...options, entries, confirmed, lost: 0, lostCases: new Set() };
  return {
    append: (commit) => add(room, { kind: "commit", commit }),
    confirm: async (jobs) => {
      await add(room, { kind: "confirm", jobs });
      for (const job of jobs) room.confirmed.add(job);
    },
    pending: (caseId) =>
      room.entries.flatMap((entry) =>
        entry.kind === "commit" && entry.commit.caseId === caseId ? [entry.commit] : [],
      ),
    caseOf: (escalation) =>
      room.entries
        .flatMap((entry) => (entry.kind === "commit" ? [entry.commit] : []))
        .find(({ state }) => state.escalation?.id === escalation)?.caseId,
    size: () => ({
      commits: room.entries.filter(({ kind }) => kind === "commit").length,
      bytes: file.bytes(),
      limitBytes: room.limitBytes,
      lost: room.lost,
    }),
    empty: () => room.entries.length === 0,
    replay: (into, lost) => replay(room, into, lost),
    close: async () => {
      await file.close();
      await overtaken.close();
    },
  };
}

async function add(room: Room, entry: Entry): Promise<void> {
  if (room.file.bytes() >= room.limitBytes) {
    throw new Fault("spool-full", {
      blame: "store",
      retryable: false,
      message: "The database is away and the spool is full: nothing more can be kept on this node",
    });
  }
  // In memory first: the order there is the order on the disk.
  room.entries.push(entry);
  try {
    await room.file.append(entry);
  } catch (error) {
    room.entries = room.entries.filter((other) => other !== entry);
    throw new Fault("spool-failed", { blame: "store", retryable: true, cause: error });
  }
}

async function replay(room: Room, into: Journal, lost: (commit: Commit) => void): Promise<void> {
  for (;;) {
    const [entry] = room.entries;
    if (!entry) {
      await room.file.clear(() => room.entries.length === 0);
      if (room.entries.length > 0) continue;
      room.confirmed.clear();
      // From here on they are decided from the record again.
      room.lostCases.clear();
      return;
    }
    if (entry.kind === "commit") await replayCommit(room, entry.commit, { into, lost });
    else await into.confirm(entry.jobs);
    if (room.entries[0] === entry) room.entries.shift();
  }
}

async function replayCommit(
  room: Room,
  commit: Commit,
  { into, lost }: { readonly into: Journal; readonly lost: (commit: Commit) => void },
): Promise<void> {
  const { caseId } = commit;
  const answer = room.lostCases.has(caseId)
    ? { kind: "seq-taken" as const }
    : await into.commit({ ...commit, jobs: commit.jobs.filter(({ id }) => !room.confirmed.has(id)) });
  if (answer.kind === "committed") return;
  // What follows of this case rests on a decision the record does not have.
  room.lostCases.add(caseId);
  room.lost += 1;
  room.log.error({ case: caseId, reason: answer.kind }, "a spooled commit was overtaken by another node and is lost");
  await room.overtaken.append(commit);
  lost(commit);
}
