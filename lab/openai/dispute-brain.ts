import type { Brain, HistoryEntry, Turn } from "./brain.ts";
import { type ScriptRow, scriptedBrain, type ToolResult } from "./scripted-brain.ts";
import { isJson } from "./wire.ts";

const FOUND = "I found a charge of eighty four dollars and fifty cents from Q R S Trading.";
const NOT_FOUND = "I'm sorry, I could not find out who that merchant is.";

/** The caller disputes a charge of $84.50 from a merchant they do not recognise. What the model says to it, and which tools it tries. */
export const disputeScript: readonly ScriptRow[] = [
  {
    hears: /real person|human|someone|agent|representative/iu,
    when: (turn) => turn.tools.includes("escalate_to_human"),
    does: [
      {
        call: "escalate_to_human",
        arguments: {
          reason: "The caller asks for a person.",
          summary:
            "Charge of $84.50 from QRS TRADING that the caller does not recognise; the merchant look-up had no match.",
        },
      },
      { say: "I am still here with you." },
    ],
  },
  { hears: /real person|human|someone|agent|representative/iu, does: [{ say: "I understand." }] },
  {
    hears: /who charged me|what that is|find out/iu,
    does: [
      { say: "Let me look that up for you." },
      { call: "lookup_merchant", arguments: { descriptor: "QRS TRADING" } },
      { call: "search_knowledge", arguments: { query: "unrecognised merchant QRS TRADING" } },
      {
        given: (results) => [{ say: matched(results) ? "That merchant is known to us." : NOT_FOUND }],
      },
    ],
  },
  {
    hears: /charge of eighty four|don't recogni[sz]e/iu,
    does: [
      { say: "Let me look that up for you." },
      { call: "find_transactions", arguments: { amount: 84.5 } },
      { say: FOUND },
    ],
  },
  { hears: /cancel|let's go on/iu, does: [{ say: "All right, let us go on." }] },
  { hears: /hello|still there/iu, does: [{ say: "I am still here with you." }] },
  { hears: /tuesday|card ends|whole evening|marker word/iu, does: [{ say: "Thank you, I have noted that." }] },
  { hears: /thank you, that is great/iu, does: [{ say: "Is there anything else I can help you with?" }] },
  { hears: /rather wait/iu, does: [{ say: "Thank you for waiting, it will only be a moment." }] },
  {
    hears: /call me back/iu,
    when: (turn) => turn.tools.includes("request_callback"),
    does: [{ call: "request_callback", arguments: {} }],
  },
  { hears: /^no\b/iu, does: [{ say: "All right." }] },
  { hears: /^yes\b/iu, does: [{ say: "Thank you, I have noted that." }] },
];

const scripted = scriptedBrain(disputeScript, { idle: "I am still here with you." });
const NO_MATCH = "I could not match that merchant to a known business.";
/** Its second search, with other words than the first. */
const WIDER_QUERY = "who is behind a statement name";

/** The model of the demo. It greets only when it is told to, and searches again with other words when it is told to. */
export const disputeBrain: Brain = (turn) => secondSearch(turn) ?? scripted(turn);

/** Like any model that is told to look again: a few words, another query, then what came of it. */
function secondSearch(turn: Turn): ReturnType<Brain> | undefined {
  const last = turn.history.findLastIndex(({ role }) => role === "user");
  const since = turn.history.slice(last + 1);
  const wider = since.find((entry) => entry.role === "call" && entry.arguments.includes(WIDER_QUERY));
  if (wider?.role === "call") {
    const done = since.some((entry) => entry.role === "output" && entry.callId === wider.callId);
    const said = since.some((entry) => entry.role === "assistant" && entry.text === NO_MATCH);
    return done && !said ? [{ say: NO_MATCH }] : undefined;
  }
  const told = turn.responseInstructions ?? newestNote(since);
  if (!/another query/iu.test(told) || !turn.tools.includes("search_knowledge")) return undefined;
  return [{ say: "Let me look that up for you." }, { call: "search_knowledge", arguments: { query: WIDER_QUERY } }];
}

function newestNote(since: readonly HistoryEntry[]): string {
  const note = since.findLast(({ role }) => role === "system");
  return note?.role === "system" ? note.text : "";
}

/** A row for tests: a model that promises a person although nobody asked it to. Put it before the others. */
export const promisesOnItsOwn: ScriptRow = {
  hears: /charge|card/iu,
  does: [{ say: "I'll connect you to a person right away." }],
};

function matched(results: readonly ToolResult[]): boolean {
  return results.some(
    ({ output }) => isJson(output) && Array.isArray(output["matches"]) && output["matches"].length > 0,
  );
}
