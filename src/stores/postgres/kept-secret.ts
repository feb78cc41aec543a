import { randomBytes } from "node:crypto";
import type { PostgresHandle } from "./connect.ts";
import { fromStore } from "./store-fault.ts";

/**
 * A secret that every gateway on this database has: made by the first one that asks, 32 random bytes in base64url. Rejects
 * with a store `Fault`.
 */
export async function keptSecret({ db }: Pick<PostgresHandle, "db">, name: string): Promise<string> {
  const value = randomBytes(32).toString("base64url");
  // Of two that ask at once, one inserts, and both read the same row.
  await fromStore(
    db
      .insertInto("secrets")
      .values({ name, value })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  const row = await fromStore(
    db.selectFrom("secrets").select("value").where("name", "=", name).executeTakeFirstOrThrow(),
  );
  return row.value;
}
