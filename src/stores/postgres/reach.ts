import type { ClientBase, ClientConfig } from "pg";
import { Fault } from "../../domain/fault.ts";
import type { Log } from "../../telemetry/log.ts";
import { rehearseCommit } from "./commit-case.ts";
import { connectAll, connectPostgres } from "./connect.ts";
import type { PostgresHandle, PostgresLimits } from "./connect.ts";
import { startEmbedded } from "./embedded.ts";
import { migrate } from "./migrate.ts";
import { rehearseParts } from "./packet-parts.ts";

export type PostgresPlace =
  /** A server, as a `postgres://` URL. */
  | { readonly databaseUrl: string; readonly limits?: Partial<PostgresLimits> }
  /** Postgres in this process (PGlite, in a worker thread), kept under this directory; one process at a time. */
  | { readonly dataDir: string };

/** A caller is on the line while we wait: past two seconds the spool is the better answer (H13). */
const SERVER_LIMITS: PostgresLimits = { statementMs: 1_500, queryMs: 2_000, connectMs: 1_500, connections: 10 };

/**
 * A gateway that is cut off or loses its machine cannot close its connections, and by its system's default the server keeps
 * them for two hours: a few of those, and nobody is let in any more. So it asks after 10 s without a word, three times.
 * https://www.postgresql.org/docs/17/runtime-config-connection.html#GUC-TCP-KEEPALIVES-IDLE
 */
const NOTICES_THE_DEAD = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

/** PGlite has one session and no other fault than a busy machine, so it is given longer; it keeps no statement limit. */
const EMBEDDED_LIMITS: PostgresLimits = {
  statementMs: 10_000,
  queryMs: 10_000,
  connectMs: 10_000,
  connections: 1,
  oneSession: true,
};

/**
 * Connects and brings the schema up to date. Rejects with a `Fault` (blame `admin`) when the database cannot be reached
 * or migrated, or the directory is another process's.
 */
export async function reachPostgres(place: PostgresPlace, log: Log): Promise<PostgresHandle> {
  if ("databaseUrl" in place) {
    const where = { connectionString: place.databaseUrl, options: NOTICES_THE_DEAD };
    await migrateOrExplain(where, log);
    return connect(where, { ...SERVER_LIMITS, ...place.limits }, log);
  }
  const server = await startEmbedded(place.dataDir, log);
  try {
    await migrateOrExplain(server.where, log);
  } catch (error) {
    await server.close();
    throw error;
  }
  const handle = await connect(server.where, EMBEDDED_LIMITS, log);
  const close = async (): Promise<void> => {
    await handle.close();
    await server.close();
  };
  return { ...handle, close };
}

/** Connections are made, and have planned what they do most, before a caller waits for it. */
async function connect(where: ClientConfig, limits: PostgresLimits, log: Log): Promise<PostgresHandle> {
  const handle = connectPostgres(where, limits, log);
  await connectAll(handle, rehearse, log);
  return handle;
}

/** The server plans a prepared statement anew at its first five uses on a connection, and keeps the plan from the sixth on. */
const USES = 6;

async function rehearse(client: ClientBase): Promise<void> {
  for (let use = 0; use < USES; use += 1) {
    await rehearseCommit(client);
    await rehearseParts(client);
  }
}

async function migrateOrExplain(where: ClientConfig, log: Log): Promise<void> {
  try {
    await migrate(where, log);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault("postgres-not-usable", {
      blame: "admin",
      retryable: true,
      message: `The database could not be reached or brought up to date (${why}): check DATABASE_URL, the server, and the user's right to create tables`,
      cause: error,
    });
  }
}
