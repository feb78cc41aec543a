// A gateway whose number is answered by an agent of Retell's, one colleague at a desk, and a caller.

import type { Brain } from "../../lab/openai/brain.ts";
import { disputeBrain } from "../../lab/openai/dispute-brain.ts";
import type { DeskSeat } from "../../lab/people/desk-seat.ts";
import { listenTo } from "../../lab/people/ear.ts";
import type { RetellCall } from "../../lab/retell/call.ts";
import type { RetellTwin } from "../../lab/retell/twin.ts";
import { NUMBER } from "../../lab/rig/start-rig.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import type { Phone } from "../../lab/twilio/phone-book.ts";
import { CALLER, openScene, type Scene, sitDown, until } from "./scene.ts";

export type RetellScene = Scene & { readonly retell: RetellTwin; readonly seat: DeskSeat; readonly phone: Phone };

/** Dana sits at her desk; her phone does what a test tells it. */
export async function openRetellScene(
  engine: "retell" | "retell-llm",
  brain: Brain = disputeBrain,
): Promise<RetellScene> {
  const scene = await openScene({ assistant: engine, brain, opening: "An assistant speaks." });
  const { seat, phone } = await sitDown(scene, { queue: "disputes", skills: ["disputes"], phone: { kind: "rings" } });
  return { ...scene, retell: retellOf(scene), seat, phone };
}

export function retellOf({ rig }: Pick<Scene, "rig">): RetellTwin {
  if (rig.retell === undefined) throw new Error("this rig has no twin of Retell");
  return rig.retell;
}

/** A caller who is on the line with the assistant and was greeted. */
export async function callerGreeted(
  { rig, retell }: Pick<RetellScene, "rig" | "retell">,
  to = NUMBER,
): Promise<{ caller: Handset; visit: RetellCall }> {
  const before = retell.calls.size;
  const caller = rig.twilio.callIn({ from: CALLER, to });
  await caller.answered;
  const ear = listenTo(caller);
  const visit = await until("a registered call", 20_000, () => [...retell.calls.values()][before]);
  await until("the greeting", 20_000, () => visit.spoken[0]);
  await ear.untilSpokenTo(500);
  ear.close();
  return { caller, visit };
}
