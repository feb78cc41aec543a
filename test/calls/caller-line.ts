// Held in every call, measured on the audio of the caller's own line: no long silence between the decision and the
// bridge or the end of the fallback (C17), and no promise of a person without a live reservation (C18).

import { findVoice } from "../../lab/audio/find-voice.ts";
import { voice } from "../../lab/audio/voice.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { SILENCE_MAX_MS, silenceIn } from "./line-silence.ts";
import { type Scene, timelineOf, until } from "./scene.ts";

/** The longest silence on the caller's line while somebody was being got, in milliseconds. */
export async function silenceOf(scene: Scene, caller: Handset, escalationId: string): Promise<number> {
  return silenceIn(caller, await timelineOf(scene, escalationId));
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

/** When the caller heard the carrier begin to say this, past or very soon; `at`: when it was logged. Rejects after 10 s. */
export async function carrierHeard(
  { recording: { heard } }: Handset,
  { text, at }: { readonly text: string; readonly at: number },
): Promise<number> {
  return until(`the first second of "${text}"`, 10_000, () => {
    const start = heard.startedAt ?? 0;
    const hits = findVoice(heard.heard(), voice("carrier", text), { firstMs: 1_000 });
    // The log's entry and the first frame fall into one tick or two.
    return hits.map(({ atMs }) => start + atMs).find((when) => when >= at - 40);
  });
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
