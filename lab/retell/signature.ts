import { createHmac } from "node:crypto";

/** `x-retell-signature` over a body as sent: HMAC-SHA256 with the API key over body and time, no separator. */
export function signatureFor(rawBody: string, apiKey: string, atMs: number): string {
  const digest = createHmac("sha256", apiKey).update(`${rawBody}${atMs}`, "utf8").digest("hex");
  return `v=${atMs},d=${digest}`;
}
