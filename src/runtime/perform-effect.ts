// Performs what was decided. Nothing is decided here: every answer goes back into the case as an event. An effect may
// come twice (a node died between the commit and its doing); each is idempotent by the ids it carries.

import { Fault } from "../domain/fault.ts";
import type { CallId, OfferId } from "../domain/ids.ts";
import type { LineId } from "../handoff/lines.ts";
import { awaitsAgent } from "../handoff/search.ts";
import { heldOffers } from "../handoff/state.ts";
import type { Effect } from "../handoff/vocabulary.ts";
import type { Cases, News } from "../ports/cases.ts";
import type { Clock } from "../ports/clock.ts";
import type { Desk } from "../ports/desk.ts";
import type { Directory } from "../ports/directory.ts";
import type { CaseId, Journal } from "../ports/journal.ts";
import type { Notifier } from "../ports/notifier.ts";
import type { Presence } from "../ports/presence.ts";
import type { CommandAnswer, Telephony } from "../ports/telephony.ts";
import type { Log } from "../telemetry/log.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { Perform } from "./case-loop.ts";
import type { Dialler } from "./dialler.ts";
import { giveBackHeld } from "./give-back-held.ts";
import { COMMAND_RETRY_MS, insist, pause } from "./insist.ts";
import type { PacketRoom } from "./packet-room.ts";
import { performDial } from "./perform-dial.ts";
import { reserveAgent, setAside } from "./reserve-agent.ts";
import type { SpeechEffect } from "./speech-effect.ts";

/** The caller's line on this node, as far as effects need it. False: the line is not here. */
export type CallerVoice = {
  perform(call: CallId, effect: SpeechEffect): boolean;
  /** True: somebody let it go; the carrier asks for the next document. */
  letGo(call: CallId): boolean | Promise<boolean>;
};

export type EffectDeps = {
  readonly cases: Cases;
  readonly journal: Journal;
  readonly presence: Presence;
  readonly directory: Directory;
  readonly telephony: Telephony;
  readonly dialler: Dialler;
  readonly desk: Desk;
  readonly packets: PacketRoom;
  readonly voice: CallerVoice;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly newOffer: () => OfferId;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, "count"> | undefined;
};

type Work = Parameters<Perform>[0];

export type Performer = {
  readonly perform: Perform;
  /** This node is at it: nobody has to take the job up here. */
  isBusyWith(job: string): boolean;
  /** Kept effects under way. */
  busy(): number;
};

export function createPerformer(deps: EffectDeps): Performer {
  const busyWith = new Set<string>();
  const toTheEnd = async (work: Work): Promise<void> => {
    const { caseId, effect, job } = work;
    const count = (result: "done" | "failed"): void =>
      deps.metrics?.count("warmline_effects_total", { effect: effect.kind, result });
    try {
      await run(deps, work);
      if (job !== undefined) await deps.journal.confirm([job]);
      count("done");
    } catch (err) {
      count("failed");
      deps.log.error({ case: caseId, effect: effect.kind, err }, "an effect failed; its job stays open");
    } finally {
      if (job !== undefined) busyWith.delete(job);
    }
  };
  return {
    perform: (work) => {
      if (work.job !== undefined) busyWith.add(work.job);
      void toTheEnd(work);
    },
    isBusyWith: (job) => busyWith.has(job),
    busy: () => busyWith.size,
  };
}

async function run(deps: EffectDeps, work: Work): Promise<void> {
  const { effect } = work;
  switch (effect.kind) {
    case "reserve-agent":
    case "release-agent":
    case "hold-agent":
      return onPresence(deps, work, effect);
    case "show-offer":
    case "withdraw-offer":
      return onDesk(deps, work, effect);
    case "speak":
      return PROMISES.has(effect.line) ? onPromise(deps, work, effect) : onVoice(deps, work, effect);
    case "cut-speech":
    case "keep-company":
    case "resume-assistant":
    case "silence-assistant":
      return onVoice(deps, work, effect);
    case "notify":
      return deps.notifier.notify(effect.what, effect.escalation);
    default:
      return onCarrier(deps, work, effect);
  }
}

type Kind<K extends Effect["kind"]> = Extract<Effect, { kind: K }>;

type LegEffect = "ask-caller" | "ask-room" | "end-leg" | "refresh-leg" | "move-caller";

function onCarrier(
  deps: EffectDeps,
  work: Work,
  effect: Kind<"dial-agent" | "cancel-dial" | "ask-carrier" | LegEffect>,
): Promise<void> {
  switch (effect.kind) {
    case "dial-agent":
    case "cancel-dial":
    case "ask-carrier":
      return performDial(deps, work, effect);
    case "ask-caller":
    case "ask-room":
    case "end-leg":
    case "refresh-leg":
    case "move-caller":
      return onLegs(deps, work, effect);
    default:
      return effect satisfies never;
  }
}

/** Sentences that speak of a person who is reserved for this caller. */
const PROMISES: ReadonlySet<LineId> = new Set(["promise", "next-agent", "announce"]);

function onVoice({ voice }: EffectDeps, { state: { caller } }: Work, effect: SpeechEffect): void {
  if (caller) voice.perform(caller.call, effect);
}

/** Between the commit and its doing another node may have seen the agent go: then nobody may be promised any more (H2). */
async function onPromise(deps: EffectDeps, work: Work, effect: Kind<"speak">): Promise<void> {
  const now = await deps.cases.state(work.caseId);
  if (now && heldOffers(now).length > 0) return onVoice(deps, work, effect);
  deps.log.info({ case: work.caseId, reason: effect.line }, "a promise was not spoken: nobody is reserved any more");
  return undefined;
}

async function onPresence(
  deps: EffectDeps,
  work: Work,
  effect: Kind<"reserve-agent" | "release-agent" | "hold-agent">,
): Promise<void> {
  const at = deps.clock.now();
  if (effect.kind === "reserve-agent") return onReserve(deps, work, effect);
  const { agent, token } = effect;
  if (work.heldElsewhere) return setAside(deps, { agent, token });
  const answer =
    effect.kind === "release-agent"
      ? await deps.presence.release({ agent, token, next: effect.next, at })
      : await deps.presence.hold({ agent, token, status: effect.as, at, until: effect.until });
  // The job stays open and is taken up again: a hold that nobody ends lapses by itself all the same.
  if (!answer.ok) throw new Error(`presence did not answer ${effect.kind} for an agent: ${answer.why}`);
}

async function onReserve(deps: EffectDeps, work: Work, effect: Kind<"reserve-agent">): Promise<void> {
  if (!awaitsAgent(work.state, effect)) return giveBackHeld(deps, work.state, effect.token);
  const found = await reserveAgent(deps, effect, work.state);
  const told = tell(deps, work.caseId, found, "presence");
  // The card needs its packet as soon as the reservation is stored.
  if (found.kind === "agent-reserved") deps.packets.ahead(work.caseId, work.state);
  return told;
}

async function onDesk(deps: EffectDeps, work: Work, effect: Kind<"show-offer" | "withdraw-offer">): Promise<void> {
  if (effect.kind === "withdraw-offer") {
    const { agent, offer, reason } = effect;
    deps.desk.withdraw({ agent, offer, reason });
    return undefined;
  }
  const packet = await deps.packets.current(work.caseId, work.state);
  const { agent, escalation, offer, acceptBy } = effect;
  deps.desk.offer({ agent, escalation, offer, packet, acceptBy });
}

async function onLegs(deps: EffectDeps, work: Work, effect: Kind<LegEffect>): Promise<void> {
  const { caller } = work.state;
  switch (effect.kind) {
    case "ask-caller":
      return askCaller(deps, work, effect);
    case "ask-room": {
      const seen = await insist(deps.clock, () => deps.telephony.askRoom(effect.escalation));
      return seen.kind === "legs"
        ? tell(deps, work.caseId, { kind: "room-seen", legs: seen.legs }, "carrier")
        : undefined;
    }
    case "end-leg":
      return settled(deps, work, await insist(deps.clock, () => deps.telephony.endLeg(effect.leg)));
    case "refresh-leg":
      if (!caller) return undefined;
      return settled(
        deps,
        work,
        await insist(deps.clock, () =>
          deps.telephony.refreshLeg({ call: caller.call, leg: effect.leg, party: "agent", offer: effect.offer }),
        ),
      );
    case "move-caller":
      return caller ? moveCaller(deps, work, effect.how) : undefined;
    default:
      return effect satisfies never;
  }
}

/** Whoever hung up unnoticed is gone. Without an answer it is asked again at the next look. */
async function askCaller(deps: EffectDeps, { caseId }: Work, { leg }: Kind<"ask-caller">): Promise<void> {
  const seen = await deps.telephony.askLeg(leg);
  if (seen.kind !== "over") return undefined;
  deps.log.warn({ case: caseId, raw: seen.raw }, "a caller had hung up and nobody told");
  return tell(deps, caseId, { kind: "caller-left" }, "carrier");
}

/** An ending that the carrier never answered is not done: its job stays open. One that it refuses can only be logged. */
function settled({ log }: EffectDeps, { caseId, effect }: Work, answer: CommandAnswer): void {
  if (answer.kind === "refused") {
    log.error({ case: caseId, effect: effect.kind, raw: answer.raw }, "the carrier refused to change a leg");
  }
  if (answer.kind !== "unknown") return;
  throw new Fault("carrier-silent", {
    blame: "carrier",
    retryable: true,
    message: `the carrier did not answer ${effect.kind} (${answer.raw})`,
  });
}

async function moveCaller(deps: EffectDeps, work: Work, how: "let-go" | "redirect"): Promise<void> {
  const { caller } = work.state;
  if (!caller || (how === "let-go" && (await deps.voice.letGo(caller.call)))) return undefined;
  const answer = await deps.telephony.refreshLeg({ call: caller.call, leg: caller.leg, party: "caller" });
  if (answer.kind === "done") return undefined;
  if (answer.kind === "gone") return tell(deps, work.caseId, { kind: "caller-left" }, "carrier");
  const unknown = answer.kind === "unknown";
  // The case asks where the caller is before anything is ordered again; not in the same breath.
  if (unknown) await pause(deps.clock, COMMAND_RETRY_MS);
  return tell(deps, work.caseId, { kind: "move-failed", unknown, raw: answer.raw }, "carrier");
}

async function tell(deps: EffectDeps, caseId: CaseId, news: News, actor: string): Promise<void> {
  await deps.cases.deliver(caseId, news, actor);
}
