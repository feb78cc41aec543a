import { createHash } from "node:crypto";
import express, { type Request, type RequestHandler, type Response } from "express";
import { verify } from "retell-sdk";
import { after, type EpochMs } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Once } from "../../ports/once.ts";
import type { Log } from "../../telemetry/log.ts";

const BODY_MAX_BYTES = 1_048_576;
/** The vendor's own window of freshness (facts §3); a signature older than that fails by itself. */
const FRESH_MS = 300_000;
const REMEMBERED_MAX = 20_000;

/** Reads any body as it is: the signature is over the raw text. Mount before other parsers. */
export const readRaw: RequestHandler = express.raw({ type: () => true, limit: BODY_MAX_BYTES, inflate: false });

export type SignedDoor = {
  /** Serves only what Retell has signed, each signature once. `serve` gets the body as text. */
  (serve: (body: string, request: Request, response: Response) => Promise<void>): RequestHandler;
};

/**
 * The signature has no nonce, so a captured request could be sent again within five minutes: each is taken once. What the vendor itself repeats is signed anew.
 */
export function createSignedDoor(deps: {
  readonly apiKey: string;
  readonly clock: Pick<Clock, "now">;
  /** Remembers for all gateways; absent where this one is alone. */
  readonly once?: Once | undefined;
  readonly log: Log;
}): SignedDoor {
  const { apiKey, clock, once, log } = deps;
  const used = new Map<string, EpochMs>();
  return (serve) => async (request, response) => {
    const body: unknown = request.body;
    const text = Buffer.isBuffer(body) ? body.toString("utf8") : "";
    const signature = request.get("x-retell-signature") ?? "";
    // Awaited: in this SDK the answer is a promise, which is always truthy (facts §3).
    const genuine = signature !== "" && (await verify(text, apiKey, signature));
    if (!genuine) return refuse(log, response, "x-retell-signature is missing or does not fit this body.");
    const key = keyOf(signature);
    const now = clock.now();
    const fresh = takeOnce(used, key, now) && (await isFirst(once, key, now));
    if (!fresh) return refuse(log, response, "this signature was used before.");
    await serve(text, request, response);
  };
}

/** Upper and lower case are one signature to the vendor's own check, so they are one here. */
const keyOf = (signature: string): string => createHash("sha256").update(signature.toLowerCase()).digest("base64url");

/** A store that does not answer keeps nobody from being served: what is behind the door is idempotent. */
async function isFirst(once: Once | undefined, key: string, now: EpochMs): Promise<boolean> {
  const answer = await once?.first(`retell:${key}`, now, after(now, FRESH_MS * 2));
  return answer?.ok !== true || answer.value;
}

function takeOnce(used: Map<string, EpochMs>, key: string, now: EpochMs): boolean {
  if (used.has(key)) return false;
  for (const [old, at] of used) {
    if (now - at <= FRESH_MS * 2 && used.size < REMEMBERED_MAX) break;
    used.delete(old);
  }
  used.set(key, now);
  return true;
}

function refuse(log: Log, response: Response, detail: string): void {
  // The server's own line about this request would only repeat it.
  response.locals["audited"] = true;
  log.warn({ door: "retell", status: 403, reason: detail }, "a request was refused");
  sendProblem(response, 403, detail);
}

const TITLES: Readonly<Record<number, string>> = { 400: "Bad Request", 403: "Forbidden", 405: "Method Not Allowed" };

/** RFC 9457; repeats nothing that was sent. */
export function sendProblem(response: Response, status: number, detail: string): void {
  const title = TITLES[status] ?? "Error";
  response
    .status(status)
    .type("application/problem+json")
    .send(JSON.stringify({ type: "about:blank", title, status, detail }));
}
