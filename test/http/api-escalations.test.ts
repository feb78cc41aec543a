import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EscalationId } from "../../src/domain/ids.ts";
import { escalation, pageOf, problem, timelineRow, wholeEscalation } from "../../src/protocol/api.ts";
import { httpBench, type HttpBench } from "./http-bench.ts";

let bench: HttpBench;
beforeEach(async () => {
  bench = await httpBench();
});
afterEach(() => bench.close());

const CASE = {
  sourceAgent: "web-chat",
  channel: "chat",
  issueDescription: "Cannot log in since Tuesday",
  priority: "high",
  contextData: { page: "/login", tries: [1, 2, 3] },
} as const;

const open = async (over: object = {}, headers: Record<string, string> = {}) =>
  bench.ask("POST", "/api/escalations", { key: "integration", body: { ...CASE, ...over }, headers });

describe("opening a case", () => {
  test("it is there at once, in the default queue, with what came with it", async () => {
    const made = await open({
      customer: { name: "Ann", phone: "+15005550123" },
      transcript: [{ role: "user", text: "help" }],
    });
    expect(made.status).toBe(201);
    expect(escalation.parse(made.body)).toMatchObject({
      status: "open",
      priority: "high",
      channel: "chat",
      queue: "general",
      sourceAgent: "web-chat",
      trigger: "api",
      createdAt: "2026-11-21T09:00:00.000Z",
    });
    expect(made.headers.get("location")).toBe(`/api/escalations/${made.body.id}`);
    const one = await bench.ask("GET", `/api/escalations/${made.body.id}`, { key: "supervisor" });
    expect(wholeEscalation.parse(one.body)).toMatchObject({
      issueDescription: CASE.issueDescription,
      contextData: CASE.contextData,
      customer: { name: "Ann" },
    });
    const id = EscalationId(made.body.id);
    expect(await bench.conversations.turns(id)).toMatchObject([{ index: 0, role: "caller", text: "help" }]);
    expect(await bench.conversations.caller(id)).toMatchObject({ ani: "+15005550123", name: "Ann" });
  });

  test("a queue by its team's name, and further skills", async () => {
    const made = await open({ queue: "our disputes team", skills: ["german"] });
    expect(made.body).toMatchObject({ queue: "disputes" });
    const state = await bench.cases.state(EscalationId(made.body.id));
    expect(state?.escalation?.target.skills).toEqual(["disputes", "german"]);
  });

  test("nothing personal is in the journal", async () => {
    const made = await open({ customer: { name: "Ann Other", phone: "+15005550123" } });
    const entries = JSON.stringify(await bench.journal.entries(EscalationId(made.body.id)));
    for (const secret of ["Ann", "+1500", "log in", "/login"]) expect(entries).not.toContain(secret);
  });

  test.each([
    ["an unknown field", { urgent: true }, 400, "invalid"],
    ["a missing field", { issueDescription: undefined }, 400, "invalid"],
    ["a priority that does not exist", { priority: "asap" }, 400, "invalid"],
    ["a queue that does not exist", { queue: "astronauts" }, 400, "unknown-queue"],
    ["a number that is none", { customer: { phone: "0123" } }, 400, "invalid"],
    ["context nested without end", { contextData: JSON.parse(`${"[".repeat(60)}${"]".repeat(60)}`) }, 400, "invalid"],
    ["context over 64 KiB", { contextData: { x: "x".repeat(64 * 1024) } }, 413, "context-too-large"],
    ["a target inside our own network", { webhookUrl: "http://169.254.169.254/latest" }, 400, "invalid"],
    ["a target that is not a web address", { webhookUrl: "file:///etc/passwd" }, 400, "invalid"],
  ])("%s is refused, and nothing is opened", async (_, over, status, code) => {
    const answer = await open(over);
    expect(answer.status).toBe(status);
    expect(problem.parse(answer.body).type).toBe(`urn:warmline:problem:${code}`);
    expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    const list = await bench.ask("GET", "/api/escalations", { key: "admin" });
    expect(list.body.items).toEqual([]);
  });

  test("64 KiB of context exactly are taken", async () => {
    expect((await open({ contextData: "x".repeat(64 * 1024 - 2) })).status).toBe(201);
  });

  test("an agent's key may not open cases", async () => {
    expect((await bench.ask("POST", "/api/escalations", { key: "dana", body: CASE })).status).toBe(403);
  });
});

describe("Idempotency-Key", () => {
  const KEY = { "idempotency-key": "order-7" };

  test("a repetition gets the first answer, and there is one case", async () => {
    const [first, second] = await Promise.all([open({}, KEY), open({}, KEY)]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect([first, second].filter(({ headers }) => headers.get("idempotency-replayed") === "true")).toHaveLength(1);
    const list = await bench.ask("GET", "/api/escalations", { key: "admin" });
    expect(list.body.items).toHaveLength(1);
  });

  test("the same key with another body is refused", async () => {
    await open({}, KEY);
    expect((await open({ priority: "low" }, KEY)).status).toBe(422);
  });

  test("another client's key of the same name is another key", async () => {
    await open({}, KEY);
    const other = await bench.ask("POST", "/api/escalations", { key: "admin", body: CASE, headers: KEY });
    expect(other.headers.get("idempotency-replayed")).toBeNull();
    expect((await bench.ask("GET", "/api/escalations", { key: "admin" })).body.items).toHaveLength(2);
  });

  test("a failure is not remembered", async () => {
    expect((await open({ queue: "astronauts" }, KEY)).status).toBe(400);
    expect((await open({}, KEY)).status).toBe(201);
  });
});

const list = async (query: string) => (await bench.ask("GET", `/api/escalations?${query}`, { key: "admin" })).body;

describe("lists", () => {
  test("filters and pages", async () => {
    for (const priority of ["low", "high", "high"]) {
      await open({ priority });
      bench.clock.passTo(bench.clock.now() + 1_000);
    }
    await open({ queue: "disputes", channel: "email" });
    expect((await list("priority=high")).items).toHaveLength(3);
    expect((await list("queue=disputes")).items).toHaveLength(1);
    expect((await list("channel=email")).items).toHaveLength(1);
    expect((await list("status=resolved")).items).toHaveLength(0);
    expect((await list("since=2026-11-21T09:00:02Z")).items).toHaveLength(2);
    const first = pageOf(escalation).parse(await list("limit=3"));
    const second = await list(`limit=3&cursor=${encodeURIComponent(first.nextCursor ?? "")}`);
    expect([...first.items, ...second.items].map(({ id }: { id: string }) => id)).toHaveLength(4);
    expect(second.nextCursor).toBeUndefined();
  });

  test.each(["priority=asap", "limit=0", "limit=1000", "colour=red", "since=yesterday", "cursor=nonsense"])(
    "%s is refused",
    async (query) => {
      const answer = await bench.ask("GET", `/api/escalations?${query}`, { key: "admin" });
      expect(answer.status).toBe(400);
      problem.parse(answer.body);
    },
  );

  test("an agent sees the cases of their queues, and no other's content", async () => {
    const general = await open();
    await open({ queue: "disputes" });
    const seen = await bench.ask("GET", "/api/escalations", { key: "gene" });
    expect(seen.body.items.map(({ queue }: { queue: string }) => queue)).toEqual(["disputes"]);
    expect((await bench.ask("GET", `/api/escalations/${general.body.id}`, { key: "gene" })).status).toBe(403);
    expect((await bench.ask("GET", `/api/escalations/${general.body.id}/timeline`, { key: "gene" })).status).toBe(403);
    expect((await bench.ask("PATCH", `/api/escalations/${general.body.id}/claim`, { key: "gene" })).status).toBe(403);
  });

  test("a case that does not exist", async () => {
    expect((await bench.ask("GET", "/api/escalations/esc_nothing", { key: "admin" })).status).toBe(404);
  });
});

const patch = (id: string, what: string, key: "dana" | "gene" | "desk" | "supervisor", body?: object) =>
  bench.ask("PATCH", `/api/escalations/${id}/${what}`, { key, ...(body && { body }) });

describe("working on a case", () => {
  test("of two claimers one gets it, the other learns who", async () => {
    const { id } = (await open({ queue: "disputes" })).body;
    const answers = await Promise.all([patch(id, "claim", "dana"), patch(id, "claim", "gene")]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const [winner, loser] = answers[0]?.status === 200 ? answers : answers.toReversed();
    expect(winner?.body).toMatchObject({ status: "assigned", assignedAt: "2026-11-21T09:00:00.000Z" });
    expect(problem.parse(loser?.body)).toMatchObject({ status: 409, assignee: winner?.body.assignee });
    expect((await patch(id, "claim", winner?.body.assignee)).status).toBe(200);
  });

  test("a supervisor who names nobody takes it themselves", async () => {
    const { id } = (await open()).body;
    expect((await patch(id, "claim", "supervisor")).body).toMatchObject({ status: "assigned", assignee: "kim" });
    expect((await patch(id, "claim", "dana")).body).toMatchObject({ status: 409, assignee: "kim" });
  });

  test("a desk's key and a supervisor may say for whom", async () => {
    const { id } = (await open()).body;
    expect((await patch(id, "claim", "desk", { agent: "ghost" })).status).toBe(400);
    expect((await patch(id, "claim", "supervisor", { agent: "dana" })).body).toMatchObject({ assignee: "dana" });
    expect((await patch(id, "claim", "dana", { agent: "gene" })).status).toBe(403);
  });

  test("who names nobody learns that somebody has it", async () => {
    const { id } = (await open()).body;
    await patch(id, "claim", "dana");
    const late = await patch(id, "claim", "supervisor");
    expect(problem.parse(late.body)).toMatchObject({ status: 409, assignee: "dana" });
    await patch(id, "resolve", "dana");
    const over = await patch(id, "claim", "supervisor");
    expect(problem.parse(over.body)).toMatchObject({ status: 409, type: expect.stringContaining("resolved") });
  });

  test("resolving is for who has it; the notes are kept", async () => {
    const { id } = (await open()).body;
    expect((await patch(id, "resolve", "dana")).status).toBe(403);
    await patch(id, "claim", "dana");
    const done = await patch(id, "resolve", "dana", { disposition: "resolved", notes: "reset the password" });
    expect(done.body).toMatchObject({ status: "resolved", assignee: "dana", resolvedAt: "2026-11-21T09:00:00.000Z" });
    expect((await patch(id, "claim", "supervisor", { agent: "gene" })).status).toBe(409);
    const one = await bench.ask("GET", `/api/escalations/${id}`, { key: "supervisor" });
    expect(one.body.notes).toMatchObject([{ kind: "wrap-up", content: { notes: "reset the password", by: "dana" } }]);
  });

  test("a transfer opens it for the other queue", async () => {
    const { id } = (await open()).body;
    await patch(id, "claim", "dana");
    const moved = await patch(id, "transfer", "dana", { queue: "disputes", note: "about a charge" });
    expect(moved.body).toMatchObject({ queue: "disputes", status: "open" });
    expect(moved.body.assignee).toBeUndefined();
    expect((await patch(id, "transfer", "supervisor", { queue: "astronauts" })).status).toBe(400);
  });

  test("the timeline says who did what, when and why", async () => {
    const { id } = (await open()).body;
    bench.clock.passTo(bench.clock.now() + 500);
    await patch(id, "claim", "dana");
    await patch(id, "transfer", "supervisor", { queue: "disputes" });
    await patch(id, "claim", "supervisor", { agent: "dana" });
    await patch(id, "resolve", "supervisor");
    const answer = await bench.ask("GET", `/api/escalations/${id}/timeline`, { key: "supervisor" });
    expect(pageOf(timelineRow).parse(answer.body).items).toMatchObject([
      {
        seq: 1,
        at: "2026-11-21T09:00:00.000Z",
        event: "escalation-decided",
        state: "open",
        cause: "api: asked for over the API by bot",
        actor: "integration:bot",
      },
      { seq: 2, at: "2026-11-21T09:00:00.500Z", event: "case-claimed", state: "assigned", actor: "agent:dana" },
      { seq: 3, event: "case-moved", state: "open", cause: "to disputes", actor: "supervisor:kim" },
      { seq: 4, event: "case-claimed", state: "assigned", actor: "supervisor:kim" },
      { seq: 5, event: "case-resolved", state: "resolved", actor: "supervisor:kim" },
    ]);
  });
});

test("a store that fails is 503, says so without its words, and can be tried again", async () => {
  const { Fault } = await import("../../src/domain/fault.ts");
  bench.journal.escalations = () =>
    Promise.reject(
      new Fault("store-away", { blame: "store", retryable: true, message: "connection to 10.0.0.7 lost" }),
    );
  const answer = await bench.ask("GET", "/api/escalations", { key: "admin" });
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("2");
  expect(JSON.stringify(answer.body)).not.toContain("10.0.0.7");
});
