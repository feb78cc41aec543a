import { describe, expect, test } from "vitest";
import { Fault } from "../../../src/domain/fault.ts";
import { CallId } from "../../../src/domain/ids.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import { defaultPolicy } from "../../../src/escalation/policy.ts";
import type { CaseState } from "../../../src/handoff/state.ts";
import { createDeepPath } from "../../../src/runtime/deep-path/deep-path.ts";
import { gateReply } from "../../../src/runtime/deep-path/gate-reply.ts";
import type { SelfEvaluation } from "../../../src/scoring/self-evaluation.ts";
import { createMemoryConversations } from "../../../src/stores/memory/conversations.ts";
import { turn } from "../../packet/facts.ts";
import { fakeClock } from "../../stores/fake-clock.ts";
import { callerState, escalationPart } from "../../stores/values.ts";
import { silentLog } from "../../support/silent-log.ts";
import { judged, judgeDouble } from "./judge-double.ts";
import { soon } from "../../support/soon.ts";

const call = CallId("c1");
const talking = callerState("c1");
const holding: CaseState = {
  ...talking,
  escalation: escalationPart("e1"),
  handoff: { kind: "reserving", by: EpochMs(30_000), t0: EpochMs(0), attempt: 1, tried: [] },
};
const gone: CaseState = { ...talking, caller: { ...talking.caller, place: "gone" } as CaseState["caller"] & object };

/** After a decision the judge is asked so much later, in milliseconds. */
const SUMMED_UP_MS = 700;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

const hello = turn(0, "assistant", "How can I help?");
const asks = turn(1, "caller", "Who charged me?");
const reply = turn(2, "assistant", "I could not find out.");

async function start(state: CaseState = talking) {
  const double = judgeDouble();
  const evaluations: SelfEvaluation[] = [];
  const learned: string[] = [];
  const clock = fakeClock(1_000);
  const conversations = createMemoryConversations(() => []);
  const deps = {
    judge: double.judge,
    conversations,
    cases: { state: async () => state },
    policy: () => ({ ...defaultPolicy, confidence: { ...defaultPolicy.confidence, floors: { "lost-card": 0.8 } } }),
    rules: () => "Be kind.",
    clock,
    log: silentLog,
    evaluated: (_call: CallId, evaluation: SelfEvaluation) => evaluations.push(evaluation) > 0,
    learned: (caseId: string) => void learned.push(caseId),
  };
  const path = createDeepPath(deps);
  /** The question asked as the `n`th, once it is there. */
  const question = async (n: number) => {
    await soon(() => double.questions.length).toBeGreaterThanOrEqual(n);
    const asked = double.questions[n - 1];
    if (asked === undefined) throw new Error("the question is gone");
    return asked;
  };
  return { ...double, path, deps, clock, conversations, evaluations, learned, question };
}

describe("in a talk", () => {
  test("a reply is judged, kept, and told in this order", async () => {
    const { path, question, evaluations, conversations, learned } = await start();
    for (const each of [hello, asks, reply]) path.turn(call, each);
    const asked = await question(1);
    const { ask } = asked;
    expect(ask).toMatchObject({ case: "c1", language: "en", rules: "Be kind." });
    expect(ask.turns.map(({ text }) => text)).toEqual([hello.text, asks.text, reply.text]);
    asked.answer(judged(0.25, { intent: "lost-card", summary: "Lost it.", entities: { card: "blue" } }));
    await soon(() => evaluations.length).toBe(1);
    expect(evaluations[0]).toMatchObject({ turn: 2, at: 1_000, intent: "lost-card", resolved: false });
    expect(await conversations.insight(call)).toEqual({
      turn: 2,
      at: 1_000,
      intent: "lost-card",
      summary: "Lost it.",
      entities: { card: "blue" },
      confidence: 0.25,
      floor: 0.8,
    });
    expect(learned).toEqual([]);
  });

  test("a greeting is no reply, and what the caller says waits for the reply to it", async () => {
    const { path, questions, question } = await start();
    path.turn(call, hello);
    path.turn(call, asks);
    path.turn(call, reply);
    await question(1);
    expect(questions).toHaveLength(1);
  });

  test("a reply that answers nothing is kept for the packet and told to nobody", async () => {
    const { path, question, evaluations, conversations } = await start();
    for (const each of [asks, reply]) path.turn(call, each);
    (await question(1)).answer(judged(undefined, { summary: "Asks who charged them." }));
    await soon(() => conversations.insight(call)).toMatchObject({ summary: "Asks who charged them." });
    expect(evaluations).toEqual([]);
  });

  test("one question at a time: the newest wins, the one before is taken back and changes nothing", async () => {
    const { path, question, evaluations } = await start();
    path.turn(call, asks);
    path.turn(call, reply);
    const first = await question(1);
    path.turn(call, turn(3, "assistant", "It was QRS."));
    const second = await question(2);
    expect(first.outdated.aborted).toBe(true);
    second.answer(judged(0.9));
    first.answer(judged(0.1));
    await soon(() => evaluations.map(({ turn: index }) => index)).toEqual([3]);
  });

  test("no answer changes nothing and the next reply is asked about", async () => {
    const { path, question, evaluations, conversations } = await start();
    path.turn(call, asks);
    path.turn(call, reply);
    (await question(1)).answer(undefined);
    path.turn(call, turn(3, "assistant", "It was QRS."));
    (await question(2)).answer(judged(0.9));
    await soon(() => evaluations.length).toBe(1);
    expect((await conversations.insight(call))?.turn).toBe(3);
  });

  test("what is known stays while the matter does, and goes with it", async () => {
    const { path, question, conversations } = await start();
    path.turn(call, asks);
    path.turn(call, reply);
    (await question(1)).answer(judged(0.3, { intent: "charge", summary: "A charge.", entities: { amount: "$5" } }));
    await soon(() => conversations.insight(call)).toMatchObject({ turn: 2 });
    path.turn(call, turn(3, "assistant", "It was QRS."));
    const again = await question(2);
    expect(again.ask.intent).toBe("charge");
    again.answer(judged(0.9, { entities: { merchant: "QRS" } }));
    await soon(() => conversations.insight(call)).toMatchObject({
      turn: 3,
      intent: "charge",
      summary: "A charge.",
      entities: { amount: "$5", merchant: "QRS" },
    });
    path.turn(call, turn(4, "assistant", "Your card is blocked."));
    (await question(3)).answer(judged(0.9, { intent: "lost-card" }));
    await soon(() => conversations.insight(call)).toMatchObject({ turn: 4, intent: "lost-card" });
    expect(await conversations.insight(call)).not.toHaveProperty("entities");
  });

  test("no card and no code is in the question, also in what a tool was asked and said", async () => {
    const { path, question } = await start();
    path.turn(call, turn(0, "caller", "four one one one"));
    path.turn(call, turn(1, "caller", "one one one one one one one one one one one two"));
    const at = EpochMs(900);
    path.toolRun(call, {
      name: "t",
      kind: "read",
      at,
      ok: true,
      input: { card: "4111 1111 1111 1112" },
      result: "code 123456",
    });
    path.turn(call, reply);
    const { ask } = await question(1);
    expect(JSON.stringify(ask)).not.toMatch(/one one|1111|123456/u);
    expect(ask.runs).toHaveLength(1);
  });

  test("a call that comes to this node is judged with what was said and done before", async () => {
    const { path, question, conversations } = await start();
    await conversations.saveTurn(call, asks);
    await conversations.saveToolRun(call, { name: "t", kind: "read", at: EpochMs(5), ok: true, result: "no match" });
    await conversations.saveInsight(call, { turn: 1, at: EpochMs(5), intent: "charge" });
    path.turn(call, reply);
    const { ask } = await question(1);
    expect(ask.turns.map(({ text }) => text)).toEqual([asks.text, reply.text]);
    expect(ask.runs.map(({ result }) => result)).toEqual(["no match"]);
    expect(ask.intent).toBe("charge");
  });
});

describe("while a person is got", () => {
  test("what the caller adds goes into the packet; no answer is judged any more", async () => {
    const { path, question, evaluations, learned } = await start(holding);
    path.turn(call, asks);
    (await question(1)).answer(judged(0.1, { summary: "Asks who charged them." }));
    await soon(() => learned).toEqual(["c1"]);
    expect(evaluations).toEqual([]);
  });

  test("a decision on words that were not judged yet has them summed up", async () => {
    const { path, question, learned, clock, questions } = await start();
    path.turn(call, hello);
    path.changed(call, talking);
    path.turn(call, asks);
    path.changed(call, holding);
    // Not in the moment in which somebody is reserved, shown the card and rung.
    await settled();
    expect(questions).toEqual([]);
    clock.passTo(1_000 + SUMMED_UP_MS);
    (await question(1)).answer(judged(undefined, { summary: "Asks who charged them." }));
    await soon(() => learned).toEqual(["c1"]);
  });

  test("an answer that comes after the decision decides nothing", async () => {
    const { path, question, evaluations, learned, clock } = await start();
    path.turn(call, asks);
    path.turn(call, reply);
    const late = await question(1);
    path.changed(call, holding);
    clock.passTo(1_000 + SUMMED_UP_MS);
    const next = await question(2);
    late.answer(judged(0.1));
    next.answer(judged(0.1));
    await soon(() => learned).toEqual(["c1"]);
    expect(evaluations).toEqual([]);
  });
});

test("a caller who is gone is forgotten, and the question about them taken back", async () => {
  const { path, question, forgotten } = await start();
  path.turn(call, asks);
  path.turn(call, reply);
  const asked = await question(1);
  path.changed(call, gone);
  expect(asked.outdated.aborted).toBe(true);
  expect(forgotten).toEqual(["c1"]);
});

test("a store that is away keeps no judgement from the call", async () => {
  const { deps, conversations, clock, evaluations, questions } = await start();
  const away = new Fault("store-away", { blame: "store", retryable: true });
  let saving = false;
  const path = createDeepPath({
    ...deps,
    conversations: {
      ...conversations,
      turns: () => Promise.reject(away),
      saveInsight: () => {
        saving = true;
        return new Promise(() => undefined);
      },
    },
    // Known from the change below: the load fails.
    cases: { state: async () => talking },
  });
  path.turn(call, asks);
  path.changed(call, talking);
  path.turn(call, reply);
  await soon(() => questions.length).toBe(1);
  questions[0]?.answer(judged(0.1));
  await soon(() => saving).toBe(true);
  expect(evaluations).toEqual([]);
  clock.passTo(1_600);
  await soon(() => evaluations.length).toBe(1);
});

test.each([
  [undefined, 0, "say"],
  [0.6, 0, "say"],
  [0.59, 1, "search-again"],
  [0.59, 0, "escalate"],
] as const)("a reply judged %s with %i tries left: %s", (score, triesLeft, what) => {
  const scores = score === undefined ? undefined : judged(score).scores;
  const { weights } = defaultPolicy.confidence;
  expect(gateReply(scores && { scores }, { floor: 0.6, weights, triesLeft })).toBe(what);
});
