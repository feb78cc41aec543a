import type Retell from "retell-sdk";

type WithTools = NonNullable<Retell.PhoneCallResponse["transcript_with_tool_calls"]>[number];
type Spoken = NonNullable<Retell.PhoneCallResponse["transcript_object"]>[number];

/** One entry of a call's transcript, with what the monitor socket adds. */
export type Item = WithTools & { id: string; time_sec: number; metadata?: Record<string, unknown> };

/** What was said and done in one call, in order; entries grow in place while somebody speaks. */
export class Transcript {
  readonly items: Item[] = [];
  readonly #now: () => number;
  readonly #changed: (item: Item) => void;
  #minted = 0;

  /** @param now milliseconds since the call began. @param changed an entry is new or has grown. */
  constructor(now: () => number, changed: (item: Item) => void) {
    this.#now = now;
    this.#changed = changed;
  }

  /** Adds what somebody says from now on; `say` makes it grow. */
  speak(role: "agent" | "user", metadata?: Record<string, unknown>): { say(content: string): void } {
    const item: Item = { ...this.#fresh(), role, content: "", words: [], ...(metadata && { metadata }) };
    let placed = false;
    return {
      say: (content) => {
        if (!("words" in item) || content === item.content) return;
        item.content = content;
        item.words = wordsOf(content, item.time_sec, this.#now() / 1_000);
        if (!placed) this.items.push(item);
        placed = true;
        this.#changed(item);
      },
    };
  }

  add(
    entry: Exclude<WithTools, { role: "injected" | "sms" | "agent" | "user" }> | { role: "injected"; content: string },
  ): void {
    const item = { ...this.#fresh(), ...entry } as Item;
    this.items.push(item);
    this.#changed(item);
  }

  /** Only what was spoken. */
  spoken(): Spoken[] {
    return this.items.flatMap((item) =>
      item.role === "agent" || item.role === "user"
        ? [{ role: item.role, content: item.content, words: item.words }]
        : [],
    );
  }

  withTools(): WithTools[] {
    return this.items.map(({ id: _id, metadata: _metadata, ...item }) => item as WithTools);
  }

  /** `Agent: …` and `User: …`, a line each. */
  text(): string {
    return this.spoken()
      .map(({ role, content }) => `${role === "agent" ? "Agent" : "User"}: ${content}\n`)
      .join("");
  }

  #fresh(): { id: string; time_sec: number } {
    this.#minted += 1;
    return { id: `item_${this.#minted}`, time_sec: this.#now() / 1_000 };
  }
}

function wordsOf(content: string, from: number, to: number): Spoken["words"] {
  const words = content.split(/\s+/u).filter((word) => word !== "");
  const each = (to - from) / Math.max(1, words.length);
  return words.map((word, index) => ({ word, start: from + index * each, end: from + (index + 1) * each }));
}
