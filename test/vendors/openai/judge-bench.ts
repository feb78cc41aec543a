import { onTestFinished } from "vitest";
import { type OpenAiTwin, type OpenAiTwinOptions, startOpenAiTwin } from "../../../lab/openai/twin.ts";
import { CallId } from "../../../src/domain/ids.ts";
import { redact } from "../../../src/packet/redact.ts";
import type { Judge, JudgeAsk } from "../../../src/ports/judge.ts";
import { createSystemClock } from "../../../src/runtime/system-clock.ts";
import type { Log, LogFields } from "../../../src/telemetry/log.ts";
import { createOpenAiJudge, type OpenAiJudgeOptions } from "../../../src/vendors/openai/judge-replies.ts";

export type JudgeBench = {
  readonly twin: OpenAiTwin;
  readonly judge: Judge;
  /** Everything that was logged, as it would be written. */
  readonly lines: readonly string[];
};

/** A judge against the lab's OpenAI, over a real socket. */
export async function judgeBench(
  options: Partial<OpenAiJudgeOptions> = {},
  twinOptions: OpenAiTwinOptions = {},
): Promise<JudgeBench> {
  const twin = await startOpenAiTwin(twinOptions);
  onTestFinished(() => twin.close());
  const lines: string[] = [];
  const judge = createOpenAiJudge({
    apiKey: twin.apiKey,
    baseUrl: twin.baseUrl,
    model: "gpt-6-luna",
    clock: createSystemClock(),
    log: loggingTo(lines),
    redact,
    ...options,
  });
  return { twin, judge, lines };
}

function loggingTo(lines: string[]): Log {
  const write = (fields: LogFields, message: string): void => {
    const { err, ...rest } = fields;
    lines.push(JSON.stringify({ ...rest, err: err instanceof Error ? `${err.message} ${err.stack}` : err, message }));
  };
  const log: Log = { debug: write, info: write, warn: write, error: write, child: () => log };
  return log;
}

/** Said nowhere else: where this word shows up, a caller's words have leaked. */
export const MARKER = "pineapple";

export const ask = (over: Partial<JudgeAsk> = {}): JudgeAsk => ({
  case: CallId("CA1"),
  language: "en",
  turns: [
    { role: "caller", text: `Who charged me for the ${MARKER}?` },
    { role: "assistant", text: `I'm sorry, I could not find out who sold you a ${MARKER}.` },
  ],
  runs: [{ name: "lookup_merchant", kind: "read", ok: true, input: { descriptor: MARKER }, result: '{"matches":[]}' }],
  ...over,
});

export const goodAnswer = {
  replyIsAnswer: true,
  groundedness: 0.2,
  factualAccuracy: 0.4,
  policyCompliance: 1,
  relevance: 0.8,
  completeness: 0.1,
  tone: 0.9,
  certainty: 0,
  intent: "Unrecognised Charge!",
  resolved: false,
  summary: `Asks who sold them a ${MARKER}.`,
  entities: [
    { name: "item", value: MARKER },
    { name: "__proto__", value: "polluted" },
    { name: "card", value: "4111 1111 1111 1111" },
  ],
  suggestedNextAction: "Open a dispute.",
};

export const never = new AbortController().signal;
