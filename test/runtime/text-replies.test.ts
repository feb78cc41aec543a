import { expect, test } from "vitest";
import { CallId } from "../../src/domain/ids.ts";
import { defaultPolicy } from "../../src/escalation/policy.ts";
import type { Judged } from "../../src/ports/judge.ts";
import type { Written, WriterAsk } from "../../src/ports/writer.ts";
import { SEARCH_AGAIN } from "../../src/runtime/live/instructions.ts";
import { SYSTEM_SPEAKS } from "../../src/runtime/live/own-tools.ts";
import { createSystemClock } from "../../src/runtime/system-clock.ts";
import { createGatedReplies } from "../../src/runtime/text-replies/gated-replies.ts";

const scores = (each: number): NonNullable<Judged["scores"]> => ({
  groundedness: each,
  factualAccuracy: each,
  policyCompliance: each,
  relevance: each,
  completeness: each,
  tone: each,
  certainty: each,
});

const call = (name: string, input = "{}"): Written => ({ text: "", calls: [{ toolCall: `${name}-1`, name, input }] });
const text = (said: string): Written => ({ text: said, calls: [] });

/** One reply: the model's drafts in order, the judgement of each final one, and what came of it. */
async function reply(
  drafts: (Written | undefined)[],
  judged: (Judged | undefined)[],
  tool: (name: string) => string = () => "{}",
  handled = 0,
) {
  let weak = 0;
  const asked: WriterAsk[] = [];
  const questions: string[] = [];
  const said: string[] = [];
  const tools: string[] = [];
  const replies = createGatedReplies({
    writer: {
      write: (ask) => {
        asked.push({ ...ask, history: [...ask.history] });
        return Promise.resolve(drafts.shift());
      },
    },
    judge: {
      judge: (ask) => {
        questions.push(ask.turns.at(-1)?.text ?? "");
        return Promise.resolve(judged.shift());
      },
      forget: () => undefined,
    },
    policy: () => defaultPolicy,
    clock: createSystemClock(),
  });
  const ask = {
    call: CallId("call-1"),
    language: "en",
    instructions: "You help.",
    tools: [],
    history: [{ kind: "said", role: "caller", text: "Who charged 4111 1111 1111 1111?" }] as const,
  };
  const hands = {
    say: (each: string) => void said.push(each),
    weak: () => {
      weak += 1;
      return handled === weak ? ("handled" as const) : ("go-on" as const);
    },
    tool: (name: string) => {
      tools.push(name);
      return Promise.resolve(tool(name));
    },
  };
  const how = await replies.reply(ask, hands, new AbortController().signal);
  return { how, said, tools, asked, questions, weak };
}

const answerOf = (confidence: number): Judged => ({ scores: scores(confidence), resolved: false, entities: {} });

test("a good reply is judged, then said; the card number reaches neither model", async () => {
  const { how, said, asked, questions } = await reply([text("It was a shop.")], [answerOf(0.95)]);
  expect([how, said, questions]).toEqual(["said", ["It was a shop."], ["It was a shop."]]);
  expect(JSON.stringify(asked)).not.toContain("4111");
});

test("a weak reply is not said: the model searches again with another query, and the better one is said", async () => {
  const drafts = [text("I guess it was a shop."), call("search_knowledge"), text("It was the bakery.")];
  const { said, tools, asked } = await reply(drafts, [answerOf(0.1), answerOf(0.95)]);
  expect([said, tools]).toEqual([["It was the bakery."], ["search_knowledge"]]);
  expect(asked[1]?.history.at(-1)).toEqual({ kind: "told", text: SEARCH_AGAIN });
});

test("each weak draft is told, with its scores; when the system takes it up the reply is over", async () => {
  const drafts = [text("I guess."), text("I still guess."), text("Never asked for.")];
  const { said, tools, asked, weak } = await reply(drafts, [answerOf(0.1), answerOf(0.1)], () => "{}", 2);
  expect([said, tools, asked.length, weak]).toEqual([[], [], 2, 2]);
});

test("weak twice is a person's matter: nothing is said and the system takes over", async () => {
  const drafts = [text("I guess."), text("I still guess.")];
  const { said, tools } = await reply(drafts, [answerOf(0.1), answerOf(0.1)], () => SYSTEM_SPEAKS);
  expect([said, tools]).toEqual([[], ["escalate_to_human"]]);
});

test("weak twice where the caller wants nobody: the honest weak answer is said", async () => {
  const drafts = [text("I guess."), text("I could not find it.")];
  const { said } = await reply(drafts, [answerOf(0.1), answerOf(0.1)], () => '{"status":"not taken up"}');
  expect(said).toEqual(["I could not find it."]);
});

test("a judge that is down, or finds no answer in the reply, silences nobody", async () => {
  expect((await reply([text("It was a shop.")], [undefined])).said).toEqual(["It was a shop."]);
  expect((await reply([text("Which shop?")], [{ resolved: false, entities: {} }])).said).toEqual(["Which shop?"]);
});

test("words before a look-up answer nothing yet: said at once, and not judged", async () => {
  const drafts = [{ ...call("lookup_merchant"), text: "Let me look." }, text("It was a shop.")];
  const { said, questions } = await reply(drafts, [answerOf(0.95)]);
  expect(said).toEqual(["Let me look.", "It was a shop."]);
  expect(questions).toEqual(["It was a shop."]);
});

test("when the system speaks after a tool, the model has no word more", async () => {
  const { said, asked } = await reply([call("escalate_to_human"), text("I connect you.")], [], () => SYSTEM_SPEAKS);
  expect([said, asked.length]).toEqual([[], 1]);
});

test("a model that is down is a failure, not silence that looks like an answer", async () => {
  expect((await reply([undefined], [])).how).toBe("failed");
});

test("a model that only ever calls tools comes to an end", async () => {
  const { how, tools } = await reply(
    Array.from({ length: 50 }, () => call("lookup_merchant")),
    [],
  );
  expect(how).toBe("said");
  expect(tools.length).toBeLessThan(20);
});
