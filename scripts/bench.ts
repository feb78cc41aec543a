// npm run bench [-- NAME…] [-- --json]: benchmarks as ratios against a baseline in the same run, never a bare time.
// Exits non-zero when one does not hold what it promises. `soak` takes an hour and runs only when it is named.
import { type Command, readCommandLine, refuse } from "./command-line.ts";

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

const COMMAND: Command = {
  name: "npm run bench",
  usage: `[-- NAME…] [--json]
  NAME: ${Object.keys(benches).join(", ")}; without one all but soak, which takes an hour.
  --json  one JSON object a benchmark, for machines
  Ends with 1 when one does not hold what it promises. Wants a machine that does nothing else.`,
};
const { values, positionals } = readCommandLine(COMMAND, {
  options: { json: { type: "boolean", default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) refuse(COMMAND, `no benchmark is called ${unknown.join(" or ")}`);
const wanted = positionals.length > 0 ? positionals : Object.keys(benches).filter((name) => name !== "soak");
// Some take minutes: whoever waits may want to know for what. Standard output is the results'.
if (wanted.length > 1) console.error(`One after the other: ${wanted.join(", ")}.`);
const results: Bench[] = [];
for (const name of wanted) {
  const load = benches[name];
  if (!load) continue;
  const { run } = await load();
  results.push(await run({ json: values.json }));
}
process.exitCode = results.every(({ held }) => held) ? 0 : 1;
