import { after, type EpochMs } from "../../domain/time.ts";

export type BreakerSettings = {
  /** Faults of the service in a row that open it. */
  readonly failures: number;
  /** Open for this long, in milliseconds; then one question is let through. */
  readonly openMs: number;
};

export const defaultBreaker: BreakerSettings = { failures: 3, openMs: 30_000 };

/**
 * Spares a service that is down, and its time limit to everyone: closed, open, and after a while half-open, when a
 * single question decides. Only the service's own faults count; a caller's words cannot open it for other calls.
 */
export class JudgeBreaker {
  readonly #settings: BreakerSettings;
  #failures = 0;
  #openUntil: EpochMs | undefined;
  #probing = false;

  constructor(settings: BreakerSettings) {
    this.#settings = settings;
  }

  /** True: ask. Every question that was let through must be answered with one of the three below. */
  admits(at: EpochMs): boolean {
    if (this.#openUntil === undefined) return true;
    if (at < this.#openUntil || this.#probing) return false;
    this.#probing = true;
    return true;
  }

  /** True: it was open and is closed by this. */
  worked(): boolean {
    const wasOpen = this.#openUntil !== undefined;
    this.#failures = 0;
    this.#openUntil = undefined;
    this.#probing = false;
    return wasOpen;
  }

  /** True: it is opened by this. `waitMs`: the service asked for a longer pause. */
  failed(at: EpochMs, waitMs = 0): boolean {
    this.#failures += 1;
    const wasOpen = this.#openUntil !== undefined;
    this.#probing = false;
    if (!wasOpen && this.#failures < this.#settings.failures && waitMs === 0) return false;
    this.#openUntil = after(at, Math.max(this.#settings.openMs, waitMs));
    return !wasOpen;
  }

  /** The question was taken back: nothing was learned. */
  abandoned(): void {
    this.#probing = false;
  }
}
