// Every demo that the README names, played as its reader plays it: a process of its own, judged by what it prints.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Four demos, of about a minute each; three times that on a slow machine. */
const LIMIT_MS = 800_000;
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

async function play(flags: readonly string[]) {
  const child = spawn(process.execPath, ["scripts/demo.ts", "--json", ...flags], { cwd: ROOT });
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

async function bridgesRobinAndDana(flags: readonly string[]): Promise<void> {
  const which = `npm run demo -- ${flags.join(" ")}`;
  const { code, err, printed } = await play(flags);
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

// Two at a time: they mostly wait for speech, and their gateways start in the same moment.
test.concurrent.each([
  {
    whose: "our own and Vapi's",
    demos: [[], ["--hosted"], ["--assistant", "vapi"], ["--assistant", "vapi-websocket"]],
  },
  {
    whose: "Retell's",
    demos: [
      ["--hosted", "--assistant", "retell"],
      ["--assistant", "retell"],
      ["--assistant", "retell-llm"],
    ],
  },
])(
  "the demos with $whose assistants bridge Robin and Dana, and say when each step came",
  async ({ demos }) => {
    for (const flags of demos) await bridgesRobinAndDana(flags);
  },
  LIMIT_MS,
);
