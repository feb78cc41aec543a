import { describe, expect, test } from "vitest";
import { Fault } from "../../src/domain/fault.ts";
import { CallId } from "../../src/domain/ids.ts";
import type { CaseState } from "../../src/handoff/state.ts";
import type { Conversations } from "../../src/ports/conversations.ts";
import { createPacketRoom } from "../../src/runtime/packet-room.ts";
import { createMemoryConversations } from "../../src/stores/memory/conversations.ts";
import { turn } from "../packet/facts.ts";
import { fakeClock } from "../stores/fake-clock.ts";
import { callerState, escalationPart } from "../stores/values.ts";

const caseId = CallId("c1");
const escalation = escalationPart("e1");
const state: CaseState = callerState("c1", { escalation });
/** The same case after the commit of the reservation. */
const reserved: CaseState = { ...state, escalation: { ...escalation } };

async function open(over: Partial<Conversations> = {}) {
  const conversations = createMemoryConversations(() => []);
  await conversations.saveTurn(caseId, turn(0, "caller", "a person please"));
  let looks = 0;
  const packetParts: Conversations["packetParts"] = (about) => {
    looks += 1;
    return over.packetParts ? over.packetParts(about) : conversations.packetParts(about);
  };
  const clock = fakeClock(1_000);
  const room = createPacketRoom({
    conversations: { ...conversations, packetParts },
    clock,
    insight: () => ({}),
  });
  return { conversations, clock, room, looks: () => looks };
}

const transcript = ({ json }: { readonly json: string }): readonly string[] =>
  JSON.parse(json).transcript.map(({ text }: { text: string }) => text);

describe("a packet that was made while the reservation was stored", () => {
  test("is the one the card shows, and is stored", async () => {
    const { conversations, room, looks } = await open();
    room.ahead(caseId, state);
    const packet = await room.current(caseId, reserved);
    expect(looks()).toBe(1);
    expect(await conversations.packet(packet.escalation)).toEqual(packet);
  });

  test("is taken once: the next one has what was said meanwhile", async () => {
    const { conversations, room } = await open();
    room.ahead(caseId, state);
    await room.current(caseId, reserved);
    await conversations.saveTurn(caseId, turn(1, "caller", "it is about my card"));
    expect(transcript(await room.current(caseId, reserved))).toEqual(["a person please", "it is about my card"]);
  });

  test("is not taken when something was learned since", async () => {
    const { conversations, room } = await open();
    room.ahead(caseId, state);
    await conversations.saveTurn(caseId, turn(1, "caller", "it is about my card"));
    room.changed(caseId);
    expect(transcript(await room.current(caseId, reserved))).toEqual(["a person please", "it is about my card"]);
  });

  test("is not taken for another decision, for another team, or half a second later", async () => {
    const { clock, room, looks } = await open();
    const others: readonly CaseState[] = [
      { ...state, escalation: { ...escalation, decision: { ...escalation.decision, because: "danger" } } },
      { ...state, escalation: { ...escalation, target: { ...escalation.target, team: "another team" } } },
    ];
    for (const other of others) {
      const before = looks();
      room.ahead(caseId, state);
      await room.current(caseId, other);
      expect(looks() - before).toBe(2);
    }
    const before = looks();
    room.ahead(caseId, state);
    clock.advance(501);
    await room.current(caseId, reserved);
    expect(looks() - before).toBe(2);
  });

  test("is made anew where it could not be made", async () => {
    const away = new Fault("store-away", { blame: "store", retryable: true });
    let refused = false;
    const memory = createMemoryConversations(() => []);
    const { room } = await open({
      packetParts: (about) => {
        if (refused) return memory.packetParts(about);
        refused = true;
        return Promise.reject(away);
      },
    });
    room.ahead(caseId, state);
    expect((await room.current(caseId, reserved)).version).toBe(1);
  });
});

const roomOver = (conversations: Conversations) =>
  createPacketRoom({ conversations, clock: fakeClock(1_000), insight: () => ({}) });

test("a version that another node stored in the same moment is not shown as another: the next one is made", async () => {
  const memory = createMemoryConversations(() => []);
  const [read, stored] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = roomOver({
    ...memory,
    packetParts: async (about) => {
      const parts = await memory.packetParts(about);
      read.resolve();
      await stored.promise;
      return parts;
    },
  });
  const quick = roomOver(memory);
  await memory.saveTurn(caseId, turn(0, "caller", "a person please"));
  await quick.current(caseId, state);
  await memory.saveTurn(caseId, turn(1, "caller", "it is about my card"));
  const late = slow.current(caseId, state);
  await read.promise;
  await memory.saveTurn(caseId, turn(2, "caller", "and my account"));
  expect((await quick.current(caseId, state)).version).toBe(2);
  stored.resolve();
  const shown = await late;
  expect(await memory.packet(shown.escalation, shown.version)).toEqual(shown);
  expect(transcript(shown)).toEqual(["a person please", "it is about my card", "and my account"]);
});
