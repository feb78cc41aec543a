// The HTTP API with a whole gateway behind it: refusals are problem documents with one line each in the log, and repeat
// nothing; what is sent again with its key is done once.
import { once } from "node:events";
import { connect } from "node:net";

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";

import { ADMIN_KEY, DESK_KEY } from "../../lab/rig/start-rig.ts";
import { openScene, type Scene } from "../calls/scene.ts";
import { watchLog } from "./log-watch.ts";

const log = watchLog();
let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ env: { LOG_LEVEL: "info" }, onLog: log.onLog });
});
afterAll(() => scene.close());

const SECRET = "4111 1111 1111 1111";
const CASE = {
  sourceAgent: "bot",
  channel: "chat",
  issueDescription: SECRET,
  priority: "high",
  contextData: { card: SECRET },
};

type Sent = {
  readonly key?: string;
  readonly type?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
};

const send = (
  method: string,
  path: string,
  { key = ADMIN_KEY, type = "application/json", body, headers = {} }: Sent,
): Promise<Response> =>
  fetch(`${scene.rig.url}${path}`, {
    method,
    headers: {
      ...(key === "" ? {} : { Authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { "Content-Type": type }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });

const stored = async () => {
  const [cases, agents, callbacks] = await Promise.all(
    ["/api/escalations", "/api/agents", "/api/callbacks"].map((path) => scene.rig.api("GET", path)),
  );
  return { cases, agents, callbacks };
};

const AGENT = { id: "ghost", name: "Ghost", device: { kind: "phone", address: "+15005559999" } };

describe("what is refused", () => {
  test.each<[string, `${"GET" | "POST" | "PATCH" | "DELETE"} /${string}`, Sent, number]>([
    ["without a key", "POST /api/escalations", { key: "", body: JSON.stringify(CASE) }, 401],
    ["with a made-up key", "POST /api/escalations", { key: "made-up-key-99", body: JSON.stringify(CASE) }, 401],
    ["with a key of another role", "POST /api/agents", { key: DESK_KEY, body: JSON.stringify(AGENT) }, 403],
    ["cut off", "POST /api/escalations", { body: JSON.stringify(CASE).slice(0, -20) }, 400],
    [
      "larger than 1 MiB",
      "POST /api/escalations",
      { body: JSON.stringify({ ...CASE, issueDescription: "x".repeat(1_048_576) }) },
      413,
    ],
    ["of another type", "POST /api/escalations", { body: "a=b", type: "application/x-www-form-urlencoded" }, 415],
    [
      "with a field of the wrong type",
      "POST /api/escalations",
      { body: JSON.stringify({ ...CASE, priority: SECRET }) },
      400,
    ],
    [
      "with an unknown field",
      "POST /api/escalations",
      { body: JSON.stringify({ ...CASE, dial: "+19005550000" }) },
      400,
    ],
    [
      "with more context than 64 KiB",
      "POST /api/escalations",
      { body: JSON.stringify({ ...CASE, contextData: { a: "x".repeat(65_536) } }) },
      413,
    ],
    ["for a case that is none", "PATCH /api/escalations/esc_none/claim", { body: '{"agent":"ghost"}' }, 404],
    ["by another method", "DELETE /api/escalations", {}, 405],
    ["at no door", "POST /api/nowhere", { body: "{}" }, 404],
  ])("%s", async (_, door, sent, status) => {
    const [method = "", path = ""] = door.split(" ");
    const before = await stored();
    await log.since(scene.rig.url);
    const answer = await send(method, path, sent);
    const body = await answer.text();
    expect([answer.status, answer.headers.get("content-type")?.split(";")[0]]).toEqual([
      status,
      "application/problem+json",
    ]);
    expect(JSON.parse(body)).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
    const { lines, text } = await log.since(scene.rig.url);
    expect(lines, text).toMatchObject([{ door: "http", status }]);
    for (const secret of [SECRET, "made-up-key-99", ADMIN_KEY, "esc_none", "+1900"])
      expect(`${text}${body}`).not.toContain(secret);
    expect(await stored()).toEqual(before);
  });

  test("a body shorter than it says", async () => {
    const before = await stored();
    await log.since(scene.rig.url);
    const { hostname, port } = new URL(scene.rig.url);
    const socket = connect(Number(port), hostname);
    const head = `POST /api/escalations HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${ADMIN_KEY}\r\n`;
    socket.write(`${head}Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"sourceAgent":"${SECRET}`);
    socket.end();
    socket.resume();
    await once(socket, "close");
    const { lines, text } = await log.since(scene.rig.url);
    expect(lines, text).toHaveLength(1);
    expect(text).not.toContain(SECRET);
    expect(await stored()).toEqual(before);
  });

  test("what is no HTTP at all", async () => {
    await log.since(scene.rig.url);
    const { hostname, port } = new URL(scene.rig.url);
    const socket = connect(Number(port), hostname);
    let answer = "";
    socket.setEncoding("utf8").on("data", (part: string) => (answer += part));
    socket.write("HELLO gateway\r\n\r\n");
    await once(socket, "close");
    expect(answer).toMatch(/^HTTP\/1\.1 400 /u);
    const { lines, text } = await log.since(scene.rig.url);
    expect(lines, text).toMatchObject([{ level: 40, door: "http", status: 400 }]);
  });

  test("a handshake for no door", async () => {
    await log.since(scene.rig.url);
    const socket = new WebSocket(`${scene.rig.url.replace(/^http/u, "ws")}/nowhere`);
    const [error] = (await once(socket, "error")) as [Error];
    expect(error.message).toContain("404");
    const { lines, text } = await log.since(scene.rig.url);
    expect(lines, text).toMatchObject([{ level: 40, door: "http", status: 404 }]);
  });
});

describe("what is sent again", () => {
  const again = { headers: { "Idempotency-Key": "order-77" }, body: JSON.stringify(CASE) };

  test("with the same key opens one case and gets the same answer", async () => {
    const before = (await stored()).cases as { items: unknown[] };
    const first = await send("POST", "/api/escalations", again);
    const second = await send("POST", "/api/escalations", again);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await second.json()).toEqual(await first.json());
    const after = (await stored()).cases as { items: unknown[] };
    expect(after.items).toHaveLength(before.items.length + 1);
  });

  test("with the same key and another body is refused and changes nothing", async () => {
    const before = await stored();
    const other = await send("POST", "/api/escalations", {
      ...again,
      body: JSON.stringify({ ...CASE, priority: "low" }),
    });
    expect(other.status).toBe(422);
    expect(await stored()).toEqual(before);
  });

  test("a second claim learns who has it", async () => {
    const opened = (await (await send("POST", "/api/escalations", { body: JSON.stringify(CASE) })).json()) as {
      id: string;
    };
    for (const id of ["ada", "ben"])
      await scene.rig.api("POST", "/api/agents", { ...AGENT, id, name: id, queues: ["general"] });
    const claim = (agent: string) =>
      send("PATCH", `/api/escalations/${opened.id}/claim`, { body: JSON.stringify({ agent }) });
    const answers = await Promise.all([claim("ada"), claim("ben")]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const won = answers.findIndex(({ status }) => status === 200) === 0 ? "ada" : "ben";
    const lost = answers.find(({ status }) => status === 409);
    expect(await lost?.json()).toMatchObject({ assignee: won });
  });
});
