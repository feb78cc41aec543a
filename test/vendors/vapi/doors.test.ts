// What reaches the gateway at Vapi's door: only what proves to be Vapi's is looked at, and only a visit of ours is bound.

import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { signed } from "../../../lab/vapi/webhooks.ts";
import { CallId } from "../../../src/domain/ids.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import type { HostedEvent, HostedSession, Visit } from "../../../src/ports/hosted-assistant.ts";
import type { Passed, PassOn } from "../../../src/ports/pass-on.ts";
import { createVapiEdge } from "../../../src/vendors/vapi/vapi-edge.ts";
import { silentLog } from "../../support/silent-log.ts";
import { call, speech, status } from "./fixtures.ts";

const SECRET = "a-secret-of-the-test";
const TOKEN = "0123x4567x89";
const VISIT: Visit = { call: CallId("call-1"), visit: "visit-1" };

let server: Server;
let url = "";
let origin = "";
let controlled: string[] = [];
let told: () => void = () => undefined;
let heard: HostedEvent[] = [];
let opened: Visit[] = [];
let session: HostedSession | undefined;
/** Another gateway: what reaches it, what it answers, and what it passes on to this one. */
let passed: Parameters<PassOn["pass"]>[1][] = [];
let passAnswer: Passed = { kind: "here" };
let serve: (body: string) => Promise<string> | undefined = () => undefined;

beforeEach(async () => {
  controlled = [];
  heard = [];
  opened = [];
  session = undefined;
  passed = [];
  passAnswer = { kind: "here" };
  const app = express();
  // The vendor's side of the control URLs, at the address its API is said to have.
  app.post(["/control", "/evil"], express.json(), (request, response) => {
    controlled.push(request.path);
    told();
    response.json({});
  });
  server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  url = `${origin}/vapi/webhook`;
  const edge = createVapiEdge({
    options: { apiKey: "key", apiUrl: origin, webhookSecret: SECRET, publicUrl: "https://gateway.example" },
    assistantOf: (name) => (name === "front" ? { assistantId: "asst-1", sipUri: "sip:us@sip.vapi.ai" } : undefined),
    visits: () => ({
      read: (token) => (token === TOKEN ? VISIT : undefined),
      open: (visit, with_) => {
        opened.push(visit);
        session = with_;
        return Promise.resolve({
          assistant: "front",
          setup: { instructions: "Help.", language: "en", tools: [TOOL], history: [] },
          listener: {
            hear: (event) => {
              heard.push(event);
              if (event.kind === "tool-call") with_.answerTool(event.toolCall, "Noted.\nSay nothing.");
              return "answer";
            },
            check: () => ({ kind: "say" }),
          },
        });
      },
    }),
    report: () => undefined,
    bridged: () => ({ expect: () => Promise.resolve(undefined), arrived: () => Promise.resolve({ kind: "go-on" }) }),
    assistantById: () => undefined,
    passOn: {
      serve: (_channel, answer) => void (serve = answer),
      pass: (_channel, news) => {
        passed.push(news);
        return Promise.resolve(passAnswer);
      },
    },
    clock: {
      now: () => EpochMs(Date.now()),
      at: (when, wake) => {
        const timer = setTimeout(wake, Math.max(0, when - Date.now()));
        return () => clearTimeout(timer);
      },
    },
    log: silentLog,
  });
  app.use(edge.router);
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const TOOL = {
  name: "escalate_to_human",
  description: "Get a person.",
  parameters: { type: "object", properties: { reason: { type: "string" } } },
};
const bound = { ...call, phoneCallProviderDetails: { sip: { headers: { "X-Gwsession": TOKEN } } } };

async function post(message: object, headers: Readonly<Record<string, string>> = { "x-vapi-secret": SECRET }) {
  const body = JSON.stringify({ message });
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const toolCallList = [{ id: "call_1", type: "function", function: { name: "escalate_to_human", arguments: "{}" } }];

/** Every key of a body; those below `properties` and `headers` are names of ours. */
const keysIn = (value: unknown): string[] =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([key, each]) => [
        ...(Array.isArray(value) ? [] : [key]),
        ...(key === "properties" || key === "headers" ? [] : keysIn(each)),
      ]);

describe("Vapi's door", () => {
  test.each([
    ["no secret", {}],
    ["the wrong secret", { "x-vapi-secret": "another" }],
    ["the wrong bearer token", { authorization: "Bearer another" }],
    ["a signature by another key", signed({ kind: "hmac", secretKey: "another" }, "{}")],
  ])("%s: 403, and nothing is bound", async (_name, headers: Record<string, string>) => {
    const answer = await post({ type: "assistant-request", call: bound }, headers);
    expect(answer.status).toBe(403);
    expect([opened, heard, controlled]).toEqual([[], [], []]);
  });

  test("a replayed signature: 403, and nothing happens twice", async () => {
    const message = { type: "assistant-request", call: bound };
    const headers = signed({ kind: "hmac", secretKey: SECRET }, JSON.stringify({ message }));
    expect((await post(message, headers)).status).toBe(200);
    expect((await post(message, headers)).status).toBe(403);
    expect(opened).toHaveLength(1);
  });

  test("what is no message: 400; another method: 405; too much: 413", async () => {
    expect((await post("nonsense" as never)).status).toBe(400);
    expect((await fetch(url)).status).toBe(405);
    const body = JSON.stringify({ message: { type: "hang", filler: "x".repeat(1_100_000) } });
    const large = await fetch(url, { method: "POST", headers: { "x-vapi-secret": SECRET }, body });
    expect(large.status).toBe(413);
  });

  test("assistant-request: the configured assistant, with what a waiting caller needs", async () => {
    const { status: code, body } = await post({ type: "assistant-request", call: bound });
    expect(code).toBe(200);
    expect(body).toMatchObject({
      assistantId: "asst-1",
      assistantOverrides: {
        silenceTimeoutSeconds: 3_600,
        maxDurationSeconds: 43_200,
        backgroundSound: "off",
        endCallPhrases: [],
        hooks: [],
        variableValues: { gwsession: TOKEN },
        server: { url: "https://gateway.example/vapi/webhook", headers: { "x-vapi-secret": SECRET } },
      },
    });
    const overrides = body["assistantOverrides"] as { serverMessages: string[]; "tools:append": unknown[] };
    expect(overrides.serverMessages).toEqual(expect.arrayContaining(["transcript", "tool-calls", "speech-update"]));
    expect(overrides.serverMessages).not.toContain("phone-call-control");
    expect(overrides["tools:append"]).toMatchObject([{ type: "function", function: { name: "escalate_to_human" } }]);
    expect(JSON.stringify(overrides["tools:append"])).not.toMatch(/phone|number/iu);
    expect(opened).toEqual([VISIT]);
  });

  test("a call with no token, or a forged one, is not connected", async () => {
    const forged = { ...call, phoneCallProviderDetails: { sip: { headers: { "x-gwsession": "forged" } } } };
    for (const each of [call, forged]) {
      const { status: code, body } = await post({ type: "assistant-request", call: each });
      expect([code, typeof body["error"], body["assistantId"]]).toEqual([200, "string", undefined]);
    }
    expect(opened).toEqual([]);
  });

  test.each([
    ["assistantOverrides", { ...call, assistantOverrides: { variableValues: { gwsession: TOKEN } } }],
    [
      "headers in another spelling",
      { ...call, phoneCallProviderDetails: { sip: { headers: { "X-GW-Session": TOKEN } } } },
    ],
  ])("the token is found in %s", async (_where, each) => {
    await post({ type: "assistant-request", call: each });
    expect(opened).toEqual([VISIT]);
  });

  test("a tool call is answered once, however often it comes", async () => {
    await post({ type: "assistant-request", call: bound });
    const first = await post({ type: "tool-calls", toolCallList, call });
    const second = await post({ type: "tool-calls", toolCallList, call });
    const results = [{ toolCallId: "call_1", name: "escalate_to_human", result: "Noted. Say nothing." }];
    expect([first.body, second.body]).toEqual([{ results }, { results }]);
    expect(heard.filter(({ kind }) => kind === "tool-call")).toHaveLength(1);
  });

  test("pitfall 3: no reply has a key that Vapi would ignore for its spelling", async () => {
    const replies = [
      await post({ type: "assistant-request", call: bound }),
      await post({ type: "tool-calls", toolCallList, call }),
      await post({ type: "transfer-destination-request", call: bound }),
    ];
    const keys = replies.flatMap(({ body }) => keysIn(body));
    expect(keys).toEqual(expect.arrayContaining(["assistantOverrides", "toolCallId", "error"]));
    expect(keys.filter((key) => key.includes("_"))).toEqual([]);
  });

  test("their own transfer is refused: the caller stays with us", async () => {
    const { status: code, body } = await post({ type: "transfer-destination-request", call: bound });
    expect([code, typeof body["error"], body["destination"]]).toEqual([200, "string", undefined]);
  });

  test("messages reach the visit; unknown types are acknowledged", async () => {
    await post({ type: "assistant-request", call: bound });
    await post({ type: "aura.updated", call, aura: "blue" });
    await post(status("in-progress", 1));
    await post(speech("user", "started", 2));
    expect(heard.map(({ kind }) => kind)).toEqual(["connected", "speech-started"]);
  });

  test("a forged control URL does not take the first one's place", async () => {
    const reached = new Promise<void>((resolve) => {
      told = resolve;
    });
    await post({ type: "assistant-request", call: { ...bound, monitor: { controlUrl: `${origin}/control` } } });
    await post({ ...status("in-progress", 1), call: { ...call, monitor: { controlUrl: `${origin}/evil` } } });
    session?.note("a secret note");
    await reached;
    expect(controlled).toContain("/control");
    expect(controlled).not.toContain("/evil");
  });

  test("a control URL that was not in the first message is learnt from a later one", async () => {
    const reached = new Promise<void>((resolve) => {
      told = resolve;
    });
    await post({ type: "assistant-request", call: { ...bound, monitor: {} } });
    session?.note("a note that waits");
    await post({ ...status("in-progress", 1), call: { ...call, monitor: { controlUrl: `${origin}/control` } } });
    await reached;
    expect(controlled[0]).toBe("/control");
  });

  test("a call that another gateway has: it answers, and nothing is taken up here", async () => {
    const results = [{ toolCallId: "call_1", name: "escalate_to_human", result: "Noted there." }];
    passAnswer = { kind: "done", body: JSON.stringify(results) };
    const { body } = await post({ type: "tool-calls", toolCallList, call: bound });
    expect(body).toEqual({ results });
    passAnswer = { kind: "done", body: "[]" };
    await post({ ...status("in-progress", 1), call: bound });
    expect([opened, heard, passed.length]).toEqual([[], [], 2]);
    // Over the transport socket there is no token: only its gateway can serve it.
    await post({ type: "tool-calls", toolCallList, call: { ...call, type: "vapi.websocketCall" } });
    expect(passed.map(({ call: named }) => named)).toEqual([VISIT.call, VISIT.call, undefined]);
  });

  test("a call whose gateway failed, or whose gateway nobody can know: the model hears so, and nothing is done here", async () => {
    for (const [kind, said] of [
      ["failed", /did not answer/u],
      // Nobody was told, so the model may ask once more.
      ["unknown", /call this tool once more/u],
    ] as const) {
      passAnswer = { kind };
      const { body } = await post({ type: "tool-calls", toolCallList, call: bound });
      expect(body["results"]).toEqual([
        expect.objectContaining({ toolCallId: "call_1", result: expect.stringMatching(said) as string }),
      ]);
      await post({ ...status("in-progress", 1), call: bound });
    }
    expect([opened, heard]).toEqual([[], []]);
  });

  test("who asks which assistant answers is told by the gateway that has the call; the end asks nobody to take it up", async () => {
    passAnswer = { kind: "done", body: JSON.stringify({ assistantId: "asst-1" }) };
    expect((await post({ type: "assistant-request", call: bound })).body).toEqual({ assistantId: "asst-1" });
    await post({ ...status("ended", 2), call: bound });
    expect([opened, passed.map(({ call: named }) => named)]).toEqual([[], [VISIT.call, undefined]]);
    // With the store away a first caller is served all the same.
    passAnswer = { kind: "unknown" };
    expect((await post({ type: "assistant-request", call: bound })).body).toMatchObject({ assistantId: "asst-1" });
    expect(opened).toHaveLength(1);
  });

  test("what another gateway passes on is served where the call is, and nowhere else", async () => {
    const message = JSON.stringify({ message: { type: "tool-calls", toolCallList, call } });
    expect(serve(message)).toBeUndefined();
    expect(serve("rubbish")).toBeUndefined();
    await post({ type: "assistant-request", call: bound });
    const results = [{ toolCallId: "call_1", name: "escalate_to_human", result: "Noted. Say nothing." }];
    expect(JSON.parse((await serve(message)) ?? "")).toEqual(results);
    expect(await serve(JSON.stringify({ message: speech("user", "started", 2) }))).toBe("[]");
    expect(heard.map(({ kind }) => kind)).toEqual(["tool-call", "speech-started"]);
  });
});
