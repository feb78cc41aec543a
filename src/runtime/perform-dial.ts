// Rings an agent's device: once, in its turn, and only while the case still wants it. What the carrier says, and what it
// does not say, goes back into the case.

import type { AgentId, CallId, EscalationId, OfferId } from "../domain/ids.ts";
import { after } from "../domain/time.ts";
import type { CaseState } from "../handoff/state.ts";
import type { Effect } from "../handoff/vocabulary.ts";
import type { Cases, News } from "../ports/cases.ts";
import type { Clock } from "../ports/clock.ts";
import type { Directory } from "../ports/directory.ts";
import type { CaseId } from "../ports/journal.ts";
import type { Telephony } from "../ports/telephony.ts";
import type { Log } from "../telemetry/log.ts";
import type { Dialler } from "./dialler.ts";
import { COMMAND_RETRY_MS, insist, pause } from "./insist.ts";

export type DialDeps = {
  readonly cases: Cases;
  readonly directory: Directory;
  readonly telephony: Telephony;
  readonly dialler: Dialler;
  readonly clock: Clock;
  readonly log: Log;
};

type Kind<K extends Effect["kind"]> = Extract<Effect, { kind: K }>;
type Work = { readonly caseId: CaseId; readonly state: CaseState };

const NEVER_LEFT = { outcome: "carrier-fault", raw: "taken-back-before-the-dial" } as const;
/** The carrier's own give-up is later than ours: our window decides, the carrier's is the net below it. */
const CARRIER_GRACE_MS = 15_000;

export async function performDial(
  deps: DialDeps,
  work: Work,
  effect: Kind<"dial-agent" | "cancel-dial" | "ask-carrier">,
): Promise<void> {
  switch (effect.kind) {
    case "dial-agent":
      return dialAgent(deps, work, effect);
    case "cancel-dial":
      if (deps.dialler.cancel(effect.offer)) await refuse(deps, work.caseId, effect.offer);
      return undefined;
    case "ask-carrier":
      return askCarrier(deps, work, effect);
    default:
      return effect satisfies never;
  }
}

const refuse = (deps: DialDeps, caseId: CaseId, offer: OfferId): Promise<unknown> =>
  deps.cases.deliver(caseId, { kind: "dial-refused", offer, fault: NEVER_LEFT }, "dialler");

/** Resolves when the carrier's answer is in the case, so that its job stays open until then. */
async function dialAgent(deps: DialDeps, work: Work, effect: Kind<"dial-agent">): Promise<void> {
  const { caseId } = work;
  const agent = await deps.directory.agent(effect.agent);
  const { caller } = work.state;
  const { offer, escalation, ringMs } = effect;
  if (!agent || !caller) {
    const fault = { outcome: "carrier-fault", raw: "agent-without-a-device" } as const;
    await deps.cases.deliver(caseId, { kind: "dial-refused", offer, fault }, "directory");
    return undefined;
  }
  const { device } = agent;
  const ask = { call: caller.call, escalation, offer, agent: agent.id, device, timeoutMs: ringMs + CARRIER_GRACE_MS };
  for (;;) {
    if (!(await turnWhileWanted(deps, caseId, effect))) return undefined;
    const news = await create(deps, ask);
    if (news) {
      await deps.cases.deliver(caseId, news, "carrier");
      return undefined;
    }
    // Not performed, by the carrier's own word: the only create that may be tried again.
    await pause(deps.clock, COMMAND_RETRY_MS);
  }
}

/**
 * A look at the case that is older than that, in milliseconds, is made again: whoever waits for a permit waits for much
 * longer, and of what changes in less the carrier may hear either way, since its answer takes as long.
 */
const LOOK_MS = 250;

/** False: the dial was taken back, also by another node while it waited for its turn. */
async function turnWhileWanted(deps: DialDeps, caseId: CaseId, effect: Kind<"dial-agent">): Promise<boolean> {
  const { clock } = deps;
  const looked = clock.now();
  const [mine, wanted] = await Promise.all([turn(deps, caseId, effect), wantedOrDropped(deps, caseId, effect.offer)]);
  if (!mine || !wanted) return false;
  return clock.now() <= after(looked, LOOK_MS) || stillWanted(deps, caseId, effect.offer);
}

/** What nobody stands behind, or nobody knows of, must take no permit, and not keep the next try out of the queue. */
async function wantedOrDropped(deps: DialDeps, caseId: CaseId, offer: OfferId): Promise<boolean> {
  let wanted = false;
  try {
    wanted = await stillWanted(deps, caseId, offer);
    return wanted;
  } finally {
    if (!wanted) deps.dialler.cancel(offer);
  }
}

/** Waits for a permit; false: the dial was taken back and never left. */
function turn(deps: DialDeps, caseId: CaseId, { offer, priority, decidedAt }: Kind<"dial-agent">): Promise<boolean> {
  return new Promise((go) => {
    deps.dialler.enqueue({
      offer,
      priority,
      decidedAt,
      start: () => go(true),
      dropped: () => go(false),
      queued: (startsAt) => {
        deps.cases
          .deliver(caseId, { kind: "dial-queued", offer, startsAt }, "dialler")
          .catch((err: unknown) =>
            deps.log.warn({ case: caseId, offer, err }, "a case does not know that its dial waits"),
          );
      },
    });
  });
}

async function stillWanted({ cases }: DialDeps, caseId: CaseId, id: OfferId): Promise<boolean> {
  const handoff = (await cases.state(caseId))?.handoff;
  return handoff !== undefined && "offer" in handoff && handoff.offer?.id === id && handoff.offer.dial === "requested";
}

/** The carrier's answer as news; `undefined`: not performed, try again. */
async function create(
  deps: DialDeps,
  ask: {
    readonly call: CallId;
    readonly escalation: EscalationId;
    readonly offer: OfferId;
    readonly agent: AgentId;
  } & Parameters<Telephony["dialAgent"]>[0],
): Promise<News | undefined> {
  const { offer } = ask;
  const answer = await deps.telephony.dialAgent(ask);
  switch (answer.kind) {
    case "placed":
      return { kind: "dial-accepted", offer, leg: answer.leg };
    case "refused":
      return { kind: "dial-refused", offer, fault: { outcome: answer.outcome, raw: answer.raw } };
    case "later":
      return undefined;
    case "unknown":
      return { kind: "dial-unknown", offer };
    default:
      return answer satisfies never;
  }
}

/** What became of a create that was not answered (H8). A leg that the carrier does not know may still appear. */
async function askCarrier(deps: DialDeps, work: Work, { offer, agent: id, since }: Kind<"ask-carrier">): Promise<void> {
  const agent = await deps.directory.agent(id);
  const { caller } = work.state;
  if (!agent || !caller) return undefined;
  const { address } = agent.device;
  const seen = await insist(deps.clock, () =>
    deps.telephony.askOffer({ call: caller.call, offer, address, sinceMs: since }),
  );
  const news = newsOf(offer, seen);
  if (news) await deps.cases.deliver(work.caseId, news, "carrier");
  return undefined;
}

function newsOf(offer: OfferId, seen: Awaited<ReturnType<Telephony["askOffer"]>>): News | undefined {
  if (seen.kind === "over") return { kind: "agent-leg-ended", offer, leg: seen.leg, how: "failed", raw: seen.raw };
  if (seen.kind !== "live") return undefined;
  const kind = { dialling: "dial-accepted", ringing: "agent-leg-ringing", answered: "agent-leg-answered" } as const;
  return { kind: kind[seen.phase], offer, leg: seen.leg };
}

/** When a dial that nobody confirmed is overdue: until then it waits in the queue of a node that may well be alive. */
export function dialOverdueAt(state: CaseState, id: OfferId, overdueMs: number): number {
  const { handoff } = state;
  if (!("offer" in handoff) || handoff.offer?.id !== id) return 0;
  const { startsAt, dialledAt } = handoff.offer;
  const at = startsAt ?? dialledAt;
  return at === undefined ? 0 : after(at, overdueMs);
}
