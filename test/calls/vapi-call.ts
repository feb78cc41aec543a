// What the tests of callers with a Vapi assistant share: the twin, one of its calls, and a caller who was greeted by it.

import { listenTo } from "../../lab/people/ear.ts";
import { PLAIN_NUMBER } from "../../lab/rig/start-rig.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import type { LiveCall } from "../../lab/vapi/live-call.ts";
import type { VapiTwin } from "../../lab/vapi/twin.ts";
import { CALLER, type Scene, until } from "./scene.ts";

export function twinOf({ rig }: Scene): VapiTwin {
  if (rig.vapi === undefined) throw new Error("this rig has no twin of Vapi");
  return rig.vapi;
}

/** The n-th call that reached the assistant. */
export const vapiCallAt = (scene: Scene, index: number): Promise<LiveCall> =>
  until(`the assistant's call ${index + 1}`, 20_000, () => twinOf(scene).all[index]);

export type Arrived = { readonly caller: Handset; readonly vapi: LiveCall };

/** A caller dials, is connected to the vendor's assistant and hears its greeting to the end. */
export async function callerMeetsAssistant(scene: Scene): Promise<Arrived> {
  const index = twinOf(scene).all.length;
  const caller = scene.rig.twilio.callIn({ from: CALLER, to: PLAIN_NUMBER });
  await caller.answered;
  const vapi = await vapiCallAt(scene, index);
  await until("the greeting", 15_000, () => vapi.spoken[0]);
  const ear = listenTo(caller);
  await ear.untilSpokenTo(400, 15_000);
  ear.close();
  return { caller, vapi };
}

/** Lets the caller say something and waits until they have been answered. */
export async function sayAndHear(caller: Handset, audio: Uint8Array): Promise<void> {
  await caller.say(audio);
  const ear = listenTo(caller);
  await ear.untilSpokenTo(600, 15_000);
  ear.close();
}

/** What the assistant said aloud, after a moment. */
export const saidAfter = (vapi: LiveCall, at: number): readonly string[] =>
  vapi.spoken.filter((each) => each.at >= at).map(({ text }) => text);

/** The messages of one type that the vendor sent about a call. */
export const messagesOf = (scene: Scene, vapi: LiveCall, type: string) =>
  twinOf(scene).webhooks.filter(
    (sent) => sent.type === type && (sent.message["call"] as { id?: string } | undefined)?.id === vapi.record.id,
  );
