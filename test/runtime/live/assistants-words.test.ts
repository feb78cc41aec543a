import { beforeEach, expect, test } from "vitest";
import { EscalationId } from "../../../src/domain/ids.ts";
import { defaultPolicy } from "../../../src/escalation/policy.ts";
import type { CaseState } from "../../../src/handoff/state.ts";
import type { News } from "../../../src/ports/cases.ts";
import { Dialogue, type DialogueParts } from "../../../src/runtime/live/dialogue.ts";
import { readOwnCall } from "../../../src/runtime/live/own-tools.ts";
import { rulesOnly } from "../../../src/scoring/text-models.ts";
import { scoreText } from "../../../src/scoring/text-signals.ts";
import { createMemoryConversations } from "../../../src/stores/memory/conversations.ts";
import { fakeClock } from "../../stores/fake-clock.ts";
import { at, callerState, escalationPart, silentLog, target } from "../../stores/values.ts";

// What the assistant writes for the agent with its own tools reaches the agent: `summary` the packet, `reason` and `note`
// the case's notes; without card numbers.

const away = () => Promise.reject(new Error("away"));
const call = "c1" as never;
let conversations: ReturnType<typeof createMemoryConversations>;
let told: News[];
let dialogue: Dialogue;
beforeEach(() => {
  conversations = createMemoryConversations(() => []);
  told = [];
  let state: CaseState = callerState("c1");
  const side = {
    get state() {
      return state;
    },
    tell: async (news: News) => {
      told.push(news);
      const escalation = news.kind === "escalation-decided" ? news.escalation : EscalationId("opened-by-choice");
      state = callerState("c1", { escalation: escalationPart(escalation) });
    },
  };
  const deps = {
    conversations,
    clock: fakeClock(5_000),
    log: silentLog,
    hooks: {},
    ids: { escalation: () => EscalationId("e1") },
    numbers: { team: () => undefined },
    fastPath: {
      policy: () => defaultPolicy,
      read: (text: string, language: string, before: never) => scoreText(text, language, rulesOnly, before),
    },
  };
  const facts = {
    caseId: call,
    caller: { verification: [] },
    setup: { language: "en", target },
    profile: {},
    turns: [],
  };
  const turns = { last: () => [] };
  const parts = { deps, facts, side, turns, systemSpeaks: () => undefined, emergency: () => undefined };
  dialogue = new Dialogue(parts as unknown as DialogueParts);
});

const calls = (name: string, input: object): void => {
  const own = readOwnCall(name, JSON.stringify(input));
  if (own === undefined) throw new Error(`${name} is no own tool`);
  dialogue.ownTool(own);
};
const notesOf = async (escalation: string) =>
  (await conversations.notes(EscalationId(escalation))).map(({ kind, json }) => [kind, JSON.parse(json) as unknown]);
const summary = async (): Promise<string | undefined> => (await conversations.insight(call))?.summary;

test("the summary it asks for a person with is the packet's, and keeps what else is known", async () => {
  await conversations.saveInsight(call, { turn: 4, at: at(1_000), intent: "billing-dispute", summary: "older" });
  calls("escalate_to_human", { reason: "disputes a charge", summary: "Card 4111 1111 1111 1111 was charged twice." });
  await expect.poll(summary).toMatch(/^Card .* was charged twice\.$/u);
  expect(await summary()).not.toContain("1111");
  expect(await conversations.insight(call)).toMatchObject({ turn: 4, intent: "billing-dispute" });
  await expect.poll(() => notesOf("e1")).toEqual([["issue", { reason: "disputes a charge" }]]);
  expect(told).toMatchObject([{ kind: "escalation-decided", decision: { trigger: "assistant-request" } }]);
});

test("the note of a callback is kept with its case, and is the summary where there is none", async () => {
  calls("request_callback", { note: "Asks when the refund of card 4111 1111 1111 1111 comes." });
  await expect.poll(() => notesOf("opened-by-choice")).toMatchObject([["callback", { note: expect.any(String) }]]);
  expect(JSON.stringify(await notesOf("opened-by-choice"))).not.toContain("1111");
  await expect.poll(summary).toMatch(/^Asks when the refund/u);
});

test("a summary that is there is not replaced by a callback's note", async () => {
  await conversations.saveInsight(call, { turn: 4, at: at(1_000), summary: "A model's sentence." });
  calls("request_callback", { note: "the refund" });
  await expect.poll(() => notesOf("opened-by-choice")).toEqual([["callback", { note: "the refund" }]]);
  expect(await summary()).toBe("A model's sentence.");
});

test("a store that is away costs the words, not the person", async () => {
  Object.assign(conversations, { saveInsight: away, saveNote: away });
  calls("escalate_to_human", { reason: "r", summary: "s" });
  await expect.poll(() => told).toHaveLength(1);
});
