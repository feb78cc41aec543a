import { afterEach, expect, test } from "vitest";
import { createMemoryKeptAnswers } from "../../src/stores/memory/kept-answers.ts";
import { httpBench, type HttpBench } from "./http-bench.ts";

// Two nodes behind one balancer: a repeated write may arrive at the other one, as it may after a restart.

const open: HttpBench[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((bench) => bench.close()));
});

async function twoNodes(): Promise<[HttpBench, HttpBench]> {
  const answers = createMemoryKeptAnswers();
  const nodes: [HttpBench, HttpBench] = [await httpBench({ answers }), await httpBench({ answers })];
  open.push(...nodes);
  return nodes;
}

const AGENT = {
  id: "zoe",
  name: "Zoe",
  skills: [],
  queues: ["general"],
  languages: ["en"],
  device: { kind: "phone", address: "+15005550177" },
};
const headers = { "idempotency-key": "new-agent-1" };

test("a write repeated at another node gets the first answer and is not done again", async () => {
  const [one, two] = await twoNodes();
  const first = await one.ask("POST", "/api/agents", { key: "admin", body: AGENT, headers });
  const again = await two.ask("POST", "/api/agents", { key: "admin", body: AGENT, headers });
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  const theirs = await two.ask("GET", "/api/agents", { key: "admin" });
  expect(theirs.body.items.map(({ id }: { id: string }) => id)).not.toContain("zoe");
});

test("the same key with another body is refused at another node too", async () => {
  const [one, two] = await twoNodes();
  await one.ask("POST", "/api/agents", { key: "admin", body: AGENT, headers });
  const other = { ...AGENT, name: "Zoë" };
  expect((await two.ask("POST", "/api/agents", { key: "admin", body: other, headers })).status).toBe(422);
});

test("what failed at one node may be tried at another", async () => {
  const [one, two] = await twoNodes();
  const wrong = { ...AGENT, device: { kind: "phone", address: "911" } };
  expect((await one.ask("POST", "/api/agents", { key: "admin", body: wrong, headers })).status).toBe(400);
  expect((await two.ask("POST", "/api/agents", { key: "admin", body: AGENT, headers })).status).toBe(201);
});
