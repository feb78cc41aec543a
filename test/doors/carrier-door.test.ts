// The carrier's doors with a whole gateway behind them: what is cut off, too large, of the wrong type or of the wrong method
// is refused with a clear answer and one line in the log; what is sent again changes nothing.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { PLAIN_NUMBER } from "../../lab/rig/start-rig.ts";
import { signRequest } from "../../lab/twilio/signature.ts";
import { CALLER, openScene, type Scene, TWILIO_TOKEN } from "../calls/scene.ts";
import { watchLog } from "./log-watch.ts";

const log = watchLog();
let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ env: { LOG_LEVEL: "info" }, onLog: log.onLog });
});
afterAll(() => scene.close());

const sid = (prefix: string): string => `${prefix}${randomBytes(16).toString("hex")}`;
const CALL = sid("CA");
const OFFER = "off_00000000000000000000000000000000";
const IDS = `call=${CALL}&offer=${OFFER}`;

const DOORS = [
  "/twilio/voice",
  "/twilio/fallback",
  "/twilio/document/caller",
  "/twilio/ended/caller",
  "/twilio/ended/forward",
  "/twilio/keys/caller",
  `/twilio/document/agent?${IDS}`,
  `/twilio/ended/agent?${IDS}`,
  `/twilio/keys/agent?${IDS}`,
  `/twilio/wait/room?call=${CALL}`,
  "/twilio/status",
  `/twilio/status/agent?${IDS}`,
  `/twilio/room?call=${CALL}&escalation=esc_1`,
  "/twilio/stream",
  "/twilio/sms",
];

const fields = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  AccountSid: `AC${"0123456789abcdef".repeat(2)}`,
  CallSid: CALL,
  CallStatus: "ringing",
  From: CALLER,
  To: PLAIN_NUMBER,
  Direction: "inbound",
  ...more,
});

const FORM = "application/x-www-form-urlencoded";

type Sent = {
  readonly method?: string;
  readonly type?: string;
  readonly body?: string;
  readonly signed?: Record<string, string>;
};

function send(path: string, { method = "POST", type = FORM, body, signed = {} }: Sent): Promise<Response> {
  const url = `${scene.rig.url}${path}`;
  return fetch(url, {
    method,
    headers: { "content-type": type, "x-twilio-signature": signRequest(TWILIO_TOKEN, url, signed) },
    ...(body === undefined ? {} : { body }),
  });
}

const form = (params: Readonly<Record<string, string>>): string => new URLSearchParams(params).toString();

/** A problem document, exactly one line, and nothing of what was sent in either. */
async function expectRefused(answer: Response, status: number): Promise<void> {
  const body = await answer.text();
  expect([answer.status, body]).toEqual([status, expect.stringContaining("detail")]);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  const { lines, text } = await log.since(scene.rig.url);
  expect(
    lines.map((line) => line["status"]),
    text,
  ).toEqual([status]);
  for (const secret of [CALLER, CALL, OFFER]) expect(`${text}${body}`).not.toContain(secret);
}

const cases = async (): Promise<unknown> => scene.rig.api("GET", "/api/escalations");

describe.each(DOORS)("%s", (path) => {
  test("refuses what is cut off, too large, of another type or method, and changes nothing", async () => {
    await log.since(scene.rig.url);
    const before = await cases();
    await log.since(scene.rig.url);
    const params = fields({ Digits: "1", StatusCallbackEvent: "participant-join" });
    await expectRefused(await send(path, { body: form(params).slice(0, -12), signed: params }), 403);
    const large = { ...params, More: "x".repeat(1_048_576) };
    await expectRefused(await send(path, { body: form(large), signed: large }), 413);
    await expectRefused(await send(path, { body: form(params), signed: params, type: "text/plain" }), 415);
    await expectRefused(await send(path, { body: JSON.stringify(params), signed: {}, type: "application/json" }), 403);
    await expectRefused(await send(path, { method: "GET" }), 405);
    if (path !== "/twilio/sms" && !path.startsWith("/twilio/wait/")) {
      const crooked = { ...params, CallSid: "CA1'--" };
      await expectRefused(await send(path, { body: form(crooked), signed: crooked }), 400);
    }
    expect(await cases()).toEqual(before);
    await log.since(scene.rig.url);
  });
});

test("a body shorter than it says is dropped, with one line, and the gateway goes on", async () => {
  const { url } = scene.rig;
  await log.since(url);
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /twilio/voice HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: ${FORM}\r\nContent-Length: 500\r\n\r\nCallSid=${CALL}&From=`,
  );
  socket.end();
  socket.resume();
  await once(socket, "close");
  const { lines, text } = await log.since(url);
  expect(lines, text).toHaveLength(1);
  expect(text).not.toContain(CALL);
});

/** A document without its one-time secret, which differs each time; everything else is the same. */
const bare = (twiml: string): string => twiml.replace(/name="secret" value="[^"]*"/u, "");

test("a signed webhook sent again gets the same answer, and there is one call", async () => {
  const params = fields({ CallSid: sid("CA") });
  const first = await send("/twilio/voice", { body: form(params), signed: params });
  const again = await send("/twilio/voice", { body: form(params), signed: params });
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(bare(await again.text())).toBe(bare(await first.text()));

  // A hang-up that was heard is final, however often an earlier word comes.
  const over = { ...params, CallStatus: "completed" };
  expect((await send("/twilio/status", { body: form(over), signed: over })).status).toBe(200);
  const late = await send("/twilio/voice", { body: form(params), signed: params });
  expect(await late.text()).toContain("<Hangup/>");
});
