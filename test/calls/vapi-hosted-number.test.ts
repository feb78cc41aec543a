// A number that Vapi hosts, with our bridge number behind it: the transfer we order brings the caller to a person, also one
// who shows no number; where Vapi does not take the order, the caller stays with its assistant until the next one.
import { expect, test } from "vitest";
import { clip } from "../../lab/audio/clips.ts";
import { NUMBER } from "../../lab/rig/start-rig.ts";
import {
  bridgeCalls,
  caseAfter,
  danaAccepts,
  danaFinishes,
  danaIsOffered,
  hostedScene,
  untilChoice,
} from "./hosted-number-scene.ts";
import { until } from "./scene.ts";
import { twinOf } from "./vapi-call.ts";

const opened = hostedScene("vapi");
const vapi = () => twinOf(opened());
const transfers = () => vapi().controls.filter(({ message }) => message["type"] === "transfer");

test(
  "its assistant asks for a person: the agent knows what was said there, and the two are joined",
  { timeout: 90_000 },
  async () => {
    const scene = opened();
    const call = await danaIsOffered(scene);
    expect(transfers().map(({ message }) => message["destination"])).toEqual([
      { type: "number", number: NUMBER, message: "" },
    ]);
    await danaAccepts(scene, call);
    expect(vapi().all.at(-1)?.record.endedReason).toBe("assistant-forwarded-call");
    await danaFinishes(scene, call);
  },
);

test(
  "Vapi does not take the order: the caller, who shows no number, stays; the next order brings them, known by digits",
  { timeout: 90_000 },
  async () => {
    const scene = opened();
    const known = bridgeCalls(scene).length;
    vapi().faults.controlStatus = 500;
    const caller = await scene.calls("speak-to-human", "anonymous");
    const refused = await until("the refused order", 15_000, () => transfers().find(({ status }) => status === 500));
    const call = vapi().all.at(-1);
    expect([call?.over, bridgeCalls(scene).length]).toEqual([false, known]);
    vapi().faults.controlStatus = 0;
    await caller.say(clip("speak-to-human").audio);
    expect(await caseAfter(scene, 1)).toMatchObject({ trigger: "assistant-request" });
    await untilChoice(scene);
    expect(bridgeCalls(scene)).toHaveLength(known + 1);
    expect(JSON.stringify(refused.message)).toMatch(/"extension":"\d{6}"/u);
  },
);
