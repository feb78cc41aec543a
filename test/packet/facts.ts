import type { PacketFacts } from "../../src/packet/build-packet.ts";
import { EpochMs } from "../../src/domain/time.ts";
import type { Turn } from "../../src/turns/turn.ts";

export const T0 = Date.parse("2026-11-21T09:00:00Z");

export const turn = (index: number, role: Turn["role"], text: string): Turn => ({
  index,
  role,
  text,
  at: EpochMs(T0 + index * 1_000),
});

/** A dispute in which everything is known. */
export const facts = (over: Partial<PacketFacts> = {}): PacketFacts => ({
  escalationId: "esc-1",
  callId: "CA1",
  version: 1,
  createdAt: EpochMs(T0 + 60_000),
  language: "en",
  caller: {
    ani: "+14155550142",
    name: "Robin Keller",
    verification: [{ method: "ani-match", result: "matches one customer", at: EpochMs(T0) }],
  },
  trigger: { kind: "confidence", because: "The assistant is not sure enough.", evidence: [3] },
  turns: [
    turn(0, "assistant", "How can I help?"),
    turn(1, "caller", "There is a charge of $84.50 on my card that I don't know"),
    turn(2, "assistant", "I could not find out who that is."),
  ],
  runs: [
    {
      name: "search_knowledge",
      kind: "search",
      at: EpochMs(T0 + 1_500),
      ok: true,
      result: "one article",
      sources: [{ title: "Unrecognised charges", ref: "kb/1" }],
    },
    { name: "draft_dispute", kind: "write", at: EpochMs(T0 + 1_800), ok: true, result: "dsp_1" },
  ],
  history: [],
  hops: [],
  insight: {
    intent: "unrecognised-charge",
    summary: "Does not recognise a charge of $84.50.",
    suggestedNextAction: "Open a dispute.",
    confidence: 0.41,
    floor: 0.6,
    sentiment: { now: -0.2, baseline: 0, slope: -0.1, series: [{ turn: 1, value: -0.2 }] },
  },
  ...over,
});
