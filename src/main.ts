// The composition root: reads the settings, wires the parts, starts, and drains on a signal.

import { fileURLToPath } from "node:url";
import { keptSessionSecret } from "./config/kept-session-secret.ts";
import { loadConfig, type Config } from "./config/load-config.ts";
import { readTextModelFile } from "./config/model-file.ts";
import { readSettings, type Settings } from "./config/settings.ts";
import { loadTriggers, type Triggers } from "./config/trigger-policy.ts";
import { watchTriggers } from "./config/watch-triggers.ts";
import { drain } from "./compose/drain.ts";
import { openStores, type Stores } from "./compose/open-stores.ts";
import { wireGateway } from "./compose/wire-gateway.ts";
import { randomIds } from "./runtime/random-ids.ts";
import { createSystemClock } from "./runtime/system-clock.ts";
import { parseTextModels, type TextModels } from "./scoring/text-models.ts";
import { createLog } from "./telemetry/log.ts";

const start = await readEverything();
const { settings } = start;
const log = createLog(settings.logLevel);
for (const note of start.notes) log.warn({ reason: note }, "part of the configuration is off");
const watched = watchTriggers(settings.configDir, start.triggers, (answer) => {
  if (answer.ok) log.info({ reason: answer.triggers.revision }, "new triggers are in force");
  else for (const reason of answer.problems) log.error({ reason }, "triggers.yaml is wrong; the last good one stays");
});
const clock = createSystemClock();
const stores = await openStores(settings, { clock, log });
const gateway = await wireGateway({
  settings,
  config: start.config,
  models: start.models,
  policy: watched.current,
  stores,
  clock,
  ids: randomIds,
  nodeId: randomIds.node(),
  sessionSecret: settings.sessionSecret ?? (await secretOf(stores)),
  root: fileURLToPath(new URL("..", import.meta.url)),
  log,
});
log.info({ port: gateway.port, url: settings.publicUrl }, "Warmline is listening");
drain({ gateway, stores, settings, clock, log });

// A bug ends its call, not everybody's: timers and the carrier's own questions pick up what it left.
process.on("uncaughtException", (err) => log.error({ err, blame: "gateway" }, "a bug: something was not caught"));
process.on("unhandledRejection", (err) =>
  log.error({ err, blame: "gateway" }, "a bug: a promise was not looked after"),
);

/** Nobody has to choose it: it is kept where all nodes find it, or beside the embedded records. */
function secretOf({ secret }: Pick<Stores, "secret">): Promise<string> {
  return settings.databaseUrl === undefined || !secret ? keptSessionSecret(settings.dataDir) : secret("session");
}

/** Everything that is missing or wrong, in one list, before anything is started. */
async function readEverything(): Promise<Everything> {
  const read = readSettings(process.env);
  const dir = read.ok ? read.settings.configDir : (process.env["CONFIG_DIR"] ?? "config");
  const loaded = await loadConfig(dir, read.ok ? read.settings.toolVariables : {});
  const triggers = await loadTriggers(dir);
  const models = parseTextModels(await readTextModelFile());
  const broken = models === undefined ? ["config/models/text.weights is not a weights file: restore it"] : [];
  if (read.ok && loaded.ok && triggers.ok && models) {
    return { settings: read.settings, config: loaded.config, triggers: triggers.triggers, models, notes: loaded.notes };
  }
  const problems = [
    ...(read.ok ? [] : read.problems),
    ...(loaded.ok ? [] : loaded.problems),
    ...(triggers.ok ? [] : triggers.problems),
    ...broken,
  ];
  process.stderr.write(`Warmline cannot start:\n${problems.map((problem) => `  - ${problem}`).join("\n")}\n`);
  return process.exit(1);
}

type Everything = {
  readonly settings: Settings;
  readonly config: Config;
  readonly triggers: Triggers;
  readonly models: TextModels;
  readonly notes: readonly string[];
};
