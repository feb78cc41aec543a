// The gateway as it is wired for real, with stores in its memory: what media cost, not what Postgres does.
import { fileURLToPath } from "node:url";
import { wireGateway } from "../../../src/compose/wire-gateway.ts";
import { loadConfig } from "../../../src/config/load-config.ts";
import { readTextModelFile } from "../../../src/config/model-file.ts";
import { readSettings } from "../../../src/config/settings.ts";
import { loadTriggers } from "../../../src/config/trigger-policy.ts";
import { randomIds } from "../../../src/runtime/random-ids.ts";
import { createSystemClock } from "../../../src/runtime/system-clock.ts";
import { parseTextModels } from "../../../src/scoring/text-models.ts";
import { createMemoryBus } from "../../../src/stores/memory/bus.ts";
import { createMemoryCloakroom } from "../../../src/stores/memory/cloakroom.ts";
import { createMemoryConversations } from "../../../src/stores/memory/conversations.ts";
import { createMemoryDirectory } from "../../../src/stores/memory/directory.ts";
import { createMemoryJournal } from "../../../src/stores/memory/journal.ts";
import { createMemoryLeases } from "../../../src/stores/memory/leases.ts";
import { createMemoryKeptAnswers } from "../../../src/stores/memory/kept-answers.ts";
import { createMemoryPresence } from "../../../src/stores/memory/presence.ts";
import { createMemoryPlaces } from "../../../src/stores/memory/places.ts";
import { createMemorySlidingWindow } from "../../../src/stores/memory/sliding-window.ts";
import { createLog } from "../../../src/telemetry/log.ts";

const read = readSettings(process.env);
if (!read.ok) throw new Error(read.problems.join("\n"));
const { settings } = read;
const [loaded, triggers, file] = await Promise.all([
  loadConfig("config", settings.toolVariables),
  loadTriggers("config"),
  readTextModelFile(),
]);
if (!loaded.ok) throw new Error(loaded.problems.join("\n"));
if (!triggers.ok) throw new Error(triggers.problems.join("\n"));
const models = parseTextModels(file);
if (!models) throw new Error("the text models cannot be read");

const log = createLog(settings.logLevel);
const clock = createSystemClock();
const journal = createMemoryJournal();
await wireGateway({
  settings,
  config: loaded.config,
  models,
  policy: () => triggers.triggers,
  stores: {
    journal,
    conversations: createMemoryConversations((id) => journal.escalationsOf(id)),
    directory: createMemoryDirectory([]),
    answers: createMemoryKeptAnswers(),
    presence: createMemoryPresence({ clock, log }),
    bus: createMemoryBus(log),
    leases: createMemoryLeases(),
    rate: createMemorySlidingWindow({ perSecond: 1 }),
    cloakroom: createMemoryCloakroom(),
    places: createMemoryPlaces(),
    shared: false,
    checks: [],
    close: () => Promise.resolve(),
  },
  clock,
  ids: randomIds,
  nodeId: randomIds.node(),
  sessionSecret: "s".repeat(32),
  root: fileURLToPath(new URL("../../..", import.meta.url)),
  log,
});
process.send?.({ ready: true });
