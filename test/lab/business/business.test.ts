import { afterEach, beforeEach, expect, test } from "vitest";

import { type Business, startBusiness } from "../../../lab/business/server.ts";

let business: Business;

beforeEach(async () => {
  business = await startBusiness();
});
afterEach(() => business.close());

const get = async (path: string) => {
  const response = await fetch(`${business.url}${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const post = async (path: string, body: object) => {
  const response = await fetch(`${business.url}${path}`, { method: "POST", body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test("a customer is found by number, with or without its plus, and not by another", async () => {
  const found = await get(`/customers/by-phone/${encodeURIComponent("+14155550142")}`);
  expect(found).toMatchObject({
    status: 200,
    body: { id: "cus_4412", name: "Robin Keller", verification: { method: "ani-match" } },
  });
  expect(await get("/customers/by-phone/14155550142")).toEqual(found);
  expect((await get("/customers/by-phone/+14155550000")).status).toBe(404);
  expect((await get("/customers/by-phone/%E0%A4%A")).status).toBe(404);
});

test("the disputed charge is among the customer's transactions and no other customer's", async () => {
  const { body } = await get("/customers/cus_4412/transactions?amount=84.5");
  expect(body["transactions"]).toEqual([expect.objectContaining({ amount: 84.5, descriptor: "QRS TRADING" })]);
  const other = await get("/customers/cus_7730/transactions");
  expect(JSON.stringify(other.body)).not.toContain("QRS");
  expect((await get("/customers/nobody/transactions")).status).toBe(404);
});

test("a known merchant is matched by its descriptor, QRS TRADING by nothing", async () => {
  expect((await post("/merchants/lookup", { descriptor: "crnr bakery" })).body).toMatchObject({
    matches: [{ name: "Corner Bakery" }],
  });
  expect((await post("/merchants/lookup", { descriptor: "QRS TRADING" })).body).toEqual({ matches: [] });
  expect((await post("/merchants/lookup", { name: "Q.R.S. Trading" })).body).toEqual({ matches: [] });
  expect((await post("/merchants/lookup", {})).status).toBe(400);
});

test("knowledge is searched by words, best first, with its reference", async () => {
  const { body } = await get(`/knowledge/search?q=${encodeURIComponent("I don't recognise a charge on my card")}`);
  const results = body["results"] as { title: string; ref: string; text: string; score: number }[];
  expect(results[0]).toMatchObject({ ref: "kb/disputes/unrecognised-charges", score: expect.any(Number) });
  expect(results.map((each) => each.score)).toEqual(results.map((each) => each.score).toSorted((a, b) => b - a));
  expect((await get("/knowledge/search?q=zebra")).body).toEqual({ results: [] });
});

test("a dispute is drafted once, however often it is asked for", async () => {
  const first = await post("/disputes/drafts", { transactionId: "txn_9001", note: "not recognised" });
  expect(first).toMatchObject({ status: 201, body: { status: "draft", transactionId: "txn_9001" } });
  expect(await post("/disputes/drafts", { transactionId: "txn_9001" })).toEqual({ status: 200, body: first.body });
  expect((await post("/disputes/drafts", { transactionId: "txn_0" })).status).toBe(422);
  expect(business.drafts).toHaveLength(1);
});

test("its faults are switched while it runs", async () => {
  business.faults.status = 503;
  expect((await get("/customers/cus_4412/transactions")).status).toBe(503);
  business.faults.status = 0;
  business.faults.garbled = true;
  await expect(get("/customers/cus_4412/transactions")).rejects.toThrow(SyntaxError);
  business.faults.garbled = false;
  business.faults.hangUp = true;
  await expect(get("/customers/cus_4412/transactions")).rejects.toThrow("fetch failed");
  business.faults.hangUp = false;
  business.faults.delayMs = 60_000;
  const slow = fetch(`${business.url}/knowledge/search?q=card`, { signal: AbortSignal.timeout(100) });
  await expect(slow).rejects.toThrow("timeout");
  expect(business.requests).toHaveLength(4);
});

test("a body that is not JSON and a wrong method are refused", async () => {
  const response = await fetch(`${business.url}/merchants/lookup`, { method: "POST", body: "{" });
  expect(response.status).toBe(400);
  expect((await get("/merchants/lookup")).status).toBe(405);
  expect((await get("/vault")).status).toBe(404);
});
