// A number that Retell hosts, with our bridge number behind it: its own transfer brings the caller to a person; its failed
// transfer leaves them with its assistant until the next one; and who comes unannounced is caught by our own assistant.
import { expect, test } from "vitest";
import { clip } from "../../lab/audio/clips.ts";
import { findVoice } from "../../lab/audio/find-voice.ts";
import type { RetellCall } from "../../lab/retell/call.ts";
import { TRANSFER_FAILED } from "../../lab/rig/retell-hosted-number.ts";
import { NUMBER } from "../../lab/rig/start-rig.ts";
import {
  asksForPerson,
  bridgeCalls,
  caseAfter,
  danaAccepts,
  danaFinishes,
  danaIsOffered,
  hostedScene,
  untilChoice,
} from "./hosted-number-scene.ts";
import { retellOf } from "./retell-scene.ts";
import { until } from "./scene.ts";

const opened = hostedScene("retell");
const retell = () => retellOf(opened());
const newest = (): RetellCall => {
  const call = [...retell().calls.values()].at(-1);
  if (call === undefined) throw new Error("Retell has no call");
  return call;
};
const transfers = () => retell().log.entries.filter(({ kind }) => kind === "transfer");

test(
  "its model asks for a person and transfers: the agent knows what was said there, and the two speak",
  { timeout: 90_000 },
  async () => {
    const scene = opened();
    const call = await danaIsOffered(scene);
    expect(call.offer["packet"]).toMatchObject({ trigger: { kind: "assistant-request" } });
    expect(newest().reason).toBe("call_transfer");
    expect(transfers().map(({ data }) => data["number"])).toEqual([NUMBER]);
    await danaAccepts(scene, call);
    await call.agent.say(clip("agent-intro").audio);
    await call.agent.say(clip("agent-look").audio);
    await danaFinishes(scene, call);
    expect(findVoice(call.caller.recording.heard.heard(), clip("agent-intro").audio).length).toBeGreaterThan(0);
    expect(bridgeCalls(scene)).toHaveLength(1);
    expect(scene.rig.log.join("\n")).toContain("has come to the bridge number");
  },
);

test(
  "its transfer fails: the caller stays with its assistant, asks again, and our own assistant catches them",
  { timeout: 90_000 },
  async () => {
    const scene = opened();
    const known = bridgeCalls(scene).length;
    retell().faults.transferRefused = true;
    const caller = await scene.calls("speak-to-human");
    const visit = newest();
    await until("the news of it", 15_000, () => visit.spoken.find(({ text }) => text === TRANSFER_FAILED));
    expect([visit.ongoing, bridgeCalls(scene).length]).toEqual([true, known]);
    retell().faults.transferRefused = false;
    await asksForPerson(caller);
    expect(await caseAfter(scene, 1)).toMatchObject({ trigger: "assistant-request" });
    await untilChoice(scene);
    expect([visit.reason, bridgeCalls(scene).length]).toEqual(["call_transfer", known + 1]);
  },
);

test(
  "the caller withholds their number: Retell dials the digits, and they are known by them",
  { timeout: 90_000 },
  async () => {
    const scene = opened();
    await scene.calls("speak-to-human", "anonymous");
    expect(await caseAfter(scene, 2)).toMatchObject({ trigger: "assistant-request" });
    const [tool] = transfers().slice(-1);
    expect(tool?.what).toBe("transfer_with_code");
  },
);

test(
  "the caller's number is not shown: nobody was expected, and our own assistant has an ordinary call",
  { timeout: 90_000 },
  async () => {
    const scene = opened();
    const { response_engine: engine } = [...retell().agents.values()][0] ?? {};
    if (engine?.type !== "retell-llm") throw new Error("the rig's agent is hosted");
    const [tool] = engine.transfers ?? [];
    if (tool === undefined) throw new Error("the rig's agent has its transfer");
    tool.transfer_option.show_transferee_as_caller = false;
    const sessions = scene.rig.openai.sessions.length;
    const caller = await scene.calls("speak-to-human");
    const session = await until("a session of ours", 20_000, () => scene.rig.openai.sessions[sessions]);
    await until("a greeting", 15_000, () => session.spoken[0]);
    await asksForPerson(caller);
    expect(await caseAfter(scene, 3)).toMatchObject({ trigger: "explicit-request" });
    tool.transfer_option.show_transferee_as_caller = true;
  },
);
