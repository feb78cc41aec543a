// The demos that no other test plays, as the README's reader plays them: processes of their own, judged by what they print.
// Vapi's and Retell's assistants on a number of ours have tests of their calls beside this one.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** A demo takes about a minute; three times that on a slow machine. */
const LIMIT_MS = 200_000;
/** In this order they happen. The promise is spoken beside them, after the reservation and before the acceptance. */
const STAGES = ["reserved", "packetPainted", "initiated", "ringing", "accepted", "bridged"] as const;

type Printed = {
  readonly outcome: string;
  readonly trigger: string;
  readonly timingsMs: Readonly<Record<string, number>>;
  readonly silenceMaxMs: number;
  readonly packet: { readonly transcript: readonly unknown[] };
  readonly invariants: string;
  readonly broken?: readonly string[];
};

/** @param signal ends it, when nobody waits for it any more. */
async function play(flags: readonly string[], signal: AbortSignal) {
  const child = spawn(process.execPath, ["scripts/demo.ts", "--json", ...flags], { cwd: ROOT, signal });
  let [out, err] = ["", ""];
  child.stdout.on("data", (data) => (out += String(data)));
  child.stderr.on("data", (data) => (err += String(data)));
  const [code] = (await once(child, "close")) as [number | null];
  const last = out.trim().split("\n").at(-1) ?? "";
  if (!last.startsWith("{")) throw new Error(`the demo ended with ${code} and printed no result:\n${out}\n${err}`);
  return { code, err, printed: JSON.parse(last) as Printed };
}

/** A machine that is busy with other tests may be late; everything else must hold. */
const isLateness = (what: string): boolean => /^\w+ came after \d+ ms/u.test(what);

async function bridgesRobinAndDana(flags: readonly string[], signal: AbortSignal): Promise<void> {
  const which = `npm run demo -- ${flags.join(" ")}`;
  const { code, err, printed } = await play(flags, signal);
  const { timingsMs, broken = [] } = printed;
  expect(
    broken.filter((what) => !isLateness(what)),
    `${which}\n${err}`,
  ).toEqual([]);
  expect(printed, which).toMatchObject({ outcome: "bridged", invariants: broken.length === 0 ? "held" : "broken" });
  expect(code, which).toBe(broken.length === 0 ? 0 : 1);
  const times = STAGES.map((stage) => timingsMs[stage]);
  expect(
    times.filter((ms) => !Number.isFinite(ms)),
    which,
  ).toEqual([]);
  expect(times, which).toEqual(times.toSorted((one = 0, other = 0) => one - other));
  const { reserved = NaN, promised = NaN, accepted = NaN } = timingsMs;
  expect(promised, which).toBeGreaterThanOrEqual(reserved);
  expect(promised, which).toBeLessThan(accepted);
  expect(printed.packet.transcript.length, which).toBeGreaterThan(1);
}

test.for([{ flags: [] }, { flags: ["--hosted"] }, { flags: ["--hosted", "--assistant", "retell"] }] as const)(
  "the demo with $flags bridges Robin and Dana, and says when each step came",
  { timeout: LIMIT_MS },
  ({ flags }, { signal }) => bridgesRobinAndDana(flags, signal),
);
