import type { Call } from "./call.ts";
import type { Carrier } from "./carrier.ts";
import type { FormFields } from "./signature.ts";

export type CallProgress = "initiated" | "ringing" | "answered" | "completed";

/** Where and about what a call's progress is reported. */
export type StatusCallback = {
  url: string;
  method: "GET" | "POST";
  events: readonly CallProgress[];
  /** The next `SequenceNumber`; starts at 0. */
  sequence: number;
};

const PROGRESS: readonly string[] = ["initiated", "ringing", "answered", "completed"] satisfies CallProgress[];

/**
 * Reads a REST call's status callback. A list written as one string with spaces, or with an unknown
 * word in it, is accepted and then nothing is ever sent (21626, as observed on the live platform).
 */
export function readStatusCallback(
  carrier: Carrier,
  url: string | undefined,
  options: { method: string | undefined; events: readonly string[] },
): StatusCallback | undefined {
  if (url === undefined || url === "") return undefined;
  const events = options.events.length === 0 ? ["completed"] : options.events;
  const unknown = events.find((event) => !PROGRESS.includes(event));
  if (unknown !== undefined)
    carrier.log.warn(21_626, `StatusCallbackEvent "${unknown}" is no event: no callback will be sent`);
  return {
    url,
    method: options.method === "GET" ? "GET" : "POST",
    events: unknown === undefined ? (events as CallProgress[]) : [],
    sequence: 0,
  };
}

/** The parameters that every voice request carries. */
export function standardParams(carrier: Carrier, call: Call): Record<string, string> {
  const { sid, from, to, direction, parentSid, applicationSid, stirVerstat } = call.facts;
  const optional: Record<string, string | undefined> = {
    ParentCallSid: parentSid,
    ApplicationSid: applicationSid,
    StirVerstat: stirVerstat,
    AnsweredBy: call.answeredBy,
  };
  return {
    AccountSid: carrier.accountSid,
    ApiVersion: "2010-04-01",
    CallSid: sid,
    CallStatus: call.status,
    Direction: direction,
    From: from,
    To: to,
    Caller: from,
    Called: to,
    FromCity: "",
    FromState: "",
    FromZip: "",
    FromCountry: "US",
    ToCity: "",
    ToState: "",
    ToZip: "",
    ToCountry: "US",
    ...Object.fromEntries(
      Object.entries(optional).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ),
  };
}

/** Reports one step of a call to whoever subscribed; the answer's body is never executed. */
export function reportProgress(carrier: Carrier, call: Call, progress: CallProgress): void {
  const callback = call.statusCallback;
  if (callback === undefined || !callback.events.includes(progress)) return;
  const params: Record<string, string> = {
    ...standardParams(carrier, call),
    CallStatus: progress === "initiated" ? "initiated" : call.status,
    Timestamp: new Date(carrier.clock()).toUTCString(),
    CallbackSource: "call-progress-events",
    SequenceNumber: String(callback.sequence++),
  };
  if (call.end !== undefined) {
    params["CallDuration"] = String(call.durationSeconds);
    params["SipResponseCode"] = String(call.end.sipCode);
    if (call.status === "completed") params["Duration"] = String(Math.ceil(call.durationSeconds / 60));
  }
  const fields: FormFields = params;
  void carrier.webhooks.send({
    purpose: "call-status",
    method: callback.method,
    url: callback.url,
    params: fields,
    callSid: call.sid,
  });
}
