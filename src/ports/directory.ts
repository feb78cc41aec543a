import type { AgentId, QueueId } from "../domain/ids.ts";

export type AgentProfile = {
  readonly id: AgentId;
  readonly name: string;
  readonly email?: string;
  readonly skills: readonly string[];
  readonly queues: readonly QueueId[];
  readonly languages: readonly string[];
  readonly device: { readonly kind: "phone" | "sip" | "softphone"; readonly address: string };
};

/** The people who take calls. */
export type Directory = {
  agents(): Promise<readonly AgentProfile[]>;
  agent(id: AgentId): Promise<AgentProfile | undefined>;
  /** Creates or replaces. */
  save(agent: AgentProfile): Promise<void>;
  /** True if there was one. */
  remove(id: AgentId): Promise<boolean>;
};
