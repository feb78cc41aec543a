import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { POLICY_INTENTS, TRIGGERS, type Trigger } from "../../src/domain/closed-sets.ts";
import { EpochMs } from "../../src/domain/time.ts";
import {
  afterAssistantFailure,
  afterContextUse,
  afterDecline,
  afterReGround,
  afterRequest,
  afterReturn,
  afterSilence,
  afterTool,
  type Conversation,
} from "../../src/escalation/conversation.ts";
import { decideEscalation } from "../../src/escalation/decide-escalation.ts";
import { defaultPolicy } from "../../src/escalation/policy.ts";
import { assistant, caller, fresh, growing, judged } from "./conversations.ts";

const SOON = EpochMs(60_000);
const decide = (conversation: Conversation, at = SOON) => decideEscalation(conversation, defaultPolicy, at);
const triggerOf = (conversation: Conversation, at = SOON): Trigger | undefined => {
  const decision = decide(conversation, at);
  return decision.escalate ? decision.trigger : undefined;
};
const failedTool = (conversation: Conversation): Conversation =>
  afterTool(conversation, { name: "refund", kind: "write", ok: false, at: SOON });

const requested = (trigger: "assistant-request" | "api" | "policy-exception"): Conversation =>
  afterRequest(caller(fresh()), { trigger, because: "Asked for by a test.", at: SOON });
const silent = (times: number): Conversation =>
  Array.from({ length: times }).reduce<Conversation>(
    (c) => afterSilence(c, { at: SOON, ms: 9_000 }),
    assistant(fresh()),
  );
const lost = (times: number): Conversation =>
  Array.from({ length: times }).reduce<Conversation>((c) => assistant(caller(c, { confusion: 0.8 })), fresh());
const rejected = (times: number): Conversation =>
  Array.from({ length: times }).reduce<Conversation>(
    (c) => assistant(caller(c, { text: "no that's not what I asked" })),
    fresh(),
  );
const long = (turns: number): Conversation =>
  Array.from({ length: turns }).reduce<Conversation>((c) => assistant(caller(c)), fresh());

describe("each trigger fires on what it stands for, and not before", () => {
  const rows: readonly (readonly [Trigger, Conversation, Conversation])[] = [
    ["explicit-request", caller(fresh(), { explicitRequest: 0.5 }), caller(fresh(), { explicitRequest: 0.49 })],
    ["policy-intent", caller(fresh(), { intents: { fraud: 0.5 } }), caller(fresh(), { intents: { fraud: 0.49 } })],
    ["distress", caller(fresh(), { distress: 0.7 }), caller(fresh(), { distress: 0.69 })],
    ["confusion", lost(3), lost(2)],
    ["sentiment", growing([0.1, 0.1, 0.5, 0.9]), growing([0.9, 0.8, 0.8, 0.9])],
    ["failed-turns", rejected(3), rejected(2)],
    ["tool-failure", failedTool(failedTool(caller(fresh()))), failedTool(caller(fresh()))],
    ["silence", silent(2), silent(1)],
    ["context-limit", afterContextUse(caller(fresh()), 0.9), afterContextUse(caller(fresh()), 0.89)],
    ["long-conversation", long(40), long(39)],
    ["assistant-failure", afterAssistantFailure(caller(fresh()), { at: SOON, because: "No answer." }), caller(fresh())],
    ["assistant-request", requested("assistant-request"), caller(fresh())],
    ["api", requested("api"), caller(fresh())],
    ["policy-exception", requested("policy-exception"), caller(fresh())],
    [
      "confidence",
      judged(assistant(afterReGround(judged(assistant(caller(fresh())), 0.3))), 0.3),
      judged(assistant(caller(fresh())), 0.3),
    ],
  ];

  test.each(rows)("%s", (trigger, enough, notEnough) => {
    expect(triggerOf(enough)).toBe(trigger);
    expect(triggerOf(notEnough)).toBeUndefined();
  });

  test("every trigger there is has its row", () => {
    expect(rows.map(([trigger]) => trigger).toSorted()).toEqual([...TRIGGERS].toSorted());
  });
});

describe("an explicit request", () => {
  test("wins over whatever else fires, in that very turn (H3)", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        fc.dictionary(fc.constantFrom(...POLICY_INTENTS), fc.double({ min: 0, max: 1, noNaN: true })),
        fc.array(fc.constantFrom("tool", "silence", "failure", "context", "request", "low"), { maxLength: 8 }),
        fc.array(fc.constantFrom(...TRIGGERS), { maxLength: 4 }),
        (explicitRequest, intents, events, declined) => {
          let conversation = assistant(caller(fresh()));
          for (const event of events) {
            if (event === "tool") conversation = failedTool(conversation);
            if (event === "silence") conversation = afterSilence(conversation, { at: SOON, ms: 60_000 });
            if (event === "failure") conversation = afterAssistantFailure(conversation, { at: SOON, because: "x" });
            if (event === "context") conversation = afterContextUse(conversation, 1);
            if (event === "low") conversation = judged(assistant(conversation), 0);
            if (event === "request")
              conversation = afterRequest(conversation, { trigger: "assistant-request", because: "x", at: SOON });
          }
          for (const trigger of declined) conversation = afterDecline(conversation, { trigger, at: SOON });
          conversation = caller(conversation, { explicitRequest, intents, distress: 1, frustration: 1 });
          const decision = decide(conversation);
          expect(decision).toMatchObject({ escalate: true, trigger: "explicit-request" });
          if (decision.escalate) expect(decision.evidence).toContain(conversation.lastTurn);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("by key counts like one by words", () => {
    const keyed = afterRequest(caller(fresh()), {
      trigger: "explicit-request",
      because: "The caller pressed 1.",
      at: SOON,
    });
    expect(decide(keyed)).toMatchObject({ trigger: "explicit-request", because: "The caller pressed 1." });
  });

  test("is not forgotten when nobody asked in its turn", () => {
    const asked = assistant(caller(fresh(), { explicitRequest: 0.9 }));
    expect(triggerOf(caller(asked))).toBe("explicit-request");
  });

  test("is taken back by a decline, and a new one counts again", () => {
    const asked = caller(fresh(), { explicitRequest: 0.9 });
    const declined = afterDecline(asked, { trigger: "explicit-request", at: SOON });
    expect(triggerOf(caller(declined))).toBeUndefined();
    expect(triggerOf(caller(caller(declined), { explicitRequest: 0.9 }))).toBe("explicit-request");
  });
});

describe("after a decline", () => {
  const declinedFraud = afterDecline(caller(fresh(), { intents: { fraud: 0.9 } }), {
    trigger: "policy-intent",
    at: SOON,
    policyIntent: "fraud",
  });
  const LATER = EpochMs(SOON + defaultPolicy.decline.coolDownMs);

  test("the same trigger is not raised again in the same intent, however much later", () => {
    expect(triggerOf(caller(declinedFraud, { intents: { fraud: 0.9 } }), EpochMs(LATER * 2))).toBeUndefined();
    expect(triggerOf(caller(declinedFraud, { intents: { hardship: 0.9 } }))).toBe("policy-intent");
  });

  test("another soft trigger waits for the cool-down", () => {
    const failing = failedTool(failedTool(caller(declinedFraud)));
    expect(triggerOf(failing, EpochMs(LATER - 1))).toBeUndefined();
    expect(triggerOf(failing, LATER)).toBe("tool-failure");
  });

  test("danger to life is named again", () => {
    const declined = afterDecline(caller(fresh(), { intents: { "self-harm": 0.9 } }), {
      trigger: "policy-intent",
      at: SOON,
      policyIntent: "self-harm",
    });
    expect(decide(caller(declined, { intents: { "self-harm": 0.9 } }))).toMatchObject({
      escalate: true,
      emergency: true,
    });
  });

  test("a new intent starts afresh", () => {
    const first = judged(assistant(failedTool(failedTool(caller(fresh())))), 0.9, "refund");
    const declined = afterDecline(first, { trigger: "tool-failure", at: SOON });
    const again = failedTool(failedTool(caller(declined)));
    expect(triggerOf(again, LATER)).toBeUndefined();
    expect(triggerOf(failedTool(failedTool(caller(judged(assistant(declined), 0.9, "address")))), LATER)).toBe(
      "tool-failure",
    );
  });
});

describe("danger to life", () => {
  test("marks an explicit request beside it as an emergency", () => {
    const decision = decide(caller(fresh(), { explicitRequest: 0.9, intents: { "self-harm": 0.9 } }));
    expect(decision).toMatchObject({ trigger: "explicit-request", emergency: true, priority: "urgent" });
  });

  test("by others or by illness is one, whatever the caller declined before", () => {
    const danger = { danger: true as const, distress: 0.98 };
    expect(decide(caller(fresh(), danger))).toMatchObject({ trigger: "distress", emergency: true, priority: "urgent" });
    const declined = afterDecline(caller(fresh(), { distress: 0.9 }), { trigger: "distress", at: SOON });
    expect(triggerOf(caller(declined, { distress: 0.9 }))).toBeUndefined();
    expect(decide(caller(declined, danger))).toMatchObject({ trigger: "distress", emergency: true });
  });

  test("is one whatever was asked for in an earlier turn, and however little distress an admin listens to", () => {
    const danger = { danger: true as const, distress: 0.98 };
    for (const earlier of [{ explicitRequest: 0.9 }, { intents: { fraud: 0.99 } }, { distress: 0.9 }]) {
      const both = caller(caller(fresh(), earlier), danger);
      const turn = both.recent.at(-1)?.turn;
      expect(decide(both)).toMatchObject({ trigger: "distress", emergency: true, evidence: [turn] });
    }
    const deaf = { ...defaultPolicy, distress: { ...defaultPolicy.distress, threshold: 1 } };
    expect(decideEscalation(caller(fresh(), danger), deaf, SOON)).toMatchObject({
      trigger: "distress",
      emergency: true,
    });
  });

  test("said beside something else marks that as an emergency", () => {
    const decision = decide(caller(fresh(), { intents: { fraud: 0.99 }, danger: true, distress: 0.98 }));
    expect(decision).toMatchObject({ emergency: true, priority: "urgent" });
  });

  test("distress alone is none", () => {
    const decision = decide(caller(fresh(), { distress: 0.9 }));
    expect(decision).toMatchObject({ trigger: "distress", priority: "high" });
    expect(decision).not.toHaveProperty("emergency");
  });

  test("comes before a likelier intent", () => {
    const decision = decide(caller(fresh(), { intents: { fraud: 0.99, "self-harm": 0.5 } }));
    expect(decision).toMatchObject({ policyIntent: "self-harm", emergency: true });
  });
});

const unsureAnswer = (c: Conversation): Conversation => judged(assistant(caller(c)), 0.3);

describe("confidence", () => {
  test("below the floor asks for one re-grounding first", () => {
    const low = judged(assistant(caller(fresh())), 0.3);
    expect(decide(low)).toMatchObject({ escalate: false, reGround: { turn: low.lastTurn, floor: 0.6 } });
    expect(decide(afterReGround(low))).not.toHaveProperty("reGround");
  });

  test("recovers: a good answer after the re-grounding ends it", () => {
    expect(triggerOf(judged(assistant(afterReGround(judged(assistant(caller(fresh())), 0.3))), 0.9))).toBeUndefined();
  });

  test("has a floor for each intent", () => {
    const policy = { ...defaultPolicy, confidence: { ...defaultPolicy.confidence, floors: { dispute: 0.95 } } };
    const sure = judged(assistant(afterReGround(judged(assistant(caller(fresh())), 0.9, "dispute"))), 0.9, "dispute");
    expect(decideEscalation(sure, policy, SOON)).toMatchObject({
      trigger: "confidence",
      thresholds: { confidence: 0.95 },
    });
    expect(triggerOf(sure)).toBeUndefined();
  });

  test("without a re-grounding it escalates one answer later", () => {
    expect(triggerOf(unsureAnswer(unsureAnswer(fresh())))).toBeUndefined();
    expect(triggerOf(unsureAnswer(unsureAnswer(unsureAnswer(fresh()))))).toBe("confidence");
  });
});

describe("what is decided can be explained", () => {
  test("signals, thresholds, evidence and revision are kept", () => {
    const policy = { ...defaultPolicy, revision: "r7" };
    const conversation = caller(assistant(caller(fresh())), { explicitRequest: 0.8 });
    expect(decideEscalation(conversation, policy, SOON)).toEqual({
      escalate: true,
      trigger: "explicit-request",
      because: "The caller asked for a person.",
      evidence: [2],
      signals: { explicitRequest: 0.8 },
      thresholds: { explicitRequest: 0.5 },
      policyRevision: "r7",
    });
  });

  test("an intent brings its queue and priority", () => {
    const policy = {
      ...defaultPolicy,
      policyIntents: {
        ...defaultPolicy.policyIntents,
        fraud: { ...defaultPolicy.policyIntents.fraud, queue: "disputes" },
      },
    };
    const decision = decideEscalation(caller(fresh(), { intents: { fraud: 0.9 } }), policy, SOON);
    expect(decision).toMatchObject({ queue: "disputes", priority: "high", policyIntent: "fraud" });
  });

  test("an admin's own intent fires on its phrase", () => {
    const policy = { ...defaultPolicy, customIntents: { vip: { queue: "gold" } } };
    const decision = decideEscalation(caller(fresh(), { customIntents: { vip: 1 } }), policy, SOON);
    expect(decision).toMatchObject({ trigger: "policy-intent", policyIntent: "vip", queue: "gold" });
  });

  test("an intent that does not escalate is left to the assistant", () => {
    expect(triggerOf(caller(fresh(), { intents: { "billing-dispute": 1 } }))).toBeUndefined();
  });
});

const riskOf = (conversation: Conversation): number => {
  const decision = decide(conversation);
  return decision.escalate ? Number.NaN : decision.risk;
};

describe("risk", () => {
  test("rises before the decision and reaches the pre-alert on the last step", () => {
    const calm = caller(fresh());
    const one = caller(assistant(calm), { text: "no that's not what I asked" });
    const two = caller(assistant(one), { text: "that's wrong" });
    expect(riskOf(calm)).toBeLessThan(riskOf(one));
    expect(riskOf(one)).toBeLessThan(riskOf(two));
    expect(riskOf(one)).toBeLessThan(defaultPolicy.preAlert.risk);
    expect(riskOf(two)).toBeGreaterThanOrEqual(defaultPolicy.preAlert.risk);
  });

  test("a caller who was loud from hello is not rising", () => {
    expect(riskOf(growing([0.9, 0.9, 0.9, 0.9]))).toBeLessThan(defaultPolicy.preAlert.risk);
  });
});

test("what a handoff was about is spent when the caller comes back", () => {
  const asked = failedTool(failedTool(caller(fresh(), { explicitRequest: 0.9, intents: { fraud: 0.9 } })));
  expect(triggerOf(caller(afterReturn(asked)))).toBeUndefined();
});

const spoken = (frustration: number, arousal: number): Conversation =>
  [0.1, 0.1, frustration, frustration].reduce(
    (c, level, i) => assistant(caller(c, { frustration: level, voice: { arousal: i < 2 ? 0.2 : arousal } })),
    fresh(),
  );

test("the voice strengthens what the words say, and does not decide alone", () => {
  expect(triggerOf(spoken(0.45, 0.95))).toBe("sentiment");
  expect(triggerOf(spoken(0.45, 0.2))).toBeUndefined();
  expect(triggerOf(spoken(0.05, 1))).toBeUndefined();
  expect(
    triggerOf(caller(fresh(), { voice: { arousal: 0.5, crying: 0.9, longestSilenceMs: 20_000 } })),
  ).toBeUndefined();
});

test("words of some distress and sobbing together are distress, and the decision says which share is whose", () => {
  const sobbing = { arousal: 0.5, crying: 0.65 };
  expect(triggerOf(caller(fresh(), { distress: 0.1, voice: sobbing }))).toBeUndefined();
  const decision = decide(caller(fresh(), { distress: 0.3, voice: sobbing }));
  expect(decision).toMatchObject({ trigger: "distress", signals: { inWords: 0.3, inVoice: 0.65 } });
});
