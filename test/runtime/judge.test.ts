import { expect, test } from "vitest";
import { EpochMs } from "../../src/domain/time.ts";
import { defaultPolicy } from "../../src/escalation/policy.ts";
import { Judge } from "../../src/runtime/live/judge.ts";
import { rulesOnly } from "../../src/scoring/text-models.ts";
import { scoreText } from "../../src/scoring/text-signals.ts";
import type { Speaker, Turn } from "../../src/turns/turn.ts";

const START = EpochMs(0);
const fastPath = {
  policy: () => defaultPolicy,
  read: (text: string, language: string) => scoreText(text, language, rulesOnly),
};

const begin = (told = ""): Judge => new Judge(fastPath, { language: "en", startedAt: START, told });
const turn = (index: number, role: Speaker, text: string): Turn => ({ index, role, text, at: EpochMs(index * 1_000) });
const lookUp = (judge: Judge, index: number, result: string): void =>
  void judge.tool({ name: "charges", kind: "read", at: EpochMs(index * 1_000), ok: true, result });
const nothing = { earlierCallerTexts: [] };

test("an answer with an amount that nothing bears out is looked up again first, a second one is decided by confidence", () => {
  const judge = begin();
  judge.callerTurn(turn(0, "caller", "what was I charged by the garage"), nothing, undefined);
  lookUp(judge, 0, '{"amount": 84.5}');
  expect(judge.assistantTurn(turn(1, "assistant", "The garage charged you $84.50."))).toBeUndefined();
  expect(judge.assistantTurn(turn(3, "assistant", "And a fee of $19.20."))).toMatchObject({
    escalate: false,
    reGround: { turn: 3, floor: 0.6 },
  });
  judge.searchedAgain();
  lookUp(judge, 4, '{"amount": 84.5}');
  expect(judge.assistantTurn(turn(5, "assistant", "The fee was $19.20."))).toMatchObject({
    escalate: true,
    trigger: "confidence",
    evidence: [3, 5],
    signals: { answersBelowFloor: 2, reGrounds: 1 },
  });
});

test("the deep path's better opinion of the same answer does not take the finding back, and does not count twice", () => {
  const judge = begin();
  judge.callerTurn(turn(0, "caller", "what was I charged by the garage"), nothing, undefined);
  lookUp(judge, 0, '{"amount": 84.5}');
  judge.assistantTurn(turn(1, "assistant", "A fee of $19.20."));
  const fine = {
    groundedness: 1,
    factualAccuracy: 1,
    policyCompliance: 1,
    relevance: 1,
    completeness: 1,
    tone: 1,
    certainty: 1,
  };
  const decision = judge.evaluated({ turn: 1, at: EpochMs(2_000), scores: fine });
  expect(decision).toMatchObject({ escalate: false, reGround: { turn: 1, confidence: 0.5 } });
});

test("amounts of the instructions, of the caller, and of a call that comes back are nobody's invention", () => {
  const judge = begin("A replacement card costs 15 dollars.");
  judge.replay([turn(0, "caller", "hello"), turn(1, "assistant", "The garage charged you $19.20.")]);
  judge.callerTurn(turn(2, "caller", "and the 310 dollars"), nothing, undefined);
  lookUp(judge, 2, '{"amount": 84.5}');
  const said = "A card costs $15, the garage charged $19.20, and you asked about $310.";
  expect(judge.assistantTurn(turn(3, "assistant", said))).toBeUndefined();
});

const vip = { queue: "general" };
const ownIntents = { ...defaultPolicy, customIntents: { vip, press: vip } };
const readOwn = (text: string): ReturnType<typeof scoreText> => ({
  ...scoreText(text, "en", rulesOnly),
  customIntents: { vip: text === "platinum desk" ? 1 : 0, press: text === "newspaper" ? 1 : 0 },
});

test("an intent of the admin's own that the caller declined is not raised again, and hides no other", () => {
  const judge = new Judge({ policy: () => ownIntents, read: readOwn }, { language: "en", startedAt: START });
  const { decision } = judge.callerTurn(turn(0, "caller", "platinum desk"), nothing, undefined);
  if (!decision.escalate) throw new Error("the admin's own intent does not escalate");
  expect(decision.policyRevision).toBe("default");
  judge.declined(decision, EpochMs(500));
  expect(judge.callerTurn(turn(2, "caller", "platinum desk"), nothing, undefined).decision.escalate).toBe(false);
  expect(judge.callerTurn(turn(4, "caller", "newspaper"), nothing, undefined).decision.escalate).toBe(true);
});

test("an assistant whose memory is nearly full hands over by context-limit", () => {
  const judge = begin();
  judge.callerTurn(turn(0, "caller", "and then"), nothing, undefined);
  expect(judge.contextUsed(EpochMs(1_000), 0.5)).toMatchObject({ escalate: false });
  expect(judge.contextUsed(EpochMs(2_000), 0.93)).toMatchObject({
    escalate: true,
    trigger: "context-limit",
    signals: { contextShare: 0.93 },
    thresholds: { contextShare: 0.9 },
  });
});
