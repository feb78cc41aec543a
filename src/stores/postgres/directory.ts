import type { QueryConfig } from "pg";
import type { AgentProfile, Directory } from "../../ports/directory.ts";
import type { PostgresHandle } from "./connect.ts";
import { jsonText } from "./json-text.ts";
import { fromStore } from "./store-fault.ts";

// Prepared once a connection: one of them is asked before each dial.
const ALL = { name: "agents", text: "select profile from agents order by id" };
const ONE = { name: "agent", text: "select profile from agents where id = $1" };

/** Agents come back in the order of their ids; every change leaves an audit line in the same transaction. */
export function createPostgresDirectory({ db, pool }: PostgresHandle): Directory {
  const profiles = async (what: QueryConfig): Promise<readonly AgentProfile[]> =>
    (await fromStore(pool.query<{ profile: AgentProfile }>(what))).rows.map(({ profile }) => profile);
  return {
    agents: () => profiles(ALL),
    agent: async (id) => (await profiles({ ...ONE, values: [id] }))[0],
    save: (agent) =>
      fromStore(
        db.transaction().execute(async (tx) => {
          const profile = jsonText(agent);
          await tx
            .insertInto("agents")
            .values({ id: agent.id, profile })
            .onConflict((row) => row.column("id").doUpdateSet({ profile }))
            .execute();
          await tx.insertInto("audit").values({ what: "agent-saved", subject: agent.id }).execute();
        }),
      ),
    remove: (id) =>
      fromStore(
        db.transaction().execute(async (tx) => {
          const { numDeletedRows } = await tx.deleteFrom("agents").where("id", "=", id).executeTakeFirst();
          if (numDeletedRows === 0n) return false;
          await tx.insertInto("audit").values({ what: "agent-removed", subject: id }).execute();
          return true;
        }),
      ),
  };
}
