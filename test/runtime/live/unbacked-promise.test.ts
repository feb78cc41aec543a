import { expect, onTestFinished, test } from "vitest";
import { disputeScript, promisesOnItsOwn } from "../../../lab/openai/dispute-brain.ts";
import { scriptedBrain } from "../../../lab/openai/scripted-brain.ts";
import { greeted, heardMs, quiet, startBench } from "./live-bench.ts";

test("a promise of the assistant's own is not heard, and another sentence is (C18)", async () => {
  const bench = await startBench({ brain: scriptedBrain([promisesOnItsOwn, ...disputeScript]) });
  onTestFinished(() => bench.close());
  const { line } = bench;
  await greeted(bench);
  await line.say("My card ends in four four one two.");
  await line.until(() => bench.promisesCut.length > 0, "the cut");
  await line.until(() => bench.spoken().some((text) => text.startsWith("Let me first check")), "the other sentence");
  await quiet(line);

  expect(bench.promisesCut).toEqual(["person"]);
  expect(bench.state()?.handoff.kind).toBe("none");
  expect(heardMs(line, "I'll connect you to a person right away.")).toBe(0);
  expect(heardMs(line, "Let me first check what I can do for you.")).toBeGreaterThan(2_000);
  const turns = await bench.conversations.turns(bench.call);
  expect(turns.map((turn) => turn.text).join(" ")).not.toContain("connect you");
});
