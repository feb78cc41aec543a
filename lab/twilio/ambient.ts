import { HOLD_MUSIC } from "../audio/tones.ts";
import type { Call } from "./call.ts";
import type { Carrier } from "./carrier.ts";
import { DocumentError, readTwiml, type Page } from "./document.ts";
import { loadAudio } from "./load-audio.ts";
import type { Mouth } from "./mouth.ts";
import { methodOf, resolveUrl } from "./run.ts";
import type { AmbientSource } from "./seat.ts";
import { standardParams } from "./status-callback.ts";
import { speakPrompt } from "./verb-prompt.ts";
import { textOf } from "./xml.ts";

const SPOKEN = ["Say", "Play", "Pause"];

type Ambient = { call: Call; mouth: Mouth; source: AmbientSource; signal: AbortSignal };

/**
 * Plays what a waiting or held participant hears, until `signal` aborts. A document that runs out is
 * followed by silence. `"failed"`: the document could not be had.
 */
export async function playAmbient(carrier: Carrier, ambient: Ambient): Promise<"played" | "failed"> {
  if (ambient.source.url === undefined) {
    await loop(ambient, HOLD_MUSIC);
    return "played";
  }
  let next: AmbientSource | undefined = ambient.source;
  while (next?.url !== undefined && next.url !== "" && !ambient.signal.aborted) {
    const step = await playDocument(carrier, ambient, { url: next.url, method: next.method });
    if (step === "failed") return "failed";
    next = step;
  }
  return "played";
}

async function loop(ambient: Ambient, audio: Uint8Array): Promise<void> {
  while (!ambient.signal.aborted && audio.length > 0) await ambient.mouth.say(audio);
}

async function playDocument(
  carrier: Carrier,
  ambient: Ambient,
  from: { url: string; method: "GET" | "POST" },
): Promise<AmbientSource | "failed" | undefined> {
  const { call, signal } = ambient;
  const params = standardParams(carrier, call);
  const answer = await carrier.webhooks.send({ purpose: "document", ...from, params, callSid: call.sid });
  if (!answer.ok) return "failed";
  if (signal.aborted) return undefined;
  if (answer.contentType.startsWith("audio/")) {
    await loop(ambient, await loadAudio(carrier, from.url, call.sid));
    return undefined;
  }
  try {
    return await playVerbs(carrier, ambient, {
      verbs: answer.body.trim() === "" ? [] : readTwiml(carrier, answer.body, call.sid),
      base: { kind: "url", ...from },
    });
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    carrier.log.warn(error.code, error.message, call.sid);
    return "failed";
  }
}

async function playVerbs(carrier: Carrier, ambient: Ambient, page: Page): Promise<AmbientSource | undefined> {
  const { call, mouth, signal } = ambient;
  for (const verb of page.verbs) {
    if (signal.aborted) return undefined;
    if (verb.name === "Redirect") {
      const target = textOf(verb);
      const url = target === "" ? page.base?.url : resolveUrl({ page }, target);
      return { url, method: methodOf(verb, "method") };
    }
    if (!SPOKEN.includes(verb.name)) {
      throw new DocumentError(13_238, `<${verb.name}> is forbidden in a wait, hold or announce document`);
    }
    await speakPrompt({ carrier, call, signal, page }, verb, mouth, signal);
  }
  return undefined;
}

/** Plays an announcement once. Returns why it failed, if it did. */
export async function playAnnouncement(
  carrier: Carrier,
  ambient: Ambient & { source: { url: string; method: "GET" | "POST" } },
): Promise<string | undefined> {
  const step = await playDocument(carrier, ambient, ambient.source);
  return step === "failed" ? "the document could not be fetched or is not allowed" : undefined;
}
