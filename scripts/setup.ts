// Installs what the tests need beyond npm, where this machine's package manager allows it; else says how to get it.
import { spawnSync } from "node:child_process";
import { findProgram, programs } from "./programs.ts";

const missing = programs.filter((program) => findProgram(program) === undefined);
if (missing.length === 0) {
  console.log(`setup: nothing to do, found ${programs.map(({ what }) => what).join(", ")}`);
  process.exit(0);
}

const run = (command: string, args: readonly string[]): boolean => {
  console.log(`setup: ${command} ${args.join(" ")}`);
  const { status } = spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  return status === 0;
};

const isRoot = process.getuid?.() === 0;
const has = (name: string): boolean => spawnSync(name, ["--version"], { stdio: "ignore" }).error === undefined;
const apt = has("apt-get") && (isRoot || has("sudo"));
if (apt) {
  const asRoot = (args: readonly string[]): boolean =>
    isRoot ? run("apt-get", args) : run("sudo", ["-n", "apt-get", ...args]);
  asRoot(["update", "-qq"]);
  asRoot(["install", "-y", "-qq", "--no-install-recommends", ...missing.map(({ debian }) => debian)]);
}

const still = programs.filter((program) => findProgram(program) === undefined);
for (const { what, elsewhere } of still) console.error(`setup: ${what} is missing: ${elsewhere}`);
if (still.length === 0) console.log(`setup: installed ${missing.map(({ what }) => what).join(", ")}`);
process.exitCode = still.length === 0 ? 0 : 1;
