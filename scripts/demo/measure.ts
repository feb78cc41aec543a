// Takes the budget from where it happened: the twin's socket, the desk's acknowledgement, the mixed audio.
import { findVoice } from "../../lab/audio/find-voice.ts";
import { longestSilence } from "../../lab/audio/analyse.ts";
import { clip } from "../../lab/audio/clips.ts";
import type { Timeline } from "../../lab/audio/recorder.ts";
import { voice } from "../../lab/audio/voice.ts";
import type { Rig } from "../../lab/rig/start-rig.ts";
import type { Played } from "./play-dispute.ts";

export const BUDGET_MS = {
  reserved: 100,
  packetPainted: 300,
  initiated: 500,
  promised: 1_000,
  ringing: 2_000,
  accepted: 20_000,
  bridged: 30_000,
} as const;
export type Stage = keyof typeof BUDGET_MS;
/** No stretch in which neither party is audible on the caller's line is longer, from decision to bridge. */
export const SILENCE_MAX_MS = 4_000;

export type Measured = {
  readonly decidedAt: number;
  readonly timingsMs: Partial<Record<Stage, number>>;
  readonly silenceMaxMs: number;
  /** Voices where they must not be; empty when all is well. */
  readonly misplaced: readonly string[];
};

type Row = { readonly at: string; readonly event: string; readonly state: string };

/** A decision that was made where the caller comes from counts from when somebody is looked for here. */
const isDecision = ({ event, state }: Row): boolean => event === "escalation-decided" || state === "reserving";

export function measure(rig: Rig, played: Played, timeline: readonly Row[]): Measured {
  const decidedAt = Date.parse(timeline.find(isDecision)?.at ?? "");
  const since = (at: number | undefined): number | undefined =>
    at === undefined ? undefined : Math.round(at - decidedAt);
  const { twilio } = rig;
  const agentSid = played.agent.callSid;
  const bridgedAt = twilio.log.of("conference", ({ event }) => event === "conference-start")[0]?.at;
  const stages: Record<Stage, number | undefined> = {
    reserved: since(received(played, (frame) => frame["type"] === "presence" && frame["status"] === "reserved")),
    packetPainted: since(played.seat.sent.find(({ frame }) => frame.type === "painted")?.at),
    initiated: since(
      twilio.log.of("rest", ({ method, path }) => method === "POST" && path.endsWith("/Calls.json"))[0]?.at,
    ),
    promised: since(promisedAt(rig, played, decidedAt)),
    ringing: since(twilio.log.of("call", ({ callSid, event }) => callSid === agentSid && event === "ringing")[0]?.at),
    accepted: since(twilio.log.of("digit", ({ callSid, digit }) => callSid === agentSid && digit === "1")[0]?.at),
    bridged: since(bridgedAt),
  };
  return {
    decidedAt,
    timingsMs: Object.fromEntries(Object.entries(stages).filter(([, ms]) => ms !== undefined)),
    silenceMaxMs: silence(played, decidedAt, bridgedAt ?? decidedAt),
    misplaced: misplacedVoices(played, bridgedAt ?? Infinity),
  };
}

const received = (played: Played, fits: (frame: Readonly<Record<string, unknown>>) => boolean): number | undefined =>
  played.seat.received.find(({ frame }) => fits(frame))?.at;

/** `began`: where the vendor's twin notes a sentence once it is through. */
export type Sentence = { readonly at: number; readonly began?: number; readonly text: string };

/** Everything the assistant said, whoever runs it, in order. */
export function assistantSaid(rig: Rig): readonly Sentence[] {
  const speakers: readonly { readonly spoken: readonly Sentence[] }[] = [
    ...rig.openai.sessions,
    ...(rig.vapi?.all ?? []),
    ...(rig.retell?.calls.values() ?? []),
  ];
  return speakers.flatMap(({ spoken }) => spoken).toSorted((one, other) => one.at - other.at);
}

/** The first audio of the sentence that names the team, on the caller's line. */
function promisedAt(rig: Rig, { caller }: Played, decidedAt: number): number | undefined {
  const line = assistantSaid(rig).find(({ at, text }) => at >= decidedAt && /disputes team/u.test(text));
  if (!line) return undefined;
  const { startedAt } = caller.recording.heard;
  const [hit] = findVoice(caller.recording.heard.heard(), voice("assistant", line.text), { firstMs: 1_500 }).filter(
    ({ atMs }) => (startedAt ?? 0) + atMs >= decidedAt,
  );
  return hit && startedAt !== undefined ? startedAt + hit.atMs : undefined;
}

/** Both ends of the caller's line on one clock: what they hear and what they say. */
function silence({ caller }: Played, fromMs: number, toMs: number): number {
  const { heard, said } = caller.recording;
  const start = heard.startedAt ?? fromMs;
  const shifted = shift(said, start, heard.heard().length);
  return Math.round(longestSilence(heard.heard(), shifted, { fromMs: fromMs - start, toMs: toMs - start }).ms);
}

function shift(timeline: Timeline, start: number, length: number): Uint8Array {
  const audio = timeline.heard();
  const offset = Math.max(0, Math.round(((timeline.startedAt ?? start) - start) * 8));
  const placed = new Uint8Array(length).fill(0xff);
  placed.set(audio.subarray(0, Math.max(0, length - offset)), offset);
  return placed;
}

function misplacedVoices({ caller, agent }: Played, bridgedAt: number): string[] {
  const found: string[] = [];
  const callerHeard = caller.recording.heard;
  const intro = findVoice(callerHeard.heard(), clip("agent-intro").audio);
  const start = callerHeard.startedAt ?? 0;
  if (intro.length === 0) found.push("the agent's voice is missing in the caller's audio");
  if (intro.some(({ atMs }) => start + atMs < bridgedAt))
    found.push("the agent's voice reached the caller before the bridge");
  const greeted = findVoice(callerHeard.heard(), clip("found-charge").audio);
  if (greeted.length === 0) found.push("the assistant's voice is missing in the caller's audio");
  for (const id of ["found-charge", "could-not-find"]) {
    if (findVoice(agent.recording.heard.heard(), clip(id).audio).length > 0) {
      found.push("the assistant's voice reached the agent");
    }
  }
  if (findVoice(agent.recording.heard.heard(), clip("thank-you").audio).length === 0) {
    found.push("the caller's voice is missing in the agent's audio");
  }
  return found;
}
