import { expect, test } from "vitest";
import { OWN_TOOLS, readOwnCall } from "../../../src/runtime/live/own-tools.ts";

test("no own tool has a field for a telephone number", () => {
  const fields = OWN_TOOLS.flatMap((tool) => Object.keys(tool.parameters["properties"] as object));
  expect(fields.toSorted()).toEqual(["note", "reason", "summary", "team", "time"]);
  expect(OWN_TOOLS.every((tool) => tool.parameters["additionalProperties"] === false)).toBe(true);
});

const CALLS: [string, string, object | undefined][] = [
  ["escalate_to_human", '{"reason":"needs a person","team":"disputes"}', { kind: "escalate", team: "disputes" }],
  ["escalate_to_human", "not json", { kind: "escalate", reason: "The assistant asked for a person." }],
  ["escalate_to_human", '{"reason":7,"number":"+15550100099"}', { kind: "escalate" }],
  ["escalate_to_human", '{"reason":"r","summary":" A refund. "}', { reason: "r", summary: "A refund." }],
  ["request_callback", '{"note":"the refund"}', { note: "the refund" }],
  ["request_callback", "{}", { kind: "choose", choice: "callback" }],
  ["request_callback", '{"time":"2026-12-01T09:00:00Z"}', { time: "2026-12-01T09:00:00Z" }],
  ["cancel_handoff", "null", { kind: "cancel" }],
  ["look_up", "{}", undefined],
];
test.each(CALLS)("%s(%s)", (name, input, expected) => {
  const call = readOwnCall(name, input);
  if (expected === undefined) expect(call).toBeUndefined();
  else expect(call).toMatchObject(expected);
  expect(JSON.stringify(call ?? {})).not.toContain("+1555");
});
