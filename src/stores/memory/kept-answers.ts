import type { EpochMs } from "../../domain/time.ts";
import type { Begun, KeptAnswers } from "../../ports/kept-answers.ts";

type Row = { readonly digest: string; readonly until: EpochMs; readonly workingUntil: EpochMs; reply?: unknown };

/** The reference model of `KeptAnswers`: one process, nothing kept after it. */
export function createMemoryKeptAnswers(): KeptAnswers {
  const rows = new Map<string, Row>();
  return {
    begin: async ({ place, digest, at, until, workingUntil }): Promise<Begun> => {
      const row = rows.get(place);
      if (!row || row.until <= at || (!("reply" in row) && row.workingUntil <= at)) {
        rows.set(place, { digest, until, workingUntil });
        return { kind: "first" };
      }
      if (!("reply" in row)) return { kind: "working", digest: row.digest };
      return { kind: "answered", digest: row.digest, reply: row.reply };
    },
    finish: async (place, reply, at) => {
      const row = rows.get(place);
      // As a database would give it back.
      if (row) row.reply = JSON.parse(JSON.stringify(reply));
      for (const [other, { until }] of rows) if (until <= at) rows.delete(other);
    },
    forget: async (place) => {
      const row = rows.get(place);
      if (row && !("reply" in row)) rows.delete(place);
    },
  };
}
