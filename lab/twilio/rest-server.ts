import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import type { Carrier } from "./carrier.ts";
import type { RestEntry } from "./carrier-log.ts";
import { accountRoutes } from "./rest-account.ts";
import { RestError, type Params, type RestAnswer, type Route } from "./rest-answer.ts";
import { callRoutes } from "./rest-calls.ts";
import { conferenceRoutes } from "./rest-conferences.ts";
import { participantRoutes } from "./rest-participants.ts";

/** Answers requests below `/lab`, which are the twin's own. Returns false when the path is not its own. */
export type LabRoutes = (request: IncomingMessage, response: ServerResponse, body: string) => boolean;

const MAX_BODY_BYTES = 1_048_576;

/** The carrier's REST API on `/2010-04-01`, with the lab's own routes beside it. */
export function createRestServer(carrier: Carrier, lab: LabRoutes): Server {
  const routes = [
    ...callRoutes(carrier),
    ...participantRoutes(carrier),
    ...conferenceRoutes(carrier),
    ...accountRoutes(carrier),
  ];
  return createServer((request, response) => {
    void readBody(request).then((body) => {
      if (body === undefined) return reply(response, { status: 413, body: { message: "body over 1 MiB" } });
      if (lab(request, response, body)) return undefined;
      return serve(carrier, routes, { request, response, body });
    });
  });
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > MAX_BODY_BYTES) return undefined;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString("utf8");
}

function formOf(body: string): Params {
  const params: Record<string, string[]> = {};
  for (const [key, value] of new URLSearchParams(body)) (params[key] ??= []).push(value);
  return params;
}

type Exchange = { request: IncomingMessage; response: ServerResponse; body: string };

async function serve(carrier: Carrier, routes: readonly Route[], exchange: Exchange): Promise<void> {
  const { request, response, body } = exchange;
  const url = new URL(request.url ?? "/", "http://twin");
  const subject = { method: request.method ?? "GET", path: url.pathname, params: formOf(body) };
  const entry = carrier.log.add<"rest">({ kind: "rest", ...subject });
  const { faults, timers, latencies } = carrier;
  const slow = faults.take("rest-slow", subject, url.pathname);
  await timers.sleep(latencies.restMs / 2 + (slow?.ms ?? 0));
  if (faults.take("rest-timeout", subject, url.pathname) !== undefined) return;
  const refusal = refusalByFault(carrier, subject);
  const answer = refusal ?? answerOf(carrier, routes, { request, url, subject });
  if (faults.take("rest-answer-lost", subject, url.pathname) !== undefined) return;
  const broken = faults.take("rest-500-after", subject, url.pathname);
  await timers.sleep(latencies.restMs / 2);
  finish(carrier, { entry, response, answer: broken === undefined ? answer : internalError() });
}

function finish(carrier: Carrier, what: { entry: RestEntry; response: ServerResponse; answer: RestAnswer }): void {
  const { entry, response, answer } = what;
  reply(response, answer);
  entry.response = { ...answer, at: carrier.clock() };
  carrier.log.changed(entry);
}

type Subject = { method: string; path: string; params: Params };

function refusalByFault(carrier: Carrier, subject: Subject): RestAnswer | undefined {
  if (carrier.faults.take("rest-500-before", subject, subject.path) !== undefined) return internalError();
  if (carrier.faults.take("rest-429", subject, subject.path) === undefined) return undefined;
  const error = new RestError(429, 20_429, "Too Many Requests");
  return { status: error.status, body: error.body };
}

function internalError(): RestAnswer {
  const error = new RestError(500, 20_500, "An internal server error has occurred");
  return { status: error.status, body: error.body };
}

function answerOf(
  carrier: Carrier,
  routes: readonly Route[],
  what: { request: IncomingMessage; url: URL; subject: Subject },
): RestAnswer {
  try {
    return perform(carrier, routes, what);
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    return { status: error.status, body: error.body };
  }
}

function perform(
  carrier: Carrier,
  routes: readonly Route[],
  what: { request: IncomingMessage; url: URL; subject: Subject },
): RestAnswer {
  const { request, url, subject } = what;
  checkCredentials(carrier, request.headers.authorization);
  const prefix = `/2010-04-01/Accounts/${carrier.accountSid}`;
  const notFound = () => new RestError(404, 20_404, `The requested resource ${url.pathname} was not found`);
  if (!url.pathname.startsWith(prefix)) throw notFound();
  const below = url.pathname.slice(prefix.length);
  for (const route of routes) {
    const match = route.method === subject.method ? route.path.exec(below) : null;
    if (match === null) continue;
    warnOfUnknown(carrier, route, subject);
    const part = (index: number) => match[index] ?? "";
    return route.perform({ ...subject, query: url.searchParams }, part);
  }
  throw notFound();
}

function checkCredentials(carrier: Carrier, header: string | undefined): void {
  const expected = `Basic ${Buffer.from(`${carrier.accountSid}:${carrier.authToken}`).toString("base64")}`;
  if (header !== expected) throw new RestError(401, 20_003, "Authenticate");
}

/** Twilio takes unknown parameters without a word, which hides misspellings. */
function warnOfUnknown(carrier: Carrier, route: Route, subject: Subject): void {
  for (const name of Object.keys(subject.params)) {
    if (!route.known.includes(name))
      carrier.log.warn(0, `${subject.method} ${subject.path} knows no parameter "${name}"`);
  }
}

function reply(response: ServerResponse, answer: RestAnswer): void {
  response.writeHead(answer.status, { "content-type": "application/json" });
  response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
}
