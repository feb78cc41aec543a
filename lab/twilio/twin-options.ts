/** How long things take, in milliseconds. */
export type Latencies = {
  /** From a REST request to its answer; it is performed at half of this. */
  restMs: number;
  /** Before each webhook leaves. */
  webhookMs: number;
  /** From `initiated` to the far end's ringing. */
  ringMs: number;
  /** From `<Dial><Conference>` to the participant's join. */
  conferenceJoinMs: number;
  /** From the end of a stream to the `<Connect action>` request, and of a dial to the `<Dial action>` request. */
  actionMs: number;
  /** Each way between the media socket and the caller's ear. A multiple of 20. */
  streamTransportMs: number;
  /** From a REST redirect's answer until the running verb is interrupted. */
  redirectMs: number;
  /** Until an abnormally lost media socket is noticed, if it is. */
  lostSocketMs: number;
  /** Voice webhooks' hard limit. */
  webhookTimeoutMs: number;
  /** From `initiated` to the failure of a call that nobody can take. */
  callFailureMs: number;
  /** After this an ended call answers 404/20404 to updates, before it 400/21220. */
  deadCallForgottenMs: number;
};

/** Defaults: measured figures of the fact sheet where there are any. */
export const LATENCIES: Latencies = {
  restMs: 50,
  webhookMs: 30,
  ringMs: 400,
  conferenceJoinMs: 150,
  actionMs: 120,
  streamTransportMs: 40,
  redirectMs: 150,
  lostSocketMs: 5_000,
  webhookTimeoutMs: 15_000,
  callFailureMs: 200,
  deadCallForgottenMs: 30_000,
};

/** What nobody outside Twilio has confirmed. Each default is the variant that is worse for a gateway. */
export type Variants = {
  /** The handshake is signed over the URL with a "/" added. The fact sheet asks for the verbatim URL as the default. */
  handshakeSlash: boolean;
  /** A REST redirect out of `<Connect>` also requests its `action`, and ignores the answer. */
  connectActionOnRedirect: boolean;
  /** A caller who hangs up inside `<Connect>` or `<Dial>` still causes the `action` request. */
  actionOnHangUp: boolean;
  /** What Twilio makes of a media socket that dies without a close frame. */
  lostSocket: "noticed" | "unnoticed";
  /** A message Twilio cannot read (31924) closes the stream. */
  protocolErrorCloses: boolean;
  /** A changed `EndConferenceOnExit` of a held participant is accepted and has no effect. */
  heldFlagIgnored: boolean;
  /** Whether an `app:` participant's webhook carries its own CallSid or the participant's. */
  appLegSids: "two" | "one";
};

export const VARIANTS: Variants = {
  handshakeSlash: false,
  connectActionOnRedirect: true,
  actionOnHangUp: true,
  lostSocket: "unnoticed",
  protocolErrorCloses: true,
  heldFlagIgnored: true,
  appLegSids: "two",
};

export type TwinOptions = {
  /** 0, the default, takes any free port. */
  port?: number;
  host?: string;
  accountSid: string;
  authToken: string;
  /** Speaks `<Say>`: text and language to μ-law, 8 kHz mono. */
  voice: (text: string, language: string) => Uint8Array;
  /** Wall-clock milliseconds. */
  clock?: () => number;
  /** Calls a second that REST may start; further ones wait in line. */
  callsPerSecond?: number;
  latencies?: Partial<Latencies>;
  variants?: Partial<Variants>;
  /** Further numbers that may appear as `From`, beside the account's own. */
  verifiedCallerIds?: readonly string[];
  /** `false` keeps no audio, for load runs. */
  recordings?: boolean;
};
