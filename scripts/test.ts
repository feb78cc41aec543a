// Every check, cheapest first. Installs nothing. Stops at the first part that fails and says which.
import { spawn } from "node:child_process";
import { findProgram, programs } from "./programs.ts";

type Part = { readonly name: string; readonly command: readonly string[] };

const bin = (name: string): string => `node_modules/.bin/${name}`;

const parts: readonly Part[] = [
  { name: "format", command: [bin("oxfmt"), "--check"] },
  { name: "types", command: [bin("tsc")] },
  { name: "lint", command: [bin("oxlint"), "--type-aware"] },
  { name: "import rules", command: [process.execPath, "scripts/check-layers.ts"] },
  { name: "dead code", command: [bin("knip")] },
  // One after the other: whoever computes would starve whoever keeps time.
  { name: "computing tests", command: [bin("vitest"), "run", "--project", "computing"] },
  { name: "realtime tests", command: [bin("vitest"), "run", "--project", "realtime"] },
];

const missing = programs.filter((program) => findProgram(program) === undefined);
for (const program of missing)
  console.error(`missing: ${program.what} (${program.names.join(" or ")}); run: npm run setup`);
if (missing.length > 0) process.exit(1);

for (const part of parts) {
  const started = performance.now();
  const code = await run(part.command);
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  if (code !== 0) {
    console.error(`\nnpm test: ${part.name} failed after ${seconds} s (${part.command.join(" ")})`);
    process.exit(1);
  }
  console.log(`${part.name}: passed in ${seconds} s`);
}

function run([command = "", ...args]: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal === null ? (code ?? 1) : 1));
  });
}
