import { LegId } from "../../../src/domain/ids.ts";
import { callIdOf } from "../../../src/vendors/twilio/call-ids.ts";
import type { BenchScene } from "./scene.ts";

export type Spread = { readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number };

/** What happens between the decision and the carrier's socket; the painting lies between the second and the third. */
export const STAGES = ["reserved", "shown", "acknowledged", "dialled"] as const;
export type Stage = (typeof STAGES)[number];

export type Times = {
  readonly totalMs: number;
  readonly paintMs: number;
  readonly stages: Readonly<Record<Stage, number>>;
};

/**
 * By the caller's call: the first offer of each case. A case that never got one is missing, and shows as such. The times
 * inside the gateway are those of its events, which are taken before each is committed.
 */
export async function timesOf({ carrier, desks, db }: BenchScene): Promise<ReadonlyMap<string, Times>> {
  const [{ rows }, { rung = [] }, { painted = [] }] = await Promise.all([
    db.query<{ id: string; decided: string; reserved: string; painted: string; offer: string }>(`
      select case_id as id, min((event->>'at')::bigint) filter (where event->>'kind' = 'call-arrived') as decided,
        min((event->>'at')::bigint) filter (where event->>'kind' = 'agent-reserved') as reserved,
        min((event->>'at')::bigint) filter (where event->>'kind' = 'packet-painted') as painted,
        (array_agg(event->>'offer' order by seq) filter (where event->>'kind' = 'agent-reserved'))[1] as offer
      from case_events group by case_id`),
    carrier.ask({ do: "tell" }),
    desks.ask({ do: "tell" }),
  ]);
  const rungAt = new Map(rung.toReversed().map(({ offer, at }) => [offer, at]));
  const onDesk = new Map(painted.map((one) => [one.offer, one]));
  return new Map(
    rows.flatMap((row) => {
      const at = rungAt.get(row.offer);
      const desk = onDesk.get(row.offer);
      if (at === undefined || desk === undefined) return [];
      const stages = {
        reserved: Number(row.reserved) - Number(row.decided),
        shown: desk.cameAt - Number(row.reserved),
        acknowledged: Number(row.painted) - desk.paintedAt,
        dialled: at - Number(row.painted),
      };
      const paintMs = desk.paintedAt - desk.cameAt;
      return [[row.id, { totalMs: at - Number(row.decided), paintMs, stages }] as const];
    }),
  );
}

/** By nearest rank. */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: sorted.at(-1) ?? Number.NaN };
}

/** The gateway's name for a caller's call. */
export const caseOfCall = (sid: string): string => callIdOf(LegId(sid));
