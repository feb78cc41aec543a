import type { IncomingMessage, ServerResponse } from "node:http";

import type { Carrier } from "./carrier.ts";
import type { FaultRule } from "./fault-switches.ts";
import type { Handset } from "./handset.ts";
import type { PhoneBehaviour } from "./phone-book.ts";
import type { LabRoutes } from "./rest-server.ts";
import { callResource } from "./rest-calls.ts";
import { conferenceResource } from "./rest-conferences.ts";

type Body = Readonly<Record<string, unknown>>;
type LabAnswer = { status: number; body: unknown };
type LabRoute = { method: string; path: RegExp; perform: (body: Body, id: string) => LabAnswer };

/** What the control API needs of the twin beside the carrier. */
export type LabHands = {
  callIn(call: { from: string; to: string }): Handset;
  phone(address: string, behaviour: PhoneBehaviour | undefined): unknown;
  handset(callSid: string): Handset | undefined;
  number(number: { phoneNumber: string; voiceUrl: string; statusCallback?: string }): unknown;
};

/** The lab's own HTTP API under `/lab`, JSON, for people who place calls by hand. It is no part of Twilio. */
export function controlApi(carrier: Carrier, hands: LabHands): LabRoutes {
  const routes = [...callRoutes(carrier, hands), ...readingRoutes(carrier), ...settingRoutes(carrier, hands)];
  return (request, response, body) => {
    const path = new URL(request.url ?? "/", "http://twin").pathname;
    if (path !== "/lab" && !path.startsWith("/lab/")) return false;
    answer(routes, { request, response, path, body });
    return true;
  };
}

function callRoutes(carrier: Carrier, hands: LabHands): LabRoute[] {
  const withHandset = (sid: string, use: (handset: Handset) => void): LabAnswer => {
    const handset = hands.handset(sid);
    if (handset === undefined) return { status: 404, body: { error: `no call ${sid}; GET /lab/calls lists them` } };
    use(handset);
    return { status: 200, body: { callSid: sid, status: handset.status } };
  };
  return [
    {
      method: "GET",
      path: /^\/lab\/calls$/,
      perform: () => ({ status: 200, body: [...carrier.calls.values()].map((call) => callResource(carrier, call)) }),
    },
    {
      method: "POST",
      path: /^\/lab\/calls$/,
      perform: (body) => {
        const handset = hands.callIn({ from: text(body, "from"), to: text(body, "to") });
        return { status: 201, body: { callSid: handset.callSid } };
      },
    },
    {
      method: "POST",
      path: /^\/lab\/calls\/(\w+)\/hang-up$/,
      perform: (_, sid) => withHandset(sid, (handset) => handset.hangUp()),
    },
    {
      method: "POST",
      path: /^\/lab\/calls\/(\w+)\/press$/,
      perform: (body, sid) => withHandset(sid, (handset) => void handset.press(text(body, "digits"))),
    },
    {
      method: "POST",
      path: /^\/lab\/calls\/(\w+)\/say$/,
      perform: (body, sid) => {
        const audio = carrier.voice(
          text(body, "text"),
          typeof body["language"] === "string" ? body["language"] : "en-US",
        );
        return withHandset(sid, (handset) => void handset.say(audio));
      },
    },
  ];
}

function readingRoutes(carrier: Carrier): LabRoute[] {
  return [
    {
      method: "GET",
      path: /^\/lab\/conferences$/,
      perform: () => ({
        status: 200,
        body: [...carrier.conferences.values()].map((room) => ({
          ...conferenceResource(carrier, room),
          participants: [...room.seats.values()].map((seat) => ({ callSid: seat.call.sid, label: seat.label })),
        })),
      }),
    },
    {
      method: "GET",
      path: /^\/lab\/log$/,
      perform: () => ({ status: 200, body: carrier.log.entries.slice(-500) }),
    },
  ];
}

function settingRoutes(carrier: Carrier, hands: LabHands): LabRoute[] {
  return [
    {
      method: "POST",
      path: /^\/lab\/phones$/,
      perform: (body) => {
        const behaviour = body["behaviour"] as PhoneBehaviour | undefined;
        hands.phone(text(body, "address"), behaviour);
        return { status: 201, body: { address: text(body, "address") } };
      },
    },
    {
      method: "POST",
      path: /^\/lab\/numbers$/,
      perform: (body) => {
        hands.number({ phoneNumber: text(body, "phoneNumber"), voiceUrl: text(body, "voiceUrl") });
        return { status: 201, body: [...carrier.numbers.values()] };
      },
    },
    {
      method: "POST",
      path: /^\/lab\/faults$/,
      perform: (body) => {
        const { contains, ...rule } = body;
        const when = (subject: object) => typeof contains !== "string" || JSON.stringify(subject).includes(contains);
        carrier.faults.add({ ...rule, when } as unknown as FaultRule);
        return { status: 201, body };
      },
    },
    {
      method: "DELETE",
      path: /^\/lab\/faults$/,
      perform: () => {
        carrier.faults.clear();
        return { status: 204, body: undefined };
      },
    },
  ];
}

/** A request of the control API that cannot be understood. */
class BadRequest extends Error {
  override name = "BadRequest";
}

function text(body: Body, field: string): string {
  const value = body[field];
  if (typeof value === "string" && value !== "") return value;
  throw new BadRequest(`"${field}" is missing; send it as a JSON string`);
}

function answer(
  routes: readonly LabRoute[],
  exchange: { request: IncomingMessage; response: ServerResponse; path: string; body: string },
): void {
  const { request, response, path, body } = exchange;
  const found = routes.find((route) => route.method === request.method && route.path.test(path));
  let result: LabAnswer;
  try {
    const known = routes.map((route) => `${route.method} ${route.path.source.replaceAll(/[\\^$]/g, "")}`);
    result =
      found === undefined
        ? { status: 404, body: { error: `nothing at ${request.method} ${path}`, known } }
        : found.perform(parseBody(body), found.path.exec(path)?.[1] ?? "");
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    result = { status: 400, body: { error: error.message } };
  }
  response.writeHead(result.status, { "content-type": "application/json" });
  response.end(result.body === undefined ? undefined : JSON.stringify(result.body, undefined, 2));
}

function parseBody(body: string): Body {
  if (body.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null) return { ...value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new BadRequest("the body is no JSON object");
}
