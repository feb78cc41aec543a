// Held in every call, measured on the audio of the caller's own line: no long silence between the decision and the
// bridge or the end of the fallback (C17), and no promise of a person without a live reservation (C18).

import { longestSilence } from "../../lab/audio/analyse.ts";
import { findVoice } from "../../lab/audio/find-voice.ts";
import type { Timeline } from "../../lab/audio/recorder.ts";
import { voice } from "../../lab/audio/voice.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { type Scene, type TimelineRow, timelineOf } from "./scene.ts";

/** Design §2. */
export const SILENCE_MAX_MS = 4_000;

/** States in which somebody is being got for the caller, or nobody can be and they are asked what they would like. */
const GETTING: ReadonlySet<string> = new Set([
  "reserving",
  "waiting",
  "offering",
  "accepted",
  "moving",
  "agent-lost",
  "handing-back",
  "offering-fallback",
  "capturing-callback",
]);

type Window = { readonly fromMs: number; readonly toMs: number };

/** When the caller is owed a voice. The last window ends with the recording. */
function windowsOf(rows: readonly TimelineRow[], endMs: number): Window[] {
  const windows: Window[] = [];
  let from: number | undefined;
  for (const { at, state } of rows) {
    const ms = Date.parse(at);
    if (GETTING.has(state)) from ??= ms;
    else if (from !== undefined) {
      windows.push({ fromMs: from, toMs: ms });
      from = undefined;
    }
  }
  if (from !== undefined) windows.push({ fromMs: from, toMs: endMs });
  return windows.map(({ fromMs, toMs }) => ({ fromMs, toMs: Math.min(toMs, endMs) }));
}

/** The longest silence on the caller's line while somebody was being got, in milliseconds. */
export async function silenceOf(scene: Scene, caller: Handset, escalationId: string): Promise<number> {
  const { heard, said } = caller.recording;
  const start = heard.startedAt ?? 0;
  const end = start + heard.durationMs;
  const rows = await timelineOf(scene, escalationId);
  const windows = windowsOf(rows, end);
  if (windows.length === 0) throw new Error(`no decision is recorded for ${escalationId}`);
  const lengths = windows.map(({ fromMs, toMs }) => {
    const span = { fromMs: fromMs - start, toMs: toMs - start };
    return longestSilence(heard.heard(), onThisClock(said, start, end), span).ms;
  });
  return Math.round(Math.max(...lengths));
}

/** One recording laid on the clock of the other. */
function onThisClock(timeline: Timeline, start: number, end: number): Uint8Array {
  return timeline.between(start, end);
}

/** Words with which somebody is promised; kept apart from the gateway's own rules. */
const PROMISES =
  /\b(?:connect(?:ing)? you|getting someone|put(?:ting)? you through|trying someone else|transfer(?:ring)? you|is here now|(?:someone|somebody|a person|an agent) (?:will|is coming))/iu;

export type HeardSentence = { readonly text: string; readonly at: number };

/** Sentences of the assistant and the carrier that promise a person, with the time of their first audio on the caller's line. */
export function promisesHeard({ rig }: Scene, caller: Handset): HeardSentence[] {
  const texts = new Set(rig.openai.sessions.flatMap(({ spoken }) => spoken.map(({ text }) => text)));
  const byAssistant = [...texts].filter((text) => PROMISES.test(text)).flatMap((text) => heardAt(caller, text));
  const byCarrier = rig.twilio.log
    .of(
      "verb",
      ({ callSid, verb, text }) =>
        callSid === caller.callSid && (verb === "Say" || verb === "Gather") && PROMISES.test(text),
    )
    .map(({ text, at }) => ({ text, at }));
  return [...byAssistant, ...byCarrier];
}

/** Every time the caller heard the assistant say this, or at least its beginning. */
export function heardAt(caller: Handset, text: string, firstMs = 1_000): HeardSentence[] {
  const { heard } = caller.recording;
  const start = heard.startedAt ?? 0;
  return findVoice(heard.heard(), voice("assistant", text), { firstMs }).map(({ atMs }) => ({
    text,
    at: start + atMs,
  }));
}

/** Promises the caller heard while no desk held a reservation. Empty is how it must be. */
export function emptyPromises(scene: Scene, caller: Handset): HeardSentence[] {
  const seats = [...scene.agents.values()].map(({ seat }) => seat);
  const heldAt = (at: number): boolean =>
    seats.some(({ received }) => {
      const last = received.findLast((got) => got.frame.type === "presence" && got.at <= at);
      return last?.frame["status"] === "reserved" || last?.frame["status"] === "busy";
    });
  return promisesHeard(scene, caller).filter(({ at }) => !heldAt(at));
}

/** C17 and C18 of one call. */
export async function lineOf(scene: Scene, caller: Handset, escalationId: string) {
  const silenceMs = await silenceOf(scene, caller, escalationId);
  return { silenceMs, tooQuiet: silenceMs > SILENCE_MAX_MS, emptyPromises: emptyPromises(scene, caller) };
}
