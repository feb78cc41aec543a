import type { Json } from "../openai/wire.ts";
import type { ToolCallShape } from "./faults.ts";
import type { FunctionTool } from "./settings.ts";

export type ToolCall = { id: string; name: string; arguments: Json; tool: FunctionTool };

/** The fields of a `tool-calls` message, in one of the shapes that the vendor's material shows. */
export function toolCallFields(calls: readonly ToolCall[], shape: ToolCallShape): Json {
  const listed = calls.map((call) => listedAs(call, shape));
  const withTool = calls.map((call) => ({
    type: "function",
    function: call.tool.function,
    async: call.tool.async ?? false,
    server: call.tool.server,
    messages: call.tool.messages ?? [],
    toolCall: { id: call.id, type: "function", function: { name: call.name, arguments: call.arguments } },
  }));
  if (shape === "with-tool") return { toolWithToolCallList: withTool };
  if (shape === "legacy") return { toolCalls: listed };
  return { toolCallList: listed, toolWithToolCallList: withTool };
}

function listedAs({ id, name, arguments: input }: ToolCall, shape: ToolCallShape): Json {
  switch (shape) {
    case "arguments":
      return { id, name, arguments: input };
    case "parameters":
      return { id, name, parameters: input };
    case "function-string":
      return { id, type: "function", function: { name, arguments: JSON.stringify(input) } };
    default:
      return { id, type: "function", function: { name, arguments: input } };
  }
}
