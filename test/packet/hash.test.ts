import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { CallId, EscalationId, QueueId } from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import { emptyCase } from "../../src/handoff/state.ts";
import { createPacketRoom } from "../../src/runtime/packet-room.ts";
import { createMemoryConversations } from "../../src/stores/memory/conversations.ts";
import { fakeClock } from "../stores/fake-clock.ts";
import { escalationPart } from "../stores/values.ts";
import { T0, turn } from "./facts.ts";

/** RFC 8785, written again: members by UTF-16 code units, no spaces, numbers and strings as ECMAScript writes them. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(",")}}`;
}

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

const caseId = CallId("CA1");
const state = {
  ...emptyCase,
  escalation: {
    ...escalationPart("e1"),
    target: { queue: QueueId("disputes"), skills: [], team: "our disputes team" },
    decision: {
      trigger: "confidence" as const,
      because: "The assistant is not sure enough.",
      evidence: [1],
      signals: { confidence: 0.41 },
      thresholds: { confidence: 0.6 },
      policyRevision: "r1",
    },
  },
};

function room() {
  const conversations = createMemoryConversations(() => []);
  const clock = fakeClock(T0);
  return { conversations, clock, room: createPacketRoom({ conversations, clock, insight: () => ({}) }) };
}

test("what is hashed is what is stored, and what a desk makes of it has the same hash (RFC 8785, SHA-256)", async () => {
  const { conversations, room: packets } = room();
  await conversations.saveTurn(caseId, turn(0, "caller", "Ünïcode “quotes”, \u0007 and a lone \ud800 half 😀"));
  const packet = await packets.current(caseId, state);
  expect(packet.hash).toBe(sha256(packet.json));
  const shown: unknown = JSON.parse(packet.json);
  expect(sha256(canonical(shown))).toBe(packet.hash);
  expect(await conversations.packet(EscalationId("e1"))).toEqual(packet);
});

test("the version rises only when something but the time has changed", async () => {
  const { conversations, clock, room: packets } = room();
  const first = await packets.current(caseId, state);
  clock.passTo(T0 + 5_000);
  expect(await packets.current(caseId, state)).toEqual(first);
  await conversations.saveTurn(caseId, turn(0, "caller", "one more thing"));
  const second = await packets.current(caseId, state);
  expect(second.version).toBe(first.version + 1);
  expect(second.hash).not.toBe(first.hash);
});

test("the packet holds what was judged, and a decision by confidence the numbers it was made with", async () => {
  const { conversations, room: packets } = room();
  await conversations.saveInsight(caseId, {
    turn: 3,
    at: EpochMs(T0),
    intent: "unrecognised-charge",
    summary: "Who took 84.50?",
    entities: { merchant: "QRS TRADING" },
    suggestedNextAction: "Open a dispute.",
    confidence: 0.9,
    floor: 0.7,
  });
  const { json } = await packets.current(caseId, state);
  expect(JSON.parse(json)).toMatchObject({
    intent: { name: "unrecognised-charge", summary: "Who took 84.50?" },
    entities: { merchant: "QRS TRADING" },
    suggestedNextAction: "Open a dispute.",
    trigger: { kind: "confidence", confidence: 0.41, floor: 0.6 },
  });
  expect(await packets.whisper(EscalationId("e1"))).toContain("Who took 84.50?");
});
