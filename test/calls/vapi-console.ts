// What the tests of Vapi's pitfalls share (facts/vapi.md §14): an assistant as consoles often make it, one caller at a time, and
// an agent for each.

import { afterAll, afterEach, beforeAll } from "vitest";
import type { Handset } from "../../lab/twilio/handset.ts";
import type { PhoneBehaviour } from "../../lab/twilio/phone-book.ts";
import { noFaults } from "../../lab/vapi/faults.ts";
import { type Agent, answerAt, emptyCarrier, endOf, offerAt, openScene, type Scene, sitDown } from "./scene.ts";
import { type Arrived, callerMeetsAssistant, twinOf } from "./vapi-call.ts";

export type Console = {
  readonly scene: Scene;
  /** Somebody sits down, for this call alone. */
  someone(phone: PhoneBehaviour): Promise<Agent>;
  /** A caller is greeted by the assistant. */
  meet(): Promise<Arrived>;
  /** The call is over, nobody is at a desk, and the twin is healthy; also when a test has failed. */
  over(): Promise<void>;
};

/** It reminds, it hangs up on silence and on a word, and it plays an office. */
const CONSOLE = {
  silenceTimeoutSeconds: 5,
  maxDurationSeconds: 20,
  endCallPhrases: ["still here", "patience"],
  backgroundSound: "office",
  hooks: [
    {
      on: "customer.speech.timeout",
      options: { timeoutSeconds: 3 },
      do: [{ type: "say", exact: "Are you still there?" }],
    },
  ],
};

export async function openConsole(): Promise<Console> {
  const scene = await openScene({ assistant: "vapi", opening: "An assistant speaks." });
  const twin = twinOf(scene);
  for (const assistant of twin.calls.assistants.things.values()) Object.assign(assistant, CONSOLE);
  let onDuty: Agent | undefined;
  let onLine: Handset | undefined;
  let count = 0;
  return {
    scene,
    someone: async (phone) => (onDuty = await sitDown(scene, { id: `sam${(count += 1)}`, phone })),
    meet: async () => {
      const arrived = await callerMeetsAssistant(scene);
      onLine = arrived.caller;
      return arrived;
    },
    over: async () => {
      onLine?.hangUp();
      onDuty?.seat.send({ type: "presence", status: "offline" });
      if (onLine !== undefined) await endOf(scene, onLine.callSid);
      await emptyCarrier(scene);
      Object.assign(twin.faults, noFaults());
      onLine = undefined;
      onDuty = undefined;
    },
  };
}

/** One console for all tests of a file, each with a call of its own. */
export function sharedConsole(): () => Console {
  let calls: Console | undefined;
  beforeAll(async () => {
    calls = await openConsole();
  });
  afterEach(() => calls?.over());
  afterAll(() => calls?.scene.close());
  return () => {
    if (calls === undefined) throw new Error("the console opens before the first test");
    return calls;
  };
}

/** The agent hears the whisper and presses 1. */
export async function bridged(scene: Scene, agent: Agent): Promise<{ readonly escalationId: string }> {
  const { escalationId } = await offerAt(scene, agent);
  const handset = await answerAt(agent, 0);
  await handset.untilAsked();
  await handset.press("1");
  await agent.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
  return { escalationId };
}
