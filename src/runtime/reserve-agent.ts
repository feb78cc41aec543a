import { type AgentId, type OfferId, OwnerToken } from "../domain/ids.ts";
import { after } from "../domain/time.ts";
import type { CaseState } from "../handoff/state.ts";
import type { Effect, NobodyWhy } from "../handoff/vocabulary.ts";
import type { News } from "../ports/cases.ts";
import type { Clock } from "../ports/clock.ts";
import type { Directory } from "../ports/directory.ts";
import type { Presence } from "../ports/presence.ts";
import { eligibleAgents } from "../routing/eligible-agents.ts";

type Deps = {
  readonly presence: Presence;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly newOffer: () => OfferId;
};

/** Asks for an agent and puts the answer as news. A presence store that does not answer promises nobody (H13). */
export async function reserveAgent(
  deps: Deps,
  effect: Extract<Effect, { kind: "reserve-agent" }>,
  state: CaseState,
): Promise<News> {
  const { attempt, token, target, exclude, expiresAt } = effect;
  const nobody = (why: NobodyWhy): News => ({ kind: "no-agent-free", attempt, token, why });
  const agents = await deps.directory.agents();
  const language = state.caller?.language ?? "en";
  const candidates = eligibleAgents(agents, { queue: target.queue, skills: target.skills, language, exclude });
  if (candidates.length === 0) return nobody("nobody-on-duty");
  const at = deps.clock.now();
  const answer = await deps.presence.reserve({ candidates, token, at, expiresAt });
  if (!answer.ok) return nobody("presence-unavailable");
  if (answer.value === undefined) return nobody(await whyNobody(deps, candidates));
  const agent = agents.find(({ id }) => id === answer.value);
  if (!agent) throw new Error("presence reserved an agent whom the directory does not know");
  return {
    kind: "agent-reserved",
    attempt,
    offer: deps.newOffer(),
    agent: agent.id,
    agentName: agent.name,
    token,
    device: agent.device.kind,
  };
}

/** Presence lost what it had acknowledged, and says so again this much later at the earliest; in milliseconds. */
const ASIDE_MS = 5_000;

/**
 * Presence proposes an agent whom another case holds (H4). They are given back, and kept from being proposed to one case
 * after the other, for as long as it takes the other case to end or to be asked again.
 */
export async function setAside(
  { presence, clock }: Pick<Deps, "presence" | "clock">,
  { agent, token }: { readonly agent: AgentId; readonly token: OwnerToken },
): Promise<void> {
  const at = clock.now();
  await presence.release({ agent, token, next: "available", at });
  const aside = OwnerToken(`${token}.aside`);
  await presence.reserve({ candidates: [agent], token: aside, at, expiresAt: after(at, ASIDE_MS) });
}

/** Somebody who is only busy may become free; somebody who is away may not. */
async function whyNobody(deps: Deps, candidates: Parameters<Presence["get"]>[0]): Promise<NobodyWhy> {
  const seen = await deps.presence.get(candidates, deps.clock.now());
  if (!seen.ok) return "presence-unavailable";
  const onDuty = seen.value.some(({ status }) => status === "reserved" || status === "busy" || status === "wrap-up");
  return onDuty ? "all-busy" : "nobody-on-duty";
}
