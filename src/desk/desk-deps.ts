import type { IncomingMessage } from "node:http";
import type { AgentId } from "../domain/ids.ts";
import type { Cases } from "../ports/cases.ts";
import type { Clock } from "../ports/clock.ts";
import type { Conversations } from "../ports/conversations.ts";
import type { Directory } from "../ports/directory.ts";
import type { Journal } from "../ports/journal.ts";
import type { Numbers } from "../ports/numbers.ts";
import type { Presence } from "../ports/presence.ts";
import type { Log } from "../telemetry/log.ts";

/** Whose desk a handshake may open. `status`: the HTTP answer to a refusal. */
export type Admission =
  | { readonly ok: true; readonly agent: AgentId }
  | { readonly ok: false; readonly status: 400 | 401 | 403; readonly why: string };

export type DeskDeps = {
  readonly cases: Cases;
  readonly journal: Pick<Journal, "caseOf" | "holding">;
  readonly conversations: Pick<Conversations, "packet" | "saveNote">;
  readonly directory: Pick<Directory, "agent">;
  readonly presence: Presence;
  readonly numbers: Pick<Numbers, "team">;
  /** Key or session of the handshake, and whose desk it opens (contract §4). */
  readonly admit: (request: IncomingMessage) => Admission;
  /** Has the agent a desk open on another node? */
  readonly hasDeskElsewhere: (agent: AgentId) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
};
