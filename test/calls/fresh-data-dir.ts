// A DATA_DIR whose embedded Postgres is set up already: making one costs a gateway some seconds of processor at its first
// start, and every call test starts a gateway. Without it everything works the same, later.

import { constants } from "node:fs";
import { access, cp, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PGlite } from "@electric-sql/pglite";

import { ROOT } from "./root.ts";

/** Where the gateway keeps its embedded Postgres, below DATA_DIR. */
const PLACE = "postgres/postgres";

/** A directory of the caller's own; to be removed by whoever asked. */
export async function freshDataDir(): Promise<string> {
  const [template, dir] = await Promise.all([madeOnce(), mkdtemp(join(tmpdir(), "warmline-data-"))]);
  await mkdir(join(dir, "postgres"), { recursive: true });
  await cp(template, join(dir, PLACE), { recursive: true, mode: constants.COPYFILE_FICLONE });
  return dir;
}

/** An empty Postgres, kept for the next run. Two workers that come here at once make two, and the first stays. */
async function madeOnce(): Promise<string> {
  const { version } = JSON.parse(
    await readFile(join(ROOT, "node_modules/@electric-sql/pglite/package.json"), "utf8"),
  ) as { version: string };
  const cache = join(ROOT, "node_modules/.cache/warmline");
  const kept = join(cache, `pglite-${version}`);
  if (await exists(kept)) return kept;
  await mkdir(cache, { recursive: true });
  const making = await mkdtemp(join(cache, "making-"));
  const db = await PGlite.create(join(making, "data"));
  await db.close();
  try {
    await rename(join(making, "data"), kept);
  } catch (error) {
    if (!(await exists(kept))) throw error;
  }
  await rm(making, { recursive: true, force: true });
  return kept;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    // Not there is an answer.
    return false;
  }
}
