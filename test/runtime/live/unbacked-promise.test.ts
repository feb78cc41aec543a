import { expect, onTestFinished, test } from "vitest";
import { disputeScript, promisesOnItsOwn } from "../../../lab/openai/dispute-brain.ts";
import { scriptedBrain } from "../../../lab/openai/scripted-brain.ts";
import { CALL_MS, greeted, heardMs, quiet, startBench } from "./live-bench.ts";

test(
  "a promise of the assistant's own is not heard, and another sentence is (C18)",
  async () => {
    const bench = await startBench({ brain: scriptedBrain([promisesOnItsOwn, ...disputeScript]) });
    onTestFinished(() => bench.close());
    const { line } = bench;
    await greeted(bench);
    await line.say("My card ends in four four one two.");
    await line.until(() => bench.promisesCut.length > 0, "the cut");
    await line.until(() => bench.spoken().some((text) => text.startsWith("Let me first check")), "the other sentence");
    // This model insists, and insisting on a person is asking for one.
    await line.until(() => bench.events.some(({ event }) => event.kind === "escalation-decided"), "the decision");
    await line.until(() => bench.spoken().some((text) => text.startsWith("I am getting someone")), "the true promise");
    await quiet(line);

    expect(bench.promisesCut).toEqual(["person", "person"]);
    const decided = bench.events.find(({ event }) => event.kind === "escalation-decided")?.event;
    expect(decided).toMatchObject({ decision: { trigger: "assistant-request" } });
    expect(heardMs(line, "I'll connect you to a person right away.")).toBe(0);
    expect(heardMs(line, "Let me first check what I can do for you.")).toBeGreaterThan(2_000);
    const turns = await bench.conversations.turns(bench.call);
    expect(turns.map((turn) => turn.text).join(" ")).not.toContain("connect you");
  },
  CALL_MS,
);
