// npm run doctor [-- --fix]: checks a real installation from its own environment; --fix wires the Twilio number
// and what the configuration names at Vapi and Retell.
import { loadConfig } from "../src/config/load-config.ts";
import { readSettings, type Settings } from "../src/config/settings.ts";
import { openPostgres } from "../src/stores/postgres/open.ts";
import { linkRedis } from "../src/stores/redis/link.ts";
import { createLog } from "../src/telemetry/log.ts";
import { inspectAccount, signedProbe } from "../src/vendors/twilio/inspect-account.ts";
import { type Command, readCommandLine } from "./command-line.ts";
import type { Finding } from "./doctor/finding.ts";
import { retellAgents } from "./doctor/retell-agents.ts";
import { vapiAccount } from "./doctor/vapi-account.ts";
import { reasonOf } from "./reason-of.ts";

const COMMAND: Command = {
  name: "npm run doctor",
  usage: `[-- --fix]
  Checks a real installation from its own environment: settings, configuration, stores, public address and signature,
  clock, the Twilio number, the model's key, Vapi, Retell. Ends with 1 when something is bad. The gateway should be up.
  --fix  points the Twilio number at PUBLIC_URL and creates what the configuration names at Vapi and Retell`,
};
const { values } = readCommandLine(COMMAND, { options: { fix: { type: "boolean", default: false } } });
const silent = createLog("silent");
const NETWORK_MS = 5_000;
/** Signed times and leases tolerate a little; more means that this machine's clock is wrong. */
const CLOCK_OFF_MAX_MS = 2_000;

const read = readSettings(process.env);
if (!read.ok) {
  for (const problem of read.problems) console.log(`  bad   settings: ${problem}`);
  console.log("\nNothing else was looked at: set these and run it again (docs/operations.md has every setting).");
  process.exit(1);
}
const { settings } = read;
const all: Finding[] = [
  { what: "settings", ok: true, note: "complete" },
  ...(await config(settings)),
  ...(await redis(settings)),
  ...(await postgres(settings)),
  ...(await publicAddress(settings)),
  ...(await carrier(settings)),
  ...(await model(settings)),
  ...(await vapiAccount(settings, values.fix)),
  ...(await retellAgents(settings, values.fix)),
];
for (const { what, ok, note, aside } of all)
  console.log(`  ${!ok ? "bad " : aside ? "note" : "good"}  ${what}: ${note}`);
const bad = all.filter(({ ok }) => !ok);
console.log(
  bad.length === 0 ? "\nNothing to mend." : `\n${bad.length} to mend: ${bad.map(({ what }) => what).join(", ")}.`,
);
process.exit(bad.length === 0 ? 0 : 1);

async function config({ configDir, toolVariables }: Settings): Promise<Finding[]> {
  const answer = await loadConfig(configDir, toolVariables);
  if (!answer.ok) return answer.problems.map((note) => ({ what: "configuration", ok: false, note }));
  return [
    { what: "configuration", ok: true, note: `revision ${answer.config.revision}` },
    ...answer.notes.map((note) => ({ what: "configuration", ok: true, note, aside: true as const })),
  ];
}

async function redis({ redisUrl }: Settings): Promise<Finding[]> {
  if (redisUrl === undefined)
    return [
      { what: "Redis", ok: true, note: "no REDIS_URL: presence lives in the process (one gateway)", aside: true },
    ];
  const link = linkRedis(redisUrl, silent);
  const deadline = Date.now() + NETWORK_MS;
  let seen = await link.ready();
  while (!seen.ok && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    seen = await link.ready();
  }
  await link.close();
  return [{ what: "Redis", ok: seen.ok, note: seen.ok ? "answers" : `${seen.why}: check REDIS_URL` }];
}

async function postgres({ databaseUrl }: Settings): Promise<Finding[]> {
  if (databaseUrl === undefined) {
    return [
      { what: "Postgres", ok: true, note: "no DATABASE_URL: records are kept in DATA_DIR (one gateway)", aside: true },
    ];
  }
  try {
    const stores = await openPostgres({ databaseUrl }, silent);
    await stores.close();
    return [{ what: "Postgres", ok: true, note: "answers, schema up to date" }];
  } catch (error) {
    return [{ what: "Postgres", ok: false, note: `${reasonOf(error)}: is it up, and DATABASE_URL right?` }];
  }
}

/** Asks the gateway by its public address, as Twilio would: is it there, is the signature whole, are the clocks close? */
async function publicAddress(given: Settings): Promise<Finding[]> {
  const { publicUrl, twilio } = given;
  try {
    const asked = Date.now();
    const answer = await fetch(`${publicUrl}/healthz`, { signal: AbortSignal.timeout(NETWORK_MS) });
    const date = Date.parse(answer.headers.get("date") ?? "");
    const off = Math.abs(date - asked);
    const findings: Finding[] = [
      { what: "public address", ok: answer.ok, note: `${publicUrl} answers ${answer.status}` },
      // The header has whole seconds.
      { what: "clock", ok: off <= CLOCK_OFF_MAX_MS + 1_000, note: `${Math.round(off / 1_000)} s from the gateway's` },
    ];
    return twilio ? [...findings, await signature({ ...twilio, publicUrl })] : findings;
  } catch (error) {
    return [
      {
        what: "public address",
        ok: false,
        note: `${publicUrl}: ${reasonOf(error)}; is the gateway up (npm start) and PUBLIC_URL right?`,
      },
    ];
  }
}

async function signature(account: Parameters<typeof signedProbe>[0]): Promise<Finding> {
  const { url, headers } = signedProbe(account);
  const answer = await fetch(url, { method: "POST", headers, signal: AbortSignal.timeout(NETWORK_MS) });
  const ok = answer.status === 200;
  const note = ok
    ? "a signed request is accepted"
    : `a signed request is answered ${answer.status}: a proxy changes the URL, or PUBLIC_URL or TWILIO_AUTH_TOKEN differ from the gateway's`;
  return { what: "signature", ok, note };
}

async function carrier({ twilio, publicUrl }: Settings): Promise<Finding[]> {
  if (!twilio)
    return [
      { what: "Twilio", ok: false, note: "off: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_NUMBER are absent" },
    ];
  const found = await inspectAccount({ ...twilio, publicUrl }, values.fix);
  const note = `${twilio.callsPerSecond} calls a second are assumed; Twilio's default is 1 (raise TWILIO_CALLS_PER_SECOND only with the account's own limit)`;
  return [...found, { what: "Twilio calls per second", ok: true, note, aside: true }];
}

async function model({ openai }: Settings): Promise<Finding[]> {
  if (!openai)
    return [{ what: "OpenAI", ok: false, note: "off: OPENAI_API_KEY is absent; callers hear fixed lines and keys" }];
  try {
    const answer = await fetch(`${openai.baseUrl}/models`, {
      headers: { Authorization: `Bearer ${openai.apiKey}` },
      signal: AbortSignal.timeout(NETWORK_MS),
    });
    const note = answer.ok
      ? "the key is accepted"
      : `answers ${answer.status}: check OPENAI_API_KEY and OPENAI_BASE_URL`;
    return [{ what: "OpenAI", ok: answer.ok, note }];
  } catch (error) {
    return [{ what: "OpenAI", ok: false, note: `${openai.baseUrl}: ${reasonOf(error)}; check OPENAI_BASE_URL` }];
  }
}
