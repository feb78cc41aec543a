import twilio from "twilio";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { CALL, CALLER, type Gateway, OFFER, post, send, startGateway, TOKEN, voice } from "./gateway.ts";

const AGENT_QUERY = `call=${CALL}&offer=${OFFER}`;
const DOORS = [
  "/twilio/voice",
  "/twilio/fallback",
  "/twilio/document/caller",
  "/twilio/ended/caller",
  "/twilio/ended/forward",
  "/twilio/keys/caller",
  `/twilio/document/agent?${AGENT_QUERY}`,
  `/twilio/ended/agent?${AGENT_QUERY}`,
  `/twilio/keys/agent?${AGENT_QUERY}`,
  `/twilio/wait/room?call=${CALL}`,
  "/twilio/status",
  `/twilio/status/agent?${AGENT_QUERY}`,
  `/twilio/room?call=${CALL}&escalation=esc_1`,
  "/twilio/stream",
  "/twilio/sms",
];

let gateway: Gateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.close());

const FIELDS = voice({ Digits: "1", StreamEvent: "stream-error", StatusCallbackEvent: "participant-join" });
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const sign = (path: string, fields: Record<string, string>) => ({
  "x-twilio-signature": twilio.getExpectedTwilioSignature(TOKEN, `${gateway.publicUrl}${path}`, fields),
});

/** Refused: that status as a problem document, one line in the log that repeats nothing, and no event. */
function expectRefused(answer: { status: number; body: string; type: string }, status: number): void {
  expect(answer.status).toBe(status);
  expect(answer.type).toContain("application/problem+json");
  expect(JSON.parse(answer.body)).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  expect(gateway.delivered).toEqual([]);
  expect(gateway.callers.size).toBe(0);
  expect(gateway.lines.map(({ level, message }) => [level, message])).toEqual([["warn", "a request was refused"]]);
  expect(JSON.stringify(gateway.lines)).not.toContain(CALLER);
  expect(answer.body).not.toContain(CALLER);
}

describe.each(DOORS)("%s", (path) => {
  test("takes what Twilio signed", async () => {
    const answer = await post(gateway, path, FIELDS);
    expect([answer.status, answer.type]).toEqual([200, "text/xml; charset=utf-8"]);
    expect(answer.body).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?><Response/);
  });

  test.each(["ACx", "", "<x>", `AC${"0".repeat(33)}`])(
    "refuses the malformed account %j, though signed",
    async (sid) => {
      expectRefused(await post(gateway, path, { ...FIELDS, AccountSid: sid }), 400);
    },
  );

  test("refuses what nobody signed", async () => {
    expectRefused(await send(gateway, path, { body: form(FIELDS) }), 403);
  });

  test("refuses what was changed after it was signed", async () => {
    expectRefused(
      await send(gateway, path, { body: form({ ...FIELDS, Digits: "2" }), headers: sign(path, FIELDS) }),
      403,
    );
  });

  test("refuses a signature of another door", async () => {
    expectRefused(await send(gateway, path, { body: form(FIELDS), headers: sign(`${path}/x`, FIELDS) }), 403);
  });

  test("refuses a body that was cut off", async () => {
    expectRefused(await send(gateway, path, { body: form(FIELDS).slice(0, -10), headers: sign(path, FIELDS) }), 403);
  });

  test("refuses a body over 1 MiB", async () => {
    const body = `${form(FIELDS)}&More=${"x".repeat(1_048_576)}`;
    expectRefused(await send(gateway, path, { body, headers: sign(path, FIELDS) }), 413);
  });

  test("refuses another type of body, signed or not", async () => {
    const headers = { "content-type": "text/plain", ...sign(path, FIELDS) };
    expectRefused(await send(gateway, path, { body: form(FIELDS), headers }), 415);
  });

  test("refuses JSON, and unsigned JSON first", async () => {
    const headers = { "content-type": "application/json" };
    expectRefused(await send(gateway, path, { body: "{}", headers }), 403);
  });

  test("refuses another method", async () => {
    expectRefused(await send(gateway, path, { method: "GET" }), 405);
  });

  test("refuses a signed leg that is no leg", async () => {
    const bad = { ...FIELDS, CallSid: "CA1'--" };
    const answer = await post(gateway, path, bad);
    // Nothing of a text message or of a wait document is read from the form.
    if (path === "/twilio/sms" || path.startsWith("/twilio/wait/")) expect(answer.status).toBe(200);
    else expectRefused(answer, 400);
  });
});

test.each(DOORS.filter((path) => path.includes("?")))("%s refuses a signed case that is none of ours", async (path) => {
  expectRefused(await post(gateway, path.replace(CALL, "call-1;drop"), FIELDS), 400);
});

test("refuses a form with more fields than anybody sends", async () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`Field${index}`, "1"]));
  expectRefused(await post(gateway, "/twilio/voice", { ...FIELDS, ...many }), 400);
});

test("refuses a field that comes twice", async () => {
  const body = `${form(FIELDS)}&CallSid=${FIELDS["CallSid"]}1`;
  const params = { ...FIELDS, CallSid: [FIELDS["CallSid"] ?? "", `${FIELDS["CallSid"]}1`] };
  const signature = twilio.getExpectedTwilioSignature(TOKEN, `${gateway.publicUrl}/twilio/voice`, params);
  expectRefused(await send(gateway, "/twilio/voice", { body, headers: { "x-twilio-signature": signature } }), 400);
});

test("refuses a compressed body", async () => {
  expectRefused(
    await send(gateway, "/twilio/voice", {
      body: form(FIELDS),
      headers: { "content-encoding": "gzip", ...sign("/twilio/voice", FIELDS) },
    }),
    415,
  );
});

test("a body shorter than its length is no request", async () => {
  const { connect } = await import("node:net");
  const { port } = new URL(gateway.publicUrl);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(
    `POST /twilio/voice HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 999\r\n\r\nCallSid=`,
  );
  socket.end();
  await expect.poll(() => gateway.lines.length, { timeout: 10_000 }).toBeGreaterThan(0);
  expect(gateway.lines).toMatchObject([{ level: "warn", status: 400 }]);
  expect(gateway.delivered).toEqual([]);
  socket.destroy();
});
