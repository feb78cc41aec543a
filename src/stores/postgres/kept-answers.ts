import { sql } from "kysely";
import type { Begun, KeptAnswers } from "../../ports/kept-answers.ts";
import type { PostgresHandle } from "./connect.ts";
import { jsonText } from "./json-text.ts";
import { fromStore } from "./store-fault.ts";

export function createPostgresKeptAnswers(handle: PostgresHandle): KeptAnswers {
  const { db } = handle;
  return {
    begin: (ask) => fromStore(begin(handle, ask)),
    finish: async (place, reply, at) => {
      const json = jsonText(reply);
      await fromStore(db.updateTable("kept_answers").set({ reply: json }).where("place", "=", place).execute());
      await fromStore(db.deleteFrom("kept_answers").where("until", "<=", at).execute());
    },
    forget: async (place) => {
      const unfinished = db.deleteFrom("kept_answers").where("place", "=", place).where("reply", "is", null);
      await fromStore(unfinished.execute());
    },
  };
}

async function begin({ db }: PostgresHandle, ask: Parameters<KeptAnswers["begin"]>[0]): Promise<Begun> {
  const { place, digest, at, until, workingUntil } = ask;
  for (;;) {
    const taken = await db
      .insertInto("kept_answers")
      .values({ place, digest, until, working_until: workingUntil })
      .onConflict((row) =>
        row
          .column("place")
          .doUpdateSet({ digest, until, working_until: workingUntil, reply: null })
          .where(
            sql<boolean>`kept_answers.until <= ${at} or (kept_answers.reply is null and kept_answers.working_until <= ${at})`,
          ),
      )
      .returning("place")
      .executeTakeFirst();
    if (taken) return { kind: "first" };
    const there = db.selectFrom("kept_answers").select(["digest", "reply"]).where("place", "=", place);
    const row = await there.executeTakeFirst();
    // Gone in between: whoever worked on it gave it up, so the place is free.
    if (!row) continue;
    return row.reply === null
      ? { kind: "working", digest: row.digest }
      : { kind: "answered", digest: row.digest, reply: row.reply };
  }
}
