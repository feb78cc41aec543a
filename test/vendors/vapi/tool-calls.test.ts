import type { Vapi } from "@vapi-ai/server-sdk";
import { describe, expect, test } from "vitest";
import { toolCallFields } from "../../../lab/vapi/tool-call-shapes.ts";
import type { ToolCallShape } from "../../../lab/vapi/faults.ts";
import { readToolCalls, toolResult } from "../../../src/vendors/vapi/tool-calls.ts";

const input = { reason: "The caller asks for a person." };
const tool = { type: "function" as const, function: { name: "escalate_to_human" } };
const SHAPES: readonly ToolCallShape[] = [
  "function-object",
  "function-string",
  "arguments",
  "parameters",
  "with-tool",
  "legacy",
];

describe("a tool call, in every shape the vendor's material shows", () => {
  test.each(SHAPES)("%s", (shape) => {
    const fields = toolCallFields([{ id: "call_1", name: "escalate_to_human", arguments: input, tool }], shape);
    const calls = readToolCalls(JSON.parse(JSON.stringify(fields)) as Record<string, unknown>);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ id: "call_1", name: "escalate_to_human" });
    expect(JSON.parse(calls[0]?.input ?? "")).toEqual(input);
  });

  test("as the SDK types it", () => {
    const listed: Vapi.ToolCall = {
      id: "call_2",
      type: "function",
      function: { name: "find_transactions", arguments: '{"amount":84.5}' },
    };
    expect(readToolCalls({ toolCallList: [listed] })).toEqual([
      { id: "call_2", name: "find_transactions", input: '{"amount":84.5}' },
    ]);
  });

  test("what is no tool call is left out, and the rest is kept in order", () => {
    const good = { id: "b", name: "two", arguments: {} };
    const calls = readToolCalls({ toolCallList: [{ id: "a" }, "nonsense", null, good, { id: "c", name: "three" }] });
    expect(calls.map(({ id }) => id)).toEqual(["b", "c"]);
    expect(readToolCalls({})).toEqual([]);
  });

  test("a result is one line, under the call's own id and name", () => {
    const result: Vapi.ToolCallResult = toolResult({ id: "call_1", name: "lookup", input: "{}" }, "no match\n  at all");
    expect(result).toEqual({ toolCallId: "call_1", name: "lookup", result: "no match at all" });
  });
});
