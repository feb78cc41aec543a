// The road from the outside to whichever node is alive: late, twice, out of order, or not at all.
import { after, type EpochMs } from "../../../src/domain/time.ts";
import type { CaseState } from "../../../src/handoff/state.ts";
import type { News } from "../../../src/ports/cases.ts";
import type { CaseId } from "../../../src/ports/journal.ts";
import type { Faults } from "./faults.ts";
import type { Random } from "./random.ts";
import type { SimClock } from "./sim-clock.ts";

export type Post = (caseId: CaseId, news: News, then?: (state: CaseState) => void) => void;

export type Mail = {
  readonly post: Post;
  /** Letters on the road. */
  readonly underway: () => number;
};

/** When each copy of a letter arrives, in milliseconds from now; for runs that choose it themselves. */
export type Roads = (news: News) => readonly number[];

type Deps = {
  readonly roads?: Roads | undefined;
  readonly clock: SimClock;
  readonly random: Random;
  readonly faults: Faults;
  readonly deliver: (caseId: CaseId, news: News) => Promise<CaseState>;
};

/** News that something else tells as well, sooner or later: the only kind a real carrier may be allowed to lose. */
const REDUNDANT = new Set<News["kind"]>(["dial-accepted", "agent-leg-ringing", "packet-painted", "line-ended"]);
/** A departure is told twice, by the leg and by the room: one who is late is on time the other way. */
const DEPARTURES = new Set<News["kind"]>(["agent-leg-ended", "agent-left-room"]);
const JOINS = new Set<News["kind"]>(["agent-joined", "caller-joined"]);

export function createMail({ clock, random, faults, deliver, roads }: Deps): Mail {
  let underway = 0;
  const lateDeparture = new Map<CaseId, EpochMs>();
  const arrive = async (arrival: Promise<CaseState>, then?: (state: CaseState) => void): Promise<void> => {
    const state = await arrival;
    underway -= 1;
    then?.(state);
  };
  const send = (delayMs: number, caseId: CaseId, news: News, then?: (state: CaseState) => void): void => {
    underway += 1;
    clock.at(after(clock.now(), delayMs), () => {
      void arrive(deliver(caseId, news), then);
    });
  };
  const isLost = (kind: News["kind"]): boolean =>
    (REDUNDANT.has(kind) && faults.strikes("news-lost", 0.3)) ||
    // The carrier does not tell a second time, and nobody else knows: only asking finds it out.
    (kind === "caller-left" && faults.strikes("hang-up-untold", 0.8)) ||
    (JOINS.has(kind) && faults.strikes("join-news-lost"));
  const post: Post = (caseId, news, then) => {
    if (roads) return byRoads(roads(news), caseId, news, then);
    if (isLost(news.kind)) return;
    const base = random.int(5, 60);
    const slow = faults.strikes("news-out-of-order", 0.3) ? random.int(100, 3_000) : 0;
    // A document that waits for this answer cannot itself be a minute late: the carrier would have given up.
    const told = DEPARTURES.has(news.kind) && lateDeparture.get(caseId) === clock.now();
    const late = !then && !told && faults.strikes("news-late", 0.15) ? random.int(3_000, 60_000) : 0;
    if (late > 0 && DEPARTURES.has(news.kind)) lateDeparture.set(caseId, clock.now());
    send(base + slow + late, caseId, news, then);
    if (faults.strikes("news-twice", 0.4)) send(base + random.int(0, 5_000), caseId, news);
    if (faults.strikes("news-twice", 0.1)) send(base + random.int(0, 60_000), caseId, news);
  };
  // Who waits for an answer waits for the first copy, and is not kept waiting.
  const byRoads = (copies: readonly number[], caseId: CaseId, news: News, then?: (state: CaseState) => void): void => {
    if (then) send(20, caseId, news, then);
    for (const delayMs of then ? copies.slice(1) : copies) send(delayMs, caseId, news);
  };
  return { post, underway: () => underway };
}
