import type { HistoryEntry, Turn } from "./brain.ts";
import { type Conversation, historyOf, itemFrom } from "./conversation.ts";
import type { SessionSettings } from "./settings.ts";
import { isJson, type Json } from "./wire.ts";

/** What the model is given for one response: the conversation or the request's own input, and the instructions in force. */
export function modelTurn(request: Json, conversation: Conversation, settings: SessionSettings): Turn {
  const { input, instructions } = request;
  const history = Array.isArray(input) ? inputHistory(input, conversation) : conversation.history();
  const tools = (request["tools"] as SessionSettings["tools"] | undefined) ?? settings.tools;
  const choice = request["tool_choice"] ?? settings.tool_choice;
  return {
    heard: heardSinceAnswer(history),
    history,
    instructions: settings.instructions,
    ...(typeof instructions === "string" ? { responseInstructions: instructions } : {}),
    tools: choice === "none" ? [] : tools.map((tool) => tool.name ?? ""),
    outOfBand: request["conversation"] === "none",
    metadata: isJson(request["metadata"]) ? (request["metadata"] as Record<string, string>) : {},
  };
}

function inputHistory(input: readonly unknown[], conversation: Conversation): HistoryEntry[] {
  return input.flatMap((each) => {
    const item = isJson(each) && each["type"] === "item_reference" ? conversation.get(each["id"]) : itemFrom(each);
    return item && "wire" in item ? historyOf(item) : [];
  });
}

/** What the user said since the model last did something. */
function heardSinceAnswer(history: readonly HistoryEntry[]): string | undefined {
  const acted = history.findLastIndex((entry) => entry.role === "assistant" || entry.role === "call");
  const texts = history.slice(acted + 1).flatMap((entry) => (entry.role === "user" && entry.text ? [entry.text] : []));
  return texts.length > 0 ? texts.join(" ") : undefined;
}
