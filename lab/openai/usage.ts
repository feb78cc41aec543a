import type { Item } from "./conversation.ts";
import { type Json, textOf } from "./wire.ts";

/** Token counts of a response, at the published rates: caller audio 10 a second, assistant audio 20 a second, text about 4 characters each. */
export function usageOf(instructions: string, before: readonly Item[], output: readonly Item[]): Json {
  const textIn = Math.ceil((instructions.length + sum(before, (item) => item.text?.length ?? 0)) / 4);
  const audioIn = Math.round(sum(before, (item) => item.audioMs) / 50);
  const textOut = Math.ceil(sum(output, lengthOf) / 4);
  const audioOut = Math.round(sum(output, (item) => item.audioMs) / 50);
  const input = textIn + audioIn;
  // A prefix that was read before is cached in steps of 64 tokens.
  const cached = before.length > 1 ? Math.floor((input * 0.8) / 64) * 64 : 0;
  return {
    total_tokens: input + textOut + audioOut,
    input_tokens: input,
    output_tokens: textOut + audioOut,
    input_token_details: {
      text_tokens: textIn,
      audio_tokens: audioIn,
      image_tokens: 0,
      cached_tokens: cached,
      cached_tokens_details: { text_tokens: cached, audio_tokens: 0, image_tokens: 0 },
    },
    output_token_details: { text_tokens: textOut, audio_tokens: audioOut },
  };
}

function lengthOf(item: Item): number {
  return item.text?.length ?? textOf(item.wire["arguments"]).length;
}

function sum(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
