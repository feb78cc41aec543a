import twilio from "twilio";
import { createTwilioUrls } from "./twilio-urls.ts";

export type AccountFinding = {
  readonly what: string;
  readonly ok: boolean;
  readonly note: string;
  readonly fixed?: true;
};

export type AccountSettings = {
  readonly accountSid: string;
  readonly authToken: string;
  readonly number: string;
  readonly apiUrl?: string;
  readonly publicUrl: string;
};

const TIMEOUT_MS = 10_000;

/**
 * Looks at a real account: do the credentials work, is the number there, and does it ring at this gateway? With `fix`
 * the number's voice URL and status callback are set (facts/twilio §12 (a)). Never throws for what Twilio answers.
 */
export async function inspectAccount(settings: AccountSettings, fix: boolean): Promise<readonly AccountFinding[]> {
  const client = twilio(settings.accountSid, settings.authToken, { timeout: TIMEOUT_MS, autoRetry: false });
  if (settings.apiUrl !== undefined) client.api.baseUrl = settings.apiUrl.replace(/\/$/, "");
  try {
    const numbers = await client.incomingPhoneNumbers.list({ phoneNumber: settings.number, limit: 1 });
    const credentials = { what: "Twilio credentials", ok: true, note: "accepted" };
    const number = numbers[0];
    if (!number) {
      const note = `${settings.number} is not a number of this account: set TWILIO_NUMBER to one that is`;
      return [credentials, { what: "Twilio number", ok: false, note }];
    }
    const wanted = wiring(settings.publicUrl);
    const wired = number.voiceUrl === wanted.voiceUrl && number.statusCallback === wanted.statusCallback;
    if (wired) return [credentials, { what: "Twilio number", ok: true, note: `rings at ${wanted.voiceUrl}` }];
    if (!fix) {
      const note = `rings at ${number.voiceUrl || "nothing"}, not at ${wanted.voiceUrl}: run npm run doctor -- --fix`;
      return [credentials, { what: "Twilio number", ok: false, note }];
    }
    await client.incomingPhoneNumbers(number.sid).update(wanted);
    return [credentials, { what: "Twilio number", ok: true, note: `now rings at ${wanted.voiceUrl}`, fixed: true }];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [{ what: "Twilio credentials", ok: false, note: `${why}: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN` }];
  }
}

function wiring(publicUrl: string) {
  const { voice } = createTwilioUrls(publicUrl);
  return {
    voiceUrl: voice,
    voiceMethod: "POST",
    statusCallback: `${publicUrl}/twilio/status`,
    statusCallbackMethod: "POST",
  };
}

/** A signed request as Twilio would send it; for asking one's own public address whether the signature survives the way. */
export function signedProbe(settings: AccountSettings): {
  readonly url: string;
  readonly headers: Record<string, string>;
} {
  const url = `${settings.publicUrl}/twilio/sms`;
  const signature = twilio.getExpectedTwilioSignature(settings.authToken, url, {});
  return { url, headers: { "X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded" } };
}
