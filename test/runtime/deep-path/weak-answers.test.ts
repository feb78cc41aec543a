import { expect, onTestFinished, test } from "vitest";
import { disputeBrain } from "../../../lab/openai/dispute-brain.ts";
import { greeted, quiet } from "../live/live-bench.ts";
import { judgedBench } from "./judged-bench.ts";

test("a weak answer is looked up once more with another query; a second one is decided by confidence", async () => {
  const bench = await judgedBench({ brain: disputeBrain });
  onTestFinished(() => bench.close());
  const { line, conversations, call } = bench;

  await greeted(bench);
  await line.say(
    "Hi, there is a charge of eighty four dollars and fifty cents on my card from a merchant I don't recognise.",
  );
  await line.until(() => bench.spoken().some((text) => text.startsWith("I found a charge")), "the charge");
  await quiet(line);
  await line.say("I still don't know what that is. Can you find out who charged me?");
  await line.until(
    () => bench.spoken().some((text) => text.startsWith("I'm sorry, I could not find")),
    "the first answer",
  );
  await line.until(() => bench.spoken().some((text) => text.startsWith("I could not match")), "the second search");
  await line.until(() => bench.events.some(({ event }) => event.kind === "escalation-decided"), "the decision");

  const decisions = bench.events.flatMap(({ event }) => (event.kind === "escalation-decided" ? [event.decision] : []));
  expect(decisions).toHaveLength(1);
  expect(decisions[0]).toMatchObject({ trigger: "confidence", thresholds: { confidence: 0.6 } });
  expect(decisions[0]?.signals["reGrounds"]).toBe(1);
  const runs = await conversations.toolRuns(call);
  const queries = runs.filter(({ kind }) => kind === "search").map(({ input }) => JSON.stringify(input));
  expect(queries).toHaveLength(2);
  expect(new Set(queries).size).toBe(2);
  expect(await conversations.insight(call)).toMatchObject({
    intent: "unrecognised-charge",
    floor: 0.6,
    confidence: decisions[0]?.signals["confidence"],
  });
}, 120_000);
