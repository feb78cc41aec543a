// C10, H7: one transfer's carrier news in any order, up to three times each and up to a minute late, gives the record of
// the run in which everything comes in order.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CallId } from "../../src/domain/ids.ts";
import { projectCase } from "../../src/handoff/project-case.ts";
import type { CaseState } from "../../src/handoff/state.ts";
import type { News } from "../../src/ports/cases.ts";
import type { Roads } from "./world/mail.ts";
import { createSteadyRandom } from "./world/random.ts";
import { createWorld, runWorld } from "./world/run-seed.ts";

const CALL = CallId("call-1");
const LATE_MS = 60_000;

/** Told by status callbacks, which nobody waits for. Keys, the desk and the documents are answered while they wait. */
const CARRIER: ReadonlySet<News["kind"]> = new Set([
  "dial-accepted",
  "agent-leg-ringing",
  "agent-leg-answered",
  "agent-leg-ended",
  "agent-joined",
  "agent-left-room",
  "caller-joined",
  "caller-left-room",
  "caller-left",
]);

/** What is recorded in the end, without the times at which it was learned. */
function recordOf(state: CaseState | undefined): unknown {
  if (!state?.escalation) return undefined;
  const { escalation } = projectCase(state);
  const { assignedAt: _assigned, resolvedAt: _resolved, ...row } = escalation ?? {};
  return {
    row,
    handoff: state.handoff,
    offers: state.escalation.offers,
    handoffs: state.escalation.handoffs,
    place: state.caller?.place,
    strays: state.strays,
    wrapUps: state.wrapUps,
  };
}

async function recordWith(ending: string, roads: Roads): Promise<unknown> {
  const world = await createWorld(createSteadyRandom([ending]), { roads });
  await runWorld(world);
  expect(world.watch.violations.filter(({ invariant }) => TERMINAL.has(invariant))).toEqual([]);
  return recordOf(world.watch.calls.get(CALL)?.state);
}

/** Time bounds have no meaning while the news is a minute late; what is final and who is held has. */
const TERMINAL: ReadonlySet<string> = new Set(["H1", "H4", "H7", "H8", "H10"]);

const inOrder: Roads = () => [20];
const delays = fc.array(fc.integer({ min: 1, max: LATE_MS }), { minLength: 1, maxLength: 3 });

test.each(["end", "caller"])("a transfer that ends by %s", { timeout: 120_000 }, async (ending) => {
  const expected = await recordWith(ending, inOrder);
  expect(expected).toMatchObject({ handoff: { kind: "closed", outcome: "bridged" }, row: { status: "resolved" } });

  await fc.assert(
    fc.asyncProperty(fc.array(delays, { minLength: 24, maxLength: 24 }), async (drawn) => {
      let told = 0;
      const roads: Roads = (news) => (CARRIER.has(news.kind) ? (drawn[told++ % drawn.length] ?? [20]) : [20]);
      expect(await recordWith(ending, roads)).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});
