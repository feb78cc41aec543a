import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { problem } from "../../src/protocol/api.ts";
import { httpBench, KEYS, type HttpBench } from "./http-bench.ts";

let bench: HttpBench;
beforeEach(async () => {
  bench = await httpBench();
});
afterEach(() => bench.close());

const CASE = { sourceAgent: "a", channel: "api", issueDescription: "x" };

/** Bytes as they are, for what no client library would send. */
async function raw(text: string): Promise<string> {
  const socket = connect(bench.port, "127.0.0.1");
  socket.end(text);
  let answer = "";
  socket.setEncoding("utf8").on("data", (part: string) => (answer += part));
  await once(socket, "close");
  return answer;
}

describe("what is refused", () => {
  test.each([
    ["GET", "/nowhere", {}, 404],
    ["GET", "/api/reports/sla", { key: "admin" }, 404],
    ["GET", "/api/escalations", {}, 401],
    ["GET", "/api/escalations", { headers: { authorization: "Bearer wrong" } }, 401],
    ["GET", "/api/escalations", { headers: { authorization: "Basic YWRtaW46YWRtaW4=" } }, 401],
    ["PUT", "/api/escalations", { key: "admin", body: {} }, 405],
    ["POST", "/api/escalations", { key: "integration", body: "{" }, 400],
    ["POST", "/api/escalations", { key: "integration", body: "[]" }, 400],
    [
      "POST",
      "/api/escalations",
      { key: "integration", body: "a=b", headers: { "content-type": "application/x-www-form-urlencoded" } },
      415,
    ],
    [
      "POST",
      "/api/escalations",
      { key: "integration", body: "{}", headers: { "content-type": "application/json; charset=latin1" } },
      415,
    ],
    [
      "POST",
      "/api/escalations",
      { key: "integration", body: { ...CASE, issueDescription: "x".repeat(1024 * 1024) } },
      413,
    ],
    ["POST", "/nowhere", { body: "x".repeat(1024 * 1024 + 1) }, 413],
    ["GET", "/api/escalations/%E0%A4%A", { key: "admin" }, 400],
  ] as const)("%s %s %# → a problem document", async (method, path, request, status) => {
    const answer = await bench.ask(method, path, request);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(problem.parse(answer.body).detail.length).toBeGreaterThan(10);
  });

  test("a body in pieces without a length, over the limit", async () => {
    const body = new ReadableStream({
      start(controller) {
        const piece = new TextEncoder().encode("x".repeat(64 * 1024));
        for (let sent = 0; sent < 20; sent++) controller.enqueue(piece);
        controller.close();
      },
    });
    const headers = { authorization: `Bearer ${KEYS.integration}`, "content-type": "application/json" };
    const response = await fetch(`${bench.url}/api/escalations`, {
      method: "POST",
      headers,
      body,
      duplex: "half",
    });
    expect(response.status).toBe(413);
  });

  test("a body that is cut off changes nothing and leaves the server well", async () => {
    const head = `POST /api/escalations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${KEYS.integration}\r\n`;
    await raw(`${head}Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"sourceAgent":"a"`);
    expect((await bench.ask("GET", "/api/escalations", { key: "admin" })).body.items).toEqual([]);
    expect((await bench.ask("GET", "/healthz")).status).toBe(200);
  });

  test("what is not HTTP", async () => {
    expect(await raw("HELLO\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json/);
  });

  test("a handshake for no door", async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${bench.port}/nowhere`);
    const [error] = (await once(socket, "error")) as [Error];
    expect(error.message).toContain("404");
  });

  test("neither bodies, queries, keys nor ids are in the log", async () => {
    await bench.ask("POST", "/api/escalations", { key: "integration", body: '{"issueDescription":"my card 4111' });
    await bench.ask("GET", "/api/callbacks?number=%2B15005550123", { key: "admin" });
    await bench.ask("GET", "/api/escalations/my-secret-id", { headers: { authorization: "Bearer a-wrong-secret" } });
    const written = JSON.stringify(bench.lines);
    for (const secret of ["4111", "15005550123", "a-wrong-secret", "my-secret-id", KEYS.admin])
      expect(written).not.toContain(secret);
    expect(bench.lines).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ route: "GET /api/escalations/:id", status: 401 }) }),
    );
  });
});

describe("health", () => {
  test("the process turns", async () => {
    expect((await bench.ask("GET", "/healthz")).body).toEqual({ status: "ok" });
  });

  test("ready says what is not, and why", async () => {
    const own = await httpBench({
      checks: [
        { name: "journal", check: async () => ({ ok: true }) },
        { name: "presence", check: () => Promise.reject(new Error("no answer")) },
        { name: "vapi", required: false, check: async () => ({ ok: false, why: "VAPI_API_KEY is not set" }) },
      ],
    });
    const answer = await own.ask("GET", "/readyz");
    expect(answer.status).toBe(503);
    expect(answer.body).toEqual({
      status: "not-ready",
      checks: [
        { name: "journal", required: true, ok: true },
        { name: "presence", required: true, ok: false, why: "no answer" },
        { name: "vapi", required: false, ok: false, why: "VAPI_API_KEY is not set" },
      ],
    });
    await own.close();
  });

  test("readiness says that no more calls are taken, and stays 200: somebody must speak to the callers", async () => {
    const own = await httpBench({
      checks: [
        { name: "postgres", check: async () => ({ ok: true }) },
        { name: "calls", required: false, full: true, check: async () => ({ ok: false, why: "full: 1 of 1 calls" }) },
      ],
    });
    const answer = await own.ask("GET", "/readyz");
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      status: "full",
      checks: [
        { name: "postgres", required: true, ok: true },
        { name: "calls", required: false, ok: false, why: "full: 1 of 1 calls" },
      ],
    });
    await own.close();
  });

  test("metrics count requests by pattern, never by address", async () => {
    await bench.ask("GET", "/api/escalations/some-id", { key: "admin" });
    const { body } = await bench.ask("GET", "/metrics");
    expect(body).toContain('warmline_http_requests_total{method="GET",route="/api/escalations/:id",status="404"} 1');
    expect(body).not.toContain("some-id");
  });
});

describe("documentation", () => {
  test("the OpenAPI document names every operation, with schemas that resolve", async () => {
    const { body } = await bench.ask("GET", "/api/openapi.json");
    expect(body.openapi).toBe("3.1.0");
    const operations = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => `${method} ${path}`),
    );
    expect(operations).toEqual(
      expect.arrayContaining([
        "post /api/escalations",
        "get /api/escalations/{id}/timeline",
        "patch /api/escalations/{id}/claim",
        "put /api/agents/{id}/presence",
        "get /api/callbacks",
        "get /api/config",
      ]),
    );
    const fields = body.paths["/api/escalations"].post.requestBody.content["application/json"].schema;
    expect(fields.required).toEqual(["sourceAgent", "channel", "issueDescription"]);
    expect(fields.additionalProperties).toBe(false);
    const operationIds = Object.values(body.paths as Record<string, Record<string, { operationId: string }>>)
      .flatMap((methods) => Object.values(methods))
      .map(({ operationId }) => operationId);
    expect(new Set(operationIds).size).toBe(operationIds.length);
  });

  test("the page for people has no script", async () => {
    const page = await bench.ask("GET", "/api/docs");
    expect(page.body).toContain("PATCH /api/escalations/:id/claim");
    expect(page.body).not.toMatch(/<script/i);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

const signIn = (body: object, headers: Record<string, string> = {}) =>
  bench.ask("POST", "/desk/session", { body, headers });
const cookieOf = (answer: { headers: Headers }) => (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";

describe("a session at the desk", () => {
  test("a key of role desk signs any agent in, with a cookie that scripts cannot read", async () => {
    const answer = await signIn({ apiKey: KEYS.desk, agent: "dana" });
    expect(answer).toMatchObject({ status: 200, body: { agent: "dana", role: "agent" } });
    expect(answer.headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Lax; Secure$/);
    const who = await bench.ask("GET", "/desk/session", { headers: { cookie: cookieOf(answer) } });
    expect(who.body).toMatchObject({ agent: "dana" });
  });

  test.each([
    ["an unknown key", { apiKey: "wrong", agent: "dana" }, 401],
    ["an agent's key for somebody else", { apiKey: KEYS.gene, agent: "dana" }, 403],
    ["a key that opens no desk", { apiKey: KEYS.integration, agent: "dana" }, 403],
    ["an agent who does not exist", { apiKey: KEYS.desk, agent: "ghost" }, 404],
    ["a desk key without an agent", { apiKey: KEYS.desk }, 403],
  ])("not with %s", async (_, body, status) => {
    const answer = await signIn(body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  test("not from another site, and a session's writes only from ours", async () => {
    expect((await signIn({ apiKey: KEYS.dana }, { origin: "https://evil.example" })).status).toBe(403);
    const cookie = cookieOf(await signIn({ apiKey: KEYS.dana }));
    const put = (headers: Record<string, string>) =>
      bench.ask("PUT", "/api/agents/dana/presence", { body: { status: "away" }, headers: { cookie, ...headers } });
    expect((await put({})).status).toBe(403);
    expect((await put({ origin: "https://evil.example" })).status).toBe(403);
    expect((await put({ origin: "null" })).status).toBe(403);
    expect((await put({ origin: "https://voice.example.com" })).status).toBe(200);
    expect((await put({ origin: bench.url })).status).toBe(200);
  });

  test("a cookie that was changed, or is over, is none", async () => {
    const cookie = cookieOf(await signIn({ apiKey: KEYS.dana }));
    const who = async (value: string) =>
      (await bench.ask("GET", "/desk/session", { headers: { cookie: value } })).status;
    expect(await who(cookie)).toBe(200);
    const [body = "", signature = ""] = cookie.slice("warmline_session=".length).split(".");
    const other = Buffer.from(Buffer.from(body, "base64url").toString().replaceAll("dana", "gene")).toString(
      "base64url",
    );
    for (const forged of [`${other}.${signature}`, `${body}.`, body, "x.y", `${body}.${signature.slice(1)}`])
      expect(await who(`warmline_session=${forged}`)).toBe(401);
    bench.clock.passTo(bench.clock.now() + 12 * 3_600_000);
    expect(await who(cookie)).toBe(401);
  });

  test("signing out takes the agent off duty", async () => {
    const cookie = cookieOf(await signIn({ apiKey: KEYS.dana }));
    await bench.ask("PUT", "/api/agents/dana/presence", {
      key: "dana",
      body: { status: "available", until: "2026-11-21T12:00:00Z" },
    });
    const out = await bench.ask("DELETE", "/desk/session", { headers: { cookie, origin: bench.url } });
    expect(out.headers.get("set-cookie")).toContain("Max-Age=0");
    expect((await bench.ask("GET", "/api/agents/dana/presence", { key: "dana" })).body.status).toBe("offline");
  });

  test("guessing keys is slowed down", async () => {
    for (let tries = 0; tries < 20; tries++) await signIn({ apiKey: `guess-${tries}` });
    expect((await signIn({ apiKey: KEYS.dana })).status).toBe(429);
    bench.clock.passTo(bench.clock.now() + 60_001);
    expect((await signIn({ apiKey: KEYS.dana })).status).toBe(200);
  });

  test("the page's files are served under a policy that allows nothing from elsewhere", async () => {
    await writeFile(join(bench.files, "index.html"), "<!doctype html><title>desk</title>");
    const page = await bench.ask("GET", "/desk/");
    expect(page.body).toContain("<title>desk</title>");
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
    expect((await bench.ask("GET", "/desk/../package.json")).status).toBe(404);
  });
});
