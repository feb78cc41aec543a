// The scripted call: Robin disputes a charge, the assistant cannot find the merchant, Dana of the disputes team takes over.
import { clip } from "../../lab/audio/clips.ts";
import { openDeskSeat, type DeskSeat } from "../../lab/people/desk-seat.ts";
import { listenTo } from "../../lab/people/ear.ts";
import { hireAgent } from "../../lab/people/hire-agent.ts";
import { DESK_KEY, NUMBER, type Rig } from "../../lab/rig/start-rig.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import type { Phone } from "../../lab/twilio/phone-book.ts";

export const ROBIN = "+14155550142";
export const DANAS_PHONE = "+15005550111";
/** Quiet after which Robin asks for a person. */
const PATIENCE_MS = 3_500;

export type Said = { readonly who: "Robin" | "Dana"; readonly text: string; readonly at: number };

export type Played = {
  readonly caller: Handset;
  readonly agent: Handset;
  readonly seat: DeskSeat;
  readonly escalationId: string;
};

/** Milliseconds on the same scale as the twins' logs. */
export const wallClock = (): number => performance.timeOrigin + performance.now();

export type Dana = { readonly seat: DeskSeat; readonly phone: Phone };

type Script = {
  /** Added to whenever Robin or Dana begins to speak. */
  readonly said: Said[];
  /** Whom Robin calls; default: the lab's number. */
  readonly number?: string;
};

export async function playDispute(rig: Rig, dana: Dana, { said, number = NUMBER }: Script): Promise<Played> {
  const { seat, phone } = dana;
  const answered = phone.nextAnswer(90_000);
  const caller = rig.twilio.callIn({ from: ROBIN, to: number });
  await caller.answered;
  const ear = listenTo(caller);
  const say = async (who: Said["who"], handset: Handset, id: string): Promise<void> => {
    const { text, audio } = clip(id);
    said.push({ who, text, at: wallClock() });
    await handset.say(audio);
  };

  await ear.untilSpokenTo(1_500);
  await say("Robin", caller, "unknown-charge");
  await ear.untilSpokenTo(1_300);
  await say("Robin", caller, "who-charged-me");
  if (!(await helpComes(seat, ear))) await say("Robin", caller, "real-person");

  const offer = await seat.waitFor((frame) => frame.type === "offer", 30_000);
  const escalationId = String(offer.frame["escalationId"]);
  const agent = await answered;
  await danaAccepts(agent);
  await seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged", 30_000);
  await say("Dana", agent, "agent-intro");
  const danasEar = listenTo(agent);
  const heardRobin = danasEar.untilSpokenTo(500);
  await say("Robin", caller, "thank-you");
  await heardRobin;
  danasEar.close();
  await say("Dana", agent, "agent-look");
  seat.send({ type: "end", escalationId });
  await Promise.all([caller.ended, agent.ended]);
  seat.send({ type: "wrap-up", escalationId, disposition: "resolved", resolved: true, notes: "Dispute opened." });
  await seat.waitFor((frame) => frame.type === "state" && frame["cause"] === "wrapped-up", 10_000);
  // The next call is for whoever takes it by hand.
  await seat.becomes("offline");
  ear.close();
  return { caller, agent, seat, escalationId };
}

/** Robin waits as long as somebody speaks and a few seconds more. False: nothing has come of it by then. */
async function helpComes(seat: DeskSeat, ear: ReturnType<typeof listenTo>): Promise<boolean> {
  const offered = seat.waitFor((frame) => frame.type === "offer", 60_000).then(() => true);
  // Robin may have to ask first; then the wait below is the one that counts.
  offered.catch(() => false);
  return Promise.race([offered, ear.untilSpokenTo(PATIENCE_MS, 40_000).then(() => false)]);
}

/** Dana is in the directory, sits at her desk and says that she is available. */
export async function danaGetsReady(rig: Rig): Promise<Dana> {
  const dana = { id: "dana", queue: "disputes", skills: ["disputes"], address: DANAS_PHONE };
  const phone = await hireAgent(rig, dana, { kind: "answers", afterMs: 2_000 });
  const seat = await openDeskSeat({ url: rig.url, apiKey: DESK_KEY, agent: "dana" });
  await seat.becomes("available");
  return { seat, phone };
}

/** She listens to the briefing for a moment, then presses 1. */
async function danaAccepts(agent: Handset): Promise<void> {
  await agent.untilAsked();
  const ear = listenTo(agent);
  await ear.hears(2_500);
  ear.close();
  await agent.press("1");
}
