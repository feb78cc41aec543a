import type { Conversations } from "../../ports/conversations.ts";
import type { CaseId } from "../../ports/journal.ts";
import { callerFacts } from "./caller-facts.ts";
import type { PostgresHandle } from "./connect.ts";
import { jsonText } from "./json-text.ts";
import { NOT_ON_DISK } from "./not-on-disk.ts";
import { packetParts, pastContact } from "./packet-parts.ts";
import { fromStore } from "./store-fault.ts";

type Db = PostgresHandle["db"];

export function createPostgresConversations(handle: PostgresHandle): Conversations {
  const { db } = handle;
  return {
    ...callers(db),
    ...speech(handle),
    ...insights(handle),
    ...packets(handle),
    packetParts: (about) => fromStore(packetParts(handle, about)),
    history: (caseId, limit) => fromStore(history(db, caseId, limit)),
    erase: (caseId) => fromStore(erase(db, caseId)),
  };
}

function callers(db: Db): Pick<Conversations, "saveCaller" | "caller"> {
  return {
    saveCaller: async (caseId, facts) => {
      const row = {
        ani: facts.ani ?? null,
        dnis: facts.dnis ?? null,
        name: facts.name ?? null,
        customer_id: facts.customerId ?? null,
        callback_number: facts.callbackNumber ?? null,
        verification: jsonText(facts.verification),
      };
      const saved = db.insertInto("callers").values({ case_id: caseId, ...row });
      await fromStore(saved.onConflict((old) => old.column("case_id").doUpdateSet(row)).execute());
    },
    caller: async (caseId) => {
      const row = db.selectFrom("callers").selectAll().where("case_id", "=", caseId);
      return callerFacts(await fromStore(row.executeTakeFirst()));
    },
  };
}

/**
 * What everybody who talks has written every few seconds. Not waited for on the disk, and planned once a connection: a
 * server that crashes may lose the words of its last moment, as one that is away does, and no decision rests on them.
 */
const SAVE_TURN = {
  name: "save-turn",
  text: `with quick as materialized (select ${NOT_ON_DISK})
    insert into turns (case_id, index, turn) select $1::text, $2::integer, $3::jsonb where exists (select from quick)
    on conflict (case_id, index) do update set turn = excluded.turn`,
};
const SAVE_INSIGHT = {
  name: "save-insight",
  text: `with quick as materialized (select ${NOT_ON_DISK})
    insert into insights (case_id, at, insight) select $1::text, $2::bigint, $3::jsonb where exists (select from quick)
    on conflict (case_id) do update set at = excluded.at, insight = excluded.insight where insights.at <= excluded.at`,
};

function speech({ db, pool }: PostgresHandle): Pick<Conversations, "saveTurn" | "turns" | "saveToolRun" | "toolRuns"> {
  return {
    saveTurn: async (caseId, turn) => {
      await fromStore(pool.query({ ...SAVE_TURN, values: [caseId, turn.index, jsonText(turn)] }));
    },
    turns: async (caseId) => {
      const rows = db.selectFrom("turns").select("turn").where("case_id", "=", caseId).orderBy("index");
      return (await fromStore(rows.execute())).map(({ turn }) => turn);
    },
    saveToolRun: async (caseId, run) => {
      const { at, name, kind } = run;
      const text = jsonText(run);
      const saved = db.insertInto("tool_runs").values({ case_id: caseId, at, name, kind, run: text });
      await fromStore(
        saved.onConflict((old) => old.columns(["case_id", "at", "name", "kind"]).doUpdateSet({ run: text })).execute(),
      );
    },
    toolRuns: async (caseId) => {
      const rows = db.selectFrom("tool_runs").select("run").where("case_id", "=", caseId).orderBy("at");
      return (await fromStore(rows.execute())).map(({ run }) => run);
    },
  };
}

function insights({ db, pool }: PostgresHandle): Pick<Conversations, "saveInsight" | "insight"> {
  return {
    saveInsight: async (caseId, insight) => {
      await fromStore(pool.query({ ...SAVE_INSIGHT, values: [caseId, insight.at, jsonText(insight)] }));
    },
    insight: async (caseId) => {
      const row = db.selectFrom("insights").select("insight").where("case_id", "=", caseId);
      return (await fromStore(row.executeTakeFirst()))?.insight;
    },
  };
}

/**
 * The first version is on the disk with the event that says that it was shown, before anything rests on it: a server that
 * crashes between the two has lost a card that nobody acknowledged, and it is made anew.
 */
const SAVE_FIRST = {
  name: "save-first-packet",
  text: `with quick as materialized (select ${NOT_ON_DISK})
    insert into packets (escalation, version, hash, json) select $1::text, 1, $2::text, $3::text where exists (select from quick)
    on conflict (escalation, version) do nothing`,
};

function packets({ db, pool }: PostgresHandle): Pick<Conversations, "savePacket" | "packet" | "saveNote" | "notes"> {
  return {
    savePacket: async (packet) => {
      // A version is what was hashed and shown; it is never another one later.
      const { escalation, version, hash, json } = packet;
      if (version === 1) {
        await fromStore(pool.query({ ...SAVE_FIRST, values: [escalation, hash, json] }));
        return;
      }
      const saved = db.insertInto("packets").values({ escalation, version, hash, json });
      await fromStore(saved.onConflict((old) => old.columns(["escalation", "version"]).doNothing()).execute());
    },
    packet: async (escalation, version) => {
      const all = db.selectFrom("packets").selectAll().where("escalation", "=", escalation);
      const one = version === undefined ? all.orderBy("version", "desc").limit(1) : all.where("version", "=", version);
      return fromStore(one.executeTakeFirst());
    },
    saveNote: async (escalation, kind, json, at) => {
      const saved = db.insertInto("notes").values({ escalation, kind, at, json });
      await fromStore(
        saved.onConflict((old) => old.columns(["escalation", "at", "kind"]).doUpdateSet({ json })).execute(),
      );
    },
    notes: (escalation) =>
      fromStore(
        db
          .selectFrom("notes")
          .select(["kind", "json", "at"])
          .where("escalation", "=", escalation)
          .orderBy("at")
          .execute(),
      ),
  };
}

async function history(db: Db, caseId: CaseId, limit: number): ReturnType<Conversations["history"]> {
  const rows = await db
    .selectFrom("callers as me")
    .innerJoin("callers as other", (join) =>
      join.on((row) =>
        row.or([
          row("other.case_id", "=", row.ref("me.case_id")),
          row("other.ani", "=", row.ref("me.ani")),
          row("other.customer_id", "=", row.ref("me.customer_id")),
        ]),
      ),
    )
    .innerJoin("escalations as e", "e.case_id", "other.case_id")
    .select(["e.view"])
    .where("me.case_id", "=", caseId)
    .orderBy("e.created_at", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ view }) => pastContact(view));
}

/** The journal stays: it holds references only. */
async function erase(db: Db, caseId: CaseId): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const cases = tx.selectFrom("escalations").select("id").where("case_id", "=", caseId);
    await tx.deleteFrom("packets").where("escalation", "in", cases).execute();
    await tx.deleteFrom("notes").where("escalation", "in", cases).execute();
    await tx.deleteFrom("callers").where("case_id", "=", caseId).execute();
    await tx.deleteFrom("turns").where("case_id", "=", caseId).execute();
    await tx.deleteFrom("tool_runs").where("case_id", "=", caseId).execute();
    await tx.deleteFrom("insights").where("case_id", "=", caseId).execute();
  });
}
