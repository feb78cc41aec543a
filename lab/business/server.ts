import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { type Page, searchPages } from "./knowledge.ts";

type Customer = { id: string; name: string; phone: string; [field: string]: unknown };
type Transaction = { id: string; customer: string; amount: number; descriptor: string; [field: string]: unknown };
type Merchant = { id: string; name: string; descriptors: string[]; [field: string]: unknown };
type Data = { customers: Customer[]; transactions: Transaction[]; merchants: Merchant[]; knowledge: Page[] };

/** A dispute prepared by whoever called the one write of this API; it takes effect only when a person confirms it. */
type DisputeDraft = { id: string; status: "draft"; transactionId: string; note: string; createdAt: string };

/** What goes wrong; may be changed at any time. */
type BusinessFaults = {
  /** Wait this long before every answer, in milliseconds. */
  delayMs: number;
  /** Answer everything with this status; 0 is none. */
  status: number;
  /** Answer with a body that is not JSON. */
  garbled: boolean;
  /** Close the connection without an answer. */
  hangUp: boolean;
};

export type Business = {
  port: number;
  url: string;
  faults: BusinessFaults;
  /** Every request, in order. */
  requests: readonly { method: string; path: string; body: unknown; at: number }[];
  drafts: readonly DisputeDraft[];
  close(): Promise<void>;
};

type Answer = { status: number; body: unknown };
type Shop = Data & { drafts: DisputeDraft[] };
type Route = { method: string; path: RegExp; answer: (shop: Shop, asked: Asked) => Answer };
type Asked = { key: string; query: URLSearchParams; body: Record<string, unknown> };

const BODY_MAX = 256 * 1024;

const ROUTES: Route[] = [
  { method: "GET", path: /^\/customers\/by-phone\/([^/]+)$/u, answer: customerByPhone },
  { method: "GET", path: /^\/customers\/([^/]+)\/transactions$/u, answer: transactionsOf },
  { method: "POST", path: /^\/merchants\/lookup$/u, answer: lookUpMerchant },
  { method: "GET", path: /^\/knowledge\/search$/u, answer: searchKnowledge },
  { method: "POST", path: /^\/disputes\/drafts$/u, answer: draftDispute },
];

/** Starts the small bank that the demo's assistant asks: customers, transactions, merchants, knowledge, dispute drafts. */
export async function startBusiness(options: { port?: number; host?: string } = {}): Promise<Business> {
  const data = JSON.parse(readFileSync(new URL("data.json", import.meta.url), "utf8")) as Data;
  const shop: Shop = { ...data, drafts: [] };
  const requests: { method: string; path: string; body: unknown; at: number }[] = [];
  const faults: BusinessFaults = { delayMs: 0, status: 0, garbled: false, hangUp: false };
  const waiting = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    const serve = async () => {
      const body = await bodyOf(request);
      const { pathname: path, searchParams: query } = new URL(request.url ?? "/", "http://business");
      requests.push({ method: request.method ?? "", path: request.url ?? "", body, at: Date.now() });
      if (faults.delayMs > 0) await pause(faults.delayMs, waiting);
      give(response, body ? answerOf(shop, { method: request.method ?? "", path, query, body }) : notJson(), faults);
    };
    serve().catch(
      // The client broke off in the middle of its request: nobody is left to answer.
      () => response.destroy(),
    );
  });
  const host = options.host ?? "127.0.0.1";
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const timer of waiting) clearTimeout(timer);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port, url: `http://${host}:${port}`, faults, requests, drafts: shop.drafts, close };
}

function answerOf(
  shop: Shop,
  asked: { method: string; path: string; query: URLSearchParams; body: Record<string, unknown> },
): Answer {
  for (const route of ROUTES) {
    const match = route.path.exec(asked.path);
    if (!match) continue;
    if (route.method !== asked.method) return { status: 405, body: { error: `use ${route.method}` } };
    return route.answer(shop, { key: decoded(match[1] ?? ""), query: asked.query, body: asked.body });
  }
  return { status: 404, body: { error: "no such resource" } };
}

function customerByPhone(shop: Shop, { key }: Asked): Answer {
  // A number in a path may come with or without its plus.
  const digits = key.replaceAll(/\D/gu, "");
  const customer = shop.customers.find((each) => each.phone.replaceAll(/\D/gu, "") === digits);
  return customer ? { status: 200, body: customer } : { status: 404, body: { error: "no customer with this number" } };
}

function transactionsOf(shop: Shop, { key, query }: Asked): Answer {
  if (!shop.customers.some((each) => each.id === key)) return { status: 404, body: { error: "no such customer" } };
  const amount = query.get("amount");
  const fits = (each: Transaction) => amount === null || amount === "" || each.amount === Number(amount);
  return {
    status: 200,
    body: { transactions: shop.transactions.filter((each) => each.customer === key && fits(each)) },
  };
}

function lookUpMerchant(shop: Shop, { body }: Asked): Answer {
  const wanted = textOf(body["descriptor"]) || textOf(body["name"]);
  if (wanted === "") return { status: 400, body: { error: 'give "descriptor" or "name"' } };
  const isIt = ({ name, descriptors }: Merchant) => [name, ...descriptors].map(plain).includes(plain(wanted));
  return { status: 200, body: { matches: shop.merchants.filter(isIt) } };
}

function searchKnowledge(shop: Shop, { query }: Asked): Answer {
  return { status: 200, body: { results: searchPages(shop.knowledge, query.get("q") ?? "") } };
}

function draftDispute(shop: Shop, { body }: Asked): Answer {
  const transactionId = textOf(body["transactionId"]);
  if (!shop.transactions.some((each) => each.id === transactionId))
    return { status: 422, body: { error: '"transactionId" names no transaction' } };
  const known = shop.drafts.find((each) => each.transactionId === transactionId);
  if (known) return { status: 200, body: known };
  const id = `drf_${String(shop.drafts.length + 1).padStart(4, "0")}`;
  const draft: DisputeDraft = {
    id,
    status: "draft",
    transactionId,
    note: textOf(body["note"]),
    createdAt: new Date().toISOString(),
  };
  shop.drafts.push(draft);
  return { status: 201, body: draft };
}

function give(response: ServerResponse, answer: Answer, faults: BusinessFaults): void {
  if (faults.hangUp) {
    response.destroy();
    return;
  }
  const { status, body } =
    faults.status > 0 ? { status: faults.status, body: { error: "the business is out of order" } } : answer;
  response.writeHead(status, { "content-type": "application/json" });
  response.end(faults.garbled ? "<html>It works!</html>" : JSON.stringify(body));
}

function notJson(): Answer {
  return { status: 400, body: { error: "the body is not a JSON object" } };
}

/** The body as an object; empty when there was none, `undefined` when it was something else. */
async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= BODY_MAX) chunks.push(chunk);
  }
  if (size === 0) return {};
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // Answered with a 400 that says so.
    return undefined;
  }
}

function pause(ms: number, waiting: Set<NodeJS.Timeout>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      waiting.delete(timer);
      resolve();
    }, ms);
    waiting.add(timer);
  });
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A broken escape names nothing here; the look-up answers 404.
    return part;
  }
}

/** Letters and digits only: how a descriptor is written differs from statement to statement. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/gu, "");
}
