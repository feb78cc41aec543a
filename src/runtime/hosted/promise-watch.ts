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
  readonly #found = new Map<string, PromiseKind>();

  constructor(language: string) {
    this.#language = language;
  }

  /** A promise in this reply with nothing behind it, told once. */
  look(item: string, text: string, state: CaseState | undefined): PromiseKind | undefined {
    if (this.#found.has(item)) return undefined;
    const kind = unbacked(text.slice(-WORDS_MAX), this.#language, state);
    if (kind === undefined) return undefined;
    this.#found.set(item, kind);
    const [oldest] = this.#found.keys();
    if (this.#found.size > REMEMBERED_MAX && oldest !== undefined) this.#found.delete(oldest);
    return kind;
  }
}

/** The first promise of a text that the committed state does not stand behind. */
export function unbacked(words: string, language: string, state: CaseState | undefined): PromiseKind | undefined {
  let from = 0;
  for (;;) {
    const promise = findPromise(words.slice(from), language);
    if (promise === undefined) return undefined;
    if (!backedBy(state, promise.kind)) return promise.kind;
    from += promise.end;
  }
}
