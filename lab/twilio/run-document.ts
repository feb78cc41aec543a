import { endCall, answerCall, hangUpCall, logCall } from "./call-life.ts";
import type { Call } from "./call.ts";
import type { Carrier } from "./carrier.ts";
import { DocumentError, loadPage, type DocumentSource, type Page } from "./document.ts";
import { runConnect } from "./verb-connect.ts";
import { runDial } from "./verb-dial.ts";
import { runGather } from "./verb-gather.ts";
import { runPrompt } from "./verb-prompt.ts";
import { runRecord } from "./verb-record.ts";
import { runStart, runStop } from "./verb-start.ts";
import { resolveUrl, methodOf, type Next, type Run } from "./run.ts";
import { textOf, type XmlElement } from "./xml.ts";

const SILENT_VERBS = ["Reject", "Hangup", "Redirect", "Pause"];
const APOLOGY = "We are sorry. An application error has occurred. Goodbye.";

/** Starts a document on a call that is running none. The call ends with the document. */
export function startDocument(carrier: Carrier, call: Call, source: DocumentSource): Promise<void> {
  const stop = new AbortController();
  const done = runUntilOver(carrier, call, source, stop.signal);
  call.running = { stop, done };
  return done;
}

/** Interrupts what a call is doing, lets it tell its gateway as Twilio does, and runs another document. */
export async function redirectCall(carrier: Carrier, call: Call, source: DocumentSource): Promise<void> {
  const turn = ++call.redirects;
  logCall(carrier, call, "redirected");
  call.running?.stop.abort({ kind: "redirected" });
  await call.running?.done;
  // Somebody else redirected or ended the call meanwhile.
  if (call.over || call.redirects !== turn) return;
  await startDocument(carrier, call, source);
}

async function runUntilOver(carrier: Carrier, call: Call, source: DocumentSource, signal: AbortSignal): Promise<void> {
  let next: DocumentSource | undefined = source;
  while (next !== undefined && !signal.aborted) {
    const page: Page | undefined = await open(carrier, call, next, signal);
    if (page === undefined || signal.aborted) break;
    next = await runPage({ carrier, call, signal, page }, next);
  }
  if (!signal.aborted) hangUpCall(carrier, call, "document");
}

/** Loads a document, or its fallback; without one the caller hears an apology and `undefined` is returned. */
async function open(
  carrier: Carrier,
  call: Call,
  source: DocumentSource,
  signal: AbortSignal,
): Promise<Page | undefined> {
  try {
    return await loadPage(carrier, call, source);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    carrier.log.warn(error.code, error.message, call.sid);
    const { fallback } = call;
    if (fallback !== undefined && source.kind === "url" && source.url !== fallback.url) {
      const params = { ErrorCode: String(error.code), ErrorUrl: source.url };
      return open(carrier, call, { kind: "url", ...fallback, params }, signal);
    }
    await apologise(carrier, call, signal);
    return undefined;
  }
}

async function apologise(carrier: Carrier, call: Call, signal: AbortSignal): Promise<void> {
  if (call.over) return;
  answerCall(carrier, call);
  const say: XmlElement = { name: "Say", attributes: new Map(), children: [APOLOGY] };
  const page: Page = { verbs: [say], base: undefined };
  await runPrompt({ carrier, call, signal, page }, say);
}

/** Runs a page's verbs. Returns the next document; undefined when the call is to end. */
async function runPage(run: Run, source: DocumentSource): Promise<DocumentSource | undefined> {
  for (const [index, verb] of run.page.verbs.entries()) {
    const next = await runVerb(run, verb, run.page.verbs[index + 1]);
    if (run.signal.aborted) return undefined;
    if (next.kind === "hang-up") return undefined;
    if (next.kind === "go") return { kind: "url", url: next.url, method: next.method, params: next.params };
    if (next.kind === "again") return source;
  }
  return undefined;
}

async function runVerb(run: Run, verb: XmlElement, following: XmlElement | undefined): Promise<Next> {
  const { carrier, call } = run;
  carrier.log.add<"verb">({ kind: "verb", callSid: call.sid, verb: verb.name, text: textOf(verb).slice(0, 300) });
  if (!SILENT_VERBS.includes(verb.name)) answerCall(carrier, call);
  try {
    return await perform(run, verb, following);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    carrier.log.warn(error.code, error.message, call.sid);
    await apologise(carrier, call, run.signal);
    return { kind: "hang-up" };
  }
}

function perform(run: Run, verb: XmlElement, following: XmlElement | undefined): Promise<Next> | Next {
  switch (verb.name) {
    case "Say":
    case "Play":
    case "Pause":
      return runPrompt(run, verb);
    case "Gather":
      return runGather(run, verb);
    case "Dial":
      return runDial(run, verb, following);
    case "Connect":
      return runConnect(run, verb);
    case "Start":
      return runStart(run, verb);
    case "Stop":
      return runStop(run, verb);
    case "Record":
      return runRecord(run, verb);
    case "Redirect":
      return redirect(run, verb);
    case "Hangup":
      return { kind: "hang-up" };
    case "Reject":
      return reject(run, verb);
    default:
      return { kind: "next" };
  }
}

function redirect(run: Run, verb: XmlElement): Next {
  const target = textOf(verb);
  if (target === "") return { kind: "again" };
  return { kind: "go", url: resolveUrl(run, target), method: methodOf(verb, "method"), params: {} };
}

function reject(run: Run, verb: XmlElement): Next {
  const sipCode = verb.attributes.get("reason") === "busy" ? 486 : 603;
  if (run.call.answeredAt === undefined) endCall(run.carrier, run.call, { status: "busy", sipCode, by: "document" });
  return { kind: "hang-up" };
}
