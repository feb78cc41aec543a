import { after, type EpochMs } from "../../domain/time.ts";

/** What one call may cost. */
export type JudgeLimits = {
  /** Judgements in one call. */
  readonly perCall: number;
  /** Judgements of one call within a minute. */
  readonly perMinute: number;
  /** Unusable answers in a row after which a call is no longer judged: its words may be what makes the model refuse. */
  readonly unusable: number;
};

export const defaultJudgeLimits: JudgeLimits = { perCall: 60, perMinute: 15, unusable: 3 };

const MINUTE_MS = 60_000;
/** A call whose end nobody told us of must not be kept for ever. */
const CALLS_MAX = 5_000;

type Spent = { count: number; recent: EpochMs[]; unusable: number };

/** Counts what each call has spent. */
export class JudgeBudget {
  readonly #limits: JudgeLimits;
  readonly #calls = new Map<string, Spent>();

  constructor(limits: JudgeLimits) {
    this.#limits = limits;
  }

  /** True: one judgement may be asked for now, and it is counted. */
  take(call: string, at: EpochMs): boolean {
    const spent = this.#of(call);
    const { perCall, perMinute, unusable } = this.#limits;
    spent.recent = spent.recent.filter((when) => when > after(at, -MINUTE_MS));
    if (spent.count >= perCall || spent.recent.length >= perMinute || spent.unusable >= unusable) return false;
    spent.count += 1;
    spent.recent.push(at);
    return true;
  }

  /** What came of it. */
  answered(call: string, usable: boolean): void {
    const spent = this.#calls.get(call);
    if (spent !== undefined) spent.unusable = usable ? 0 : spent.unusable + 1;
  }

  forget(call: string): void {
    this.#calls.delete(call);
  }

  #of(call: string): Spent {
    const known = this.#calls.get(call);
    if (known !== undefined) return known;
    const spent: Spent = { count: 0, recent: [], unusable: 0 };
    this.#calls.set(call, spent);
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > CALLS_MAX && oldest !== undefined) this.#calls.delete(oldest);
    return spent;
  }
}
