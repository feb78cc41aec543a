import type { Brain, HistoryEntry } from "./brain.ts";
import { isJson, type Json, mintId, textOf } from "./wire.ts";

/** The output of `POST /v1/responses` for a conversation in text: what the brain says and calls. */
export function textReply(body: Json, brain: Brain): { text: string; output: Json[] } {
  const input = Array.isArray(body["input"]) ? body["input"].filter(isJson) : [];
  const history = input.flatMap(entryOf);
  const acted = history.findLastIndex(({ role }) => role === "assistant" || role === "call");
  const heard = history.slice(acted + 1).flatMap((entry) => (entry.role === "user" && entry.text ? [entry.text] : []));
  const tools = Array.isArray(body["tools"]) ? body["tools"].filter(isJson).map((tool) => textOf(tool["name"])) : [];
  const steps = brain({
    heard: heard.length > 0 ? heard.join(" ") : undefined,
    history,
    instructions: textOf(body["instructions"]),
    tools,
    outOfBand: false,
    metadata: {},
  });
  const text = steps.flatMap((step) => ("say" in step ? [step.say] : [])).join(" ");
  const message = {
    type: "message",
    id: mintId("msg"),
    role: "assistant",
    status: "completed",
    content: [{ type: "output_text", text, annotations: [] }],
  };
  const calls = steps.flatMap((step) =>
    "call" in step
      ? [
          {
            type: "function_call",
            id: mintId("item"),
            call_id: mintId("call"),
            name: step.call,
            arguments: JSON.stringify(step.arguments),
            status: "completed",
          },
        ]
      : [],
  );
  return { text, output: [...(text === "" ? [] : [message]), ...calls] };
}

function entryOf(item: Json): HistoryEntry[] {
  const callId = textOf(item["call_id"]);
  switch (item["type"] ?? item["role"]) {
    case "function_call":
      return [{ role: "call", name: textOf(item["name"]), callId, arguments: textOf(item["arguments"]) }];
    case "function_call_output":
      return [{ role: "output", callId, output: textOf(item["output"]) }];
    case "user":
      return [{ role: "user", text: textOf(item["content"]) }];
    case "assistant":
      return [{ role: "assistant", text: textOf(item["content"]) }];
    case "developer":
    case "system":
      return [{ role: "system", text: textOf(item["content"]) }];
    default:
      return [];
  }
}
