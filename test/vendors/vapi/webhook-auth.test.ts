import { describe, expect, test } from "vitest";
import { signed, type WebhookCredential } from "../../../lab/vapi/webhooks.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import type { Once } from "../../../src/ports/once.ts";
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

const once = (taken: Set<string>): Once => ({
  first: async (name) => ({ ok: true, value: !taken.has(name) && taken.add(name) !== undefined }),
});
const gateway = (store?: Once) => createWebhookAuth(SECRET, { now: () => EpochMs(Date.now()) }, store);
const request = (headers: Readonly<Record<string, string>>) => ({
  header: (name: string) => headers[name],
  body: Buffer.from(BODY),
});

describe("whose a server message is", () => {
  test.each(GOOD)("genuine: $kind $algorithm", async (credential) => {
    expect(await proofOf(signed(credential, BODY))).toBe("genuine");
  });

  test.each<WebhookCredential>([
    { kind: "none" },
    { kind: "secret", secret: "another" },
    { kind: "bearer", token: "another" },
    { kind: "hmac", secretKey: "another" },
  ])("forged: $kind", async (credential) => {
    expect(await proofOf(signed(credential, BODY))).toBe("forged");
  });

  test("a signature over another body, or without a time", async () => {
    const headers = signed({ kind: "hmac", secretKey: SECRET }, BODY);
    expect(await proofOf(headers, `${BODY} `)).toBe("forged");
    expect(await proofOf({ ...headers, "x-timestamp": "" })).toBe("forged");
    expect(await proofOf({ ...headers, "x-timestamp": "now" })).toBe("forged");
  });

  test("a wrong signature is not saved by the right secret beside it", async () => {
    const headers = { ...signed({ kind: "hmac", secretKey: "another" }, BODY), "x-vapi-secret": SECRET };
    expect(await proofOf(headers)).toBe("forged");
  });

  test("old and early signatures are stale", async () => {
    const headers = signed({ kind: "hmac", secretKey: SECRET }, BODY);
    expect(await proofOf(headers, BODY, Date.now() + 301_000)).toBe("stale");
    expect(await proofOf(headers, BODY, Date.now() - 301_000)).toBe("stale");
    expect(await proofOf(headers, BODY, Date.now() + 290_000)).toBe("genuine");
  });

  test("a signature counts once, in whatever spelling", async () => {
    const prove = gateway();
    const headers = signed({ kind: "hmac", secretKey: SECRET }, BODY);
    expect(await prove(request(headers))).toBe("genuine");
    const hex = headers["x-signature"] ?? "";
    for (const spelling of [hex, hex.toUpperCase(), `sha256=${hex}`, `SHA256=${hex}`, `sha1=${hex}`])
      expect(await prove(request({ ...headers, "x-signature": spelling }))).toBe("replayed");
  });

  test("and once among all gateways; a store that is away keeps nobody out", async () => {
    const taken = new Set<string>();
    const headers = signed({ kind: "hmac", secretKey: SECRET }, BODY);
    expect(await gateway(once(taken))(request(headers))).toBe("genuine");
    expect(await gateway(once(taken))(request(headers))).toBe("replayed");
    const away: Once = { first: async () => ({ ok: false, why: "away" }) };
    expect(await gateway(away)(request(headers))).toBe("genuine");
    expect([...taken].join(" ")).not.toContain(headers["x-signature"]);
  });
});
