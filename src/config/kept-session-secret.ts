import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The embedded gateway's session secret: made at the first start and kept under the data directory, readable by the
 * owner only, so that a restart does not sign everybody out. Rejects when the directory cannot be written.
 */
export async function keptSessionSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, "session-secret");
  await mkdir(dataDir, { recursive: true });
  try {
    // `wx`: two processes that start together must end up with one secret.
    await writeFile(file, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const kept = (await readFile(file, "utf8")).trim();
  if (kept.length < 32) throw new Error(`${file} holds less than 32 characters: delete it, a new one will be made`);
  return kept;
}
