import { findPromise } from "../../escalation/promise.ts";
import type { CaseState } from "../../handoff/state.ts";
import { backedBy, type PromiseKind } from "../live/promise-guard.ts";

/** Words of one reply that are looked at; a wall against nonsense. */
const WORDS_MAX = 4_000;
const REMEMBERED_MAX = 64;

/**
 * Finds promises in what a hosted assistant says. The caller may have heard them already: this only tells, each once a
 * reply.
 */
export class PromiseWatch {
  readonly #language: string;
  readonly #found = new Map<string, Set<PromiseKind>>();

  constructor(language: string) {
    this.#language = language;
  }

  /** The promises in this reply with nothing behind them, each kind told once. */
  look(item: string, text: string, state: CaseState | undefined): readonly PromiseKind[] {
    const known = this.#found.get(item) ?? new Set<PromiseKind>();
    const fresh = unbacked(text.slice(-WORDS_MAX), this.#language, state).filter((kind) => !known.has(kind));
    if (fresh.length === 0) return [];
    this.#found.set(item, new Set([...known, ...fresh]));
    const [oldest] = this.#found.keys();
    if (this.#found.size > REMEMBERED_MAX && oldest !== undefined) this.#found.delete(oldest);
    return fresh;
  }
}

/** The kinds of promises in a text that the committed state does not stand behind, in the order they are made. */
export function unbacked(words: string, language: string, state: CaseState | undefined): readonly PromiseKind[] {
  const found = new Set<PromiseKind>();
  for (let from = 0; ;) {
    const promise = findPromise(words.slice(from), language);
    if (promise === undefined) return [...found];
    if (!backedBy(state, promise.kind)) found.add(promise.kind);
    from += promise.end;
  }
}
