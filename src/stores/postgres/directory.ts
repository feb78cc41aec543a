import type { Directory } from "../../ports/directory.ts";
import type { PostgresHandle } from "./connect.ts";
import { fromStore } from "./store-fault.ts";

/** Agents come back in the order of their ids; every change leaves an audit line in the same transaction. */
export function createPostgresDirectory({ db }: PostgresHandle): Directory {
  return {
    agents: async () =>
      (await fromStore(db.selectFrom("agents").select("profile").orderBy("id").execute())).map(
        ({ profile }) => profile,
      ),
    agent: async (id) => {
      const row = db.selectFrom("agents").select("profile").where("id", "=", id);
      return (await fromStore(row.executeTakeFirst()))?.profile;
    },
    save: (agent) =>
      fromStore(
        db.transaction().execute(async (tx) => {
          const profile = JSON.stringify(agent);
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
