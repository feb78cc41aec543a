import type Retell from "retell-sdk";
import { sign } from "retell-sdk";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Passed } from "../../../src/ports/pass-on.ts";
import { type Bench, retellBench, SOCKET_SECRET, until } from "./retell-bench.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await retellBench();
});
afterEach(() => bench.close());

/** As the SDK types a call, so that a field the vendor does not have cannot slip in. */
const forged: Retell.PhoneCallResponse = {
  call_id: "call_forged",
  call_type: "phone_call",
  call_status: "ended",
  agent_id: "agent_1",
  agent_version: 1,
  direction: "inbound",
  from_number: "+14155550142",
  to_number: "+15005550100",
  metadata: { warmline: "token9" },
  start_timestamp: 1_795_160_000_000,
  end_timestamp: 1_795_160_042_000,
  disconnection_reason: "user_hangup",
};
const ended = JSON.stringify({ event: "call_ended", call: forged });

const post = (path: string, body: string, signature: string | undefined): Promise<Response> =>
  fetch(`${bench.url}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(signature !== undefined && { "x-retell-signature": signature }),
    },
    body,
  });

const audits = (): string[] => bench.log.lines.filter((line) => line.includes("a request was refused"));

test("a webhook that Retell did not sign, or signed otherwise, changes nothing: 403 and one audit line without the payload", async () => {
  const wrong = [
    undefined,
    "",
    "v=1,d=00",
    await sign(ended, "another-key"),
    await sign(`${ended} `, bench.twin.apiKey),
  ];
  for (const signature of wrong) expect((await post("/retell/webhook", ended, signature)).status).toBe(403);
  expect(audits()).toHaveLength(wrong.length);
  expect(bench.visits.sessions).toEqual([]);
  expect(bench.log.lines.join("\n")).not.toContain("token9");
});

test("a signature is good once: sent again it changes nothing, in whatever spelling", async () => {
  const signature = await sign(ended, bench.twin.apiKey);
  expect((await post("/retell/webhook", ended, signature)).status).toBe(204);
  await until(() => bench.visits.of("ended").length === 1);
  expect((await post("/retell/webhook", ended, signature)).status).toBe(403);
  expect(
    (await post("/retell/webhook", ended, signature.toUpperCase().replace("V=", "v=").replace("D=", "d="))).status,
  ).toBe(403);
  expect(audits()).toHaveLength(2);
  expect(bench.visits.sessions).toHaveLength(1);
});

test("a signature that another gateway has taken is used here too; a store that is away keeps nobody out", async () => {
  const asked: string[] = [];
  const elsewhere = await retellBench({
    once: {
      first: (name) => {
        asked.push(name);
        return Promise.resolve(asked.length === 1 ? { ok: true, value: false } : { ok: false, why: "away" });
      },
    },
  });
  const send = async (body: string) =>
    fetch(`${elsewhere.url}/retell/webhook`, {
      method: "POST",
      headers: { "x-retell-signature": await sign(body, elsewhere.twin.apiKey) },
      body,
    });
  expect((await send(ended)).status).toBe(403);
  expect((await send(`${ended} `)).status).toBe(204);
  expect(new Set(asked).size).toBe(2);
  await elsewhere.close();
});

test("functions need the signature as well; a replay starts nothing", async () => {
  const call: Retell.PhoneCallResponse = { ...forged, call_status: "ongoing" };
  const body = JSON.stringify({ name: "escalate_to_human", call, args: { reason: "asked" } });
  expect((await post("/retell/functions/escalate_to_human", body, "v=1,d=00")).status).toBe(403);
  const signature = await sign(body, bench.twin.apiKey);
  const answer = await post("/retell/functions/escalate_to_human", body, signature);
  expect([answer.status, await answer.text()]).toEqual([200, '{"noted":true}']);
  expect((await post("/retell/functions/escalate_to_human", body, signature)).status).toBe(403);
  expect(bench.visits.of("tool-call")).toHaveLength(1);
});

test("a signed call that is none of ours, a token we did not make, and bodies of another shape change nothing", async () => {
  const bodies = [
    JSON.stringify({ event: "call_started", call: { call_id: "call_else", agent_id: "agent_1" } }),
    JSON.stringify({ event: "call_ended", call: { call_id: "call_else", metadata: { warmline: "forged" } } }),
    JSON.stringify({ event: "aura_changed", aura: 1 }),
    JSON.stringify({ event: "call_started", call: { call_id: "call_else", transcript_object: 7 } }),
  ];
  for (const body of bodies)
    expect((await post("/retell/webhook", body, await sign(body, bench.twin.apiKey))).status).toBe(204);
  expect(bench.visits.sessions).toEqual([]);
  for (const body of ["", "[]", "no json", '{"event":5}', '{"event":"call_started","call":{"call_id":7}}'])
    expect((await post("/retell/webhook", body, await sign(body, bench.twin.apiKey))).status).toBe(400);
  const rootArgs = JSON.stringify({ reason: "asked" });
  const answer = await post("/retell/functions/escalate_to_human", rootArgs, await sign(rootArgs, bench.twin.apiKey));
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("args_at_root")]);
});

test("a caller of a number that Retell hosts is expected at our bridge number, and the model transfers them", async () => {
  const call: Retell.PhoneCallResponse = {
    ...forged,
    metadata: {},
    call_status: "ongoing",
    transcript_object: [
      { role: "agent", content: "Hello.", words: [{ word: "Hello.", start: 0.5, end: 0.9 }] },
      { role: "user", content: "A person please.", words: [{ word: "A", start: 2, end: 2.1 }] },
    ],
  };
  const ask = async (about: Partial<Retell.PhoneCallResponse>, name = "escalate_to_human"): Promise<string> => {
    const body = JSON.stringify({ name, call: { ...call, ...about }, args: { reason: "asked", team: "disputes" } });
    return (await post(`/retell/functions/${name}`, body, await sign(body, bench.twin.apiKey))).text();
  };
  expect(await ask({})).toContain("Call transfer_to_person now");
  expect(bench.expected).toEqual([
    {
      visit: "call_forged",
      ani: "+14155550142",
      bridge: "+15005550177",
      through: "+15005550100",
      team: "disputes",
      turns: [
        { role: "assistant", text: "Hello.", at: 1_795_160_000_500 },
        { role: "caller", text: "A person please.", at: 1_795_160_002_000 },
      ],
    },
  ]);
  expect(await ask({ agent_id: "agent_of_somebody" })).toContain('"noted":false');
  expect(await ask({}, "lookup_merchant")).toContain('"noted":false');
  expect(bench.expected).toHaveLength(1);
  // A withheld number: the model dials digits along.
  expect(JSON.parse(await ask({ from_number: "anonymous" }))).toMatchObject({
    status: expect.stringContaining("Call transfer_with_code now") as string,
    extension: "123456",
  });
  expect(bench.expected[1]).not.toHaveProperty("ani");
});

test("news of a call that another gateway registered go to that one, and are not taken up here as well", async () => {
  const passed: string[] = [];
  const called: (string | undefined)[] = [];
  const answers: Passed[] = [
    { kind: "done", body: JSON.stringify({ noted: true }) },
    { kind: "done", body: "" },
    { kind: "failed" },
    { kind: "unknown" },
    { kind: "here" },
  ];
  const elsewhere = await retellBench({
    passOn: {
      serve: () => undefined,
      pass: (_channel, { body, call }) => {
        passed.push(body);
        called.push(call);
        return Promise.resolve(answers[passed.length - 1] ?? { kind: "here" });
      },
    },
  });
  const send = async (path: string, body: string) =>
    fetch(`${elsewhere.url}${path}`, {
      method: "POST",
      headers: { "x-retell-signature": await sign(body, elsewhere.twin.apiKey) },
      body,
    });
  const call: Retell.PhoneCallResponse = { ...forged, call_status: "ongoing" };
  const asked = await send(
    "/retell/functions/escalate_to_human",
    JSON.stringify({ name: "escalate_to_human", call, args: { reason: "asked" } }),
  );
  expect([asked.status, await asked.text()]).toEqual([200, '{"noted":true}']);
  expect((await send("/retell/webhook", ended)).status).toBe(204);
  const failed = await send(
    "/retell/functions/escalate_to_human",
    JSON.stringify({ name: "escalate_to_human", call, args: { reason: "asked again" } }),
  );
  expect(await failed.text()).toContain("did not answer");
  // Nobody was told of this one: the model may ask once more.
  const unknown = await send(
    "/retell/functions/escalate_to_human",
    JSON.stringify({ name: "escalate_to_human", call, args: { reason: "asked once more" } }),
  );
  expect(await unknown.text()).toContain("call this function once more");
  expect(elsewhere.visits.sessions).toEqual([]);
  // Nobody has it any more: this gateway takes it up.
  expect((await send("/retell/webhook", `${ended} `)).status).toBe(204);
  await until(() => elsewhere.visits.of("ended").length === 1);
  expect(passed.map((body) => Object.keys(JSON.parse(body) as object).toSorted())).toEqual([
    ["args", "call", "name"],
    ["call", "event"],
    ["args", "call", "name"],
    ["args", "call", "name"],
    ["call", "event"],
  ]);
  expect(new Set(called).size).toBe(1);
  expect(called[0]).toBeDefined();
  await elsewhere.close();
});

test("what other gateways pass on is served where the call is, and nowhere else", async () => {
  const served: ((body: string) => Promise<string> | undefined)[] = [];
  const here = await retellBench({
    passOn: { serve: (_channel, answer) => void served.push(answer), pass: () => Promise.resolve({ kind: "here" }) },
  });
  const serve = served[0];
  if (serve === undefined) throw new Error("nothing is served");
  const news = (token: string) =>
    JSON.stringify({ event: "call_ended", call: { ...forged, metadata: { warmline: token } } });
  expect(serve(news("token1"))).toBeUndefined();
  expect(serve("rubbish")).toBeUndefined();
  await here.dial("hosted", "1");
  expect(await serve(news("token1"))).toBe("");
  const asked = { name: "escalate_to_human", call: { ...forged, metadata: { warmline: "token1" } }, args: {} };
  expect(await serve(JSON.stringify(asked))).toBe('{"noted":true}');
  await here.close();
});

test("only POST has something at these doors", async () => {
  expect((await fetch(`${bench.url}/retell/webhook`)).status).toBe(405);
});

const opened = (path: string): Promise<number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`${bench.url.replace("http", "ws")}${path}`);
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("open", () => {
      resolve(101);
      socket.close();
    });
    // The refusal above has been told already.
    socket.on("error", () => resolve(0));
  });

test("the model's socket opens for the secret alone, and the path is in no log line", async () => {
  for (const secret of ["wrong", `${SOCKET_SECRET}x`, "%E0%A4%A"])
    expect(await opened(`/retell/llm/${secret}/call_1`)).toBe(403);
  expect(await opened("/retell/llm/")).toBe(403);
  expect(audits()).toHaveLength(4);
  expect(await opened(`/retell/llm/${SOCKET_SECRET}/call_1`)).toBe(101);
  const log = bench.log.lines.join("\n");
  expect(log).not.toContain(SOCKET_SECRET);
  expect(log).not.toContain('call_1"');
});

test("a socket with the secret for a call we did not make is hung up on", async () => {
  const socket = new WebSocket(`${bench.url.replace("http", "ws")}/retell/llm/${SOCKET_SECRET}/call_7`);
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  await new Promise((resolve) => socket.once("open", resolve));
  const call = { call_id: "call_7", agent_id: "agent_1", metadata: { warmline: "forged" } };
  socket.send(JSON.stringify({ interaction_type: "call_details", call }));
  expect(await closed).toBe(1_000);
  expect(bench.visits.sessions).toEqual([]);
});
