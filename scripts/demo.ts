// npm run demo: one warm transfer on this machine, with real audio and no account: gateway, twins, caller and agent.
//   -- --json   one JSON object as the last line     -- --keep   stays up, to take the next call by hand
//   -- --hosted   Robin calls a number that Vapi hosts (with --assistant retell: Retell); its transfer brings her to our
//                 bridge number behind it
//   -- --assistant vapi | vapi-websocket | retell | retell-llm   the assistant is run by another vendor (its twin)
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { RigAssistant } from "../lab/rig/hosted-twins.ts";
import { startRig } from "../lab/rig/start-rig.ts";
import { RETELL_NUMBER } from "../lab/rig/retell-hosted-number.ts";
import { VAPI_NUMBER } from "../lab/rig/vapi-hosted-number.ts";
import { keepUp } from "./demo/keep-up.ts";
import { BUDGET_MS, measure, type Measured, SILENCE_MAX_MS, type Stage } from "./demo/measure.ts";
import { playDispute, wallClock } from "./demo/play-dispute.ts";
import { followAssistant, printBudget, printPacket } from "./demo/print.ts";

const { values: flags } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
    assistant: { type: "string", default: "openai" },
    hosted: { type: "boolean", default: false },
  },
});

const root = fileURLToPath(new URL("..", import.meta.url));
const rig = await startRig({
  gateway: [process.execPath, "src/main.ts"],
  cwd: root,
  env: { LOG_LEVEL: process.env["LOG_LEVEL"] ?? "warn" },
  assistant: rigAssistant(flags.assistant),
  hostedNumber: flags.hosted,
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
  const known: readonly RigAssistant[] = ["openai", "vapi", "vapi-websocket", "retell", "retell-llm"];
  const found = known.find((each) => each === name);
  if (found === undefined) throw new Error(`--assistant ${name}: there is ${known.join(", ")}`);
  return found;
}

function hostedNumber(): string {
  return flags.assistant === "retell" ? RETELL_NUMBER : VAPI_NUMBER;
}

async function demo(): Promise<boolean> {
  const begun = wallClock();
  const tell = (line: string): void => {
    if (!flags.json) console.log(`${((wallClock() - begun) / 1_000).toFixed(1).padStart(6)} s  ${line}`);
  };
  tell("Robin calls. The assistant answers; Dana of the disputes team sits at her desk.");
  const unfollow = followAssistant(rig, tell);
  const played = await playDispute(rig, tell, flags.hosted ? hostedNumber() : undefined);
  unfollow();
  const { items } = (await rig.api("GET", `/api/escalations/${played.escalationId}/timeline`)) as {
    items: { at: string; event: string; state: string; cause: string; actor: string }[];
  };
  const escalation = (await rig.api("GET", `/api/escalations/${played.escalationId}`)) as {
    trigger: string;
    handoff: { outcome: string };
  };
  const measured = measure(rig, played, items);
  const offer = played.seat.received.find(({ frame }) => frame.type === "offer");
  const packet = offer?.frame["packet"] as Parameters<typeof printPacket>[0];
  const held = holds(measured) && escalation.handoff.outcome === "bridged";
  if (flags.json) {
    console.log(
      JSON.stringify({
        outcome: escalation.handoff.outcome,
        trigger: escalation.trigger,
        timingsMs: measured.timingsMs,
        silenceMaxMs: measured.silenceMaxMs,
        packet,
        packetCompleteness: packet.completeness,
        escalationId: played.escalationId,
        invariants: held ? "held" : "broken",
      }),
    );
    return held;
  }
  console.log("\nThe case's record:");
  for (const { at, event, state, actor } of items) {
    console.log(
      `  ${String(Date.parse(at) - measured.decidedAt).padStart(7)} ms  ${event.padEnd(20)} → ${state.padEnd(12)} (${actor})`,
    );
  }
  printPacket(packet);
  printBudget(measured);
  console.log(
    `\n${held ? "Everything held." : "NOT everything held."} Outcome: ${escalation.handoff.outcome}, decided by ${escalation.trigger}.`,
  );
  return held;
}

/** A stage that was not observed fails as well as one that was late; painted comes before ringing. */
function holds({ timingsMs, silenceMaxMs, misplaced }: Measured): boolean {
  const late = (Object.entries(BUDGET_MS) as [Stage, number][]).some(([stage, limit]) => {
    const ms = timingsMs[stage];
    return ms === undefined || ms > limit;
  });
  const paintedFirst = (timingsMs.packetPainted ?? Infinity) <= (timingsMs.ringing ?? 0);
  return !late && paintedFirst && silenceMaxMs <= SILENCE_MAX_MS && misplaced.length === 0;
}
