import { mkdir, open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";

/** An append-only file of JSON lines that survives losing power: a line counts once it is on the disk, whole. */
export type SpoolFile = {
  /** Resolves when the line is on the disk. Lines asked for together share one flush. */
  append(value: unknown): Promise<void>;
  bytes(): number;
  /** Forgets every line, if `still` says so when its turn has come and nothing waits to be written. */
  clear(still: () => boolean): Promise<void>;
  close(): Promise<void>;
};

type Waiting = { readonly line: string; readonly done: () => void; readonly failed: (error: unknown) => void };

/**
 * Opens or makes the file and gives what it holds, in order. A line that was being written when the process died is
 * cut off: nobody was told that it is durable.
 */
export async function openSpoolFile(path: string): Promise<{ file: SpoolFile; values: readonly unknown[] }> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, "a+");
  const { values, bytes } = readLines(await handle.readFile());
  await handle.truncate(bytes);
  await syncDirectory(dirname(path));
  return { file: createFile(handle, bytes), values };
}

/** The file's name must be on the disk too, or a file that was just made is gone with the power. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

const sum = (json: string): string => crc32(json).toString(16).padStart(8, "0");

function readLines(content: Buffer): { values: readonly unknown[]; bytes: number } {
  const values: unknown[] = [];
  let bytes = 0;
  for (;;) {
    const end = content.indexOf("\n", bytes);
    if (end < 0) return { values, bytes };
    const line = content.toString("utf8", bytes, end);
    const json = line.slice(9);
    if (line.slice(0, 9) !== `${sum(json)} `) return { values, bytes };
    values.push(JSON.parse(json));
    bytes = end + 1;
  }
}

/** One thing after the other: a line must not be written into a file that is being cleared. */
function takeTurns(): (work: () => Promise<void>) => Promise<void> {
  let tail = Promise.resolve();
  return (work) => {
    const done = tail.then(work);
    // Whoever asked sees the failure; the next in turn starts all the same.
    tail = Promise.allSettled([done]).then(() => undefined);
    return done;
  };
}

function createFile(handle: FileHandle, size: number): SpoolFile {
  let bytes = size;
  let waiting: Waiting[] = [];
  let broken: Error | undefined;
  const inTurn = takeTurns();
  // Half a line must not stand before the next one: what follows it would not be found again.
  const cutTo = async (good: number): Promise<void> => {
    try {
      await handle.truncate(good);
    } catch (error) {
      broken = new Error("the spool file could not be repaired after a failed write", { cause: error });
    }
  };
  const flush = async (): Promise<void> => {
    const lines = waiting;
    waiting = [];
    const text = lines.map(({ line }) => line).join("");
    try {
      if (broken) throw broken;
      await handle.appendFile(text);
      await handle.datasync();
      bytes += Buffer.byteLength(text);
      for (const { done } of lines) done();
    } catch (error) {
      for (const { failed } of lines) failed(error);
      await cutTo(bytes);
    }
  };
  return {
    append: (value) => {
      const json = JSON.stringify(value);
      return new Promise((done, failed) => {
        waiting.push({ line: `${sum(json)} ${json}\n`, done, failed });
        if (waiting.length === 1) inTurn(flush).catch(failed);
      });
    },
    bytes: () => bytes,
    clear: (still) =>
      inTurn(async () => {
        if (waiting.length > 0 || !still()) return;
        await handle.truncate(0);
        await handle.datasync();
        bytes = 0;
      }),
    close: () => inTurn(() => handle.close()),
  };
}
