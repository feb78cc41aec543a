import type { Clock } from "../ports/clock.ts";
import { Problem } from "./problem.ts";

/** Wrong keys from one address within a minute, after which it has to wait: guessing must not be fast. */
const FAILURES_MAX = 20;
const WINDOW_MS = 60_000;
const ADDRESSES_MAX = 10_000;

export type Tries = { check(from: string): void; failed(from: string): void };

export function createTries(clock: Pick<Clock, "now">): Tries {
  const failures = new Map<string, { count: number; until: number }>();
  const current = (from: string) => {
    const entry = failures.get(from);
    return entry && entry.until > clock.now() ? entry : undefined;
  };
  return {
    check(from) {
      if ((current(from)?.count ?? 0) < FAILURES_MAX) return;
      throw new Problem(429, "Too many wrong keys from this address; wait a minute.", {
        headers: { "Retry-After": "60" },
      });
    },
    failed(from) {
      const entry = current(from) ?? { count: 0, until: clock.now() + WINDOW_MS };
      failures.delete(from);
      failures.set(from, { ...entry, count: entry.count + 1 });
      const [oldest] = failures.keys();
      if (failures.size > ADDRESSES_MAX && oldest !== undefined) failures.delete(oldest);
    },
  };
}
