// What a template may say: the verbs and attributes that are allowed, the blanks each moment has, and what must not be
// edited away because the gateway relies on it.

/** One document per moment of a call; the file's name is the moment. */
export const MOMENTS = [
  "assistant",
  "assistant-dialled",
  "menu",
  "room",
  "room-wait",
  "whisper",
  "wait",
  "say-and-hang-up",
  "forward",
  "hang-up",
  "away",
  "bridge-code",
  "static-fallback",
] as const;
export type Moment = (typeof MOMENTS)[number];

export type MomentRule = {
  /** Filled with escaped text. Each must be used. */
  readonly values: readonly string[];
  /** Values that may be left out. */
  readonly optional?: readonly string[];
  /** Filled with whole `<Say>` and `<Pause>` elements; stands alone between tags. Each must be used. */
  readonly slots: readonly string[];
  /** Absent: every verb that is allowed at all. */
  readonly verbs?: readonly string[];
  /** How many keys are waited for; 1 if not said. */
  readonly keys?: number;
};

/** Twilio runs nothing else while a conference has not started (https://www.twilio.com/docs/voice/twiml/conference). */
const WAIT_VERBS = ["Response", "Say", "Play", "Pause", "Redirect"];

export const MOMENT_RULES: Readonly<Record<Moment, MomentRule>> = {
  assistant: {
    values: ["endedUrl", "mediaUrl", "secret", "documentUrl"],
    optional: ["streamStatusUrl"],
    slots: ["lines"],
  },
  "assistant-dialled": { values: ["endedUrl", "address", "documentUrl"], slots: ["lines"] },
  menu: { values: ["keysUrl", "documentUrl"], optional: ["seconds"], slots: ["lines"] },
  room: { values: ["endedUrl", "documentUrl", "label", "room", "roomUrl", "waitUrl"], slots: ["pause"] },
  "room-wait": { values: ["roomWaitUrl"], slots: ["lines"], verbs: WAIT_VERBS },
  whisper: { values: ["keysUrl", "documentUrl"], slots: ["briefing", "key"] },
  wait: { values: ["documentUrl"], optional: ["seconds"], slots: ["lines"] },
  "say-and-hang-up": { values: [], slots: ["lines"] },
  forward: { values: ["number", "endedUrl"], slots: [] },
  "hang-up": { values: [], slots: [] },
  "bridge-code": { values: ["keysUrl"], slots: ["lines"], verbs: ["Response", "Gather", "Say", "Redirect"], keys: 6 },
  away: { values: ["documentUrl"], slots: [] },
  "static-fallback": { values: [], slots: [], verbs: ["Response", "Say", "Play", "Pause", "Dial", "Number", "Hangup"] },
};

export type VerbRule = {
  readonly attributes: readonly string[];
  readonly inside: readonly string[];
  /** May hold text. */
  readonly text?: boolean;
  /** Attributes that must be there, with these very values. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** The next element must be a `<Redirect>`: when this one ends, however it ends, the leg asks what to do now. */
  readonly thenRedirect?: boolean;
};

const SPOKEN = ["Say", "Play", "Pause"];

export const VERB_RULES: Readonly<Record<string, VerbRule>> = {
  Response: { attributes: [], inside: [...SPOKEN, "Gather", "Connect", "Dial", "Redirect", "Hangup"] },
  Say: { attributes: ["voice", "language", "loop"], inside: [], text: true },
  Play: { attributes: ["loop"], inside: [], text: true },
  Pause: { attributes: ["length"], inside: [] },
  Gather: {
    attributes: ["action", "method", "numDigits", "timeout", "finishOnKey", "input"],
    inside: SPOKEN,
    fixed: { action: "{{keysUrl}}" },
  },
  Redirect: { attributes: ["method"], inside: [], text: true },
  Hangup: { attributes: [], inside: [] },
  Connect: {
    attributes: ["action", "method"],
    inside: ["Stream"],
    fixed: { action: "{{endedUrl}}" },
    thenRedirect: true,
  },
  Stream: {
    attributes: ["url", "name", "statusCallback", "statusCallbackMethod"],
    inside: ["Parameter"],
    fixed: { url: "{{mediaUrl}}" },
  },
  Parameter: { attributes: ["name", "value"], inside: [] },
  Dial: {
    attributes: ["action", "method", "timeout", "timeLimit", "answerOnBridge", "callerId", "hangupOnStar"],
    inside: ["Conference", "Number", "Sip"],
    thenRedirect: true,
  },
  Number: { attributes: [], inside: [], text: true },
  Sip: { attributes: [], inside: [], text: true },
  Conference: {
    attributes: [
      "beep",
      "jitterBufferSize",
      "startConferenceOnEnter",
      "endConferenceOnExit",
      "participantLabel",
      "waitUrl",
      "waitMethod",
      "statusCallback",
      "statusCallbackMethod",
      "statusCallbackEvent",
      "region",
    ],
    inside: [],
    text: true,
    // Without these the gateway would not know who is in the room, or a leg that moves on would end it for the other.
    fixed: {
      startConferenceOnEnter: "true",
      endConferenceOnExit: "false",
      participantLabel: "{{label}}",
      waitUrl: "{{waitUrl}}",
      statusCallback: "{{roomUrl}}",
      statusCallbackEvent: "start end join leave",
    },
  },
};
