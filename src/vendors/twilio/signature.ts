import twilio from "twilio";

export type WebhookToCheck = {
  /** `PUBLIC_URL` and the request's path and query, as Twilio asked for it; never rebuilt from `Host`. */
  readonly url: string;
  readonly signature: string | undefined;
} & (
  | { readonly kind: "form"; readonly params: Readonly<Record<string, string | readonly string[]>> }
  /** A GET carries everything in its URL. */
  | { readonly kind: "query" }
  /** Signed over the URL, which names the body's hash in `bodySHA256`. */
  | { readonly kind: "json"; readonly body: string }
);

const BODY_HASH = /[?&]bodySHA256=([0-9a-f]{64})(?:&|$)/;

/**
 * Whether Twilio made this request (https://www.twilio.com/docs/usage/security#validating-requests). The comparison is
 * constant-time. A request that was recorded and sent again has a right signature: what it delivers are events that
 * change nothing the second time (H7), and a document is only read, so Twilio's `I-Twilio-Idempotency-Token` on its own
 * retries needs no table either.
 */
export function isSignedWebhook(authToken: string, request: WebhookToCheck): boolean {
  const { signature, url } = request;
  if (signature === undefined || signature === "") return false;
  switch (request.kind) {
    case "form":
      return holds(authToken, signature, url, { ...request.params });
    case "query":
      return holds(authToken, signature, url, {});
    case "json": {
      const hash = BODY_HASH.exec(url)?.[1];
      return hash !== undefined && holds(authToken, signature, url, {}) && twilio.validateBody(request.body, hash);
    }
    default:
      return request satisfies never;
  }
}

/**
 * The Media Streams handshake: signed over the `<Stream url>` as the TwiML spells it, and by Twilio's own hint perhaps
 * with a "/" appended (facts §1.4).
 */
export function isSignedHandshake(authToken: string, mediaUrl: string, signature: string | undefined): boolean {
  if (signature === undefined || signature === "") return false;
  return [mediaUrl, `${mediaUrl}/`].some((url) => holds(authToken, signature, url, {}));
}

function holds(authToken: string, signature: string, url: string, params: Record<string, unknown>): boolean {
  // The SDK throws on a URL it cannot read; such a request was not signed by anybody.
  return URL.canParse(url) && twilio.validateRequest(authToken, signature, url, params);
}
