import { createHash } from "node:crypto";
import { EscalationId } from "../../src/domain/ids.ts";
import type { StoredPacket } from "../../src/ports/conversations.ts";
import { packetSchema } from "../../src/protocol/packet.ts";

const at = (second: number): string => new Date(Date.parse("2026-11-21T09:00:00Z") + second * 1_000).toISOString();

/** The dispute of the demo, as an agent would get it. */
export function samplePacket(escalation: string, version = 1, over: object = {}): StoredPacket {
  const packet = packetSchema.parse({
    escalationId: escalation,
    callId: `call-${escalation}`,
    version,
    createdAt: at(60 + version),
    caller: {
      ani: "+1 500 555 0123",
      name: "Ann Lee",
      customerId: "c-42",
      verification: [
        { method: "stir-shaken", result: "A", at: at(0) },
        { method: "ani-match", result: "pass", at: at(0) },
      ],
    },
    language: "en",
    intent: { name: "billing-dispute", summary: "Does not recognise a charge of $84.50 from QRS Trading." },
    trigger: {
      kind: "confidence",
      because: "The assistant is not sure enough of its answers (41 %, needed 60 %), also after searching again.",
      evidence: [2, 4],
      confidence: 0.41,
      floor: 0.6,
    },
    entities: { amount: "84.50", currency: "USD", merchant: "QRS Trading", cards: ["ending 4412"] },
    attempts: [
      { action: "find_transactions", result: "one charge of $84.50 from QRS Trading", at: at(20) },
      { action: "lookup_merchant", result: "no match", at: at(30) },
    ],
    writes: [],
    sources: [{ title: "Unrecognised charges", ref: "kb-17", at: at(35) }],
    sentiment: {
      now: 0.55,
      baseline: 0.2,
      slope: 0.08,
      series: [
        { turn: 0, value: 0.2 },
        { turn: 4, value: 0.55 },
      ],
    },
    suggestedNextAction: "Ask about Tuesday evening, then open the dispute with the caller.",
    transcript: [
      {
        role: "assistant",
        text: "Hello, you are speaking with an automated assistant. This call is transcribed to help you. How can I help?",
        at: at(0),
      },
      {
        role: "caller",
        text: "There is a charge of eighty four dollars and fifty cents on my card from a merchant I don't recognise.",
        at: at(8),
      },
      { role: "caller", text: "I still don't know what that is. Can you find out who charged me?", at: at(28) },
      { role: "assistant", text: "I could not match that merchant to a known business.", at: at(40) },
      { role: "caller", text: "That does not help. I want to talk to a real person please.", at: at(48) },
    ],
    history: [{ escalationId: "esc_0", at: "2026-09-02T10:00:00Z", outcome: "bridged", team: "general" }],
    hops: [],
    missing: [{ field: "transaction date", why: "the caller has not said it" }],
    completeness: 1,
    ...over,
  });
  const json = JSON.stringify(packet);
  return { escalation: EscalationId(escalation), version, hash: createHash("sha256").update(json).digest("hex"), json };
}
