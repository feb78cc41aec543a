import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { redact } from "../../../src/packet/redact.ts";
import type { Tools } from "../../../src/ports/tools.ts";
import { createSystemClock } from "../../../src/runtime/system-clock.ts";
import { createHttpTools } from "../../../src/vendors/http-tools/create-http-tools.ts";
import type { HttpToolsConfig, ToolSetup } from "../../../src/vendors/http-tools/tool-config.ts";
import { silentLog } from "../../support/silent-log.ts";

type Seen = { method: string; url: string; body: string; headers: IncomingMessage["headers"] };
let seen: Seen[] = [];
let answer: (response: ServerResponse) => void = () => undefined;
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    seen.push({ method: request.method ?? "", url: request.url ?? "", body, headers: request.headers });
    answer(response);
  });
});
let base = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen = [];
  answer = (response) => response.end(JSON.stringify({ results: [{ title: "Rule 7", ref: "kb/7", extra: 1 }] }));
});

const object = (properties: object, required: string[] = []): Record<string, unknown> => ({
  type: "object",
  properties,
  required,
});

function tools(): Tools {
  const setups: Record<string, ToolSetup> = {
    search: {
      kind: "search",
      description: "Searches.",
      parameters: object({ query: { type: "string" } }, ["query"]),
      method: "GET",
      url: `${base}/knowledge?q={{query}}&ani={{ani}}`,
      timeoutMs: 5_000,
    },
    write: {
      kind: "write",
      description: "Writes.",
      parameters: object({ amount: { type: "number" }, reason: { type: "string" } }),
      method: "POST",
      url: `${base}/disputes/{{amount}}`,
      headers: { "x-customer": "{{customerId}}" },
      body: { amount: "{{amount}}", note: "because {{reason}}" },
      timeoutMs: 200,
    },
  };
  const config: HttpToolsConfig = {
    assistants: { clerk: { tools: ["search", "write", "gone"] }, other: { tools: [] } },
    tools: setups,
  };
  return createHttpTools(config, { clock: createSystemClock(), log: silentLog, redact });
}

const run = (name: string, input: unknown): ReturnType<Tools["run"]> =>
  tools().run({
    assistant: "clerk",
    name,
    input: typeof input === "string" ? input : JSON.stringify(input),
    values: { ani: "+15550100012", customerId: "c-9\r\nx-evil: 1" },
  });

test("an assistant is told of its own tools and no others", () => {
  expect(
    tools()
      .of("clerk")
      .map(({ name }) => name),
  ).toEqual(["search", "write"]);
  expect(tools().of("other")).toEqual([]);
});

test("a search fills the configured address and brings sources", async () => {
  const { run: ran, output } = await run("search", { query: "late fee & more?" });
  expect(seen).toMatchObject([{ method: "GET", url: "/knowledge?q=late%20fee%20%26%20more%3F&ani=%2B15550100012" }]);
  expect(ran).toMatchObject({ ok: true, kind: "search", sources: [{ title: "Rule 7", ref: "kb/7" }] });
  expect(JSON.parse(output)).toMatchObject({ results: [{ ref: "kb/7" }] });
});

test("the caller cannot choose whose data is read", async () => {
  const { run: ran } = await run("search", { query: "x", ani: "+15550100099" });
  expect(ran.ok).toBe(false);
  expect(seen).toEqual([]);
});

test("blanks stay in their place: path, header and body", async () => {
  answer = (response) => response.end("{}");
  await run("write", { amount: 84.5, reason: '"},"admin":true' });
  expect(seen[0]?.url).toBe("/disputes/84.5");
  expect(seen[0]?.headers).toMatchObject({ "x-customer": "c-9  x-evil: 1" });
  expect(seen[0]?.headers["x-evil"]).toBeUndefined();
  expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ amount: 84.5, note: 'because "},"admin":true' });
});

const BAD: [string, unknown][] = [
  ["not JSON", "find it"],
  ["a list", [1]],
  ["a missing name", {}],
  ["a wrong type", { query: 7 }],
  ["far too long", { query: "x".repeat(20_000) }],
];
test.each(BAD)("an input that is %s calls nobody and says why", async (_name, input) => {
  const { run: ran, output } = await run("search", input);
  expect(ran.ok).toBe(false);
  expect(JSON.parse(output)).toMatchObject({ ok: false });
  expect(seen).toEqual([]);
});

test("a redirect is not followed", async () => {
  answer = (response) => response.writeHead(302, { location: `${base}/elsewhere` }).end();
  const { run: ran } = await run("search", { query: "x" });
  expect(ran).toMatchObject({ ok: false, result: "failed: status 302" });
  expect(seen.length).toBe(1);
});

test("an answer over 64 KiB, or not in JSON, is a failure in plain words", async () => {
  answer = (response) => response.end(JSON.stringify({ text: "x".repeat(70_000) }));
  expect((await run("search", { query: "x" })).run.result).toBe("failed: answer too large");
  answer = (response) => response.end("<html>");
  const { run: ran, output } = await run("search", { query: "x" });
  expect(ran.result).toBe("failed: answer is not JSON");
  expect(output).toContain("did not work");
});

test("a write that does not answer in time is unknown, and the assistant must not repeat it", async () => {
  answer = () => undefined;
  const { run: ran, output } = await run("write", { amount: 1, reason: "x" });
  expect(ran).toMatchObject({ ok: false, result: "unknown: timeout" });
  expect(output).toContain("not known");
});

test("a tool that is not the assistant's is not run", async () => {
  expect((await run("gone", {})).run.ok).toBe(false);
  expect((await run("toString", {})).run.ok).toBe(false);
  expect(seen).toEqual([]);
});

test("card numbers and codes are recorded nowhere, and reach no model", async () => {
  answer = (response) => response.end(JSON.stringify({ card: "4111 1111 1111 1111" }));
  const { run: ran, output } = await run("search", { query: "my card 4111111111111111, code 123456" });
  const recorded = JSON.stringify(ran) + output;
  expect(recorded).not.toContain("4111");
  expect(recorded).not.toContain("123456");
});
