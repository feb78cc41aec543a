import { describe, expect, test } from "vitest";
import { signed, type WebhookCredential } from "../../../lab/vapi/webhooks.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import { createWebhookAuth } from "../../../src/vendors/vapi/webhook-auth.ts";

const SECRET = "a-secret-of-the-test";
const BODY = '{"message":{"type":"hang"}}';

const proofOf = (headers: Readonly<Record<string, string>>, body = BODY, now = Date.now()) =>
  createWebhookAuth(SECRET, { now: () => EpochMs(now) })({
    header: (name) => headers[name],
    body: Buffer.from(body),
  });

const GOOD: readonly WebhookCredential[] = [
  { kind: "secret", secret: SECRET },
  { kind: "bearer", token: SECRET },
  { kind: "hmac", secretKey: SECRET },
  { kind: "hmac", secretKey: SECRET, seconds: true },
  { kind: "hmac", secretKey: SECRET, algorithm: "sha512" },
  { kind: "hmac", secretKey: SECRET, algorithm: "sha1" },
];

describe("whose a server message is", () => {
  test.each(GOOD)("genuine: $kind $algorithm", (credential) => {
    expect(proofOf(signed(credential, BODY))).toBe("genuine");
  });

  test.each<WebhookCredential>([
    { kind: "none" },
    { kind: "secret", secret: "another" },
    { kind: "bearer", token: "another" },
    { kind: "hmac", secretKey: "another" },
  ])("forged: $kind", (credential) => {
    expect(proofOf(signed(credential, BODY))).toBe("forged");
  });

  test("a signature over another body, or without a time", () => {
    const headers = signed({ kind: "hmac", secretKey: SECRET }, BODY);
    expect(proofOf(headers, `${BODY} `)).toBe("forged");
    expect(proofOf({ ...headers, "x-timestamp": "" })).toBe("forged");
    expect(proofOf({ ...headers, "x-timestamp": "now" })).toBe("forged");
  });

  test("a wrong signature is not saved by the right secret beside it", () => {
    const headers = { ...signed({ kind: "hmac", secretKey: "another" }, BODY), "x-vapi-secret": SECRET };
    expect(proofOf(headers)).toBe("forged");
  });

  test("old and early signatures are stale", () => {
    const headers = signed({ kind: "hmac", secretKey: SECRET }, BODY);
    expect(proofOf(headers, BODY, Date.now() + 301_000)).toBe("stale");
    expect(proofOf(headers, BODY, Date.now() - 301_000)).toBe("stale");
    expect(proofOf(headers, BODY, Date.now() + 290_000)).toBe("genuine");
  });

  test("a signature counts once", () => {
    const prove = createWebhookAuth(SECRET, { now: () => EpochMs(Date.now()) });
    const headers = signed({ kind: "hmac", secretKey: SECRET }, BODY);
    const request = { header: (name: string) => headers[name], body: Buffer.from(BODY) };
    expect([prove(request), prove(request)]).toEqual(["genuine", "replayed"]);
  });
});
