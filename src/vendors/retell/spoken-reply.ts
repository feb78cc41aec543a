import type { HostedListener } from "../../ports/hosted-assistant.ts";

/** One reply on its way to the caller: each sentence is checked with what came before it (H2), then handed on. */
export class SpokenReply {
  readonly #listener: HostedListener;
  readonly #say: (text: string) => void;
  readonly #stop: () => void;
  #soFar = "";
  #over = false;

  /** @param stop the rest of the reply is not wanted: it promised what nobody has. */
  constructor(listener: HostedListener, say: (text: string) => void, stop: () => void) {
    this.#listener = listener;
    this.#say = say;
    this.#stop = stop;
  }

  take(text: string): void {
    for (const sentence of sentencesOf(text)) {
      if (this.#over) return;
      this.#soFar = `${this.#soFar} ${sentence}`.trim();
      const verdict = this.#listener.check(this.#soFar);
      if (verdict.kind === "say") {
        this.#say(sentence);
        continue;
      }
      this.#over = true;
      this.#say(verdict.text);
      this.#stop();
    }
  }
}

const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?…])\s+|(?<=[。！？])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
