import type { Rig } from "../../lab/rig/start-rig.ts";
import { assistantSaid, BUDGET_MS, type Measured, SILENCE_MAX_MS, type Stage } from "./measure.ts";

const WHAT: Record<Stage, string> = {
  reserved: "Dana is reserved (her desk says so)",
  packetPainted: "the packet is painted on her desk",
  initiated: "the carrier is asked to ring her",
  promised: "the assistant promises the team, aloud",
  ringing: "her phone rings",
  accepted: "she presses 1",
  bridged: "caller and agent are in one conference",
};

/** Each stage against its budget, in milliseconds from the decision. */
export function printBudget({ timingsMs, silenceMaxMs, misplaced }: Measured): void {
  console.log("\nThe budget, from the decision:");
  for (const [stage, limit] of Object.entries(BUDGET_MS) as [Stage, number][]) {
    const ms = timingsMs[stage];
    const seen = ms === undefined ? "not seen" : `${ms} ms`;
    console.log(
      `  ${mark(ms !== undefined && ms <= limit)} ${seen.padStart(10)} of ${String(limit).padStart(6)}  ${WHAT[stage]}`,
    );
  }
  const quiet = `${silenceMaxMs} ms`;
  console.log(
    `  ${mark(silenceMaxMs <= SILENCE_MAX_MS)} ${quiet.padStart(10)} of ${String(SILENCE_MAX_MS).padStart(6)}  the longest silence on the caller's line`,
  );
  console.log(
    `  ${mark(misplaced.length === 0)} voices are where they should be${misplaced.length === 0 ? "" : `: ${misplaced.join("; ")}`}`,
  );
}

const mark = (good: boolean): string => (good ? "held  " : "BROKEN");

type Packet = {
  readonly caller: {
    readonly name?: string;
    readonly ani: string;
    readonly verification: readonly { method: string; result: string }[];
  };
  readonly intent: { readonly name: string; readonly summary: string };
  readonly trigger: { readonly kind: string; readonly because: string };
  readonly entities: Readonly<Record<string, unknown>>;
  readonly attempts: readonly { readonly action: string; readonly result: string }[];
  readonly sources: readonly { readonly title: string }[];
  readonly suggestedNextAction: string;
  readonly transcript: readonly { readonly role: string; readonly text: string }[];
  readonly completeness: number;
  readonly missing: readonly { readonly field: string; readonly why: string }[];
};

/** What Dana had on her screen before her phone rang. */
export function printPacket(packet: Packet): void {
  const { caller } = packet;
  console.log("\nWhat Dana saw before her phone rang:");
  console.log(
    `  Who   ${caller.name ?? "unknown"} (${caller.verification.map(({ method, result }) => `${method}: ${result}`).join(", ")})`,
  );
  console.log(`  What  ${packet.intent.summary}`);
  console.log(`  Why   ${packet.trigger.kind}: ${packet.trigger.because}`);
  console.log(
    `  Facts ${
      Object.entries(packet.entities)
        .map(([name, value]) => `${name} ${String(value)}`)
        .join("; ") || "none named"
    }`,
  );
  for (const { action, result } of packet.attempts) console.log(`  Tried ${action}: ${result.slice(0, 100)}`);
  for (const { title } of packet.sources) console.log(`  Read  ${title}`);
  console.log(`  Next  ${packet.suggestedNextAction}`);
  console.log(`  ${packet.transcript.length} turns of transcript; completeness ${packet.completeness}`);
  for (const { field, why } of packet.missing) console.log(`  missing ${field}: ${why}`);
}

/** Prints what the assistant says as it says it. */
export function followAssistant(rig: Rig, tell: (line: string) => void): () => void {
  let told = 0;
  const timer = setInterval(() => {
    const lines = assistantSaid(rig);
    for (const { text } of lines.slice(told)) if (text !== "") tell(`Assistant: ${text}`);
    told = lines.length;
  }, 100);
  return () => clearInterval(timer);
}
