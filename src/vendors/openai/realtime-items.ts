import type { ServerFailure } from "./realtime-events.ts";

/** Items remembered: interruptions only concern the newest ones. */
const KEPT = 64;

type Item = { receivedMs: number; text?: string };

/**
 * What the vendor holds of its own speech, so that a truncation never asks for more than there is: the vendor refuses
 * that, and has been seen to fall silent after it (facts/openai.md §2).
 */
export class RealtimeItems {
  readonly #send: (event: object) => boolean;
  readonly #items = new Map<string, Item>();
  readonly #calls = new Set<string>();
  /** Truncations on their way, by event id; each is repeated at most once. */
  readonly #truncations = new Map<string, string>();
  #counter = 0;

  constructor(send: (event: object) => boolean) {
    this.#send = send;
  }

  exists(id: string): void {
    this.#item(id);
  }

  received(id: string, ms: number): void {
    this.#item(id).receivedMs += ms;
  }

  said(id: string, text: string): void {
    this.#item(id).text = text;
  }

  textOf(id: string): string | undefined {
    return this.#items.get(id)?.text;
  }

  /** True the first time a tool call is named. */
  firstCall(call: string): boolean {
    if (this.#calls.has(call)) return false;
    this.#calls.add(call);
    trim(this.#calls);
    return true;
  }

  /** The caller heard `ms` of it: the rest is taken out of the vendor's memory; with 0 the whole item. */
  heardOnly(id: string, ms: number): void {
    const item = this.#items.get(id);
    if (item === undefined) return;
    const heard = Math.floor(Math.min(ms, item.receivedMs));
    if (heard > 0) return this.#truncate(id, heard, true);
    this.#send({ type: "conversation.item.delete", event_id: this.#name(), item_id: id });
  }

  /** Takes an error that answers one of our truncations or deletions; these races need no more than one repeat. */
  refused(error: ServerFailure): boolean {
    const eventId = error.event_id ?? "";
    const id = this.#truncations.get(eventId);
    if (id === undefined) return eventId.startsWith("item-");
    this.#truncations.delete(eventId);
    const shorter = /([\d.]+) ?ms is already shorter than/.exec(error.message ?? "");
    if (shorter !== null) this.#truncate(id, Math.floor(Number(shorter[1])), false);
    return true;
  }

  #truncate(id: string, ms: number, first: boolean): void {
    const event_id = this.#name();
    if (first) this.#truncations.set(event_id, id);
    trim(this.#truncations);
    this.#send({ type: "conversation.item.truncate", event_id, item_id: id, content_index: 0, audio_end_ms: ms });
  }

  #name(): string {
    this.#counter += 1;
    return `item-${this.#counter}`;
  }

  #item(id: string): Item {
    const known = this.#items.get(id);
    if (known !== undefined) return known;
    const item: Item = { receivedMs: 0 };
    this.#items.set(id, item);
    trim(this.#items);
    return item;
  }
}

function trim(kept: Set<string> | Map<string, unknown>): void {
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
}
