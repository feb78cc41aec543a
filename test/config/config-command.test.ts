// `npm run config -- validate`: what passes it starts a gateway, so it reads every file that one reads.
import { spawnSync } from "node:child_process";
import { appendFile, cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "warmline-config-"));
  await cp(join(ROOT, "config"), dir, { recursive: true });
});
afterEach(() => rm(dir, { recursive: true }));

const validate = () =>
  spawnSync(process.execPath, ["scripts/config.ts", "validate", dir], { cwd: ROOT, encoding: "utf8" });

test("the configuration that ships is valid", () => {
  const { status, stdout } = validate();
  expect(stdout).toContain(`${dir} is valid`);
  expect(status).toBe(0);
});

test.each(["routing.yaml", "triggers.yaml"])("%s with a word that nobody reads is not", async (file) => {
  await appendFile(join(dir, file), "\nnonsense: 3\n");
  const { status, stderr } = validate();
  expect(stderr).toMatch(new RegExp(`${file}:\\d+: .*nonsense`, "u"));
  expect(status).toBe(1);
});
