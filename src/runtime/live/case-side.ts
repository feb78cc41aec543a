import { Fault } from "../../domain/fault.ts";
import { after } from "../../domain/time.ts";
import type { CaseState } from "../../handoff/state.ts";
import type { Cases, News } from "../../ports/cases.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CaseId } from "../../ports/journal.ts";
import type { Log } from "../../telemetry/log.ts";
import type { CaseWatch } from "./live-deps.ts";

const TRIES = 4;
const RETRY_MS = 250;

export type CaseSideParts = {
  readonly caseId: CaseId;
  readonly cases: Cases;
  readonly watch: CaseWatch;
  readonly clock: Clock;
  readonly log: Log;
};

/** The case as the live call sees it: its committed state, and the way to tell it news. */
export class CaseSide {
  readonly #parts: CaseSideParts;
  readonly #changed: (state: CaseState) => void;
  readonly #unwatch: () => void;
  #state: CaseState | undefined;

  constructor(parts: CaseSideParts, changed: (state: CaseState) => void) {
    this.#parts = parts;
    this.#changed = changed;
    this.#unwatch = parts.watch(parts.caseId, (state) => this.#seen(state));
  }

  get state(): CaseState | undefined {
    return this.#state;
  }

  async load(): Promise<void> {
    const state = await this.#parts.cases.state(this.#parts.caseId);
    if (state !== undefined && this.#state === undefined) this.#seen(state);
  }

  /**
   * Tells the case; never rejects. A store that does not answer is asked again: what a caller wishes must not be lost.
   * Resolves when it is committed (true), or given up and logged.
   */
  async tell(news: News, actor: string): Promise<boolean> {
    const { cases, caseId, log, clock } = this.#parts;
    for (let tries = 1; ; tries += 1) {
      try {
        await cases.deliver(caseId, news, actor);
        return true;
      } catch (err) {
        const again = err instanceof Fault && err.retryable && tries < TRIES;
        log.error({ case: caseId, event: news.kind, count: tries, err }, "the case could not be told");
        if (!again) return false;
        await new Promise<void>((wake) => void clock.at(after(clock.now(), RETRY_MS * tries), wake));
      }
    }
  }

  close(): void {
    this.#unwatch();
  }

  #seen(state: CaseState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#changed(state);
  }
}
