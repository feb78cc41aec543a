import { CallId, EscalationId, LegId, OfferId, type AgentId } from "../../src/domain/ids.ts";
import type { Effect } from "../../src/handoff/vocabulary.ts";
import type { Device } from "../../src/handoff/vocabulary.ts";
import type { CaseLoop } from "../../src/runtime/case-loop.ts";
import { target } from "../stores/values.ts";

type Reservation = Extract<Effect, { kind: "reserve-agent" }>;

/** Performs nothing and notes what was asked of presence, so that a test can answer it. */
export function noteReservations(cases: Pick<CaseLoop, "performWith">): Map<EscalationId, Reservation> {
  const asked = new Map<EscalationId, Reservation>();
  cases.performWith(({ effect }) => {
    if (effect.kind === "reserve-agent") asked.set(effect.escalation, effect);
  });
  return asked;
}

type Agent = { readonly id: AgentId; readonly name: string; readonly device: { readonly kind: Device } };

/** Brings a call of the disputes queue to an open offer for this agent, by real events. */
export async function beginOffer(
  cases: Pick<CaseLoop, "deliver">,
  asked: ReadonlyMap<EscalationId, Reservation>,
  agent: Agent,
  name: string,
): Promise<{ readonly call: CallId; readonly escalation: EscalationId; readonly offer: OfferId }> {
  const call = CallId(`call-${name}`);
  const escalation = EscalationId(name);
  const offer = OfferId(`offer-${name}`);
  const leg = LegId(`leg-${name}`);
  await cases.deliver(
    call,
    { kind: "call-arrived", call, leg, mode: "assistant", language: "en", target, canCallBack: true },
    "carrier",
  );
  await cases.deliver(call, { kind: "assistant-started", stream: "s1" }, "carrier");
  const decision = {
    trigger: "explicit-request",
    because: "asked",
    evidence: [0],
    signals: {},
    thresholds: {},
    policyRevision: "1",
  } as const;
  await cases.deliver(call, { kind: "escalation-decided", escalation, target, priority: "high", decision }, "trigger");
  const reservation = asked.get(escalation);
  if (!reservation) throw new Error("no agent was asked for");
  const { attempt, token } = reservation;
  const state = await cases.deliver(
    call,
    {
      kind: "agent-reserved",
      attempt,
      offer,
      agent: agent.id,
      agentName: agent.name,
      token,
      device: agent.device.kind,
    },
    "presence",
  );
  if (state.handoff.kind !== "offering") throw new Error(`expected an offering, not ${state.handoff.kind}`);
  return { call, escalation, offer };
}
