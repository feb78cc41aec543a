// An assistant runs by its vendor's key; without that one its callers are served by fixed lines from the start.

import { expect, test } from "vitest";
import { hasVendor, sayAbsentAssistants } from "../../src/compose/vendor-of-assistant.ts";
import type { Log } from "../../src/telemetry/log.ts";
import { silentLog } from "../support/silent-log.ts";

type Config = Parameters<typeof hasVendor>[0]["config"];
type Settings = Parameters<typeof hasVendor>[0]["settings"];
const VENDORS = {
  ours: "openai",
  sip: "vapi",
  socket: "vapi-websocket",
  theirs: "retell",
  model: "retell-llm",
} as const;
const NAMES = Object.keys(VENDORS) as (keyof typeof VENDORS)[];

/** A gateway with these keys, all assistants, and numbers that some of them answer. */
function house(keys: readonly ("openai" | "vapi" | "retell")[], numbers: object = {}) {
  const assistants = Object.fromEntries(NAMES.map((name) => [name, { vendor: VENDORS[name] }]));
  return {
    settings: Object.fromEntries(keys.map((key) => [key, { apiKey: "key" }])) as unknown as Settings,
    config: { assistants: { assistants }, routing: { numbers } } as unknown as Config,
  };
}

test.each([
  [[], []],
  [["openai"], ["ours"]],
  [["vapi"], ["sip", "socket"]],
  [["retell"], ["theirs", "model"]],
] as const)("with the keys %j there are %j", (keys, present) => {
  expect(NAMES.filter((name) => hasVendor(house(keys), name))).toEqual(present);
});

test("an assistant that nothing is written about is our own", () => {
  expect(hasVendor(house(["openai"]), "unwritten")).toBe(true);
  expect(hasVendor(house(["vapi", "retell"]), "unwritten")).toBe(false);
});

test("said at the start of each that answers a number, once, and of no other", () => {
  const said: unknown[] = [];
  const log: Log = { ...silentLog, warn: (fields) => void said.push(fields["reason"]) };
  const numbers = {
    default: { mode: "assistant", assistant: "ours" },
    "+15005550100": { assistant: "sip" },
    "+15005550101": { assistant: "sip" },
    "+15005550102": { mode: "queue", assistant: "theirs" },
    "+15005550103": {},
  };
  sayAbsentAssistants({ ...house([], numbers), log });
  expect([said.length, new Set(said)]).toEqual([2, new Set(["ours", "sip"])]);
  said.length = 0;
  sayAbsentAssistants({ ...house(["openai", "vapi"], numbers), log });
  expect(said).toEqual([]);
});
