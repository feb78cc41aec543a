import type { Brain, HistoryEntry, Step, Turn } from "./brain.ts";
import { exactSentences } from "./exact-sentences.ts";

/** A finished tool call, as a script may look at it. `output` is parsed when it is JSON. */
export type ToolResult = { name: string; output: unknown };

/** A step of a script. `given` continues by what the tools called so far in this turn answered. */
type ScriptStep = Step | { given: (results: readonly ToolResult[]) => readonly ScriptStep[] };

/** One row: to what the user says, the model does this. The first row that fits is taken. */
export type ScriptRow = {
  /** Matched against what was heard. Absent: fits anything that was understood. */
  hears?: RegExp;
  when?: (turn: Turn) => boolean;
  does: readonly ScriptStep[];
};

/** What it says when no row fits. */
export type Otherwise = {
  /** The user was not understood. */
  unclear?: string;
  /** Understood, but nothing in the script answers it. */
  unknown?: string;
  /** Asked to speak although nobody said anything new. */
  idle?: string;
};

/**
 * A model whose behaviour is a table. Like every model that follows instructions, it speaks precisely the sentence it is
 * ordered to say: by the response's instructions, by a system message since it last spoke, or once by the session's.
 * After a tool's output it goes on with the next step of the row. It never calls a tool that was not declared.
 */
export function scriptedBrain(rows: readonly ScriptRow[], otherwise: Otherwise = {}): Brain {
  return (turn) => {
    const ordered = orderedSentences(turn);
    if (ordered !== undefined) return [{ say: ordered }];
    if (turn.outOfBand) return [{ say: "ok" }];
    const last = turn.history.findLastIndex((entry) => entry.role === "user");
    const user = turn.history[last];
    if (user?.role !== "user") return idle(otherwise);
    const since = turn.history.slice(last + 1);
    const row = rows.find((each) => fits(each, user.text, turn));
    const steps = row ? stepsLeft(row.does, since, turn.tools) : answerTo(user.text, since, otherwise);
    return steps.length > 0 ? steps : idle(otherwise);
  };
}

function fits(row: ScriptRow, text: string | undefined, turn: Turn): boolean {
  if (text === undefined || text === "") return false;
  return (row.hears?.test(text) ?? true) && (row.when?.(turn) ?? true);
}

function orderedSentences(turn: Turn): string | undefined {
  if (turn.responseInstructions !== undefined) return exactSentences(turn.responseInstructions);
  const spoke = turn.history.findLastIndex((entry) => entry.role === "assistant");
  for (const entry of turn.history.slice(spoke + 1).toReversed()) {
    const text = entry.role === "system" ? exactSentences(entry.text) : undefined;
    if (text !== undefined) return text;
  }
  const standing = exactSentences(turn.instructions);
  const said = turn.history.some((entry) => entry.role === "assistant" && entry.text === standing);
  return said ? undefined : standing;
}

function idle(otherwise: Otherwise): Step[] {
  return [{ say: otherwise.idle ?? "Is there anything else I can help you with?" }];
}

function answerTo(text: string | undefined, since: readonly HistoryEntry[], otherwise: Otherwise): Step[] {
  const line =
    text === undefined || text === ""
      ? (otherwise.unclear ?? "I'm sorry, I did not catch that.")
      : (otherwise.unknown ?? "Let me look that up for you.");
  return since.some((entry) => entry.role === "assistant" && entry.text === line) ? [] : [{ say: line }];
}

/** The steps up to and including the next tool calls, leaving out what was done since the user spoke. */
function stepsLeft(script: readonly ScriptStep[], since: readonly HistoryEntry[], tools: readonly string[]): Step[] {
  const results = toolResults(since);
  const calledNames = since.flatMap((entry) => (entry.role === "call" ? [entry.name] : []));
  const said = new Set(since.flatMap((entry) => (entry.role === "assistant" ? [entry.text] : [])));
  const left: Step[] = [];
  let calls = 0;
  let calling = false;
  const pending: ScriptStep[] = [...script];
  for (let step = pending.shift(); step !== undefined; step = pending.shift()) {
    // What follows a call needs its answer first.
    if (calling && !("call" in step)) break;
    if ("given" in step) pending.unshift(...step.given(results));
    else if ("say" in step) left.push(step);
    else if (tools.includes(step.call)) {
      calls += 1;
      // A call that was made says that everything before it was said, too.
      if (calls <= calledNames.length) left.length = 0;
      else {
        left.push(step);
        calling = true;
      }
    }
  }
  return left.filter((step) => !("say" in step) || !said.has(step.say));
}

function toolResults(since: readonly HistoryEntry[]): ToolResult[] {
  return since.flatMap((entry) => {
    if (entry.role !== "output") return [];
    const call = since.find((each) => each.role === "call" && each.callId === entry.callId);
    return call?.role === "call" ? [{ name: call.name, output: parsed(entry.output) }] : [];
  });
}

function parsed(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    // Tools may answer in plain words; then the words are the output.
    return output;
  }
}
