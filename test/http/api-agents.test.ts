import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AgentId } from "../../src/domain/ids.ts";
import { callback, pageOf, presenceAnswer, problem } from "../../src/protocol/api.ts";
import { DANA, httpBench, type HttpBench } from "./http-bench.ts";

let bench: HttpBench;
beforeEach(async () => {
  bench = await httpBench();
});
afterEach(() => bench.close());

const RAY = { ...DANA, id: "ray", name: "Ray" };

describe("agents", () => {
  test("are added, listed, replaced and removed by an administrator", async () => {
    const made = await bench.ask("POST", "/api/agents", { key: "admin", body: RAY });
    expect(made).toMatchObject({ status: 201, body: RAY });
    const list = await bench.ask("GET", "/api/agents", { key: "supervisor" });
    expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual(["dana", "gene", "ray"]);
    const changed = await bench.ask("PUT", "/api/agents/ray", { key: "admin", body: { ...RAY, name: "Ray B." } });
    expect(changed).toMatchObject({ status: 200, body: { name: "Ray B." } });
    expect((await bench.ask("PUT", "/api/agents/zoe", { key: "admin", body: { ...RAY, id: "zoe" } })).status).toBe(201);
    expect((await bench.ask("DELETE", "/api/agents/ray", { key: "admin" })).status).toBe(204);
    expect((await bench.ask("DELETE", "/api/agents/ray", { key: "admin" })).status).toBe(404);
  });

  test.each([
    ["an agent that exists", DANA, 409],
    ["an unknown field", { ...RAY, boss: true }, 400],
    ["a phone that is no number", { ...RAY, device: { kind: "phone", address: "112" } }, 400],
    ["a device that does not exist", { ...RAY, device: { kind: "pager", address: "x" } }, 400],
    ["an id with a slash", { ...RAY, id: "../ray" }, 400],
  ])("%s is refused", async (_, body, status) => {
    expect((await bench.ask("POST", "/api/agents", { key: "admin", body })).status).toBe(status);
  });

  test.each([
    ["a premium number", { kind: "phone", address: "+19005550123" }, /costs whoever calls it extra/],
    ["a shared-cost number", { kind: "phone", address: "+448445550123" }, /costs whoever calls it extra/],
    ["a number that cannot exist", { kind: "phone", address: "+49123" + "0".repeat(12) }, /./],
    ["an emergency service", { kind: "sip", address: "sip:911@pbx.example.com" }, /emergency service/],
  ])("%s is refused when it is written, and it is said why", async (_, device, why) => {
    for (const [method, path] of [
      ["POST", "/api/agents"],
      ["PUT", "/api/agents/ray"],
    ] as const) {
      const answer = await bench.ask(method, path, { key: "admin", body: { ...RAY, device } });
      expect(problem.parse(answer.body)).toMatchObject({ status: 400 });
      expect(JSON.stringify(answer.body)).toMatch(why);
    }
    expect(await bench.directory.agent(AgentId("ray"))).toBeUndefined();
  });

  test.each(["supervisor", "integration", "desk", "dana"] as const)("%s may not change the list", async (key) => {
    expect((await bench.ask("POST", "/api/agents", { key, body: RAY })).status).toBe(403);
    expect((await bench.ask("DELETE", "/api/agents/dana", { key })).status).toBe(403);
    expect(await bench.directory.agent(AgentId("ray"))).toBeUndefined();
  });
});

const put = (agent: string, key: "dana" | "gene" | "supervisor" | "integration", body: object) =>
  bench.ask("PUT", `/api/agents/${agent}/presence`, { key, body });
const statusOf = async (agent: string) =>
  (await bench.ask("GET", `/api/agents/${agent}/presence`, { key: "supervisor" })).body.status;

describe("presence", () => {
  test("an agent without a desk holds it until the time given", async () => {
    const answer = await put("dana", "dana", { status: "available", until: "2026-11-21T10:00:00Z" });
    expect(presenceAnswer.parse(answer.body)).toMatchObject({
      agent: "dana",
      status: "available",
      until: "2026-11-21T10:00:00.000Z",
    });
    bench.clock.passTo(Date.parse("2026-11-21T09:59:59Z"));
    expect(await statusOf("dana")).toBe("available");
    bench.clock.passTo(Date.parse("2026-11-21T10:00:01Z"));
    expect(await statusOf("dana")).toBe("offline");
  });

  test("without a time and without a desk it lapses within 15 s", async () => {
    await put("dana", "dana", { status: "available" });
    bench.clock.passTo(bench.clock.now() + 15_000);
    expect(await statusOf("dana")).toBe("offline");
  });

  test("nobody else's, but a supervisor's with an audit line", async () => {
    expect((await put("gene", "dana", { status: "available" })).status).toBe(403);
    expect((await put("gene", "integration", { status: "available" })).status).toBe(403);
    expect(await statusOf("gene")).toBe("offline");
    expect((await put("gene", "supervisor", { status: "away", until: "2026-11-21T10:00:00Z" })).status).toBe(200);
    expect(bench.lines).toContainEqual({
      level: "warn",
      fields: { agent: "gene", state: "away", event: "presence", reason: "supervisor:kim" },
      message: "audit: an agent's availability was set by somebody else",
    });
  });

  test.each([
    ["a status that only the gateway gives", { status: "busy" }],
    ["a time that has passed", { status: "available", until: "2026-11-21T08:00:00Z" }],
    ["a time years ahead", { status: "available", until: "2030-01-01T00:00:00Z" }],
  ])("%s is refused", async (_, body) => {
    expect((await put("dana", "dana", body)).status).toBe(400);
    expect(await statusOf("dana")).toBe("offline");
  });

  test("an agent who does not exist", async () => {
    expect((await put("ghost", "supervisor", { status: "away" })).status).toBe(404);
  });

  test("forced offline, their open offer moves on", async () => {
    const { call } = await bench.offerToDana("esc_1");
    await put("dana", "supervisor", { status: "offline", reason: "fire drill" });
    const state = await bench.cases.state(call);
    expect(state?.escalation?.offers).toMatchObject([{ agent: "dana", outcome: "forced-offline" }]);
  });
});

describe("callbacks", () => {
  test("a caller who is being asked gets one, with the number that is rung; then it is listed", async () => {
    const { call, escalation, offer } = await bench.offerToDana("esc_1");
    await bench.conversations.saveCaller(call, { ani: "+15005550123", verification: [] });
    await bench.cases.deliver(call, { kind: "agent-declined", offer }, "agent:dana");
    await bench.cases.deliver(call, { kind: "caller-chose", choice: "callback" }, "caller");
    const body = { escalationId: escalation, dueAt: "2026-11-21T11:00:00Z", number: "+15005550124" };
    const made = await bench.ask("POST", "/api/callbacks", { key: "supervisor", body });
    expect(made.status).toBe(201);
    expect(callback.parse(made.body)).toMatchObject({
      escalationId: escalation,
      number: "+15005550124",
      status: "scheduled",
      dueAt: "2026-11-21T11:00:00.000Z",
      attempts: [],
    });
    expect((await bench.ask("POST", "/api/callbacks", { key: "supervisor", body })).status).toBe(409);
    const list = await bench.ask("GET", "/api/callbacks?status=scheduled", { key: "integration" });
    expect(pageOf(callback).parse(list.body).items).toHaveLength(1);
    const { id } = made.body;
    // It shows a caller's number: to the queue's own people only.
    const gene = { name: "Gene", skills: [], queues: ["general"], languages: ["en"] };
    const device = { kind: "phone", address: "+15005550150" };
    await bench.ask("PUT", "/api/agents/gene", { key: "admin", body: { ...gene, device } });
    const [own, others] = await Promise.all(
      (["dana", "gene"] as const).map((key) => bench.ask("GET", "/api/callbacks", { key })),
    );
    expect([own?.body.items.length, others?.body.items]).toEqual([1, []]);
    expect((await bench.ask("GET", `/api/callbacks/${id}`, { key: "dana" })).status).toBe(200);
    expect((await bench.ask("GET", `/api/callbacks/${id}`, { key: "gene" })).status).toBe(403);
    const corrected = await bench.ask("PATCH", `/api/callbacks/${id}`, {
      key: "supervisor",
      body: { number: "+15005550125" },
    });
    expect(corrected.body).toMatchObject({ number: "+15005550125" });
    const moved = await bench.ask("PATCH", `/api/callbacks/${id}`, {
      key: "supervisor",
      body: { dueAt: "2026-11-22T11:00:00Z" },
    });
    expect(moved.status).toBe(409);
  });

  test("in a case without a caller on the line people promise one, once, and say which number", async () => {
    const opened = await bench.ask("POST", "/api/escalations", {
      key: "integration",
      body: { sourceAgent: "chat", channel: "chat", issueDescription: "a refund", priority: "low" },
    });
    const { id: escalationId } = opened.body;
    const promise = (more: object = {}) =>
      bench.ask("POST", "/api/callbacks", { key: "supervisor", body: { escalationId, ...more } });
    expect(problem.parse((await promise()).body)).toMatchObject({
      status: 400,
      type: expect.stringContaining("number"),
    });
    expect((await promise({ number: "+15005550126", dueAt: "2026-11-21T08:00:00Z" })).status).toBe(400);
    const made = await promise({ number: "+15005550126", dueAt: "2026-11-21T11:00:00Z" });
    expect(made.status).toBe(201);
    expect(callback.parse(made.body)).toMatchObject({
      escalationId,
      number: "+15005550126",
      status: "scheduled",
      dueAt: "2026-11-21T11:00:00.000Z",
    });
    expect((await promise({ number: "+15005550127" })).status).toBe(409);
    const one = await bench.ask("GET", `/api/escalations/${escalationId}`, { key: "supervisor" });
    expect(one.body).toMatchObject({ status: "open", callback: { id: made.body.id, at: "2026-11-21T11:00:00.000Z" } });
  });

  test("no callback is promised to a number that is never dialled, whoever names it", async () => {
    const open = async (customer: object) => {
      const body = { sourceAgent: "chat", channel: "chat", issueDescription: "a refund", priority: "low", customer };
      return (await bench.ask("POST", "/api/escalations", { key: "integration", body })).body.id as string;
    };
    const promise = (escalationId: string, more: object) =>
      bench.ask("POST", "/api/callbacks", { key: "supervisor", body: { escalationId, ...more } });
    const named = await promise(await open({}), { number: "+19005550123" });
    expect(problem.parse(named.body)).toMatchObject({
      status: 400,
      type: expect.stringContaining("never-dialled"),
      detail: expect.stringMatching(/never dialled: it is a number that costs whoever calls it extra/),
    });
    expect(JSON.stringify(named.body)).not.toContain("9005550123");
    expect((await promise(await open({ phone: "+19005550123" }), {})).status).toBe(400);
    expect((await bench.ask("GET", "/api/callbacks", { key: "admin" })).body.items).toEqual([]);
    const escalationId = await open({});
    const made = await promise(escalationId, { number: "+15005550126" });
    const corrected = await bench.ask("PATCH", `/api/callbacks/${made.body.id}`, {
      key: "supervisor",
      body: { number: "+19005550123" },
    });
    expect(corrected.status).toBe(400);
    expect((await bench.conversations.caller(escalationId as never))?.callbackNumber).toBe("+15005550126");
  });

  test("a resolved case takes none, and its number stays as it was", async () => {
    const opened = await bench.ask("POST", "/api/escalations", {
      key: "integration",
      body: { sourceAgent: "chat", channel: "chat", issueDescription: "a refund", priority: "low" },
    });
    const { id: escalationId } = opened.body;
    await bench.ask("PATCH", `/api/escalations/${escalationId}/resolve`, { key: "supervisor" });
    const body = { escalationId, number: "+15005550126" };
    expect((await bench.ask("POST", "/api/callbacks", { key: "supervisor", body })).status).toBe(409);
    expect((await bench.conversations.caller(escalationId))?.callbackNumber).toBeUndefined();
  });

  test("a case whose caller is not being asked takes none, and none is stored", async () => {
    const { escalation } = await bench.offerToDana("esc_1");
    const answer = await bench.ask("POST", "/api/callbacks", { key: "supervisor", body: { escalationId: escalation } });
    expect(answer.status).toBe(409);
    expect((await bench.ask("GET", "/api/callbacks", { key: "admin" })).body.items).toEqual([]);
  });
});

test("the configuration is shown with its revision, and not sent again to who has it", async () => {
  const answer = await bench.ask("GET", "/api/config", { key: "supervisor" });
  expect(answer.body).toMatchObject({ routing: { queues: { general: { hours: "always" } } } });
  const etag = answer.headers.get("etag") ?? "";
  expect(etag).toBe(`"${answer.body.revision}"`);
  const again = await bench.ask("GET", "/api/config", {
    key: "supervisor",
    headers: { "if-none-match": etag, "cache-control": "max-age=0" },
  });
  expect(again.status).toBe(304);
  expect((await bench.ask("GET", "/api/config", { key: "dana" })).status).toBe(403);
});
