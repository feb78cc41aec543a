// Runs in a worker thread, off the media thread: one PGlite, spoken to over a Unix socket in Postgres's own protocol.

import { DatabaseSync } from "node:sqlite";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { z } from "zod";

const port = parentPort;
if (!port) throw new Error("pglite-worker.ts runs in a worker thread only");

const { dataDir, socket } = z.object({ dataDir: z.string(), socket: z.string() }).parse(workerData);
await mkdir(dataDir, { recursive: true });
const lock = takeLock(join(dataDir, "lock.sqlite"));
if (lock) await serve(lock);
else port.postMessage({ kind: "in-use" });

async function serve(held: DatabaseSync): Promise<void> {
  const db = await PGlite.create(join(dataDir, "postgres"));
  const server = new PGLiteSocketServer({ db, path: socket, maxConnections: 4 });
  await server.start();
  port?.once("message", () => {
    void server
      .stop()
      .then(() => db.close())
      .then(() => held.close())
      .finally(() => port.close());
  });
  port?.postMessage({ kind: "ready" });
}

/**
 * PGlite does not notice a second process on its files, and two would destroy them. SQLite's exclusive lock is the
 * operating system's own: it is gone with the process, however that ended, and needs no guess from a stale pid file.
 */
function takeLock(path: string): DatabaseSync | undefined {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec("begin exclusive");
    return file;
  } catch (error) {
    file.close();
    if (error instanceof Error && error.message.includes("locked")) return undefined;
    throw error;
  }
}
