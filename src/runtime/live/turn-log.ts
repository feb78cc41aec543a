import type { EpochMs } from "../../domain/time.ts";
import { redact } from "../../packet/redact.ts";
import type { Conversations } from "../../ports/conversations.ts";
import type { CaseId } from "../../ports/journal.ts";
import type { Log } from "../../telemetry/log.ts";
import {
  asHistory,
  closeTurn,
  lastTexts,
  openTurn,
  startTranscript,
  type Transcript,
  type TurnWords,
} from "../../turns/transcript.ts";
import type { Speaker, Turn } from "../../turns/turn.ts";

export type TurnLogParts = {
  readonly caseId: CaseId;
  readonly conversations: Conversations;
  readonly log: Log;
  readonly told: (turn: Turn) => void;
};

/** The turns of one call: ordered, saved as they are complete, told to whoever follows the conversation. */
export class TurnLog {
  readonly #parts: TurnLogParts;
  #transcript: Transcript = startTranscript([]);

  constructor(parts: TurnLogParts) {
    this.#parts = parts;
  }

  /** Takes the stored turns of an earlier stream up; before the first turn of this one. */
  load(turns: readonly Turn[]): void {
    this.#transcript = startTranscript(turns);
  }

  open(key: string, role: Speaker, at: EpochMs): void {
    this.#transcript = openTurn(this.#transcript, { key, role, at });
  }

  close(key: string, words: TurnWords): Turn | undefined {
    const { transcript, turn } = closeTurn(this.#transcript, key, words);
    this.#transcript = transcript;
    if (turn === undefined) return undefined;
    this.#parts.told(turn);
    void this.#save(turn);
    return turn;
  }

  /** Caller turns that still wait for their words. */
  openKeys(role: Speaker): readonly string[] {
    return this.#transcript.open.filter((turn) => turn.role === role).map((turn) => turn.key);
  }

  history(): ReturnType<typeof asHistory> {
    return asHistory(this.#transcript);
  }

  last(role: Speaker, most: number): readonly string[] {
    return lastTexts(this.#transcript, role, most);
  }

  async #save(turn: Turn): Promise<void> {
    const { conversations, caseId, log } = this.#parts;
    try {
      await conversations.saveTurn(caseId, { ...turn, text: redact(turn.text) });
    } catch (err) {
      log.error({ case: caseId, count: turn.index, err }, "a turn could not be saved; the packet will lack it");
    }
  }
}
