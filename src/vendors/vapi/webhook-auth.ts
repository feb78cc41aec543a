import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { after, type EpochMs } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Once } from "../../ports/once.ts";

/** How far a signature's time may lie from ours, either way. The vendor names no window; this is the other one's. */
const WINDOW_MS = 300_000;
/** Genuine signatures remembered against a second use; beyond it the oldest is forgotten, never a genuine one refused. */
const REMEMBERED_MAX = 200_000;
const ALGORITHMS = ["sha256", "sha512", "sha1"] as const;

export type Proof = "genuine" | "forged" | "stale" | "replayed";

/** What a request carries, and the body as it came. */
export type Signed = { readonly header: (name: string) => string | undefined; readonly body: Buffer };

/**
 * Checks whether a server message is Vapi's: by `x-vapi-secret` or a bearer token that is the secret, or by an HMAC of
 * `{timestamp}.{body}` with the secret as key (https://docs.vapi.ai/server-url/server-authentication). Only the HMAC
 * protects against a repetition; with the others, events that come again change nothing by themselves.
 */
export function createWebhookAuth(
  secret: string,
  clock: Pick<Clock, "now">,
  once?: Once,
): (request: Signed) => Promise<Proof> {
  const used = new Map<string, EpochMs>();
  return async ({ header, body }) => {
    const given = header("x-signature");
    if (given !== undefined) {
      const now = clock.now();
      const signature = plainSignature(given);
      const proof = checkHmac({ secret, signature, timestamp: header("x-timestamp") ?? "", body }, now);
      if (proof !== "genuine") return proof;
      forgetOld(used, now);
      const until = after(now, 2 * WINDOW_MS);
      if (used.has(signature)) return "replayed";
      used.set(signature, until);
      return (await isFirst(once, signature, { now, until })) ? "genuine" : "replayed";
    }
    const plain =
      header("x-vapi-secret") ?? /^Bearer (?<token>.+)$/u.exec(header("authorization") ?? "")?.groups?.["token"];
    return plain !== undefined && same(plain, secret) ? "genuine" : "forged";
  };
}

/** One signature in all its spellings. */
const plainSignature = (given: string): string => given.replace(/^sha\d+=/iu, "").toLowerCase();

/** A store that does not answer keeps nobody from being served: what is behind the door is idempotent. */
async function isFirst(
  once: Once | undefined,
  signature: string,
  { now, until }: { readonly now: EpochMs; readonly until: EpochMs },
): Promise<boolean> {
  const answer = await once?.first(`vapi:${createHash("sha256").update(signature).digest("base64url")}`, now, until);
  return answer?.ok !== true || answer.value;
}

function checkHmac(
  signed: { readonly secret: string; readonly signature: string; readonly timestamp: string; readonly body: Buffer },
  now: EpochMs,
): Proof {
  const { secret, timestamp, body } = signed;
  if (!/^\d{10,13}$/u.test(timestamp)) return "forged";
  const genuine = ALGORITHMS.some((algorithm) => {
    const mac = createHmac(algorithm, secret).update(`${timestamp}.`).update(body);
    return same(signed.signature, mac.digest("hex"));
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
    if (until >= now && used.size < REMEMBERED_MAX) return;
    used.delete(signature);
  }
}
