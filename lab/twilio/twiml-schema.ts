import { wordList } from "./word-list.ts";
import { elements, type XmlElement } from "./xml.ts";

const ACTION = ["action", "method"];
const STATUS = ["statusCallback", "statusCallbackMethod"];
const RECORDING = ["recordingStatusCallback", "recordingStatusCallbackMethod", "recordingStatusCallbackEvent", "trim"];
const MACHINE = [
  "machineDetection",
  "machineDetectionTimeout",
  "machineDetectionSpeechThreshold",
  "machineDetectionSpeechEndThreshold",
  "machineDetectionSilenceTimeout",
  "amdStatusCallback",
  "amdStatusCallbackMethod",
];

type Rule = { attributes: readonly string[]; children?: readonly string[] | "any" };

const SPOKEN = ["Say", "Play", "Pause"];
const VERBS: Readonly<Record<string, Rule>> = {
  Say: { attributes: ["voice", "language", "loop"], children: "any" },
  Play: { attributes: ["loop", "digits"] },
  Pause: { attributes: ["length"] },
  Gather: {
    attributes: [
      ...ACTION,
      ...wordList(`
    input numDigits finishOnKey timeout speechTimeout actionOnEmptyResult language hints speechModel
    profanityFilter partialResultCallback partialResultCallbackMethod bargeIn maxSpeechTime enhanced`),
    ],
    children: SPOKEN,
  },
  Dial: {
    attributes: [
      ...ACTION,
      ...RECORDING,
      ...wordList(`
    timeout hangupOnStar timeLimit callerId record answerOnBridge ringTone sequential referUrl
    referMethod`),
    ],
    children: ["Number", "Conference", "Client", "Sip", "Queue", "Sim", "Application"],
  },
  Connect: { attributes: ACTION, children: ["Stream", "ConversationRelay", "VirtualAgent", "Room"] },
  Start: { attributes: ACTION, children: ["Stream", "Siprec", "Transcription"] },
  Stop: { attributes: [], children: ["Stream", "Siprec", "Transcription"] },
  Record: {
    attributes: [
      ...ACTION,
      ...RECORDING,
      "timeout",
      "finishOnKey",
      "maxLength",
      "playBeep",
      "transcribe",
      "transcribeCallback",
    ],
  },
  Redirect: { attributes: ["method"] },
  Hangup: { attributes: [] },
  Reject: { attributes: ["reason"] },
  Enqueue: { attributes: [...ACTION, "waitUrl", "waitUrlMethod", "workflowSid", "maxQueueSize"], children: ["Task"] },
  Leave: { attributes: [] },
  Refer: { attributes: ACTION, children: ["Sip"] },
};

const NOUNS: Readonly<Record<string, Rule>> = {
  Conference: {
    attributes: [
      ...STATUS,
      ...RECORDING,
      ...wordList(`
    muted beep startConferenceOnEnter endConferenceOnExit participantLabel jitterBufferSize waitUrl
    waitMethod maxParticipants record coach region statusCallbackEvent eventCallbackUrl
    recordingConfigurationId`),
    ],
  },
  Number: {
    attributes: ["url", "method", "sendDigits", "byoc", ...STATUS, "statusCallbackEvent", ...MACHINE],
  },
  Sip: {
    attributes: ["url", "method", "username", "password", ...STATUS, "statusCallbackEvent", ...MACHINE],
  },
  Client: { attributes: ["url", "method", ...STATUS, "statusCallbackEvent"], children: ["Identity", "Parameter"] },
  Stream: { attributes: ["url", "name", "track", ...STATUS], children: ["Parameter"] },
  Parameter: { attributes: ["name", "value"] },
};

function check(node: XmlElement, rule: Rule): string[] {
  const found = [...node.attributes.keys()]
    .filter((name) => !rule.attributes.includes(name))
    .map((name) => `<${node.name}> has no attribute "${name}"`);
  if (rule.children === "any") return found;
  for (const child of elements(node)) {
    const childRule = VERBS[child.name] ?? NOUNS[child.name];
    if (rule.children?.includes(child.name) !== true) found.push(`<${child.name}> is not allowed in <${node.name}>`);
    else if (childRule !== undefined) found.push(...check(child, childRule));
  }
  return found;
}

/** What Twilio's schema warning 12200 would say about a document, one sentence each. */
export function checkVerbs(root: XmlElement): string[] {
  return elements(root).flatMap((verb) => {
    const rule = VERBS[verb.name];
    return rule === undefined ? [`<${verb.name}> is no TwiML verb and is skipped`] : check(verb, rule);
  });
}
