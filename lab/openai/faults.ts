/** An error body as the service sends it, in events and in failed responses. */
type ServiceError = { type: string; code: string; message: string };

/** What the twin's HTTP endpoints do wrong. */
type HttpFaults = {
  /** Answer every request with this status and an error body; 0 is none. */
  status: number;
  /** Wait this long before answering, in milliseconds. */
  delayMs: number;
  /** Extra headers, such as `retry-after-ms` or `x-should-retry`. */
  headers: Record<string, string>;
  /** What is wrong with the model's text: not JSON at all, JSON that breaks the schema, a refusal, or cut short. */
  output: "good" | "nonsense" | "schema-breaking" | "refusal" | "incomplete";
};

/** Everything that can go wrong on the Realtime side. All may be changed while calls run; the defaults are a healthy service. */
export type OpenAiFaults = {
  /** Refuse new sockets with this HTTP status (401, 404, 429, 500 …); 0 accepts. */
  refuseUpgrade: number;
  /** Accept the socket but never send `session.created`. */
  muteSession: boolean;
  /** Close new sessions this long after they open, with `session_expired` and 1001; 0 keeps the 60 minutes. */
  expireAfterMs: number;
  /** Echo this format in `session.updated`, whatever was asked for, and speak it. */
  echoFormat: string | undefined;
  /** Wait before the first audio of every response, beyond the usual time, in milliseconds. */
  stallFirstAudioMs: number;
  /** Leave out every audio delta; transcripts and `done` events still come. */
  noAudio: boolean;
  /** Send `response.created` this late, in milliseconds. The response blocks others meanwhile. */
  delayCreatedMs: number;
  /** Leave out `response.created`. */
  skipCreated: boolean;
  /** Answer the next so many response requests with an `error` event and no response. */
  refuseResponses: number;
  /** End the next so many responses at once with status `failed` and `failure`. */
  failResponses: number;
  /** The error of failed responses; a rate limit by default. */
  failure: ServiceError;
  /** End the next so many responses in the middle with status `incomplete`, a function call among them half written. */
  incompleteResponses: number;
  /** Why they are incomplete. */
  incompleteReason: "max_output_tokens" | "content_filter";
  /** Audio deltas of a cancelled response that still arrive, 0 to 3. */
  stragglers: number;
  /** On an interruption leave out the closing events of parts and items; only `response.done` comes. */
  bareCancel: boolean;
  /** Leave out `rate_limits.updated`. */
  noRateLimits: boolean;
  /** Mix unknown event types and unknown fields into everything. */
  unknownEvents: boolean;
  /** Send this many frames that are not JSON, before the next events. */
  invalidJson: number;
  /** The next so many user turns end with `input_audio_transcription.failed`. */
  failAsr: number;
  /** Send every `.completed` twice. */
  duplicateAsr: boolean;
  /** Send `.completed` before the item it belongs to exists. */
  asrBeforeItem: boolean;
  /** Hold the transcript of a turn back until the next turn's has been sent. */
  asrOutOfOrder: boolean;
  /** Extra lateness of `.completed`, in milliseconds. */
  lateAsrMs: number;
  /** Never send a transcript. */
  noAsr: boolean;
  /** What the transcription writes instead of what was said; the voice model still hears the truth. */
  wrongAsr: string | undefined;
  /** HTTP endpoints. */
  http: HttpFaults;
};

/** A healthy service. */
export function noFaults(): OpenAiFaults {
  return {
    refuseUpgrade: 0,
    muteSession: false,
    expireAfterMs: 0,
    echoFormat: undefined,
    stallFirstAudioMs: 0,
    noAudio: false,
    delayCreatedMs: 0,
    skipCreated: false,
    refuseResponses: 0,
    failResponses: 0,
    failure: { type: "requests", code: "rate_limit_exceeded", message: "Rate limit reached for requests." },
    incompleteResponses: 0,
    incompleteReason: "max_output_tokens",
    stragglers: 2,
    bareCancel: false,
    noRateLimits: false,
    unknownEvents: false,
    invalidJson: 0,
    failAsr: 0,
    duplicateAsr: false,
    asrBeforeItem: false,
    asrOutOfOrder: false,
    lateAsrMs: 0,
    noAsr: false,
    wrongAsr: undefined,
    http: { status: 0, delayMs: 0, headers: {}, output: "good" },
  };
}
