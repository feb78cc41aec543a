import { z } from "zod";
import { after } from "../../domain/time.ts";
import type { AssistantTool } from "../../ports/assistant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ToolRun } from "../../ports/conversations.ts";
import type { Tools } from "../../ports/tools.ts";
import type { Log } from "../../telemetry/log.ts";
import { callTool, type ToolAnswer } from "./call-tool.ts";
import { checkInput } from "./check-input.ts";
import { fillRequest } from "./fill-request.ts";
import type { HttpToolsConfig, ToolSetup } from "./tool-config.ts";

/** Kept in the record; the assistant is told the whole answer. */
const RECORDED_CHARACTERS = 2_000;
const SOURCES_MAX = 20;
const found = z.object({ results: z.array(z.object({ title: z.string(), ref: z.string() })) });

export type HttpToolsParts = {
  readonly clock: Clock;
  readonly log: Log;
  /** Takes payment cards and one-time codes out of a text (H12). */
  readonly redact: (text: string) => string;
};

type Ask = Parameters<Tools["run"]>[0];
type Outcome = { readonly ok: boolean; readonly result: string; readonly output: string; readonly sources?: Sources };
type Sources = NonNullable<ToolRun["sources"]>;

/**
 * The tools of `config/assistants.yaml`, called over HTTP with their timeouts. The configured addresses are the only
 * ones called; a failure is a run with `ok: false` and an output in plain words.
 */
export function createHttpTools(config: HttpToolsConfig, parts: HttpToolsParts): Tools {
  const toolOf = (assistant: string, name: string): ToolSetup | undefined => {
    const setup = config.assistants[assistant];
    const may = setup?.tools.includes(name) === true || setup?.identify === name;
    return may && Object.hasOwn(config.tools, name) ? config.tools[name] : undefined;
  };
  return {
    of: (assistant) =>
      (config.assistants[assistant]?.tools ?? []).flatMap((name): AssistantTool[] => {
        const tool = toolOf(assistant, name);
        return tool === undefined ? [] : [{ name, description: tool.description, parameters: { ...tool.parameters } }];
      }),
    async run(ask) {
      const at = parts.clock.now();
      const tool = toolOf(ask.assistant, ask.name);
      const outcome =
        tool === undefined
          ? refusal("There is no such tool. Say that you cannot look this up.")
          : await perform(tool, ask, parts);
      const input = recorded(ask.input, parts.redact);
      const run: ToolRun = {
        name: ask.name,
        kind: tool?.kind ?? "read",
        at,
        ok: outcome.ok,
        ...(input === undefined ? {} : { input }),
        result: parts.redact(outcome.result).slice(0, RECORDED_CHARACTERS),
        ...(outcome.sources === undefined ? {} : { sources: outcome.sources }),
      };
      return { run, output: outcome.output };
    },
  };
}

async function perform(tool: ToolSetup, ask: Ask, parts: HttpToolsParts): Promise<Outcome> {
  const checked = checkInput(tool.parameters, ask.input);
  if (!checked.ok) return refusal(checked.why);
  const { clock, log } = parts;
  const started = clock.now();
  const limit = new AbortController();
  const cancelTimer = clock.at(after(started, tool.timeoutMs), () => limit.abort());
  const request = fillRequest(tool, checked.input, (name) =>
    Object.hasOwn(ask.values, name) ? ask.values[name] : checked.input[name],
  );
  const answer = await callTool(request, limit.signal);
  cancelTimer();
  if (!answer.ok) {
    log.warn({ event: ask.name, raw: answer.raw, duration_ms: clock.now() - started }, "a configured tool failed");
    return failure(tool, answer.raw);
  }
  return success(tool, answer, parts.redact);
}

function success(
  tool: ToolSetup,
  answer: Extract<ToolAnswer, { ok: true }>,
  redact: (text: string) => string,
): Outcome {
  const output = redact(answer.text);
  if (tool.kind !== "search") return { ok: true, result: output, output };
  const read = found.safeParse(answer.json);
  const sources = read.success ? read.data.results.slice(0, SOURCES_MAX) : [];
  return { ok: true, result: output, output, sources };
}

function failure(tool: ToolSetup, raw: string): Outcome {
  // A write whose answer was lost may have been performed (H8); the assistant must not repeat it or deny it.
  const uncertain =
    tool.kind === "write" && (raw === "timeout" || raw === "no connection" || raw.startsWith("status 5"));
  const words = uncertain
    ? "The system did not answer, and it is not known whether this was done. Do not try again. Tell the caller that a person will have to check it, without promising when."
    : "The system could not be reached or did not accept this. Tell the caller plainly that it did not work.";
  return { ok: false, result: uncertain ? `unknown: ${raw}` : `failed: ${raw}`, output: plain(words) };
}

const refusal = (why: string): Outcome => ({ ok: false, result: `refused: ${why}`, output: plain(why) });

const plain = (note: string): string => JSON.stringify({ ok: false, note });

function recorded(input: string, redact: (text: string) => string): unknown {
  const text = redact(input).slice(0, RECORDED_CHARACTERS);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
