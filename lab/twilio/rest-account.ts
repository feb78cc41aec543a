import { wordList } from "./word-list.ts";
import type { Application, Carrier, IncomingNumber } from "./carrier.ts";
import { listPage, one, restDate, RestError, type Params, type Route } from "./rest-answer.ts";
import { newSid } from "./sid.ts";

const VOICE = wordList(`
    VoiceUrl VoiceMethod VoiceFallbackUrl VoiceFallbackMethod StatusCallback StatusCallbackMethod
    FriendlyName SmsUrl SmsMethod VoiceApplicationSid VoiceCallerIdLookup`);

/** Numbers, TwiML Apps and messages: what a gateway's doctor and notifier need. */
export function accountRoutes(carrier: Carrier): Route[] {
  return [...numberRoutes(carrier), ...applicationRoutes(carrier), ...messageRoutes(carrier), accountRoute(carrier)];
}

function accountRoute(carrier: Carrier): Route {
  return {
    method: "GET",
    path: /^\.json$/,
    known: [],
    perform: () => ({
      status: 200,
      body: { sid: carrier.accountSid, friendly_name: "Lab", status: "active", type: "Full" },
    }),
  };
}

function numberRoutes(carrier: Carrier): Route[] {
  const find = (sid: string, path: string) => {
    const number = [...carrier.numbers.values()].find((candidate) => candidate.sid === sid);
    if (number === undefined) throw new RestError(404, 20_404, `The requested resource ${path} was not found`);
    return number;
  };
  return [
    {
      method: "GET",
      path: /^\/IncomingPhoneNumbers\.json$/,
      known: [],
      perform: ({ path, query }) => {
        const asked = query.get("PhoneNumber");
        const found = [...carrier.numbers.values()].filter((number) => asked === null || number.phoneNumber === asked);
        return listPage(
          { path, query },
          "incoming_phcandidatenumbers",
          found.map((number) => numberResource(carrier, number)),
        );
      },
    },
    {
      method: "GET",
      path: /^\/IncomingPhoneNumbers\/(PN[0-9a-f]{32})\.json$/,
      known: [],
      perform: ({ path }, part) => ({ status: 200, body: numberResource(carrier, find(part(1), path)) }),
    },
    {
      method: "POST",
      path: /^\/IncomingPhoneNumbers\/(PN[0-9a-f]{32})\.json$/,
      known: VOICE,
      perform: ({ params, path }, part) => {
        const number = find(part(1), path);
        changeVoice(number, params);
        return { status: 200, body: numberResource(carrier, number) };
      },
    },
  ];
}

function applicationRoutes(carrier: Carrier): Route[] {
  const answerOne = (sid: string, path: string, params: Params = {}) => {
    const application = carrier.applications.get(sid);
    if (application === undefined) throw new RestError(404, 20_404, `The requested resource ${path} was not found`);
    changeVoice(application, params);
    return { status: 200, body: applicationResource(carrier, application) };
  };
  const onePath = /^\/Applications\/(AP[0-9a-f]{32})\.json$/;
  return [
    {
      method: "GET",
      path: /^\/Applications\.json$/,
      known: [],
      perform: ({ path, query }) => {
        const asked = query.get("FriendlyName");
        const found = [...carrier.applications.values()].filter((app) => asked === null || app.friendlyName === asked);
        return listPage(
          { path, query },
          "applications",
          found.map((app) => applicationResource(carrier, app)),
        );
      },
    },
    {
      method: "POST",
      path: /^\/Applications\.json$/,
      known: VOICE,
      perform: ({ params }) => {
        const application = emptyApplication();
        carrier.applications.set(application.sid, application);
        changeVoice(application, params);
        return { status: 201, body: applicationResource(carrier, application) };
      },
    },
    { method: "GET", path: onePath, known: [], perform: ({ path }, part) => answerOne(part(1), path) },
    {
      method: "POST",
      path: onePath,
      known: VOICE,
      perform: ({ params, path }, part) => answerOne(part(1), path, params),
    },
  ];
}

function emptyApplication(): Application {
  return {
    sid: newSid("AP"),
    friendlyName: "",
    voiceUrl: "",
    voiceMethod: "POST",
    voiceFallbackUrl: "",
    voiceFallbackMethod: "POST",
    statusCallback: "",
    statusCallbackMethod: "POST",
  };
}

function changeVoice(target: Application | IncomingNumber, params: Params): void {
  const text = (name: string, before: string) => one(params, name) ?? before;
  const verb = (name: string, before: "GET" | "POST") => {
    const value = one(params, name)?.toUpperCase();
    return value === "GET" || value === "POST" ? value : before;
  };
  target.friendlyName = text("FriendlyName", target.friendlyName);
  target.voiceUrl = text("VoiceUrl", target.voiceUrl);
  target.voiceMethod = verb("VoiceMethod", target.voiceMethod);
  target.voiceFallbackUrl = text("VoiceFallbackUrl", target.voiceFallbackUrl);
  target.voiceFallbackMethod = verb("VoiceFallbackMethod", target.voiceFallbackMethod);
  target.statusCallback = text("StatusCallback", target.statusCallback);
  target.statusCallbackMethod = verb("StatusCallbackMethod", target.statusCallbackMethod);
  if (!("smsUrl" in target)) return;
  target.smsUrl = text("SmsUrl", target.smsUrl);
  target.smsMethod = verb("SmsMethod", target.smsMethod);
  target.voiceApplicationSid = text("VoiceApplicationSid", target.voiceApplicationSid);
}

function messageRoutes(carrier: Carrier): Route[] {
  return [
    {
      method: "POST",
      path: /^\/Messages\.json$/,
      known: wordList(`
    To From MessagingServiceSid Body MediaUrl ContentSid StatusCallback ValidityPeriod SmartEncoded
    RiskCheck ContentRetention AddressRetention ScheduleType SendAt`),
      perform: ({ params }) => ({ status: 201, body: sendMessage(carrier, params) }),
    },
  ];
}

function sendMessage(carrier: Carrier, params: Params): object {
  const to = one(params, "To") ?? "";
  const from = one(params, "From") ?? one(params, "MessagingServiceSid") ?? "";
  const body = one(params, "Body") ?? "";
  if (to === "") throw new RestError(400, 21_604, "A 'To' phone number is required.");
  if (!/^\+[1-9]\d{6,14}$/.test(to)) throw new RestError(400, 21_211, `Invalid 'To' Phone Number: ${to}`);
  if (from === "") throw new RestError(400, 21_603, "A 'From' phone number is required.");
  if (body === "") throw new RestError(400, 21_602, "Message body is required.");
  if (body.length > 1_600)
    throw new RestError(400, 21_617, "The concatenated message body exceeds the 1600 character limit.");
  const message = { sid: newSid("SM"), to, from, body, status: "queued", createdAt: carrier.clock() };
  carrier.messages.push(message);
  const url = one(params, "StatusCallback");
  if (url !== undefined) void deliverMessage(carrier, message, url);
  return {
    sid: message.sid,
    account_sid: carrier.accountSid,
    to,
    from,
    body,
    status: "queued",
    direction: "outbound-api",
    error_code: null,
    error_message: null,
    date_created: restDate(message.createdAt),
  };
}

async function deliverMessage(
  carrier: Carrier,
  message: { sid: string; to: string; from: string; status: string },
  url: string,
): Promise<void> {
  for (const status of ["sent", "delivered"]) {
    message.status = status;
    const { sid, to, from } = message;
    const params = { AccountSid: carrier.accountSid, MessageSid: sid, MessageStatus: status, To: to, From: from };
    await carrier.webhooks.send({ purpose: "message-status", method: "POST", url, params });
  }
}

function numberResource(carrier: Carrier, number: IncomingNumber): object {
  return {
    account_sid: carrier.accountSid,
    sid: number.sid,
    phcandidatenumber: number.phoneNumber,
    friendly_name: number.friendlyName,
    voice_url: number.voiceUrl,
    voice_method: number.voiceMethod,
    voice_fallback_url: number.voiceFallbackUrl,
    voice_fallback_method: number.voiceFallbackMethod,
    voice_application_sid: number.voiceApplicationSid,
    status_callback: number.statusCallback,
    status_callback_method: number.statusCallbackMethod,
    sms_url: number.smsUrl,
    sms_method: number.smsMethod,
    capabilities: { voice: true, sms: true, mms: false, fax: false },
  };
}

function applicationResource(carrier: Carrier, application: Application): object {
  return {
    account_sid: carrier.accountSid,
    sid: application.sid,
    friendly_name: application.friendlyName,
    voice_url: application.voiceUrl,
    voice_method: application.voiceMethod,
    voice_fallback_url: application.voiceFallbackUrl,
    voice_fallback_method: application.voiceFallbackMethod,
    status_callback: application.statusCallback,
    status_callback_method: application.statusCallbackMethod,
  };
}
