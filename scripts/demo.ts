// npm run demo: one warm transfer on this machine, with real audio and no account: gateway, twins, caller and agent.
//   -- --json   one JSON object as the last line     -- --keep   stays up, to take the next call by hand
//   -- --hosted   Robin calls a number that Vapi hosts (with --assistant retell: Retell); its transfer brings her to our
//                 bridge number behind it
//   -- --assistant vapi | vapi-websocket | retell | retell-llm   the assistant is run by another vendor (its twin)
import { fileURLToPath } from "node:url";
import type { RigAssistant } from "../lab/rig/hosted-twins.ts";
import { startRig } from "../lab/rig/start-rig.ts";
import { RETELL_NUMBER } from "../lab/rig/retell-hosted-number.ts";
import { VAPI_NUMBER } from "../lab/rig/vapi-hosted-number.ts";
import { type Command, readCommandLine, refuse } from "./command-line.ts";
import { keepUp } from "./demo/keep-up.ts";
import { measure } from "./demo/measure.ts";
import { narrate } from "./demo/narrate.ts";
import { danaGetsReady, playDispute, type Said, wallClock } from "./demo/play-dispute.ts";
import { brokenPromises, type Packet, printBudget, printPacket, printRecord, type Row } from "./demo/print.ts";
import { reasonOf } from "./reason-of.ts";

const ASSISTANTS: Readonly<Record<RigAssistant, string>> = {
  openai: "Warmline's own assistant, on the twin of OpenAI's Realtime API",
  vapi: "an assistant of Vapi's, dialled over SIP (its twin)",
  "vapi-websocket": "an assistant of Vapi's, over its WebSocket transport (its twin)",
  retell: "an agent of Retell's, dialled over SIP (its twin)",
  "retell-llm": "an agent of Retell's with Warmline as its model (its twin)",
};

const COMMAND: Command = {
  name: "npm run demo",
  usage: `[-- --json] [--keep] [--hosted] [--assistant NAME]
  Plays one call on this machine, in real time, about a minute: no account and no service is needed.
  --json       nothing but one JSON object, as the last line
  --keep       stays up afterwards: take the next call by hand
  --hosted     the caller rings a number that Vapi hosts (with --assistant retell: Retell) and is transferred to ours
  --assistant  who runs the assistant: ${Object.keys(ASSISTANTS).join(", ")}
  Ends with 0 when everything held, with 1 when something did not.`,
};

const { values: flags } = readCommandLine(COMMAND, {
  options: {
    json: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
    assistant: { type: "string", default: "openai" },
    hosted: { type: "boolean", default: false },
  },
});
const assistant = rigAssistant(flags.assistant);
const say = (text: string): void => {
  if (!flags.json) console.log(text);
};

say(`One call is played on this machine, in real time: about a minute. The gateway is the real one, as its own process; the
carrier, the assistant's vendor and the bank behind it are twins on this machine, and so are the people. The assistant is
${flags.hosted ? `run by ${assistant === "retell" ? "Retell" : "Vapi"}, on a number of theirs` : ASSISTANTS[assistant]}.
`);
const root = fileURLToPath(new URL("..", import.meta.url));
const rig = await startRig({
  gateway: [process.execPath, "src/main.ts"],
  cwd: root,
  env: { LOG_LEVEL: process.env["LOG_LEVEL"] ?? "warn" },
  assistant,
  hostedNumber: flags.hosted,
}).catch((error: unknown) => {
  console.error(`npm run demo: it could not start: ${reasonOf(error)}`);
  process.exit(1);
});
try {
  process.exitCode = (await demo()) ? 0 : 1;
  if (flags.keep) await keepUp(rig);
} catch (error) {
  console.error(error);
  console.error(`\nThe gateway's last log lines:\n${rig.log.slice(-20).join("\n")}`);
  process.exitCode = 1;
} finally {
  await rig.close();
}
// Sockets of finished calls may linger for a moment; the work is done.
process.exit();

function rigAssistant(name: string): RigAssistant {
  const known = Object.keys(ASSISTANTS) as RigAssistant[];
  const found = known.find((each) => each === name);
  if (found === undefined) refuse(COMMAND, `--assistant ${name}: there is ${known.join(", ")}`);
  // Both of a vendor's ways are one number of theirs.
  if (flags.hosted && found !== "openai" && found !== "retell" && found !== "vapi")
    refuse(COMMAND, `--hosted --assistant ${found}: a hosted number is vapi's or retell's`);
  return found;
}

async function demo(): Promise<boolean> {
  const begun = wallClock();
  const tell = (text: string, at: number): void => say(`${seconds(at - begun)} s  ${text}`);
  const dana = await danaGetsReady(rig);
  tell("         > Dana of the disputes team sits at her desk, available. Robin calls.", wallClock());
  const said: Said[] = [];
  // Whoever only measures is not slowed down by it.
  const narration = flags.json ? undefined : narrate({ rig, seat: dana.seat, said }, tell);
  const played = await playDispute(rig, dana, { said, ...(flags.hosted && { number: hostedNumber() }) });
  narration?.stop();
  const about = `/api/escalations/${played.escalationId}`;
  const { items } = (await rig.api("GET", `${about}/timeline`)) as { items: readonly Row[] };
  const { trigger, handoff } = (await rig.api("GET", about)) as { trigger: string; handoff: { outcome: string } };
  const measured = measure(rig, played, items);
  const offer = played.seat.received.find(({ frame }) => frame.type === "offer");
  const packet = offer?.frame["packet"] as Packet;
  const broken = [
    ...brokenPromises(measured),
    ...(handoff.outcome === "bridged" ? [] : [`the call ended as ${handoff.outcome}`]),
  ];
  const held = broken.length === 0;
  if (flags.json) {
    const { timingsMs, silenceMaxMs } = measured;
    const { escalationId } = played;
    const call = { outcome: handoff.outcome, trigger, timingsMs, silenceMaxMs, packet };
    const checked = { packetCompleteness: packet.completeness, escalationId, invariants: held ? "held" : "broken" };
    console.log(JSON.stringify({ ...call, ...checked, ...(held ? {} : { broken }) }));
    return held;
  }
  printRecord(items, measured.decidedAt);
  printPacket(packet);
  printBudget(measured);
  conclude(`${handoff.outcome}, decided by ${trigger}`, broken);
  return held;
}

function conclude(outcome: string, broken: readonly string[]): void {
  if (broken.length === 0) {
    console.log(`\nEverything held. Outcome: ${outcome}.`);
    if (!flags.keep) console.log("To be Dana in the next call: npm run demo -- --keep");
    return;
  }
  console.log(`\nNOT everything held. Outcome: ${outcome}.`);
  for (const what of broken) console.log(`  ${what}`);
  console.log("On a machine that is busy with other work times are missed that it would keep alone: try again.");
}

function seconds(ms: number): string {
  return (Math.max(0, ms) / 1_000).toFixed(1).padStart(5);
}

function hostedNumber(): string {
  return assistant === "retell" ? RETELL_NUMBER : VAPI_NUMBER;
}
