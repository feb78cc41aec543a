import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { Client } from "pg";
import type { ClientConfig } from "pg";
import type { Log } from "../../telemetry/log.ts";

const MIGRATIONS = new URL("../../../migrations/", import.meta.url);

/** Any fixed number: nodes that start together take turns by it. */
const LOCK = 7_265_001;

type Migration = { readonly version: number; readonly name: string; readonly sql: string; readonly hash: string };

/**
 * Brings the schema up to this code's, under an advisory lock, each file in its own transaction. Forward only: a file
 * that was applied and has changed since stops the start; files of a newer release are left alone (rolling upgrades).
 */
export async function migrate(where: ClientConfig, log: Log): Promise<void> {
  const wanted = await readMigrations();
  const client = new Client({ ...where, application_name: "warmline-migrate", connectionTimeoutMillis: 10_000 });
  // A lost connection fails the statement under way; the event alone must not end the process.
  client.on("error", (error) => log.warn({ err: error }, "the migrating connection was lost"));
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(${LOCK})`);
    await client.query(
      "create table if not exists migrations (version integer primary key, name text not null, hash text not null, at timestamptz not null default now())",
    );
    const applied = await appliedHashes(client);
    for (const migration of wanted) await apply(client, migration, { hash: applied.get(migration.version), log });
    const newest = Math.max(0, ...applied.keys());
    if (newest > wanted.length) log.warn({ count: newest }, "the database was migrated by a newer release");
  } finally {
    // Ending the session gives the lock back, whatever happened. PGlite has one session for all, so it is also said.
    await client.query(`select pg_advisory_unlock(${LOCK})`);
    await client.end();
  }
}

async function readMigrations(): Promise<readonly Migration[]> {
  const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith(".sql")).toSorted();
  return Promise.all(
    names.map(async (name, index) => {
      const version = Number(/^(\d{4})-/.exec(name)?.[1]);
      if (version !== index + 1) throw new Error(`migrations/${name}: files are numbered 0001, 0002 … without a gap`);
      const sql = await readFile(new URL(name, MIGRATIONS), "utf8");
      return { version, name, sql, hash: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function appliedHashes(client: Client): Promise<ReadonlyMap<number, string>> {
  const { rows } = await client.query<{ version: number; hash: string }>("select version, hash from migrations");
  return new Map(rows.map(({ version, hash }) => [version, hash]));
}

async function apply(
  client: Client,
  { version, name, sql, hash }: Migration,
  before: { readonly hash: string | undefined; readonly log: Log },
): Promise<void> {
  if (before.hash === hash) return;
  if (before.hash !== undefined) {
    throw new Error(
      `migrations/${name} was applied to this database with other content: restore the file and put the change into a new one`,
    );
  }
  await client.query("begin");
  try {
    await client.query(sql);
    await client.query("insert into migrations (version, name, hash) values ($1, $2, $3)", [version, name, hash]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Error(`migrations/${name} could not be applied`, { cause: error });
  }
  before.log.info({ file: name }, "migrated the database");
}
