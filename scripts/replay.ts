// npm run replay -- ESCALATION_ID: decides a case again from its events and prints each step. Reads the journal that
// DATABASE_URL names, else the embedded one under DATA_DIR (while no gateway uses it).
// Ends with 1 at the first difference between record and rules, with 2 when there is nothing to replay.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { environment } from "../src/config/environment.ts";
import { Fault } from "../src/domain/fault.ts";
import { EscalationId } from "../src/domain/ids.ts";
import { iso } from "../src/domain/time.ts";
import { defaultPolicy } from "../src/handoff/policy.ts";
import type { Journal } from "../src/ports/journal.ts";
import { type Replay, replayCase, type ReplayStep } from "../src/reports/replay-case.ts";
import { connectPostgres } from "../src/stores/postgres/connect.ts";
import { openPostgres, postgresStores } from "../src/stores/postgres/open.ts";
import { createLog } from "../src/telemetry/log.ts";
import { type Command, readCommandLine, refuse } from "./command-line.ts";
import { reasonOf } from "./reason-of.ts";

const LIMITS = { statementMs: 30_000, queryMs: 35_000, connectMs: 5_000, connections: 1 };

const COMMAND: Command = {
  name: "npm run replay",
  usage: `-- ESCALATION_ID
  Decides a case again from its record, prints each step, and ends with 1 at the first difference.
  The record is the one DATABASE_URL names, else the one under DATA_DIR (while no gateway uses it).
  GET /api/escalations lists the ids.`,
};
const { positionals } = readCommandLine(COMMAND, { allowPositionals: true });
const [id] = positionals;
if (id === undefined) refuse(COMMAND, "which escalation? Its id is missing");
if (positionals.length > 1) refuse(COMMAND, `one escalation at a time, not ${positionals.join(" and ")}`);
try {
  process.exitCode = await replay(EscalationId(id));
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.error(`npm run replay: the record cannot be read: ${reasonOf(error)}`);
  if (error.blame === "store") console.error("Is the database up, and DATABASE_URL right?");
  process.exitCode = 2;
}

async function replay(escalation: EscalationId): Promise<number> {
  const { journal, close } = await openRecord();
  try {
    const caseId = await journal.caseOf(escalation);
    const last = caseId && (await journal.load(caseId));
    if (!caseId || !last) {
      console.error(
        `There is no escalation ${escalation} in this record. GET /api/escalations lists those there are; ` +
          "DATABASE_URL or DATA_DIR name another record.",
      );
      return 2;
    }
    console.log(`${escalation}, case ${caseId}`);
    const zero = last.state.escalation?.decidedAt ?? 0;
    return print(replayCase(await journal.entries(caseId), last, defaultPolicy), zero);
  } finally {
    await close();
  }
}

/** A server is read as it is: replaying must not migrate anybody's database. */
async function openRecord(): Promise<{ readonly journal: Journal; readonly close: () => Promise<void> }> {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const read = environment.pick({ DATABASE_URL: true, DATA_DIR: true }).safeParse(given);
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new Fault("settings", about(wrong.join("; ")));
  }
  const { DATABASE_URL: url, DATA_DIR: dataDir } = read.data;
  const log = createLog("silent");
  if (url !== undefined) return postgresStores(connectPostgres({ connectionString: url }, LIMITS, log));
  const records = join(dataDir, "postgres");
  if (!existsSync(records)) {
    throw new Fault("no-record", about(`There is no record under ${dataDir}: set DATA_DIR or DATABASE_URL`));
  }
  return openPostgres({ dataDir: records }, log);
}

function about(message: string) {
  return { blame: "admin" as const, retryable: false, message };
}

/** `zero`: the decision; times are counted from it. */
function print({ steps, difference }: Replay, zero: number): number {
  for (const step of steps) console.log(line(step, zero));
  if (!difference) {
    console.log(`${steps.length} events, decided again: the same.`);
    return 0;
  }
  console.error(`Event ${difference.seq}: ${difference.what}.`);
  return 1;
}

function line({ seq, event, actor, state, decided, effects }: ReplayStep, zero: number): string {
  const after = `${event.at - zero >= 0 ? "+" : ""}${event.at - zero} ms`;
  const became = state === decided ? state : `${state}, decided now: ${decided}`;
  const does = effects.length > 0 ? `  ${effects.join(", ")}` : "";
  return `${String(seq).padStart(4)}  ${iso(event.at)}  ${after.padStart(10)}  ${event.kind} (${actor}) → ${became}${does}`;
}
