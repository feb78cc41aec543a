import { type Following, recognise, recogniseBeginning } from "../audio/recognise.ts";
import type { OpenAiFaults } from "./faults.ts";
import type { SessionSettings } from "./settings.ts";
import type { Cancel, Ticker } from "./ticker.ts";
import type { Json, ServerEvent } from "./wire.ts";

/** How transcripts come. */
export type AsrOptions = {
  /** Deltas while the caller talks, after the turn, or by what the transcription model does (`auto`). */
  mode: "auto" | "streaming" | "batch";
  /** From the end of the turn to `.completed`, in milliseconds. Later than the first audio of an answer, as recorded. */
  completedAfterMs: number;
  /** How far streaming deltas run behind the voice, in milliseconds. */
  lagMs: number;
  /** Log-probability given for every token, where the session asked for them and the model has them. */
  logprob: number;
};

/** What the session lends to its ear. */
export type HearingContext = {
  ticker: Ticker;
  faults: OpenAiFaults;
  asr: AsrOptions;
  settings(): SessionSettings;
  send(event: ServerEvent): void;
};

const STREAMING_MODELS = new Set(["gpt-realtime-whisper", "gpt-live-transcribe"]);
const BY_THE_MINUTE = /whisper|live-transcribe|^gpt-transcribe/u;
const WITH_LOGPROBS = /^gpt-4o(?:-mini)?-transcribe/u;
/** Batch deltas begin this long after the turn, in milliseconds. */
const FIRST_BATCH_DELTA_MS = 300;

/** After a try in vain, this much more audio is awaited before the next one: 600 ms. */
const NEXT_TRY_AFTER = 4800;

type Utterance = { itemId: string; words: string[]; sent: number; tryFrom: number; following?: Following };

/** A session's transcription: what it writes of what it hears, when, and what goes wrong with it. The voice model's own ear is `understand`. */
export class Hearing {
  readonly #context: HearingContext;
  #current: Utterance | undefined;
  #heldBack: (() => void) | undefined;
  readonly #planned = new Set<Cancel>();

  constructor(context: HearingContext) {
    this.#context = context;
  }

  begin(itemId: string): void {
    this.#current = { itemId, words: [], sent: 0, tryFrom: 0 };
  }

  /** Deltas for what was said so far, in streaming mode. */
  continue(utterance: Uint8Array): void {
    const current = this.#current;
    if (!current || !this.#streams() || this.#silenced()) return;
    if (utterance.length < current.tryFrom) return;
    const following = recogniseBeginning(utterance, current.following);
    if (!following) {
      current.tryFrom = utterance.length + NEXT_TRY_AFTER;
      return;
    }
    current.following = following;
    current.words = tokens(following.text);
    const share = Math.max(0, following.saidMs - this.#context.asr.lagMs) / following.lengthMs;
    this.#sendWords(current, Math.floor(current.words.length * share));
  }

  /** The turn is over: plans the rest of its transcript. Gives what the voice model heard. */
  end(itemId: string, utterance: Uint8Array): string | undefined {
    const heard = recognise(utterance)?.text;
    const current = this.#current?.itemId === itemId ? this.#current : { itemId, words: [], sent: 0, tryFrom: 0 };
    this.#current = undefined;
    if (this.#silenced()) return heard;
    const { faults, asr } = this.#context;
    const written = faults.wrongAsr ?? heard ?? "";
    if (faults.failAsr > 0) {
      faults.failAsr -= 1;
      this.#later(1, () => this.#fail(itemId));
      return heard;
    }
    const seconds = utterance.length / 8000;
    const complete = () => this.#complete(itemId, written, seconds);
    if (faults.asrBeforeItem) {
      complete();
      return heard;
    }
    const rest = { ...current, words: tokens(written) };
    const at = asr.completedAfterMs + faults.lateAsrMs;
    this.#later(Math.min(FIRST_BATCH_DELTA_MS, at), () => this.#sendWords(rest, Math.ceil(rest.words.length / 2)));
    this.#later(at, () => {
      this.#sendWords(rest, rest.words.length);
      this.#inOrder(complete);
    });
    return heard;
  }

  stop(): void {
    for (const cancel of this.#planned) cancel();
    this.#planned.clear();
  }

  #streams(): boolean {
    const { mode } = this.#context.asr;
    const model = this.#context.settings().audio.input.transcription?.model ?? "";
    return mode === "streaming" || (mode === "auto" && STREAMING_MODELS.has(model));
  }

  #silenced(): boolean {
    return this.#context.faults.noAsr || !this.#context.settings().audio.input.transcription;
  }

  #sendWords(utterance: Utterance, upTo: number): void {
    const fresh = utterance.words.slice(utterance.sent, upTo);
    if (fresh.length === 0) return;
    utterance.sent = upTo;
    const streams = this.#streams();
    for (const [index, word] of fresh.entries()) {
      // Only streaming models begin a transcript with a space.
      const delta = !streams && index === 0 && upTo === fresh.length ? word.trimStart() : word;
      this.#send("delta", { item_id: utterance.itemId, content_index: 0, delta, ...this.#logprobs([delta]) });
    }
  }

  #inOrder(complete: () => void): void {
    const before = this.#heldBack;
    this.#heldBack = undefined;
    if (this.#context.faults.asrOutOfOrder && !before) this.#heldBack = complete;
    else complete();
    before?.();
  }

  #complete(itemId: string, transcript: string, seconds: number): void {
    const event = {
      item_id: itemId,
      content_index: 0,
      transcript,
      usage: this.#usage(transcript, seconds),
      ...this.#logprobs(tokens(transcript)),
    };
    this.#send("completed", event);
    if (this.#context.faults.duplicateAsr) this.#send("completed", event);
  }

  #fail(itemId: string): void {
    const message = `Input transcription failed for item '${itemId}'.`;
    const error = { type: "server_error", code: "transcription_failed", message, param: null };
    this.#send("failed", { item_id: itemId, content_index: 0, error });
  }

  #usage(transcript: string, seconds: number): Json {
    const model = this.#context.settings().audio.input.transcription?.model ?? "";
    if (BY_THE_MINUTE.test(model)) return { type: "duration", seconds: Math.ceil(seconds) };
    const audio = Math.round(seconds * 10);
    const output = Math.ceil(transcript.length / 4);
    const details = { text_tokens: 0, audio_tokens: audio };
    return {
      type: "tokens",
      total_tokens: audio + output,
      input_tokens: audio,
      input_token_details: details,
      output_tokens: output,
    };
  }

  #logprobs(words: readonly string[]): Json {
    const { include, audio } = this.#context.settings();
    if (!include || !WITH_LOGPROBS.test(audio.input.transcription?.model ?? "")) return {};
    return {
      logprobs: words.map((token) => ({ token, logprob: this.#context.asr.logprob, bytes: [...Buffer.from(token)] })),
    };
  }

  #send(kind: "delta" | "completed" | "failed", fields: Json): void {
    this.#context.send({ type: `conversation.item.input_audio_transcription.${kind}`, ...fields });
  }

  #later(ms: number, run: () => void): void {
    const cancel = this.#context.ticker.after(ms, () => {
      this.#planned.delete(cancel);
      run();
    });
    this.#planned.add(cancel);
  }
}

/** `"Hello, my"` as `" Hello"`, `","`, `" my"`: the pieces in which transcripts arrive. */
export function tokens(text: string): string[] {
  return ` ${text}`.match(/\s+[^\s,.!?]+|[,.!?]+/gu) ?? [];
}
