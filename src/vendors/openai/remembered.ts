import { payloadMs } from "../../turns/playout.ts";
import type { AssistantEvent } from "../../ports/assistant.ts";

type Told = { readonly role: "caller" | "assistant"; readonly text: string };
type Entry = { readonly item?: string; readonly role: Told["role"]; text: string; audioMs: number };

const TURNS_MAX = 60;
const NOTES_MAX = 10;

/** The conversation as text, kept so that another session can take it up. Held in memory only. */
export class Remembered {
  readonly #entries: Entry[];
  readonly #notes: string[] = [];
  #speaking = false;
  /** Caller turns whose words are still to come. */
  readonly #open = new Set<string>();
  #count: number;

  constructor(history: readonly Told[]) {
    this.#entries = history.slice(-TURNS_MAX).map((turn) => ({ ...turn, audioMs: 0 }));
    this.#count = this.#entries.length;
  }

  /** Turns ever remembered: a position for `since`. */
  get count(): number {
    return this.#count;
  }

  /** The caller is silent and every turn of theirs has its words. */
  get quiet(): boolean {
    return !this.#speaking && this.#open.size === 0;
  }

  take(event: AssistantEvent): void {
    switch (event.kind) {
      case "caller-speech-started":
        this.#speaking = true;
        break;
      case "caller-speech-ended":
        this.#speaking = false;
        break;
      case "caller-turn":
        this.#open.add(event.item);
        this.#entry(event.item, "caller");
        break;
      case "caller-words":
        this.#open.delete(event.item);
        this.#entry(event.item, "caller").text = event.text;
        break;
      case "caller-words-failed":
        this.#open.delete(event.item);
        break;
      case "reply-audio":
        this.#entry(event.item, "assistant").audioMs += payloadMs(event.payload);
        break;
      case "reply-item-ended":
        this.#entry(event.item, "assistant").text = event.text;
        break;
      default:
        break;
    }
  }

  /** Keeps of an interrupted item about as many words as were heard. */
  heardOnly(item: string, ms: number): void {
    const entry = this.#entries.find((known) => known.item === item);
    if (entry === undefined || entry.audioMs === 0) return;
    entry.text = entry.text.slice(0, Math.round(entry.text.length * Math.min(1, ms / entry.audioMs)));
  }

  note(text: string): void {
    this.#notes.push(text);
    if (this.#notes.length > NOTES_MAX) this.#notes.shift();
  }

  notes(): readonly string[] {
    return this.#notes;
  }

  turns(): readonly Told[] {
    return told(this.#entries);
  }

  /** Turns that came after `count` was read. */
  since(count: number): readonly Told[] {
    const newer = Math.min(this.#entries.length, this.#count - count);
    return newer <= 0 ? [] : told(this.#entries.slice(-newer));
  }

  #entry(item: string, role: Told["role"]): Entry {
    const known = this.#entries.find((entry) => entry.item === item);
    if (known !== undefined) return known;
    const entry: Entry = { item, role, text: "", audioMs: 0 };
    this.#entries.push(entry);
    this.#count += 1;
    if (this.#entries.length > TURNS_MAX) this.#entries.shift();
    return entry;
  }
}

const told = (entries: readonly Entry[]): readonly Told[] =>
  entries.filter((entry) => entry.text !== "").map(({ role, text }) => ({ role, text }));
