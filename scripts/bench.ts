// npm run bench [-- NAME…] [-- --json]: benchmarks as ratios against a baseline in the same run, never a bare time.
// Exits non-zero when one does not hold what it promises. `soak` takes an hour and runs only when it is named.
import { parseArgs } from "node:util";

type Bench = { readonly held: boolean };
type Run = (options: { json: boolean }) => Bench | Promise<Bench>;

const benches: Readonly<Record<string, () => Promise<{ run: Run }>>> = {
  scoring: () => import("./bench/scoring.ts"),
  voice: () => import("./bench/voice.ts"),
  stores: () => import("./bench/stores.ts"),
  media: () => import("./bench/media.ts"),
  calls: () => import("./bench/calls.ts"),
  handoff: () => import("./bench/handoff.ts"),
  soak: () => import("./bench/soak.ts"),
};

const { values, positionals } = parseArgs({
  options: { json: { type: "boolean", default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`bench: no benchmark is called ${unknown.join(", ")}; there are ${Object.keys(benches).join(", ")}`);
  process.exit(2);
}
const wanted = positionals.length > 0 ? positionals : Object.keys(benches).filter((name) => name !== "soak");
const results: Bench[] = [];
for (const name of wanted) {
  const load = benches[name];
  if (!load) continue;
  const { run } = await load();
  results.push(await run({ json: values.json }));
}
process.exitCode = results.every(({ held }) => held) ? 0 : 1;
