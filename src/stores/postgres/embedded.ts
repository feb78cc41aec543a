import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { ClientConfig } from "pg";
import { z } from "zod";
import { Fault } from "../../domain/fault.ts";
import type { Log } from "../../telemetry/log.ts";

export type EmbeddedServer = { readonly where: ClientConfig; close(): Promise<void> };

const report = z.object({ kind: z.enum(["ready", "in-use"]) });

/**
 * Starts PGlite on `dataDir` in a worker thread. Rejects with a `Fault` (blame `admin`) when another process has it.
 * The socket lies in a directory of its own that only this user may enter: PGlite asks nobody for a password.
 */
export async function startEmbedded(dataDir: string, log: Log): Promise<EmbeddedServer> {
  const directory = await mkdtemp(join(tmpdir(), "warmline-"));
  const worker = new Worker(new URL("./pglite-worker.ts", import.meta.url), {
    workerData: { dataDir: resolve(dataDir), socket: join(directory, ".s.PGSQL.5432") },
  });
  const close = async (): Promise<void> => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
    worker.postMessage("stop");
    await once(worker, "exit");
    await rm(directory, { recursive: true, force: true });
  };
  const [message] = await once(worker, "message");
  if (report.parse(message).kind === "in-use") {
    await close();
    throw new Fault("data-dir-in-use", {
      blame: "admin",
      retryable: false,
      message: `DATA_DIR ${dataDir} is in use by another gateway process: stop that one, choose another directory, or set DATABASE_URL to run several nodes`,
    });
  }
  worker.on("error", (error) => log.error({ err: error }, "the embedded database stopped"));
  return { where: { host: directory, port: 5432, user: "postgres", database: "postgres" }, close };
}
