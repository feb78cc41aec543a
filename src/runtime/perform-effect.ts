// Performs what was decided. Nothing is decided here: every answer goes back into the case as an event. An effect may
// come twice (a node died between the commit and its doing); each is idempotent by the ids it carries.

import { after } from "../domain/time.ts";
import type { CallId, OfferId } from "../domain/ids.ts";

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
import type { Perform } from "./case-loop.ts";
import type { Dialler } from "./dialler.ts";
import type { PacketRoom } from "./packet-room.ts";
import { reserveAgent } from "./reserve-agent.ts";
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
};

type Work = Parameters<Perform>[0];

/** A harmless command whose answer was lost is asked again this often, this far apart (endings and moves; never a create). */
const COMMAND_TRIES = 4;
const COMMAND_RETRY_MS = 400;

export function createPerform(deps: EffectDeps): Perform {
  return (work) => {
    run(deps, work)
      .then(() => (work.job === undefined ? undefined : deps.journal.confirm([work.job])))
      .catch((err: unknown) =>
        deps.log.error({ case: work.caseId, effect: work.effect.kind, err }, "an effect failed; its job stays open"),
      );
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
    case "cut-speech":
    case "keep-company":
    case "resume-assistant":
    case "silence-assistant":
      if (work.state.caller) deps.voice.perform(work.state.caller.call, effect);
      return undefined;
    case "notify":
      return deps.notifier.notify(effect.what, effect.escalation);
    default:
      return onCarrier(deps, work, effect);
  }
}

type Kind<K extends Effect["kind"]> = Extract<Effect, { kind: K }>;

function onCarrier(
  deps: EffectDeps,
  work: Work,
  effect: Kind<"dial-agent" | "cancel-dial" | "ask-carrier" | "ask-room" | "end-leg" | "refresh-leg" | "move-caller">,
): Promise<void> {
  switch (effect.kind) {
    case "dial-agent":
    case "cancel-dial":
    case "ask-carrier":
      return onDial(deps, work, effect);
    case "ask-room":
    case "end-leg":
    case "refresh-leg":
    case "move-caller":
      return onLegs(deps, work, effect);
    default:
      return effect satisfies never;
  }
}

async function onPresence(
  deps: EffectDeps,
  work: Work,
  effect: Kind<"reserve-agent" | "release-agent" | "hold-agent">,
): Promise<void> {
  const at = deps.clock.now();
  if (effect.kind === "reserve-agent") {
    return tell(deps, work.caseId, await reserveAgent(deps, effect, work.state), "presence");
  }
  const { agent, token } = effect;
  const answer =
    effect.kind === "release-agent"
      ? await deps.presence.release({ agent, token, next: effect.next, at })
      : await deps.presence.hold({ agent, token, status: effect.as, at, until: effect.until });
  // The job stays open and is taken up again: a hold that nobody ends lapses by itself all the same.
  if (!answer.ok) throw new Error(`presence did not answer ${effect.kind} for an agent: ${answer.why}`);
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

async function onDial(
  deps: EffectDeps,
  work: Work,
  effect: Kind<"dial-agent" | "cancel-dial" | "ask-carrier">,
): Promise<void> {
  if (effect.kind === "dial-agent") return enqueueDial(deps, work, effect);
  if (effect.kind === "cancel-dial") {
    if (deps.dialler.cancel(effect.offer)) {
      await tell(deps, work.caseId, { kind: "dial-refused", offer: effect.offer, fault: NEVER_LEFT }, "dialler");
    }
    return undefined;
  }
  const agent = await deps.directory.agent(effect.agent);
  const { caller } = work.state;
  if (!agent || !caller) return undefined;
  const seen = await deps.telephony.askOffer({
    call: caller.call,
    offer: effect.offer,
    address: agent.device.address,
    sinceMs: effect.since,
  });
  if (seen.kind === "over") {
    const { leg, raw } = seen;
    return tell(
      deps,
      work.caseId,
      { kind: "agent-leg-ended", offer: effect.offer, leg, how: "failed", raw },
      "carrier",
    );
  }
  if (seen.kind !== "live") return undefined;
  const { leg } = seen;
  const kind = { dialling: "dial-accepted", ringing: "agent-leg-ringing", answered: "agent-leg-answered" } as const;
  return tell(deps, work.caseId, { kind: kind[seen.phase], offer: effect.offer, leg }, "carrier");
}

const NEVER_LEFT = { outcome: "carrier-fault", raw: "taken-back-before-the-dial" } as const;

async function enqueueDial(deps: EffectDeps, work: Work, effect: Kind<"dial-agent">): Promise<void> {
  const agent = await deps.directory.agent(effect.agent);
  const { caller } = work.state;
  const { offer, escalation, priority, decidedAt, ringMs } = effect;
  if (!agent || !caller) {
    const fault = { outcome: "carrier-fault", raw: "agent-without-a-device" } as const;
    return tell(deps, work.caseId, { kind: "dial-refused", offer, fault }, "directory");
  }
  const place = async (): Promise<void> => {
    const { call } = caller;
    const { device } = agent;
    // The carrier's own give-up is later than ours: our window decides, the carrier's is the net below it.
    const answer = await deps.telephony.dialAgent({
      call,
      escalation,
      offer,
      agent: agent.id,
      device,
      timeoutMs: ringMs + 15_000,
    });
    switch (answer.kind) {
      case "placed":
        return tell(deps, work.caseId, { kind: "dial-accepted", offer, leg: answer.leg }, "carrier");
      case "refused": {
        const { outcome, raw } = answer;
        return tell(deps, work.caseId, { kind: "dial-refused", offer, fault: { outcome, raw } }, "carrier");
      }
      case "later":
        // Not performed, by the carrier's own word: the only create that may be tried again.
        deps.clock.at(after(deps.clock.now(), COMMAND_RETRY_MS), () => deps.dialler.enqueue(dial));
        return undefined;
      case "unknown":
        return tell(deps, work.caseId, { kind: "dial-unknown", offer }, "carrier");
      default:
        return answer satisfies never;
    }
  };
  const start = (): void =>
    void place().catch((err: unknown) =>
      deps.log.error({ case: work.caseId, offer, err }, "a dial could not be reported"),
    );
  const dial = { offer, priority, decidedAt, start };
  deps.dialler.enqueue(dial);
}

async function onLegs(
  deps: EffectDeps,
  work: Work,
  effect: Kind<"ask-room" | "end-leg" | "refresh-leg" | "move-caller">,
): Promise<void> {
  const { caller } = work.state;
  switch (effect.kind) {
    case "ask-room": {
      const seen = await deps.telephony.askRoom(effect.escalation);
      return seen.kind === "legs"
        ? tell(deps, work.caseId, { kind: "room-seen", legs: seen.legs }, "carrier")
        : undefined;
    }
    case "end-leg":
      await insist(deps, () => deps.telephony.endLeg(effect.leg));
      return undefined;
    case "refresh-leg":
      if (!caller) return undefined;
      await insist(deps, () =>
        deps.telephony.refreshLeg({ call: caller.call, leg: effect.leg, party: "agent", offer: effect.offer }),
      );
      return undefined;
    case "move-caller":
      return caller ? moveCaller(deps, work, effect.how) : undefined;
    default:
      return effect satisfies never;
  }
}

async function moveCaller(deps: EffectDeps, work: Work, how: "let-go" | "redirect"): Promise<void> {
  const { caller } = work.state;
  if (!caller || (how === "let-go" && (await deps.voice.letGo(caller.call)))) return undefined;
  const answer = await insist(deps, () =>
    deps.telephony.refreshLeg({ call: caller.call, leg: caller.leg, party: "caller" }),
  );
  if (answer.kind === "done") return undefined;
  if (answer.kind === "gone") return tell(deps, work.caseId, { kind: "caller-left" }, "carrier");
  const unknown = answer.kind === "unknown";
  return tell(deps, work.caseId, { kind: "move-failed", unknown, raw: answer.raw }, "carrier");
}

/** Repeats a command that may be repeated, while its answer is unknown. */
async function insist(deps: EffectDeps, command: () => Promise<CommandAnswer>): Promise<CommandAnswer> {
  let answer = await command();
  for (let tries = 1; answer.kind === "unknown" && tries < COMMAND_TRIES; tries += 1) {
    await new Promise<void>((resume) => deps.clock.at(after(deps.clock.now(), COMMAND_RETRY_MS), resume));
    answer = await command();
  }
  return answer;
}

async function tell(deps: EffectDeps, caseId: CaseId, news: News, actor: string): Promise<void> {
  await deps.cases.deliver(caseId, news, actor);
}
