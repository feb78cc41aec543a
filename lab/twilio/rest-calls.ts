import { wordList } from "./word-list.ts";
import { isTerminal, type Call } from "./call.ts";
import { endCall, hangUpCall } from "./call-life.ts";
import type { Carrier } from "./carrier.ts";
import type { DocumentSource } from "./document.ts";
import { checkAddresses, placeCall } from "./place-call.ts";
import {
  amount,
  httpMethod,
  listPage,
  one,
  restDate,
  RestError,
  type Params,
  type RestAnswer,
  type Route,
} from "./rest-answer.ts";
import { redirectCall, startDocument } from "./run-document.ts";
import { readStatusCallback } from "./status-callback.ts";

const DOCUMENT = ["Url", "Method", "Twiml", "FallbackUrl", "FallbackMethod", "StatusCallback", "StatusCallbackMethod"];
const CREATE = [
  ...DOCUMENT,
  ...wordList(`
    To From ApplicationSid StatusCallbackEvent Timeout TimeLimit SendDigits CallerId CallToken
    CallReason Byoc SipAuthUsername SipAuthPassword Record RecordingChannels RecordingTrack Trim
    RecordingStatusCallback RecordingStatusCallbackMethod RecordingStatusCallbackEvent
    MachineDetection MachineDetectionTimeout MachineDetectionSpeechThreshold
    MachineDetectionSpeechEndThreshold MachineDetectionSilenceTimeout AsyncAmd
    AsyncAmdStatusCallback AsyncAmdStatusCallbackMethod RecordingConfigurationId Passports`),
];

/** `/Calls`: create, update, fetch, list. */
export function callRoutes(carrier: Carrier): Route[] {
  return [
    {
      method: "POST",
      path: /^\/Calls\.json$/,
      known: CREATE,
      perform: ({ params }) => ({ status: 201, body: callResource(carrier, create(carrier, params)) }),
    },
    {
      method: "POST",
      path: /^\/Calls\/(CA[0-9a-f]{32})\.json$/,
      known: [...DOCUMENT, "Status", "TimeLimit"],
      perform: ({ params, path }, part) => {
        const call = findCall(carrier, part(1), path);
        update(carrier, call, params);
        return { status: 200, body: callResource(carrier, call) };
      },
    },
    {
      method: "GET",
      path: /^\/Calls\/(CA[0-9a-f]{32})\.json$/,
      known: [],
      perform: ({ path }, part) => ({ status: 200, body: callResource(carrier, findCall(carrier, part(1), path)) }),
    },
    {
      method: "GET",
      path: /^\/Calls\.json$/,
      known: [],
      perform: ({ query, path }) => list(carrier, path, query),
    },
  ];
}

function create(carrier: Carrier, params: Params): Call {
  const to = one(params, "To");
  const from = one(params, "From");
  checkAddresses(carrier, to, from);
  const source = sourceOf(carrier, params);
  if (source === undefined) throw new RestError(400, 21_205, "Url parameter is required.");
  const fallbackUrl = one(params, "FallbackUrl");
  const timeLimit = one(params, "TimeLimit");
  return placeCall(carrier, {
    to: to ?? "",
    from: from ?? "",
    timeoutMs: Math.min(600, amount(params, "Timeout", 60)) * 1000,
    timeLimitMs: timeLimit === undefined ? undefined : Number(timeLimit) * 1000,
    sendDigits: one(params, "SendDigits"),
    statusCallback: readStatusCallback(carrier, one(params, "StatusCallback"), {
      method: one(params, "StatusCallbackMethod"),
      events: params["StatusCallbackEvent"] ?? [],
    }),
    onAnswer: (call) => {
      if (fallbackUrl !== undefined) call.fallback = { url: fallbackUrl, method: httpMethod(params, "FallbackMethod") };
      void startDocument(carrier, call, source);
    },
  });
}

/** `Url` beats `Twiml`; an application beats both. */
function sourceOf(carrier: Carrier, params: Params): DocumentSource | undefined {
  const applicationSid = one(params, "ApplicationSid");
  if (applicationSid !== undefined) {
    const application = carrier.applications.get(applicationSid);
    if (application === undefined) throw new RestError(400, 21_218, `Invalid ApplicationSid: ${applicationSid}`);
    return { kind: "url", url: application.voiceUrl, method: application.voiceMethod };
  }
  const url = one(params, "Url");
  if (url !== undefined && url !== "") {
    if (!URL.canParse(url)) throw new RestError(400, 21_205, `Url is not a valid URL: ${url}`);
    return { kind: "url", url, method: httpMethod(params, "Method") };
  }
  const twiml = one(params, "Twiml");
  if (twiml === undefined) return undefined;
  if (twiml.length > 4_000) throw new RestError(400, 21_635, `Twiml is ${twiml.length} characters; the limit is 4000`);
  return { kind: "inline", twiml };
}

/** The call of that SID; 404/20404 when there is none. */
function findCall(carrier: Carrier, sid: string, path: string): Call {
  const call = carrier.calls.get(sid);
  if (call === undefined) throw new RestError(404, 20_404, `The requested resource ${path} was not found`);
  return call;
}

function update(carrier: Carrier, call: Call, params: Params): void {
  refuseIfOver(carrier, call);
  const status = one(params, "Status");
  const source = sourceOf(carrier, params);
  const fallbackUrl = one(params, "FallbackUrl");
  if (fallbackUrl !== undefined) call.fallback = { url: fallbackUrl, method: httpMethod(params, "FallbackMethod") };
  if (status !== undefined) changeStatus(carrier, call, status);
  else if (source !== undefined) redirect(carrier, call, source);
}

/** An ended call answers 21220 while it is fresh, and is unknown later (twilio/twilio-python#877). */
function refuseIfOver(carrier: Carrier, call: Call): void {
  if (call.end === undefined) return;
  if (carrier.clock() - call.end.at > carrier.latencies.deadCallForgottenMs) {
    throw new RestError(404, 20_404, `The requested resource /Calls/${call.sid}.json was not found`);
  }
  throw new RestError(400, 21_220, "Unable to update record: Call is not in-progress. Cannot redirect.");
}

function redirect(carrier: Carrier, call: Call, source: DocumentSource): void {
  if (call.answeredAt === undefined) {
    throw new RestError(400, 21_220, "Unable to update record: Call is not in-progress. Cannot redirect.");
  }
  carrier.timers.after(carrier.latencies.redirectMs, () => {
    if (!call.over) void redirectCall(carrier, call, source);
  });
}

function changeStatus(carrier: Carrier, call: Call, status: string): void {
  if (status !== "completed" && status !== "canceled") {
    throw new RestError(400, 21_218, `Status "${status}" is not completed or canceled`);
  }
  if (call.leaveLine?.() === true) {
    // A call cancelled in the line never existed for anybody else: no callback is sent.
    call.statusCallback = undefined;
    endCall(carrier, call, { status: "canceled", sipCode: 487, by: "rest" });
    return;
  }
  // "canceled" leaves a call in progress alone.
  if (status === "completed" || call.answeredAt === undefined) hangUpCall(carrier, call, "rest");
}

function list(carrier: Carrier, path: string, query: URLSearchParams): RestAnswer {
  const after = query.get("StartTime>") ?? query.get("StartTime>=");
  const matches = (key: string, value: string) => query.get(key) === null || query.get(key) === value;
  const found = [...carrier.calls.values()].filter(
    (call) =>
      matches("To", call.facts.to) &&
      matches("From", call.facts.from) &&
      matches("Status", call.status) &&
      matches("ParentCallSid", call.facts.parentSid ?? "") &&
      (after === null || call.createdAt >= Date.parse(after)),
  );
  const newestFirst = found.toReversed().map((call) => callResource(carrier, call));
  return listPage({ path, query }, "calls", newestFirst);
}

/** The Call resource, snake_case, as the REST API shows it. */
export function callResource(carrier: Carrier, call: Call): object {
  const { sid, from, to, parentSid, direction, phoneNumberSid } = call.facts;
  const uri = `/2010-04-01/Accounts/${carrier.accountSid}/Calls/${sid}`;
  return {
    sid,
    parent_call_sid: parentSid ?? null,
    account_sid: carrier.accountSid,
    to,
    to_formatted: to,
    from,
    from_formatted: from,
    phone_number_sid: phoneNumberSid ?? null,
    status: call.status,
    start_time: restDate(call.answeredAt),
    end_time: restDate(call.end?.at),
    duration: isTerminal(call.status) ? String(call.durationSeconds) : null,
    price: null,
    price_unit: "USD",
    direction,
    answered_by: call.answeredBy ?? null,
    api_version: "2010-04-01",
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: String(call.queueMs),
    trunk_sid: null,
    uri: `${uri}.json`,
    subresource_uris: { streams: `${uri}/Streams.json`, recordings: `${uri}/Recordings.json` },
    date_created: restDate(call.createdAt),
    date_updated: restDate(call.end?.at ?? call.answeredAt ?? call.createdAt),
  };
}
