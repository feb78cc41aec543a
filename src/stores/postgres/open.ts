import { sql } from "kysely";
import type { Conversations } from "../../ports/conversations.ts";
import type { Directory } from "../../ports/directory.ts";
import type { Journal } from "../../ports/journal.ts";
import type { KeptAnswers } from "../../ports/kept-answers.ts";
import type { Log } from "../../telemetry/log.ts";
import type { PostgresHandle } from "./connect.ts";
import { createPostgresConversations } from "./conversations.ts";
import { createPostgresDirectory } from "./directory.ts";
import { createPostgresJournal } from "./journal.ts";
import { createPostgresKeptAnswers } from "./kept-answers.ts";
import { keptSecret } from "./kept-secret.ts";
import { reachPostgres } from "./reach.ts";
import type { PostgresPlace } from "./reach.ts";

export type PostgresStores = {
  readonly journal: Journal;
  readonly conversations: Conversations;
  readonly directory: Directory;
  readonly answers: KeptAnswers;
  /** The same for every gateway on this database. */
  secret(name: string): Promise<string>;
  ready(): Promise<{ readonly ok: true } | { readonly ok: false; readonly why: string }>;
  close(): Promise<void>;
};

/** Opens every store on one database; see `reachPostgres` for how it fails. */
export async function openPostgres(place: PostgresPlace, log: Log): Promise<PostgresStores> {
  return postgresStores(await reachPostgres(place, log));
}

export function postgresStores(handle: PostgresHandle): PostgresStores {
  return {
    journal: createPostgresJournal(handle),
    conversations: createPostgresConversations(handle),
    directory: createPostgresDirectory(handle),
    answers: createPostgresKeptAnswers(handle),
    secret: (name) => keptSecret(handle, name),
    ready: async () => {
      try {
        await sql`select 1`.execute(handle.db);
        return { ok: true };
      } catch (error) {
        return { ok: false, why: error instanceof Error ? error.message : String(error) };
      }
    },
    close: () => handle.close(),
  };
}
