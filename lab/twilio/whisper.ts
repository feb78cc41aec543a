import type { Call, Interruption } from "./call.ts";
import { hangUpCall } from "./call-life.ts";
import type { Carrier } from "./carrier.ts";
import { DocumentError, loadPage, type DocumentSource } from "./document.ts";
import type { Next, Run } from "./run.ts";
import { runGather } from "./verb-gather.ts";
import { runPrompt } from "./verb-prompt.ts";
import type { XmlElement } from "./xml.ts";

/**
 * Runs a `<Number url>` document on a child call that has just answered: only Say, Play, Pause,
 * Gather and Hangup are allowed. When it ends without a hang-up the call may be bridged.
 */
export async function whisper(carrier: Carrier, call: Call, source: DocumentSource): Promise<void> {
  const stop = new AbortController();
  const ended: Interruption = { kind: "ended", by: "party" };
  void call.ended.then(() => stop.abort(ended));
  let next: DocumentSource | undefined = source;
  while (next !== undefined && !call.over) next = await runOnce(carrier, call, next, stop.signal);
}

async function runOnce(
  carrier: Carrier,
  call: Call,
  source: DocumentSource,
  signal: AbortSignal,
): Promise<DocumentSource | undefined> {
  try {
    const run: Run = { carrier, call, signal, page: await loadPage(carrier, call, source) };
    for (const verb of run.page.verbs) {
      const step = signal.aborted ? { kind: "hang-up" as const } : await runAllowed(run, verb);
      if (step.kind === "go") return { kind: "url", url: step.url, method: step.method, params: step.params };
      if (step.kind === "hang-up") break;
    }
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    carrier.log.warn(error.code, error.message, call.sid);
    hangUpCall(carrier, call, "document");
  }
  return undefined;
}

function runAllowed(run: Run, verb: XmlElement): Promise<Next> | Next {
  switch (verb.name) {
    case "Say":
    case "Play":
    case "Pause":
      return runPrompt(run, verb);
    case "Gather":
      return runGather(run, verb);
    case "Hangup":
      hangUpCall(run.carrier, run.call, "document");
      return { kind: "hang-up" };
    default:
      throw new DocumentError(13_201, `<${verb.name}> is not allowed in a <Number url> document`);
  }
}
