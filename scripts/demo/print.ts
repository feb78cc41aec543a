import { BUDGET_MS, type Measured, SILENCE_MAX_MS, type Stage } from "./measure.ts";

const WHAT: Record<Stage, string> = {
  reserved: "Dana is reserved, and her desk says so",
  packetPainted: "the card is painted on her desk",
  initiated: "the carrier is asked to ring her",
  promised: "the assistant names the team to Robin, aloud",
  ringing: "her phone rings",
  accepted: "she presses 1",
  bridged: "Robin and Dana are in one conference",
};

/** What did not hold, as sentences; empty when everything did. A stage that was not observed is as bad as a late one. */
export function brokenPromises({ timingsMs, silenceMaxMs, misplaced }: Measured): readonly string[] {
  const stages = (Object.entries(BUDGET_MS) as [Stage, number][]).flatMap(([stage, limit]) => {
    const ms = timingsMs[stage];
    if (ms === undefined) return [`${stage} was not seen`];
    return ms > limit ? [`${stage} came after ${ms} ms, at most ${limit} are allowed`] : [];
  });
  const { packetPainted = Infinity, ringing = 0 } = timingsMs;
  return [
    ...stages,
    ...(packetPainted > ringing ? ["the phone rang before the card was painted"] : []),
    ...(silenceMaxMs > SILENCE_MAX_MS
      ? [`nobody could be heard on Robin's line for ${silenceMaxMs} ms, at most ${SILENCE_MAX_MS} are allowed`]
      : []),
    ...misplaced,
  ];
}

/** Each stage against its budget, in milliseconds from the decision. */
export function printBudget(measured: Measured): void {
  const { timingsMs, silenceMaxMs, misplaced } = measured;
  console.log("\nThe budget: milliseconds from the decision that a person is needed, measured where it happened.");
  console.log("               took   at most");
  for (const [stage, limit] of Object.entries(BUDGET_MS) as [Stage, number][])
    row(timingsMs[stage], limit, WHAT[stage]);
  row(silenceMaxMs, SILENCE_MAX_MS, "the longest time without a voice on Robin's line");
  console.log(
    `  ${mark(misplaced.length === 0)}                    nobody heard a voice that was not for them, or missed one`,
  );
  for (const what of misplaced) console.log(`           ${what}`);
}

function row(ms: number | undefined, limit: number, what: string): void {
  const seen = ms === undefined ? "not seen" : String(ms);
  const good = ms !== undefined && ms <= limit;
  console.log(`  ${mark(good)} ${seen.padStart(10)} ${String(limit).padStart(8)}  ${what}`);
}

const mark = (good: boolean): string => (good ? "held  " : "BROKEN");

export type Row = {
  readonly at: string;
  readonly event: string;
  readonly state: string;
  readonly actor: string;
};

/** The case as the gateway has stored it. */
export function printRecord(rows: readonly Row[], decidedAt: number): void {
  console.log("\nThe case as it is stored: each event, the state it led to, and who it came from.");
  for (const { at, event, state, actor } of rows) {
    const ms = String(Date.parse(at) - decidedAt).padStart(7);
    console.log(`  ${ms} ms  ${event.padEnd(19)} → ${state.padEnd(12)} ${actor}`);
  }
}

export type Packet = {
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
  const { caller, transcript, completeness } = packet;
  const proofs = caller.verification.map(({ method, result }) => `${method}: ${result}`).join(", ");
  const facts = Object.entries(packet.entities).map(([name, value]) => `${name} ${String(value)}`);
  console.log("\nWhat Dana had on her screen before her phone rang:");
  line("Who", `${caller.name ?? "unknown"}, ${caller.ani} (${proofs || "not verified"})`);
  line("What", packet.intent.summary);
  line("Why", `${packet.trigger.kind}: ${packet.trigger.because}`);
  line("Facts", facts.join("; ") || "none named");
  // The same search twice is one line to a reader.
  const tried = new Set(packet.attempts.map(({ action, result }) => `${action}: ${short(result)}`));
  for (const attempt of tried) line("Tried", attempt);
  for (const { title } of packet.sources) line("Read", title);
  line("Do next", packet.suggestedNextAction);
  const whole = completeness === 1 ? "complete" : `${Math.round(completeness * 100)} % complete`;
  line("Turns", `${transcript.length} of the conversation; the packet is ${whole}`);
  for (const { field, why } of packet.missing) line("Missing", `${field}: ${why}`);
}

const line = (name: string, text: string): void => console.log(`  ${name.padEnd(8)} ${text}`);

const SHORT = 100;
const short = (text: string): string =>
  text.length > SHORT ? `${text.slice(0, SHORT).replace(/\s+\S*$/u, "")} …` : text;
