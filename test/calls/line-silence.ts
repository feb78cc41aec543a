// Held in every call, measured on the audio of the caller's own line: no long silence between the decision and the
// bridge or the end of the fallback (C17).

import { longestSilence } from "../../lab/audio/analyse.ts";
import type { Rig } from "../../lab/rig/start-rig.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { LegId } from "../../src/domain/ids.ts";
import { callIdOf } from "../../src/vendors/twilio/call-ids.ts";

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

type Row = { readonly at: string; readonly state: string };
type Window = { readonly fromMs: number; readonly toMs: number };

/** When the caller is owed a voice. The last window ends with the recording. */
function windowsOf(rows: readonly Row[], endMs: number): Window[] {
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

/** The longest silence on the caller's line while somebody was being got, in milliseconds; `rows`: the case's timeline. */
export function silenceIn(caller: Handset, rows: readonly Row[]): number {
  const { heard, said } = caller.recording;
  const start = heard.startedAt ?? 0;
  const end = start + heard.durationMs;
  const windows = windowsOf(rows, end);
  if (windows.length === 0) throw new Error(`no decision is recorded for the call ${caller.callSid}`);
  // Both laid on one clock.
  const spoken = said.between(start, end);
  const lengths = windows.map(({ fromMs, toMs }) => {
    const span = { fromMs: fromMs - start, toMs: toMs - start };
    return longestSilence(heard.heard(), spoken, span).ms;
  });
  return Math.round(Math.max(...lengths));
}

type Case = { readonly id: string; readonly callId?: string };

/** Every call of this rig that led to a case was held without a long silence; throws, naming those that were not. */
export async function noCallTooQuiet({ twilio, api }: Pick<Rig, "twilio" | "api">): Promise<void> {
  const callers = new Map<string, Handset>();
  for (const { callSid } of twilio.log.of("call")) {
    const caller = twilio.handset(callSid);
    if (caller) callers.set(callIdOf(LegId(callSid)), caller);
  }
  const { items } = (await api("GET", "/api/escalations?limit=100")) as { items: Case[] };
  const quiet: string[] = [];
  for (const { id, callId } of items) {
    const caller = callers.get(callId ?? "");
    if (!caller) continue;
    const timeline = (await api("GET", `/api/escalations/${id}/timeline`)) as { items: Row[] };
    const ms = silenceIn(caller, timeline.items);
    if (ms > SILENCE_MAX_MS) quiet.push(`${caller.callSid} of the case ${id}: ${ms} ms`);
  }
  if (quiet.length > 0) throw new Error(`callers were left in silence (C17): ${quiet.join("; ")}`);
}
