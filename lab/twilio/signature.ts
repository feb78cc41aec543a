import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";

/** Form parameters as Twilio sends them; a name never repeats in its webhooks. */
export type FormFields = Readonly<Record<string, string>>;

/**
 * The URL as Twilio signs it: without credentials and fragment, and for voice callbacks over https
 * without the port (https://www.twilio.com/docs/usage/security#validating-requests).
 */
export function signedUrl(url: string): string {
  const [whole = url] = url.split("#");
  const bare = whole.replace(/^(\w+:\/\/)[^/?@]*@/, "$1");
  return bare.replace(/^(https:\/\/(?:\[[^\]]*\]|[^/?:]*)):\d+/, "$1");
}

/** `X-Twilio-Signature` of a form POST, or with `{}` of a GET. */
export function signRequest(authToken: string, url: string, fields: FormFields): string {
  return getExpectedTwilioSignature(authToken, signedUrl(url), { ...fields });
}

/** `X-Twilio-Signature` of a Media Streams handshake: the `url` attribute verbatim, no parameters. */
export function signHandshake(authToken: string, url: string): string {
  return getExpectedTwilioSignature(authToken, url, {});
}
