// A call that an assistant of ours begins and one that another vendor's begins give the same record, but for what only a
// vendor has: the same events in the case, and a packet of the same shape with the same words in it.
import { describe, expect, test } from "vitest";

import { clip } from "../../lab/audio/clips.ts";
import type { RigAssistant } from "../../lab/rig/hosted-twins.ts";
import { PLAIN_NUMBER } from "../../lab/rig/start-rig.ts";
import type { Handset } from "../../lab/twilio/handset.ts";
import { callerGreeted } from "./retell-scene.ts";
import {
  answerAt,
  CALLER,
  callerArrives,
  endOf,
  offerAt,
  openScene,
  type Scene,
  sitDown,
  timelineOf,
} from "./scene.ts";
import { callerMeetsAssistant, sayAndHear } from "./vapi-call.ts";

type Packet = { readonly transcript: readonly { readonly role: string; readonly text: string }[] };
type Kept = { readonly events: readonly string[]; readonly packet: unknown; readonly asked: string | undefined };

/** One call: greeted, a remark, a request for a person, bridged, hung up by the caller. */
async function recordOf(assistant: RigAssistant): Promise<Kept> {
  const scene = await openScene({ assistant });
  try {
    const dana = await sitDown(scene, { phone: { kind: "answers", afterMs: 300 } });
    const caller = await meets(scene, assistant);
    await sayAndHear(caller, clip("marker-pineapple").audio);
    await caller.say(clip("speak-to-human").audio);
    const { escalationId } = await offerAt(scene, dana);
    const handset = await answerAt(dana, 0);
    await handset.untilAsked();
    await handset.press("1");
    await dana.seat.waitFor((frame) => frame.type === "state" && frame["state"] === "bridged");
    const offer = dana.seat.received.find(({ frame }) => frame.type === "offer");
    const packet = offer?.frame["packet"] as Packet;
    const rows = await timelineOf(scene, escalationId);
    caller.hangUp();
    await endOf(scene, caller.callSid);
    return {
      events: rows.map(({ event }) => event).filter((event) => !EITHER.has(event)),
      packet: shapeOf(packet),
      // What the ears of each made of a remark may differ; what the decision was about may not.
      asked: packet.transcript.findLast(({ role }) => role === "caller")?.text,
    };
  } finally {
    await scene.close();
  }
}

/** A caller who was greeted, however each vendor shows it. */
async function meets(scene: Scene, assistant: RigAssistant): Promise<Handset> {
  const { rig } = scene;
  if (assistant === "vapi") return (await callerMeetsAssistant(scene)).caller;
  if (rig.retell !== undefined) return (await callerGreeted({ rig, retell: rig.retell }, PLAIN_NUMBER)).caller;
  return callerArrives(scene, { from: CALLER });
}

/** The announcement's end, or its deadline: whichever comes first moves the caller. */
const EITHER: ReadonlySet<string> = new Set(["time-passed", "line-ended"]);

/** There when the judging model was done by then, which is a matter of milliseconds. */
const JUDGED: ReadonlySet<string> = new Set(["confidence", "floor"]);

/** Names and types, without values: lists are what their entries are. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? "list" : [shapeOf(value[0])];
  if (typeof value !== "object" || value === null) return typeof value;
  const fields = Object.entries(value).filter(([name]) => !JUDGED.has(name));
  return Object.fromEntries(fields.map(([name, each]) => [name, shapeOf(each)]));
}

describe("one record, whoever runs the assistant", () => {
  test("our own, Vapi's over both ways, Retell's with either model", { timeout: 400_000 }, async () => {
    const ours = await recordOf("openai");
    for (const assistant of ["vapi", "vapi-websocket", "retell", "retell-llm"] as const) {
      const theirs = await recordOf(assistant);
      expect(theirs.asked, assistant).toEqual(ours.asked);
      expect(theirs.events.toSorted(), assistant).toEqual(ours.events.toSorted());
      expect(theirs.packet, assistant).toEqual(ours.packet);
    }
  });
});
