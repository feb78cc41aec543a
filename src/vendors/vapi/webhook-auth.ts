import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { after, type EpochMs } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";

/** How far a signature's time may lie from ours, either way. The vendor names no window; this is the other one's. */
const WINDOW_MS = 300_000;
/** Genuine signatures remembered against a second use. */
const REMEMBERED_MAX = 100_000;
const ALGORITHMS = ["sha256", "sha512", "sha1"] as const;

export type Proof = "genuine" | "forged" | "stale" | "replayed";

/** What a request carries, and the body as it came. */
export type Signed = { readonly header: (name: string) => string | undefined; readonly body: Buffer };

/**
 * Checks whether a server message is Vapi's: by `x-vapi-secret` or a bearer token that is the secret, or by an HMAC of
 * `{timestamp}.{body}` with the secret as key (https://docs.vapi.ai/server-url/server-authentication). Only the HMAC
 * protects against a repetition; with the others, events that come again change nothing by themselves.
 */
export function createWebhookAuth(secret: string, clock: Pick<Clock, "now">): (request: Signed) => Proof {
  const used = new Map<string, EpochMs>();
  return ({ header, body }) => {
    const signature = header("x-signature");
    if (signature !== undefined) {
      const now = clock.now();
      const proof = checkHmac({ secret, signature, timestamp: header("x-timestamp") ?? "", body }, now);
      if (proof !== "genuine") return proof;
      forgetOld(used, now);
      if (used.has(signature) || used.size >= REMEMBERED_MAX) return "replayed";
      used.set(signature, after(now, 2 * WINDOW_MS));
      return "genuine";
    }
    const plain =
      header("x-vapi-secret") ?? /^Bearer (?<token>.+)$/u.exec(header("authorization") ?? "")?.groups?.["token"];
    return plain !== undefined && same(plain, secret) ? "genuine" : "forged";
  };
}

function checkHmac(
  signed: { readonly secret: string; readonly signature: string; readonly timestamp: string; readonly body: Buffer },
  now: EpochMs,
): Proof {
  const { secret, timestamp, body } = signed;
  if (!/^\d{10,13}$/u.test(timestamp)) return "forged";
  const given = signed.signature.replace(/^sha\d+=/u, "");
  const genuine = ALGORITHMS.some((algorithm) => {
    const mac = createHmac(algorithm, secret).update(`${timestamp}.`).update(body);
    return same(given.toLowerCase(), mac.digest("hex"));
  });
  if (!genuine) return "forged";
  // Whether seconds or milliseconds is not documented.
  const at = timestamp.length <= 10 ? Number(timestamp) * 1_000 : Number(timestamp);
  return Math.abs(now - at) <= WINDOW_MS ? "genuine" : "stale";
}

/** In constant time whatever the lengths: both are hashed first. */
const same = (given: string, wanted: string): boolean => timingSafeEqual(digest(given), digest(wanted));

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** The oldest come first: every signature is kept equally long. */
function forgetOld(used: Map<string, EpochMs>, now: EpochMs): void {
  for (const [signature, until] of used) {
    if (until >= now) return;
    used.delete(signature);
  }
}
