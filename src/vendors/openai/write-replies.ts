import OpenAI from "openai";
import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ConversationEntry, Writer, WriterAsk, Written } from "../../ports/writer.ts";
import type { Log } from "../../telemetry/log.ts";
import { complainsOfEffort, judgeFaultOf } from "./judge-fault.ts";

/** A caller waits for it, in milliseconds. */
const TIMEOUT_MS = 6_000;
/** Three short sentences and a tool call. */
const OUTPUT_TOKENS_MAX = 500;
/** Tried in this order: not every model knows the quickest one, and some know none. */
const EFFORTS = ["none", "low", undefined] as const;

export type OpenAiWriterOptions = {
  readonly apiKey: string;
  /** The HTTP base address, `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * Replies of an OpenAI text model (`POST /v1/responses`, nothing stored there). One try within 6 s; failures are one log
 * line each that holds nothing of the conversation.
 */
export function createOpenAiWriter(options: OpenAiWriterOptions): Writer {
  const { apiKey, baseUrl, model, clock, log } = options;
  // Its log could quote the conversation.
  const client = new OpenAI({ apiKey, baseURL: baseUrl, maxRetries: 0, logLevel: "off" });
  let level = 0;
  return {
    write: async (ask, outdated) => {
      const late = new AbortController();
      const cancelTimer = clock.at(after(clock.now(), TIMEOUT_MS), () => late.abort());
      const effort = EFFORTS[level];
      try {
        const answer = await client.responses.create(
          {
            model,
            store: false,
            stream: false,
            instructions: ask.instructions,
            input: ask.history.map(itemOf),
            tools: toolsOf(ask),
            max_output_tokens: OUTPUT_TOKENS_MAX,
            ...(effort !== undefined && { reasoning: { effort } }),
          },
          { signal: AbortSignal.any([late.signal, outdated]), timeout: TIMEOUT_MS },
        );
        return writtenOf(answer);
      } catch (error) {
        if (complainsOfEffort(error)) level = Math.min(level + 1, EFFORTS.length - 1);
        const fault = judgeFaultOf(error, late.signal.aborted);
        if (!outdated.aborted) log.warn({ reason: fault.kind }, "a reply could not be written");
        return undefined;
      } finally {
        cancelTimer();
      }
    },
  };
}

function itemOf(entry: ConversationEntry): OpenAI.Responses.ResponseInputItem {
  switch (entry.kind) {
    case "said":
      return { role: entry.role === "caller" ? "user" : "assistant", content: entry.text };
    case "told":
      return { role: "developer", content: entry.text };
    case "called":
      return { type: "function_call", call_id: entry.toolCall, name: entry.name, arguments: entry.input };
    case "answered":
      return { type: "function_call_output", call_id: entry.toolCall, output: entry.output };
    default:
      return entry satisfies never;
  }
}

const toolsOf = ({ tools }: WriterAsk): OpenAI.Responses.FunctionTool[] =>
  tools.map(({ name, description, parameters }) => ({
    type: "function",
    name,
    description,
    parameters,
    strict: false,
  }));

function writtenOf(answer: OpenAI.Responses.Response): Written {
  const calls = answer.output.flatMap((item) =>
    item.type === "function_call" ? [{ toolCall: item.call_id, name: item.name, input: item.arguments }] : [],
  );
  return { text: answer.output_text, calls };
}
