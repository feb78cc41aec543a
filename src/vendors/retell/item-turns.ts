// Growing transcript entries to words of turns. The vendor marks no entry as final (facts §6.2): it is one when the other
// party speaks after it, or when it has not grown for a while.

import { after, type EpochMs } from "../../domain/time.ts";
import type { HostedEvent, HostedParty } from "../../ports/hosted-assistant.ts";

/** One utterance as it stands now. */
export type SpokenItem = {
  readonly id: string;
  readonly party: HostedParty;
  readonly text: string;
  /** Its place among the others: a larger one was said later. */
  readonly order: number;
  /** Seconds since the call began, where the vendor says. */
  readonly timeSec?: number;
};

/**
 * An utterance that has not grown for this long is over, in milliseconds. A caller's pause for breath is longer; what
 * the assistant says on is a turn of its own.
 */
const QUIET_MS: Readonly<Record<HostedParty, number>> = { caller: 900, assistant: 600 };
/** The assistant's words still grew this shortly before the caller's began: it was cut off. */
const CUT_OFF_MS = 500;
/** Remembered utterances; a call has a few hundred. */
const KEPT = 2_000;
/** What the recogniser writes for sound it did not understand. */
const UNCLEAR = /^\((?:unintelligible audio|inaudible speech)\)$/u;

type Known = {
  item: SpokenItem;
  readonly startedAt: EpochMs;
  grownAt: EpochMs;
  closed: string | undefined;
};

const quietAt = ({ grownAt, item }: Known): EpochMs => after(grownAt, QUIET_MS[item.party]);

export class ItemTurns {
  readonly #known = new Map<string, Known>();
  /** The call's beginning by the vendor's clock; without it the time of arrival counts. */
  startedAt: EpochMs | undefined;
  /** `by-others`: a caller's utterance is over only when somebody says so, never by quiet. */
  readonly #callersEnd: "by-quiet" | "by-others";

  constructor(callersEnd: "by-quiet" | "by-others") {
    this.#callersEnd = callersEnd;
  }

  /** Takes entries as they stand; what is known already, or older than that, changes nothing. */
  take(items: readonly SpokenItem[], now: EpochMs): HostedEvent[] {
    const inOrder = items.toSorted((a, b) => a.order - b.order);
    return inOrder.flatMap((item) => this.#takeOne(item, now));
  }

  /** Closes what has been quiet for long enough. */
  settle(now: EpochMs): HostedEvent[] {
    return this.#open()
      .filter((known) => this.#endsByQuiet(known) && now >= quietAt(known))
      .flatMap((known) => this.#close(known));
  }

  /** When `settle` has something to do; `undefined`: nothing is open. */
  wakesAt(): EpochMs | undefined {
    const [first] = this.#open()
      .filter((known) => this.#endsByQuiet(known))
      .map(quietAt)
      .toSorted((a, b) => a - b);
    return first;
  }

  /** Closes every open utterance of this party, or of both. */
  finish(party?: HostedParty): HostedEvent[] {
    return this.#open()
      .filter(({ item }) => party === undefined || item.party === party)
      .flatMap((known) => this.#close(known));
  }

  #takeOne(item: SpokenItem, now: EpochMs): HostedEvent[] {
    const known = this.#known.get(item.id);
    if (known === undefined) return this.#begin(item, now);
    // The same again, or an earlier state that was held up on the way.
    if (known.item.text.startsWith(item.text)) return [];
    known.item = item;
    known.grownAt = now;
    if (known.closed === undefined) return [this.#words(known, false)];
    // It goes on after it was taken for finished: the rest is a turn of its own.
    if (!item.text.startsWith(known.closed)) return [];
    return this.#takeOne({ ...item, id: `${item.id}+`, text: item.text.slice(known.closed.length).trim() }, now);
  }

  #begin(item: SpokenItem, now: EpochMs): HostedEvent[] {
    if (item.text.trim() === "") return [];
    const later = this.#open().some((other) => other.item.order > item.order);
    const known: Known = { item, startedAt: this.#startOf(item, now), grownAt: now, closed: undefined };
    this.#known.set(item.id, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    // Out of order: somebody has spoken since, so it is complete.
    if (later) return this.#close(known);
    const others = this.#open().filter((other) => other !== known);
    const cut =
      item.party === "caller" &&
      others.some((other) => other.item.party === "assistant" && now < after(other.grownAt, CUT_OFF_MS));
    return [
      ...(cut ? [{ kind: "interrupted" } as const] : []),
      ...others.flatMap((other) => this.#close(other)),
      { kind: "speech-started", party: item.party, at: known.startedAt },
      this.#words(known, false),
    ];
  }

  #close(known: Known): HostedEvent[] {
    known.closed = known.item.text;
    return [this.#words(known, true), { kind: "speech-ended", party: known.item.party, at: known.grownAt }];
  }

  #words({ item, startedAt, grownAt }: Known, final: boolean): HostedEvent {
    const unclear = UNCLEAR.test(item.text.trim());
    return {
      kind: "words",
      party: item.party,
      item: item.id,
      text: unclear ? "" : item.text.trim(),
      final,
      startedAt,
      ...(final && { endedAt: grownAt }),
      ...(unclear && { confidence: 0 }),
    };
  }

  #startOf({ timeSec }: SpokenItem, now: EpochMs): EpochMs {
    if (this.startedAt === undefined || timeSec === undefined) return now;
    const at = after(this.startedAt, Math.round(timeSec * 1_000));
    return at > now ? now : at;
  }

  #endsByQuiet({ item }: Known): boolean {
    return item.party === "assistant" || this.#callersEnd === "by-quiet";
  }

  #open(): Known[] {
    return [...this.#known.values()].filter(({ closed }) => closed === undefined);
  }
}
