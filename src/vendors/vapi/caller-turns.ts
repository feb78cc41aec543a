import type { AssistantEvent } from "../../ports/assistant.ts";

/**
 * The caller's side of a transport socket. Vapi names no turns: one begins with speech, or with words that come before
 * it, and ends when the speech has stopped; words that come later still belong to it.
 */
export class CallerTurns {
  readonly #tell: (event: AssistantEvent) => void;
  #count = 0;
  #item: string | undefined;
  #speaking = false;
  /** Final words of the turn that is open, and how much of the unfinished ones was told. */
  #words = "";
  #partial = "";
  /** A turn whose speech is over and whose words have not come. */
  #owed: string | undefined;

  constructor(tell: (event: AssistantEvent) => void) {
    this.#tell = tell;
  }

  started(audioMs: number): void {
    if (this.#speaking) return;
    this.#speaking = true;
    const item = this.#open();
    this.#tell({ kind: "caller-speech-started", item, audioMs });
  }

  stopped(audioMs: number): void {
    if (!this.#speaking) return;
    this.#speaking = false;
    const item = this.#open();
    this.#tell({ kind: "caller-speech-ended", item, audioMs });
    this.#tell({ kind: "caller-turn", item });
    this.#item = undefined;
    const words = this.#words;
    this.#words = "";
    this.#partial = "";
    if (words !== "") this.#tell({ kind: "caller-words", item, text: words });
    else this.#owed = item;
  }

  words(text: string, final: boolean): void {
    if (!final) return this.#grow(text);
    const said = text.trim();
    this.#partial = "";
    if (said === "") return undefined;
    if (this.#speaking) {
      this.#words = `${this.#words} ${said}`.trim();
      return undefined;
    }
    const owed = this.#owed;
    this.#owed = undefined;
    const item = owed ?? this.#open();
    if (owed === undefined) {
      // Its beginning and end were lost.
      this.#tell({ kind: "caller-turn", item });
      this.#item = undefined;
    }
    return this.#tell({ kind: "caller-words", item, text: said });
  }

  #grow(text: string): void {
    const known = this.#partial;
    this.#partial = text;
    const delta = text.startsWith(known) ? text.slice(known.length) : text;
    if (delta.trim() !== "") this.#tell({ kind: "caller-words-partial", item: this.#owed ?? this.#open(), delta });
  }

  #open(): string {
    if (this.#item === undefined) {
      this.#count += 1;
      this.#item = `caller-${this.#count}`;
    }
    return this.#item;
  }
}
