/** How Vapi is reached, and how it proves itself to us. */
export type VapiOptions = {
  readonly apiKey: string;
  /** Another base address; a twin, or the EU region. */
  readonly apiUrl?: string;
  /** What their server messages must carry: `x-vapi-secret`, a bearer token, or the key of an HMAC. */
  readonly webhookSecret: string;
  /** Origin of this gateway without a trailing slash. */
  readonly publicUrl: string;
};

/** One assistant of `config/assistants.yaml`, as far as Vapi runs it. */
export type VapiAssistant = {
  readonly assistantId: string;
  readonly sipUri?: string | undefined;
  /** Callers of numbers that Vapi hosts are sent here by its own transfer. */
  readonly bridgeNumber?: string | undefined;
  /** A credential made in Vapi that signs the messages of our calls; absent: the secret goes into a header. */
  readonly credentialId?: string | undefined;
};

export const VAPI_API_URL = "https://api.vapi.ai";
