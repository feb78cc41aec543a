// One simulated world from one seed: the production core and runtime on a simulated clock, carrier, presence, desk and
// people. Everything that can go wrong is drawn from the seed.
import { AgentId, CallId, LegId } from "../../../src/domain/ids.ts";
import { after, EpochMs } from "../../../src/domain/time.ts";
import { decide } from "../../../src/handoff/decide.ts";
import { documentForCaller } from "../../../src/handoff/reply.ts";
import { emptyCase } from "../../../src/handoff/state.ts";
import type { News } from "../../../src/ports/cases.ts";
import type { Conversations } from "../../../src/ports/conversations.ts";
import type { Journal } from "../../../src/ports/journal.ts";
import type { Presence } from "../../../src/ports/presence.ts";
import type { Decide } from "../../../src/runtime/case-loop.ts";
import { createMemoryConversations } from "../../../src/stores/memory/conversations.ts";
import { createMemoryDirectory } from "../../../src/stores/memory/directory.ts";
import { createMemoryJournal } from "../../../src/stores/memory/journal.ts";
import { createMemoryPresence } from "../../../src/stores/memory/presence.ts";
import { silentLog } from "../../support/silent-log.ts";
import { SimCarrier } from "./carrier.ts";
import { drawFaults, type Faults } from "./faults.ts";
import type { Guard } from "./guards.ts";
import { checkEnd, type Violation } from "./invariants.ts";
import { createMail, type Roads } from "./mail.ts";
import { SimNodes } from "./nodes.ts";
import { general, SimPeople } from "./people.ts";
import { createRandom, type Random } from "./random.ts";
import { SimSeats } from "./seats.ts";
import { createSeededIds } from "./seeded-ids.ts";
import { createSimClock, type SimClock } from "./sim-clock.ts";
import { simPolicy } from "./sim-policy.ts";
import { createTrail } from "./trail.ts";
import { SimWatch } from "./watch.ts";

export type SeedResult = {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly outcomes: readonly string[];
  readonly faults: Readonly<Record<string, number>>;
  readonly cells: ReadonlySet<string>;
  /** Cells reached after a fault had struck. */
  readonly pairs: ReadonlySet<string>;
  /** Every strike, by the name that silences it. */
  readonly struck: readonly string[];
  readonly trail: readonly string[];
};

const START = EpochMs(1_700_000_000_000);
/** Who is still on the line then hangs up. */
const CALLERS_LEAVE_MS = 180_000;
const END_MS = 400_000;
/** When nothing is left to happen: time for recovery to find what nobody finished. */
const LAST_LOOK_MS = 15_000;
/** Some hundred times what a world takes: something turns in a circle. */
const STEPS_MAX = 50_000;

export type WorldOptions = {
  readonly guard?: Guard;
  readonly trail?: boolean;
  readonly roads?: Roads;
  /** Where it is drawn whether something rare happens; `random` itself unless said. */
  readonly rare?: Random;
  /** Faults, or single strikes of one (`news-lost#2`), that do not happen this time. */
  readonly silent?: ReadonlySet<string>;
};

/** What is rare is drawn from another stream of numbers of the same seed. */
const RARE_STREAM = 0x5eed_da9e;

export async function runSeed(seed: number, options: WorldOptions = {}): Promise<SeedResult> {
  const world = await createWorld(createRandom(seed), { rare: createRandom(seed ^ RARE_STREAM), ...options });
  await runWorld(world);
  return {
    seed,
    violations: world.watch.violations,
    outcomes: world.watch.outcomes,
    faults: world.faults.counts,
    cells: world.watch.cells,
    pairs: world.watch.pairs,
    struck: world.faults.struck,
    trail: world.trail,
  };
}

/** To the end, and then everything that can only be said there. */
export async function runWorld(world: World): Promise<void> {
  const { clock, watch, nodes } = world;
  let stopAt: EpochMs | undefined;
  let steps = 0;
  await clock.run(after(START, END_MS), () => {
    watch.step();
    steps += 1;
    if (steps > STEPS_MAX) watch.found({ invariant: "rest", what: `the world goes on after ${STEPS_MAX} steps` });
    if (steps > STEPS_MAX) return true;
    stopAt = isQuiet(world) ? (stopAt ?? after(clock.now(), LAST_LOOK_MS)) : undefined;
    return stopAt !== undefined && clock.now() >= stopAt;
  });
  checkEnd(watch);
  await watch.replays(world.journal, (state, event) => world.decide(state, event, simPolicy));
  nodes.close();
  world.close();
}

export type World = {
  readonly clock: SimClock;
  readonly faults: Faults;
  readonly watch: SimWatch;
  readonly nodes: SimNodes;
  readonly carrier: SimCarrier;
  readonly journal: Journal;
  readonly decide: Decide;
  readonly underway: () => number;
  readonly trail: readonly string[];
  readonly close: () => void;
};

/** Nobody on any line, nothing on the road, and no case that waits for anything. */
function isQuiet({ carrier, watch, underway }: World): boolean {
  if (underway() > 0) return false;
  for (const { phase } of carrier.callers.values()) if (phase !== "over") return false;
  for (const { phase } of carrier.agentLegs.values()) if (phase !== "over") return false;
  for (const { wakeAt } of watch.calls.values()) if (wakeAt !== undefined) return false;
  return watch.calls.size === carrier.callers.size && carrier.callers.size > 0;
}

export async function createWorld(
  random: Random,
  { guard = { breaks: "" }, trail: kept = false, roads, silent, rare = random }: WorldOptions = {},
): Promise<World> {
  const clock = createSimClock(START);
  const { note, lines } = createTrail(clock, START, kept);
  const faults = drawFaults({ random, rare }, note, silent);
  const decideHere = sabotaged(guard);
  const stored = createMemoryJournal();
  const journal = weakened(stored, guard);
  const store = createMemoryPresence({ clock, log: silentLog });
  const directory = createMemoryDirectory();
  const conversations = createMemoryConversations((caseId) => stored.escalationsOf(caseId));
  const agents = await staff({ random, faults, directory, store });
  const duty = watchDuty(store, agents, faults);
  const seats = new SimSeats({
    clock,
    random,
    faults,
    store,
    blind: guard.missing === "presence-answers",
    callOf: (token) => watch.callOf(token),
  });
  const watch: SimWatch = new SimWatch({
    clock,
    note,
    carrier: () => carrier,
    people: () => people,
    holds: () => seats.holds,
    given: (token) => seats.given.has(token),
    onDuty: (agent) => duty.has(agent),
    agents,
    faults: () => Object.keys(faults.counts),
  });
  const nodes: SimNodes = new SimNodes({
    clock,
    random,
    faults,
    note,
    ids: createSeededIds(),
    decide: decideHere,
    stores: { journal, presence: seats.presence, directory, conversations: loose(conversations, guard) },
    carrier: () => carrier,
    people: () => people,
    watch,
    recovers: guard.missing !== "recovery",
  });
  const { post, underway } = createMail({
    clock,
    random,
    faults,
    roads,
    deliver: (caseId, news) => nodes.deliver(caseId, news),
  });
  const people: SimPeople = new SimPeople({
    clock,
    random,
    faults,
    post,
    carrier: () => carrier,
    note,
    speaks: (call) => nodes.callerSpeaks(call),
    inDanger: (call, target) => nodes.callerInDanger(call, target),
  });
  const carrier: SimCarrier = new SimCarrier({
    clock,
    random,
    faults,
    post,
    note,
    watch,
    documents: guard.missing === "disclosure" ? undisclosed : documentForCaller,
    read: (call, then) => void nodes.state(call).then((state) => then(state ?? emptyCase)),
    asks: (call, then) => void nodes.deliver(call, { kind: "caller-leg-asked" }).then(then),
    people: {
      rings: (leg) => people.rings(leg),
      hearsWhisper: (leg) => people.hearsWhisper(leg),
      menuHeard: (call) => people.menuHeard(call),
      streamOpened: (call, stream) => nodes.streamOpened(call, stream),
    },
    streamClosed: (call) => nodes.streamClosed(call),
  });

  for (let count = random.pick([1, 1, 2, 3]); count > 0; count -= 1) nodes.start();
  for (let place = random.pick([1, 1, 2, 3]); place > 0; place -= 1) {
    const call = CallId(`call-${place}`);
    const news = arrival(call, random);
    clock.at(after(START, random.int(0, 5_000)), () => {
      carrier.arrive(call, news);
      people.arrives(call);
    });
    clock.at(after(START, CALLERS_LEAVE_MS), () => carrier.callerHangsUp(call));
  }
  nodes.planDeath();
  if (faults.strikes("agents-go-away", 0.9)) {
    clock.at(after(START, random.int(3_000, 40_000)), () => void goAway({ store, clock, agents, watch }));
  }
  const close = (): void => store.close();
  return { clock, faults, watch, nodes, carrier, journal: stored, decide: decideHere, underway, trail: lines, close };
}

function sabotaged({ sabotage }: Guard): Decide {
  if (!sabotage) return decide;
  return (state, event, policy) => sabotage(decide(state, event, policy), state, event);
}

/** A journal without its index of held agents, or one that loses entries. */
function weakened(journal: Journal, { missing }: Guard): Journal {
  if (missing === "unique-holder") return { ...journal, commit: (commit) => journal.commit({ ...commit, held: [] }) };
  if (missing !== "entries") return journal;
  return {
    ...journal,
    commit: (commit) =>
      commit.event.kind === "line-ended" ? Promise.resolve({ kind: "committed" }) : journal.commit(commit),
  };
}

/** The newest version is forgotten, so that a changed text is stored under a version that was shown before. */
const loose = (conversations: Conversations, { missing }: Guard): Conversations =>
  missing === "packet-versions"
    ? {
        ...conversations,
        packetParts: async (ask) => {
          const { packet: _newest, ...parts } = await conversations.packetParts(ask);
          return parts;
        },
      }
    : conversations;

const undisclosed: typeof documentForCaller = (state) => {
  const document = documentForCaller(state);
  return document.kind === "assistant" ? { ...document, first: [] } : document;
};

async function staff(parts: {
  random: Random;
  faults: Faults;
  directory: ReturnType<typeof createMemoryDirectory>;
  store: Presence;
}): Promise<readonly AgentId[]> {
  const { random, faults, directory, store } = parts;
  const agents = Array.from({ length: random.int(1, 3) }, (_, place) => AgentId(`agent-${place + 1}`));
  for (const id of agents) {
    const device = { kind: random.chance(0.2) ? ("softphone" as const) : ("phone" as const), address: `+1555${id}` };
    await directory.save({ id, name: id, skills: [], queues: [], languages: [], device });
    if (faults.strikes("nobody-on-duty")) continue;
    await store.set({ agent: id, status: "available", at: START, leaseUntil: after(START, END_MS * 2) });
  }
  return agents;
}

/** Who is there, or will be when their work is done. */
function watchDuty(store: Presence, agents: readonly AgentId[], faults: Faults): ReadonlySet<AgentId> {
  const duty = new Set<AgentId>();
  if (faults.counts["nobody-on-duty"] === undefined) for (const agent of agents) duty.add(agent);
  store.onChange(({ agent, status }) => {
    if (status === "away" || status === "offline" || status === "check-in") duty.delete(agent);
    else duty.add(agent);
  });
  return duty;
}

async function goAway(parts: {
  store: Presence;
  clock: SimClock;
  agents: readonly AgentId[];
  watch: SimWatch;
}): Promise<void> {
  const { store, clock, agents, watch } = parts;
  const at = clock.now();
  for (const agent of agents) await store.set({ agent, status: "away", at, leaseUntil: after(START, END_MS * 2) });
  for (const log of watch.calls.values()) watch.deserted(log);
}

function arrival(call: CallId, random: Random): News {
  return {
    kind: "call-arrived",
    call,
    leg: LegId(`caller-${call}`),
    mode: random.chance(0.12) ? "queue" : "assistant",
    language: "en",
    target: general,
    canCallBack: random.chance(0.9),
  };
}
