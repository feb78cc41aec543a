import { randomUUID } from "node:crypto";
import type { ClientBase, Pool } from "pg";
import { AgentId } from "../../domain/ids.ts";
import { projectCase } from "../../handoff/project-case.ts";
import type { Commit, CommitAnswer } from "../../ports/journal.ts";
import { jsonText } from "./json-text.ts";

/**
 * One function call (`migrations/0006-commit-unstored.sql`): one round trip, one transaction. Prepared once a connection,
 * so that the server plans it once.
 */
const COMMIT = {
  name: "commit-case",
  text: "select commit_case($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as answer",
};

/** Writes one event of a case with everything that follows from it, or nothing. */
export async function commitCase(pool: Pool, commit: Commit): Promise<CommitAnswer> {
  const { live, escalation, callback } = projectCase(commit.state);
  const { rows } = await pool.query<{ answer: string }>({
    ...COMMIT,
    values: [
      commit.caseId,
      commit.seq,
      commit.node,
      commit.actor,
      jsonText(commit.event),
      jsonText(commit.state),
      live,
      commit.wakeAt ?? null,
      commit.jobs.length > 0 ? jsonText(commit.jobs) : null,
      commit.held,
      escalation ? jsonText(escalation) : null,
      callback ? jsonText(callback) : null,
    ],
  });
  return readAnswer(rows[0]?.answer);
}

function readAnswer(answer: string | undefined): CommitAnswer {
  if (answer === "committed" || answer === "seq-taken") return { kind: answer };
  const holder = /^agent-held (.+)$/s.exec(answer ?? "")?.[1];
  if (holder !== undefined) return { kind: "agent-held", agent: AgentId(holder) };
  throw new Error(`commit_case answered ${answer ?? "nothing"}, which this release does not know`);
}

/** A commit that is taken back, of a case that nobody else can name: for a connection that is not used yet. */
export async function rehearseCommit(client: ClientBase): Promise<void> {
  const id = `rehearsal-${randomUUID()}`;
  const escalation = { id, status: "open", priority: "low", channel: "voice", queue: id, createdAt: 0 };
  const jobs = [{ id, effect: {} }];
  const [event, state] = [
    { kind: "rehearsal", at: 0 },
    { handoff: { kind: "none" }, escalation: { id } },
  ];
  await client.query("begin");
  try {
    await client.query({
      ...COMMIT,
      values: [
        id,
        1,
        id,
        "rehearsal",
        jsonText(event),
        jsonText(state),
        false,
        null,
        jsonText(jobs),
        [id],
        jsonText(escalation),
        null,
      ],
    });
  } finally {
    await client.query("rollback");
  }
}
