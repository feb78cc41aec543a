// One simulated world from one seed: the production core and runtime on a simulated clock, carrier, presence, desk and
// people. Everything that can go wrong is drawn from the seed.
import { AgentId, CallId, LegId } from "../../../src/domain/ids.ts";
import { after, EpochMs } from "../../../src/domain/time.ts";
import { decide } from "../../../src/handoff/decide.ts";
import { simPolicy } from "./sim-policy.ts";
import { emptyCase } from "../../../src/handoff/state.ts";
import type { News } from "../../../src/ports/cases.ts";
import { createMemoryConversations } from "../../../src/stores/memory/conversations.ts";
import { createMemoryDirectory } from "../../../src/stores/memory/directory.ts";
import { createMemoryJournal } from "../../../src/stores/memory/journal.ts";
import { createMemoryPresence } from "../../../src/stores/memory/presence.ts";
import { silentLog } from "../../support/silent-log.ts";
import { SimCarrier } from "./carrier.ts";
import { drawFaults } from "./faults.ts";
import type { Sabotage } from "./guards.ts";
import { checkEnd, type Violation } from "./invariants.ts";
import { createMail } from "./mail.ts";
import { SimNodes } from "./nodes.ts";
import { general, SimPeople } from "./people.ts";
import { createRandom } from "./random.ts";
import { createSeededIds } from "./seeded-ids.ts";
import { createSimClock } from "./sim-clock.ts";
import { createTrail } from "./trail.ts";
import { SimWatch } from "./watch.ts";

export type SeedResult = {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly outcomes: readonly string[];
  readonly faults: Readonly<Record<string, number>>;
  readonly cells: ReadonlySet<string>;
  readonly trail: readonly string[];
};

const START = EpochMs(1_700_000_000_000);
/** Long enough for every wait, wrap-up and callback question to end. */
const CALLERS_LEAVE_MS = 180_000;
const END_MS = 320_000;

export async function runSeed(seed: number, sabotage?: Sabotage): Promise<SeedResult> {
  const random = createRandom(seed);
  const clock = createSimClock(START);
  const trail = createTrail(clock, START);
  const faults = drawFaults(random);
  const journal = createMemoryJournal();
  const presence = createMemoryPresence({ clock, log: silentLog });
  const directory = createMemoryDirectory();
  const conversations = createMemoryConversations((caseId) => journal.escalationsOf(caseId));
  const agents = Array.from({ length: random.int(1, 3) }, (_, place) => AgentId(`agent-${place + 1}`));
  for (const id of agents) {
    await directory.save({
      id,
      name: id,
      skills: [],
      queues: [],
      languages: [],
      device: { kind: random.chance(0.2) ? "softphone" : "phone", address: `+1555${id}` },
    });
    if (!faults.strikes("nobody-on-duty")) {
      await presence.set({ agent: id, status: "available", at: START, leaseUntil: after(START, END_MS * 2) });
    }
  }

  const watch: SimWatch = new SimWatch({ clock, note: trail.note, carrier: () => carrier, people: () => people });
  const nodes: SimNodes = new SimNodes({
    clock,
    random,
    faults,
    note: trail.note,
    ids: createSeededIds(),
    stores: { journal, presence, directory, conversations },
    carrier: () => carrier,
    people: () => people,
    watch,
    sabotage,
  });
  const post = createMail({ clock, random, faults, deliver: (caseId, news) => nodes.deliver(caseId, news) });
  const people: SimPeople = new SimPeople({ clock, random, faults, post, carrier: () => carrier, note: trail.note });
  const carrier: SimCarrier = new SimCarrier({
    clock,
    random,
    faults,
    post,
    read: (call, then) => void nodes.state(call).then((state) => then(state ?? emptyCase)),
    note: trail.note,
    people: {
      rings: (leg) => people.rings(leg),
      hearsWhisper: (leg) => people.hearsWhisper(leg),
      menuHeard: (call) => people.menuHeard(call),
      streamOpened: (call, stream) => nodes.streamOpened(call, stream),
    },
    streamClosed: (call) => nodes.streamClosed(call),
  });

  nodes.start();
  const calls = Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, place) => CallId(`call-${place + 1}`));
  for (const call of calls) {
    clock.at(after(START, random.int(0, 5_000)), () => carrier.arrive(call, arrival(call)));
    clock.at(after(START, CALLERS_LEAVE_MS), () => carrier.callerHangsUp(call));
  }
  nodes.planDeath();
  await clock.run(after(START, END_MS), () => watch.step());
  checkEnd(watch);
  await watch.replays(journal, (state, event) => decide(state, event, simPolicy), sabotage);
  nodes.close();
  presence.close();
  return {
    seed,
    violations: watch.violations,
    outcomes: [...watch.outcomes],
    faults: faults.counts,
    cells: watch.cells,
    trail: trail.lines,
  };
}

function arrival(call: CallId): News {
  return {
    kind: "call-arrived",
    call,
    leg: LegId(`caller-${call}`),
    mode: "assistant",
    language: "en",
    target: general,
    canCallBack: true,
  };
}
