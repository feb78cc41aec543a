// C3: the caller hangs up at every one of the steps of a call; soon after, nothing of the case is left anywhere.
import { describe, expect, test } from "vitest";
import { CallId } from "../../src/domain/ids.ts";
import { after } from "../../src/domain/time.ts";
import { createSteadyRandom } from "./world/random.ts";
import { createWorld, runWorld, type World } from "./world/run-seed.ts";

const CALL = CallId("call-1");
/** H6: an agent on the line hears one sentence and is gone within six seconds. */
const GONE_MS = 6_000;

type Habits = { readonly prefer: readonly unknown[]; readonly from?: number };

/** What people do in each of the calls that are cut off. `from`: what is likelier than this happens. */
const CALLS: Readonly<Record<string, Habits>> = {
  "that ends with the agent's button": { prefer: ["end"] },
  "accepted at the desk": { prefer: ["end"], from: 0.3 },
  "that is handed back to the assistant": { prefer: ["hand-back"] },
  "in which a colleague is consulted": { prefer: ["transfer"] },
  "with nobody on duty, and a callback": { prefer: [1, "nobody-on-duty", "callback", "yes"] },
  "with nobody on duty, and a wait": { prefer: [1, "nobody-on-duty", "wait"] },
  "in which every agent declines": { prefer: [1, "agent-declines", "callback", "no"] },
  "in which nobody picks up": { prefer: [1, "agent-never-answers", "continue"] },
  "in which the carrier's answer is lost": { prefer: [1, "create-answer-lost"] },
  "in which the agent vanishes after accepting": { prefer: [1, "agent-vanishes-after-accepting"] },
  "in which the agent is lost": { prefer: [1, "agent-hangs-up-in-the-conversation"] },
  "in which the model is down": { prefer: [1, "model-down", "1"], from: 0.3 },
  "in which the caller is in danger": { prefer: [1, "caller-in-danger"] },
  "whose assistant is lost": { prefer: [1, "assistant-lost"], from: 0.4 },
};

const worldOf = ({ prefer, from }: Habits): Promise<World> => createWorld(createSteadyRandom(prefer, from));

describe.each(Object.entries(CALLS))("a call %s", (_name, habits) => {
  test("leaves nothing behind, whenever the caller hangs up", { timeout: 60_000 }, async () => {
    const whole = await worldOf(habits);
    await runWorld(whole);
    expect(whole.watch.violations).toEqual([]);
    const steps = whole.watch.commits;
    expect(steps).toBeGreaterThan(6);
    // A caller who waits is asked about every two seconds: one such step is like the other.
    for (let step = 1; step <= steps; step += step < 50 ? 1 : 9) {
      const left = await hangUpAt(step, habits);
      expect(left, `hung up at step ${step} of ${steps}`).toEqual({
        violations: [],
        legs: [],
        held: [],
        room: [],
        cards: [],
      });
    }
  });
});

async function hangUpAt(step: number, habits: Habits): Promise<Record<string, readonly unknown[]>> {
  const world = await worldOf(habits);
  const { watch, carrier, clock } = world;
  let left: ReturnType<typeof whatIsLeft> | undefined;
  watch.afterCommit = (commits) => {
    if (commits !== step) return;
    carrier.callerHangsUp(CALL);
    clock.at(after(clock.now(), GONE_MS), () => {
      left = whatIsLeft(world);
    });
  };
  await runWorld(world);
  return { violations: watch.violations, ...left };
}

function whatIsLeft({ watch, carrier }: World): Record<"legs" | "held" | "room" | "cards", readonly unknown[]> {
  const offers = watch.calls.get(CALL)?.state.escalation?.offers ?? [];
  const taken = new Set(offers.flatMap(({ id, outcome }) => (outcome === "accepted" ? [id] : [])));
  return {
    legs: carrier.legsOf(CALL).filter(({ phase }) => phase !== "over"),
    // Closing work is the agent's own, and holds nothing of the caller's.
    held: [...watch.holds.values()].filter(({ status }) => status !== "wrap-up"),
    room: carrier.legsInRoom(CALL),
    cards: [...watch.cards].filter((offer) => !taken.has(offer)),
  };
}
