import OpenAI from "openai";
import { zodTextFormat } from "openai/helpers/zod";
import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Judge, JudgeAsk, Judged } from "../../ports/judge.ts";
import type { Log } from "../../telemetry/log.ts";
import { judgedFrom, judgementSchema } from "./judge-answer.ts";
import { type BreakerSettings, defaultBreaker, JudgeBreaker } from "./judge-breaker.ts";
import { defaultJudgeLimits, JudgeBudget, type JudgeLimits } from "./judge-budget.ts";
import { complainsOfEffort, type JudgeFault, judgeFaultOf } from "./judge-fault.ts";
import { JUDGE_INSTRUCTIONS, judgeInput } from "./judge-prompt.ts";

/** The name of the structured output, as the service sees it. */
const SCHEMA_NAME = "assistant_reply_judgement";
/** Made once: working out the JSON schema costs milliseconds, and a question is asked for every reply. */
const FORMAT = zodTextFormat(judgementSchema, SCHEMA_NAME);
const OUTPUT_TOKENS_MAX = 1_200;
/** A judgement that is older than this comes too late for the conversation, in milliseconds. */
const TIMEOUT_MS = 3_000;

export type OpenAiJudgeOptions = {
  readonly apiKey: string;
  /** The HTTP base address, `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Applied to what the model answers; the question comes redacted. */
  readonly redact: (text: string) => string;
  readonly timeoutMs?: number;
  readonly limits?: JudgeLimits;
  readonly breaker?: BreakerSettings;
};

/** Tried in this order: not every model knows the quickest one, and some know none. */
const EFFORTS = ["none", "low", undefined] as const;

type Parts = OpenAiJudgeOptions & {
  readonly client: OpenAI;
  readonly budget: JudgeBudget;
  readonly circuit: JudgeBreaker;
  /** Which of `EFFORTS` this model takes. */
  readonly thinks: { effort: number };
};

/**
 * Judges replies with an OpenAI text model and structured outputs (`POST /v1/responses`, nothing stored there). One try
 * within `timeoutMs`, body included; no retries, since the next turn brings the next question. Every failure is one log
 * line that holds neither the question nor the answer.
 */
export function createOpenAiJudge(options: OpenAiJudgeOptions): Judge {
  const { apiKey, baseUrl, limits, breaker } = options;
  const budget = new JudgeBudget(limits ?? defaultJudgeLimits);
  const parts: Parts = {
    ...options,
    // Its log could quote the conversation.
    client: new OpenAI({ apiKey, baseURL: baseUrl, maxRetries: 0, logLevel: "off" }),
    budget,
    circuit: new JudgeBreaker(breaker ?? defaultBreaker),
    thinks: { effort: 0 },
  };
  return {
    judge: (ask, outdated) => judge(parts, ask, outdated),
    forget: (caseId) => budget.forget(caseId),
  };
}

async function judge(parts: Parts, ask: JudgeAsk, outdated: AbortSignal): Promise<Judged | undefined> {
  const { budget, circuit, clock, log } = parts;
  const begun = clock.now();
  if (outdated.aborted || !circuit.admits(begun)) return undefined;
  if (!budget.take(ask.case, begun)) {
    circuit.abandoned();
    return undefined;
  }
  const { judged, fault } = await question(parts, ask, outdated);
  if (fault?.kind === "outdated") {
    circuit.abandoned();
    return undefined;
  }
  budget.answered(ask.case, fault?.blame !== "answer");
  if (fault === undefined) {
    if (circuit.worked()) log.info({}, "the judging model answers again");
    return judged;
  }
  const { kind, status, waitMs } = fault;
  const fields = { case: ask.case, reason: kind, duration_ms: clock.now() - begun, ...(status && { status }) };
  log.warn(fields, "a reply was not judged");
  if (fault.blame === "answer") circuit.worked();
  else if (circuit.failed(clock.now(), waitMs))
    log.error({ reason: kind }, "the judging model is left alone for a while; the fast path decides without it");
  return undefined;
}

type Outcome =
  | { readonly judged: Judged; readonly fault?: never }
  | { readonly judged?: never; readonly fault: JudgeFault };

async function question(parts: Parts, ask: JudgeAsk, outdated: AbortSignal): Promise<Outcome> {
  const { client, clock, model, redact, thinks } = parts;
  const timeoutMs = parts.timeoutMs ?? TIMEOUT_MS;
  const late = new AbortController();
  const effort = EFFORTS[thinks.effort];
  // The SDK's own limit ends with the headers; a body that never comes would hold the question for ever.
  const cancelTimer = clock.at(after(clock.now(), timeoutMs), () => late.abort());
  try {
    const answer = await client.responses.parse(
      {
        model,
        store: false,
        instructions: JUDGE_INSTRUCTIONS,
        input: judgeInput(ask),
        max_output_tokens: OUTPUT_TOKENS_MAX,
        ...(effort !== undefined && { reasoning: { effort } }),
        prompt_cache_key: SCHEMA_NAME,
        text: { format: FORMAT },
      },
      { signal: AbortSignal.any([late.signal, outdated]), timeout: timeoutMs },
    );
    if (answer.output_parsed !== null) return { judged: judgedFrom(answer.output_parsed, redact) };
    return { fault: { kind: answer.status === "incomplete" ? "incomplete" : "refused", blame: "answer" } };
  } catch (error) {
    if (complainsOfEffort(error)) thinks.effort = Math.min(thinks.effort + 1, EFFORTS.length - 1);
    return {
      fault: outdated.aborted ? { kind: "outdated", blame: "nobody" } : judgeFaultOf(error, late.signal.aborted),
    };
  } finally {
    cancelTimer();
  }
}
