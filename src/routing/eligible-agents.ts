import type { AgentId, QueueId } from "../domain/ids.ts";

/** What routing needs to know of an agent. */
export type Candidate = {
  readonly id: AgentId;
  readonly skills: readonly string[];
  readonly queues: readonly QueueId[];
  readonly languages: readonly string[];
};

export type Wanted = {
  readonly queue: QueueId;
  readonly skills: readonly string[];
  readonly language: string;
  readonly exclude: readonly AgentId[];
};

/**
 * Who may be asked: serves the queue (an agent without queues serves every queue), has every skill, and was not asked
 * before. Agents who speak the caller's language come first as a group; if there is none, the others still may.
 * The order inside the result means nothing: presence takes whoever has been idle for longest.
 */
export function eligibleAgents(agents: readonly Candidate[], wanted: Wanted): readonly AgentId[] {
  const able = agents.filter(
    (agent) =>
      (agent.queues.length === 0 || agent.queues.includes(wanted.queue)) &&
      wanted.skills.every((skill) => agent.skills.includes(skill)) &&
      !wanted.exclude.includes(agent.id),
  );
  const speaking = able.filter(({ languages }) => languages.length === 0 || languages.includes(wanted.language));
  return (speaking.length > 0 ? speaking : able).map(({ id }) => id);
}
