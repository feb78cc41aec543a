import type { AssistantEvent } from "../../ports/assistant.ts";

/** One frame of the transport socket, in milliseconds. */
const FRAME_MS = 20;
/** A usual pace of speech, for words whose audio has not come yet. */
const MS_PER_CHARACTER = 60;
/** Less than this is the end of a word. */
const NOTICED_MS = 400;
const ITEMS_MAX = 8;

/** What was passed on of the assistant's last words, so that it can be told what the caller did not hear of them. */
export class HeardSoFar {
  readonly #items = new Map<string, { text: string; ms: number }>();

  take(event: AssistantEvent): void {
    if (event.kind === "reply-words") this.#item(event.item).text += event.delta;
    if (event.kind === "reply-audio") this.#item(event.item).ms += FRAME_MS;
    if (event.kind === "reply-item-ended") this.#item(event.item).text = event.text;
  }

  /** For the assistant's history, which cannot be cut; `undefined`: they heard as good as all of it. */
  note(item: string, heardMs: number): string | undefined {
    const { text = "", ms = 0 } = this.#items.get(item) ?? {};
    const wholeMs = Math.max(ms, text.length * MS_PER_CHARACTER);
    if (text.trim() === "" || heardMs > wholeMs - NOTICED_MS) return undefined;
    const words = text.trim().split(/\s+/u);
    const heard = words.slice(0, Math.floor((words.length * heardMs) / wholeMs)).join(" ");
    return heard === ""
      ? `The caller has heard nothing of your sentence ${JSON.stringify(text.trim())}. Take it as not said.`
      : `Of your last words the caller has heard only ${JSON.stringify(heard)}. Take the rest as not said.`;
  }

  #item(name: string): { text: string; ms: number } {
    const known = this.#items.get(name) ?? { text: "", ms: 0 };
    this.#items.set(name, known);
    const [oldest] = this.#items.keys();
    if (this.#items.size > ITEMS_MAX && oldest !== undefined) this.#items.delete(oldest);
    return known;
  }
}
