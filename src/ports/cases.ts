import type { CaseState } from "../handoff/state.ts";
import type { CaseEvent } from "../handoff/vocabulary.ts";
import type { CaseId } from "./journal.ts";

type WithoutStamps<E> = E extends unknown ? Omit<E, "at" | "fresh"> : never;

/** An event as an edge knows it; the runtime stamps the time and, where the core may open something, fresh ids. */
export type News = WithoutStamps<CaseEvent>;

/**
 * The one way into a case: events go in, the committed state comes out. Everything is serialised per case; a repeated
 * event is harmless (H7).
 */
export type Cases = {
  /** Resolves with the state committed after this event. `actor`: who or what, in a few constant words. */
  deliver(caseId: CaseId, news: News, actor: string): Promise<CaseState>;
  /** The committed state: where several nodes share the journal, as the journal has it now. */
  state(caseId: CaseId): Promise<CaseState | undefined>;
  /**
   * What this node remembers, `undefined` when it does not look after the case. Another node may have gone on with it a
   * moment ago: for what is only shown, never for what is promised or dialled.
   */
  remembered(caseId: CaseId): CaseState | undefined;
};
