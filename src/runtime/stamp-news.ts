import { after, type EpochMs } from "../domain/time.ts";
import type { CaseEvent, Fresh } from "../handoff/vocabulary.ts";
import type { News } from "../ports/cases.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";

type Stamps = {
  readonly clock: Clock;
  readonly ids: Ids;
  /** From the promise: when a callback without a named time is due. */
  readonly callbackDueMs: number;
  readonly caughtUp?: () => boolean;
};

/** News with what the core cannot make: the time, fresh ids, and whether what comes of it can be stored (H13). */
export function stampNews(news: News, stamps: Stamps): CaseEvent {
  const at = stamps.clock.now();
  switch (news.kind) {
    case "call-arrived":
    case "escalation-decided":
    case "caller-pressed":
    case "caller-chose":
    case "callback-confirmed":
    case "case-promised":
      return { ...news, at, fresh: fresh(at, stamps) };
    default:
      return { ...news, at };
  }
}

/** The same event, known to be kept on this node's disk only; the very same value when it is known or of no matter. */
export function asUnstored(event: CaseEvent): CaseEvent {
  if (!("fresh" in event) || event.fresh.unstored) return event;
  return { ...event, fresh: { ...event.fresh, unstored: true } };
}

function fresh(at: EpochMs, { ids, callbackDueMs, caughtUp }: Stamps): Fresh {
  return {
    escalation: ids.escalation(),
    callback: ids.callback(),
    reference: ids.reference(),
    callbackDueAt: after(at, callbackDueMs),
    ...(caughtUp?.() === false && { unstored: true }),
  };
}
