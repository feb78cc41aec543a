import { Kysely, PostgresDialect } from "kysely";
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import { Pool, TypeOverrides, types } from "pg";
import type { ClientBase, ClientConfig, PoolClient } from "pg";
import type { Log } from "../../telemetry/log.ts";
import { breaksConnection } from "./store-fault.ts";
import type { Tables } from "./tables.ts";

export type PostgresLimits = {
  /** The server gives a statement up after this, in milliseconds. */
  readonly statementMs: number;
  /** We give the server up after this, in milliseconds: it may be silent. More than `statementMs`. */
  readonly queryMs: number;
  /** To connect, or to get a place in the pool, in milliseconds. */
  readonly connectMs: number;
  readonly connections: number;
  /** The server keeps one session for all connections, so a new one finds what the last one left behind. */
  readonly oneSession?: true;
};

export type PostgresHandle = { readonly pool: Pool; readonly db: Kysely<Tables>; close(): Promise<void> };

/** int8 comes as text by default; our counters and times stay far below 2^53. https://node-postgres.com/features/types */
const numbers = new TypeOverrides();
numbers.setTypeParser(types.builtins.INT8, Number);

/**
 * A pool whose every wait is bounded, and kysely on top of it. Nothing is connected until the first question or
 * `connectAll`; what is connected stays so, since ten callers who ask for a person at once need all of it at once.
 */
export function connectPostgres(where: ClientConfig, limits: PostgresLimits, log: Log): PostgresHandle {
  const pool = new Pool({
    ...where,
    types: numbers,
    max: limits.connections,
    min: limits.connections,
    application_name: "warmline",
    statement_timeout: limits.statementMs,
    idle_in_transaction_session_timeout: limits.statementMs,
    query_timeout: limits.queryMs,
    connectionTimeoutMillis: limits.connectMs,
    // Connections stay open unused for hours: what stands between us and the server must not forget them unheard.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, which its types do not say
    ...(limits.oneSession && { onConnect: forgetTheLast }),
  });
  // An idle connection that dies is replaced at the next question; without a listener it would end the process.
  pool.on("error", (error) => log.warn({ err: error }, "an idle postgres connection was lost"));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: droppingBroken(pool) }) });
  // `db.destroy` ends nothing when no question went through it yet.
  return { pool, db, close: () => pool.end() };
}

/** For whoever shares a session with the connection before: its plans would be there already, and its open transaction. */
async function forgetTheLast(client: ClientBase): Promise<void> {
  await client.query("rollback");
  await client.query("deallocate all");
}

/**
 * Opens every connection there may be, before a caller waits for it, and has it do `rehearse`. What cannot be opened is
 * opened when it is needed, and the log says why.
 */
export async function connectAll(
  { pool }: PostgresHandle,
  rehearse: (client: PoolClient) => Promise<void>,
  log: Log,
): Promise<void> {
  // A connection that is lost fails the question under way; the event alone must not end the process.
  const lost = (error: Error): void => log.debug({ err: error }, "a connection was lost before it was used");
  const open = async (): Promise<void> => {
    const client = await pool.connect();
    client.on("error", lost);
    let broken = true;
    try {
      await rehearse(client);
      broken = false;
    } finally {
      client.off("error", lost);
      client.release(broken);
    }
  };
  const opened = await Promise.allSettled(Array.from({ length: pool.options.max }, open));
  for (const one of opened)
    if (one.status === "rejected") log.warn({ err: one.reason }, "a connection to postgres was not made ahead of time");
}

/**
 * kysely gives every connection back as if it were well. After a timeout it is not: the late answer would be taken for
 * the next question's. Such a connection is closed instead.
 */
function droppingBroken(pool: Pool): PostgresPool {
  return {
    connect: async () => guard(await pool.connect()),
    end: () => pool.end(),
  };
}

function guard(client: PoolClient): PostgresPoolClient {
  let broken = false;
  // Whoever has a question under way hears of it by that; between two questions nobody would, and the process would end.
  const lost = (): void => {
    broken = true;
  };
  client.on("error", lost);
  const run = async <R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> => {
    try {
      const { command, rowCount, rows } = await client.query(sql, [...parameters]);
      const named = command === "INSERT" || command === "UPDATE" || command === "DELETE" ? command : "SELECT";
      return { command: named, rowCount: rowCount ?? 0, rows };
    } catch (error) {
      broken ||= breaksConnection(error);
      throw error;
    }
  };
  function query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query<R>(
    sql: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): PostgresCursor<R> | Promise<PostgresQueryResult<R>> {
    if (typeof sql !== "string") throw new Error("cursors are not used on this pool");
    return run<R>(sql, parameters);
  }
  return {
    query,
    release: () => {
      client.off("error", lost);
      client.release(broken);
    },
  };
}
