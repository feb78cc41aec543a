import { join } from "node:path";
import { z } from "zod";
import { Fault } from "../../domain/fault.ts";
import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Conversations } from "../../ports/conversations.ts";
import type { Log } from "../../telemetry/log.ts";
import { createRecall, type Recall, recalledParts, rememberParts, runKey } from "./recall.ts";
import { openSpoolFile, type SpoolFile } from "./spool-file.ts";
import { isStoreFault } from "./with-spool.ts";

export type KeptConversations = Conversations & {
  /** Writes that only this node's disk has. */
  waiting(): number;
  bytes(): number;
  close(): Promise<void>;
};

type Writes = Pick<
  Conversations,
  "saveCaller" | "saveTurn" | "saveToolRun" | "saveInsight" | "savePacket" | "saveNote" | "erase"
>;
/** One write, as it lies on the disk. */
type Write = { [K in keyof Writes]: { readonly op: K; readonly args: Parameters<Writes[K]> } }[keyof Writes];

const OPS = ["saveCaller", "saveTurn", "saveToolRun", "saveInsight", "savePacket", "saveNote", "erase"] as const;
// Our own file, sealed by a checksum a line: its shape is known, only that it is ours is checked.
const ours = z.custom<Write>((raw) => z.object({ op: z.enum(OPS), args: z.array(z.unknown()) }).safeParse(raw).success);

/** How often a store that was away is asked again, in milliseconds. */
const ASK_AGAIN_MS = 500;

type Parts = {
  readonly conversations: Conversations;
  /** Known to be away: nobody waits for it. */
  readonly away: () => boolean;
  /** Asks it something, and is refused as soon as it is known to be away. */
  readonly whileThere: <T>(ask: () => Promise<T>) => Promise<T>;
  readonly clock: Clock;
  readonly log: Log;
};

type Room = Parts & {
  readonly file: SpoolFile;
  readonly limitBytes: number;
  readonly recall: Recall;
  waiting: Write[];
  closed: boolean;
  cancel: (() => void) | undefined;
};

/**
 * What is said while the store is away is kept on this node's disk, in its order, and given to the store when it is back;
 * what is asked meanwhile is answered from what this node has read and written lately (H13). Every write is idempotent,
 * so one that is given twice changes nothing.
 */
export async function keepConversations(
  dir: string,
  parts: Parts & { readonly limitBytes: number },
): Promise<KeptConversations> {
  const { file, values } = await openSpoolFile(join(dir, "words.jsonl"));
  const waiting = values.map((value) => ours.parse(value));
  const room: Room = { ...parts, file, recall: createRecall(), waiting, closed: false, cancel: undefined };
  for (const write of waiting) remember(room.recall, write);
  if (waiting.length > 0) giveAgain(room);
  const put = (write: Write): Promise<void> => save(room, write);
  return {
    saveCaller: (...args) => put({ op: "saveCaller", args }),
    saveTurn: (...args) => put({ op: "saveTurn", args }),
    saveToolRun: (...args) => put({ op: "saveToolRun", args }),
    saveInsight: (...args) => put({ op: "saveInsight", args }),
    savePacket: (...args) => put({ op: "savePacket", args }),
    saveNote: (...args) => put({ op: "saveNote", args }),
    erase: (...args) => put({ op: "erase", args }),
    ...reads(room),
    waiting: () => room.waiting.length,
    bytes: () => file.bytes(),
    close: async () => {
      room.closed = true;
      room.cancel?.();
      await file.close();
    },
  };
}

/** The store's answer, or what is remembered of it. */
type Ask = <T>(question: () => Promise<T>, recalled: () => T) => Promise<T>;

function reads(room: Room): Omit<Conversations, keyof Writes> {
  const { conversations, recall } = room;
  const ask: Ask = async (question, recalled) => {
    if (room.waiting.length > 0 || room.away()) return recalled();
    try {
      return await room.whileThere(question);
    } catch (err) {
      if (!isStoreFault(err)) throw err;
      room.log.warn({ fault: err.code }, "a conversation is looked up in memory: its store does not answer");
      return recalled();
    }
  };
  return {
    caller: (id) =>
      ask(
        async () => {
          const caller = await conversations.caller(id);
          if (caller) recall.of(id).caller = caller;
          return caller;
        },
        () => recall.of(id).caller,
      ),
    turns: (id) =>
      ask(
        async () => {
          const turns = await conversations.turns(id);
          for (const turn of turns) recall.of(id).turns.set(turn.index, turn);
          return turns;
        },
        () => [...recall.of(id).turns.values()].toSorted((a, b) => a.index - b.index),
      ),
    toolRuns: (id) =>
      ask(
        async () => {
          const runs = await conversations.toolRuns(id);
          for (const run of runs) recall.of(id).runs.set(runKey(run), run);
          return runs;
        },
        () => [...recall.of(id).runs.values()].toSorted((a, b) => a.at - b.at),
      ),
    ...otherReads(room, ask),
    ...readsTogether(room, ask),
  };
}

function otherReads(
  { conversations, recall }: Room,
  ask: Ask,
): Pick<Conversations, "insight" | "packet" | "notes" | "history"> {
  return {
    insight: (id) =>
      ask(
        async () => {
          const insight = await conversations.insight(id);
          if (insight) recall.of(id).insight = insight;
          return insight;
        },
        () => recall.of(id).insight,
      ),
    packet: (id, version) =>
      ask(
        async () => {
          const packet = await conversations.packet(id, version);
          if (packet && version === undefined) recall.of(id).packet = packet;
          return packet;
        },
        () => {
          const { packet } = recall.of(id);
          return version === undefined || packet?.version === version ? packet : undefined;
        },
      ),
    notes: (id) =>
      ask(
        async () => {
          const notes = await conversations.notes(id);
          for (const note of notes) recall.of(id).notes.set(`${note.at} ${note.kind}`, note);
          return notes;
        },
        () => [...recall.of(id).notes.values()].toSorted((a, b) => a.at - b.at),
      ),
    history: (id, limit) =>
      ask(
        async () => {
          const history = await conversations.history(id, limit);
          recall.of(id).history = history;
          return history;
        },
        () => (recall.of(id).history ?? []).slice(0, limit),
      ),
  };
}

function readsTogether({ conversations, recall }: Room, ask: Ask): Pick<Conversations, "packetParts"> {
  return {
    packetParts: (about) =>
      ask(
        async () => {
          const parts = await conversations.packetParts(about);
          rememberParts(recall, about, parts);
          return parts;
        },
        () => recalledParts(recall, about),
      ),
  };
}

async function save(room: Room, write: Write): Promise<void> {
  remember(room.recall, write);
  if (room.waiting.length === 0 && !room.away()) {
    try {
      return await room.whileThere(() => give(room.conversations, write));
    } catch (err) {
      if (!isStoreFault(err)) throw err;
    }
  }
  if (room.file.bytes() >= room.limitBytes) {
    const message = "The database is away and the spool is full: nothing more of what is said can be kept on this node";
    throw new Fault("spool-full", { blame: "store", retryable: false, message });
  }
  // In memory first: the order there is the order on the disk.
  room.waiting.push(write);
  giveAgain(room);
  await room.file.append(write);
}

function giveAgain(room: Room): void {
  if (room.closed || room.cancel) return;
  room.cancel = room.clock.at(after(room.clock.now(), ASK_AGAIN_MS), () => {
    room.cancel = undefined;
    void giveAll(room);
  });
}

/** Gives what waits to the store, as far as it takes it. */
async function giveAll(room: Room): Promise<void> {
  try {
    for (let [write] = room.waiting; write && !room.away(); [write] = room.waiting) {
      await give(room.conversations, write);
      room.waiting.shift();
    }
    await room.file.clear(() => room.waiting.length === 0);
  } catch (err) {
    if (!isStoreFault(err)) {
      // One that the store will never take must not keep the others from it.
      room.log.error({ event: room.waiting[0]?.op ?? "none", err }, "a kept write is refused by the store and dropped");
      room.waiting.shift();
    }
  }
  if (room.waiting.length > 0) giveAgain(room);
}

function give(into: Conversations, write: Write): Promise<void> {
  switch (write.op) {
    case "saveCaller":
      return into.saveCaller(...write.args);
    case "saveTurn":
      return into.saveTurn(...write.args);
    case "saveToolRun":
      return into.saveToolRun(...write.args);
    case "saveInsight":
      return into.saveInsight(...write.args);
    case "savePacket":
      return into.savePacket(...write.args);
    case "saveNote":
      return into.saveNote(...write.args);
    case "erase":
      return into.erase(...write.args);
    default:
      return write satisfies never;
  }
}

function remember(recall: Recall, write: Write): void {
  switch (write.op) {
    case "saveCaller":
      recall.of(write.args[0]).caller = write.args[1];
      return;
    case "saveTurn":
      recall.of(write.args[0]).turns.set(write.args[1].index, write.args[1]);
      return;
    case "saveToolRun":
      recall.of(write.args[0]).runs.set(runKey(write.args[1]), write.args[1]);
      return;
    case "saveInsight":
      recall.of(write.args[0]).insight = write.args[1];
      return;
    case "savePacket":
      recall.of(write.args[0].escalation).packet = write.args[0];
      return;
    case "saveNote": {
      const [escalation, kind, json, at] = write.args;
      recall.of(escalation).notes.set(`${at} ${kind}`, { kind, json, at });
      return;
    }
    case "erase":
      recall.forgetAll();
      return;
    default:
      write satisfies never;
  }
}
