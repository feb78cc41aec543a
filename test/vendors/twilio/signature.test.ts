import twilio from "twilio";
import { expect, test } from "vitest";

import { isSignedHandshake, isSignedWebhook } from "../../../src/vendors/twilio/signature.ts";

const TOKEN = "12345";

// The vectors of facts/twilio.md §1.2; the first is Twilio's own published example.
test("accepts Twilio's published example", () => {
  const params = {
    CallSid: "CA1234567890ABCDE",
    Caller: "+14158675310",
    Digits: "1234",
    From: "+14158675310",
    To: "+18005551212",
  };
  const url = "https://example.com/myapp.php?foo=1&bar=2";
  const signature = "L/OH5YylLD5NRKLltdqwSvS0BnU=";
  expect(isSignedWebhook(TOKEN, { kind: "form", url, signature, params })).toBe(true);
  expect(isSignedWebhook(TOKEN, { kind: "form", url, signature, params: { ...params, Digits: "1235" } })).toBe(false);
  expect(isSignedWebhook("54321", { kind: "form", url, signature, params })).toBe(false);
});

test("a voice webhook is signed over its query and its form", () => {
  const params = {
    CallSid: "CA00000000000000000000000000000001",
    CallStatus: "ringing",
    From: "+15551230001",
    To: "+15551230002",
  };
  const signature = "/2JZrHVGfBQV6X7GfRZfG1G950Y=";
  const url = "https://gw.example.com/twilio/voice?tenant=t1";
  expect(isSignedWebhook(TOKEN, { kind: "form", url, signature, params })).toBe(true);
  expect(isSignedWebhook(TOKEN, { kind: "form", url: url.replace("t1", "t2"), signature, params })).toBe(false);
});

test("a GET carries everything in its URL", () => {
  const url = "https://gw.example.com/twilio/voice?CallSid=CA1&From=%2B15551230001";
  expect(isSignedWebhook(TOKEN, { kind: "query", url, signature: "ic0iITP4z6szvLXdNhEQ0n7dupI=" })).toBe(true);
  expect(isSignedWebhook(TOKEN, { kind: "query", url: `${url}9`, signature: "ic0iITP4z6szvLXdNhEQ0n7dupI=" })).toBe(
    false,
  );
});

test("a JSON body must have the hash that its signed URL names", () => {
  const url = "https://example.com/myapp?bodySHA256=5ccde7145dfb8f56479710896586cb9d5911809d83afbe34627818790db0aec9";
  const signature = "hPXmLwIy3Fgqv1i9KPmH/HhQ6zo=";
  const body = '{"CallSid":"CA1234567890ABCDE","Caller":"+12349013030"}';
  expect(isSignedWebhook(TOKEN, { kind: "json", url, signature, body })).toBe(true);
  expect(isSignedWebhook(TOKEN, { kind: "json", url, signature, body: body.replace("3030", "3031") })).toBe(false);
  const bare = "https://example.com/myapp";
  const signed = twilio.getExpectedTwilioSignature(TOKEN, bare, {});
  expect(isSignedWebhook(TOKEN, { kind: "json", url: bare, signature: signed, body })).toBe(false);
});

test("the handshake is signed over the wss address, with or without a slash", () => {
  const url = "wss://gw.example.com/media";
  expect(isSignedHandshake(TOKEN, url, "EaUrJnXeOdQbckRcqHzor+8Gtsk=")).toBe(true);
  expect(isSignedHandshake(TOKEN, url, "ecRPTWAi5CQuAiLbSzs00z3K3yM=")).toBe(true);
  const overHttps = twilio.getExpectedTwilioSignature(TOKEN, "https://gw.example.com/media", {});
  expect(isSignedHandshake(TOKEN, url, overHttps)).toBe(false);
});

test("nothing, garbage and an unreadable address are refused without a throw", () => {
  const url = "https://gw.example.com/twilio/voice";
  for (const signature of [undefined, "", "x", "=".repeat(5_000)]) {
    expect(isSignedWebhook(TOKEN, { kind: "form", url, signature, params: {} })).toBe(false);
    expect(isSignedHandshake(TOKEN, "wss://gw.example.com/media", signature)).toBe(false);
  }
  expect(isSignedWebhook(TOKEN, { kind: "query", url: "not an address", signature: "x" })).toBe(false);
});
