// A gateway whose number is answered by an agent of Retell's, one colleague at a desk, and a caller.

import { rm } from "node:fs/promises";
import type { Brain } from "../../lab/openai/brain.ts";
import { disputeBrain } from "../../lab/openai/dispute-brain.ts";
import { openDeskSeat, type DeskSeat } from "../../lab/people/desk-seat.ts";
import { listenTo } from "../../lab/people/ear.ts";
import type { RetellCall } from "../../lab/retell/call.ts";
import type { RetellTwin } from "../../lab/retell/twin.ts";
import { DESK_KEY, NUMBER, type Rig, startRig } from "../../lab/rig/start-rig.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import type { Phone } from "../../lab/twilio/phone-book.ts";
import { configWith } from "./numbers.ts";
import { ROOT } from "./root.ts";

const CALLER = "+14155550142";
const DANAS_PHONE = "+15005550111";

export type RetellScene = {
  readonly rig: Rig;
  readonly retell: RetellTwin;
  readonly seat: DeskSeat;
  readonly phone: Phone;
  close(): Promise<void>;
};

/** Dana sits at her desk; her phone does what a test tells it. */
export async function openRetellScene(
  engine: "retell" | "retell-llm",
  brain: Brain = disputeBrain,
): Promise<RetellScene> {
  const configDir = await configWith([], "An assistant speaks.");
  const rig = await startRig({
    gateway: [process.execPath, "src/main.ts"],
    cwd: ROOT,
    brain,
    assistant: engine,
    env: { LOG_LEVEL: "warn", CONFIG_DIR: configDir },
  });
  const { retell } = rig;
  if (retell === undefined) throw new Error("the rig has no Retell");
  await rig.api("POST", "/api/agents", {
    id: "dana",
    name: "Dana",
    skills: ["disputes"],
    queues: ["disputes"],
    languages: ["en"],
    device: { kind: "phone", address: DANAS_PHONE },
  });
  const seat = await openDeskSeat({ url: rig.url, apiKey: DESK_KEY, agent: "dana" });
  seat.send({ type: "presence", status: "available" });
  await seat.waitFor((frame) => frame.type === "presence" && frame["status"] === "available");
  return {
    rig,
    retell,
    seat,
    phone: rig.twilio.phone(DANAS_PHONE, { kind: "rings" }),
    close: async () => {
      await seat.close();
      await rig.close();
      await rm(configDir, { recursive: true, force: true });
    },
  };
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
  const visit = await soonOf(() => [...retell.calls.values()][before], "a registered call");
  await soonOf(() => (visit.spoken.length > 0 ? true : undefined), "the greeting");
  await ear.untilSpokenTo(500);
  ear.close();
  return { caller, visit };
}

/** Waits for what only time can bring about. */
export async function soonOf<T>(
  read: () => T | undefined | Promise<T | undefined>,
  what: string,
  timeoutMs = 20_000,
): Promise<T> {
  const limit = performance.now() + timeoutMs;
  for (;;) {
    const found = await read();
    if (found !== undefined) return found;
    if (performance.now() > limit) throw new Error(`${what} did not come within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
