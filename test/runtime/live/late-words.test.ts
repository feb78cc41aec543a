import { expect, onTestFinished, test } from "vitest";
import { disputeBrain } from "../../../lab/openai/dispute-brain.ts";
import { CALL_MS, greeted, quiet, startBench } from "./live-bench.ts";

test(
  "words that come late still decide, and the answer under way is cut",
  async () => {
    const bench = await startBench({ brain: disputeBrain, twin: { faults: { lateAsrMs: 1_500 } } });
    onTestFinished(() => bench.close());
    const { line } = bench;
    await greeted(bench);
    await line.say("I still don't know what that is. Can you find out who charged me?");
    await quiet(line);
    await line.say("That does not help. I want to talk to a real person please.");
    await line.until(() => bench.events.some(({ event }) => event.kind === "escalation-decided"), "the decision");
    await line.until(() => bench.spoken().some((text) => text.startsWith("I am getting someone")), "the promise");
    // The assistant's own tool may have asked a moment before the words came: two triggers, one handoff (C20).
    expect(bench.effects.filter(({ effect }) => effect.kind === "reserve-agent").length).toBe(1);
    expect(bench.state()?.escalation?.handoffs).toBe(1);
  },
  CALL_MS,
);

test(
  "words that come twice, before their item and one turn behind are stored once and in order",
  async () => {
    const faults = { duplicateAsr: true, asrBeforeItem: true, asrOutOfOrder: true };
    const bench = await startBench({ brain: disputeBrain, twin: { faults } });
    onTestFinished(() => bench.close());
    const { line } = bench;
    await greeted(bench);
    const said = ["It was last Tuesday, in the evening.", "My card ends in four four one two."];
    for (const text of said) {
      const answers = bench.spoken().length;
      await line.say(text);
      await line.until(() => bench.spoken().length > answers, "an answer");
      await quiet(line);
    }
    // Held back until the next turn's: a third turn brings the second one's words.
    await line.say("Thank you, that is great.");
    await line.until(() => bench.spoken().length > 3, "the last answer");
    await quiet(line);
    const turns = await bench.conversations.turns(bench.call);
    const caller = turns.filter((turn) => turn.role === "caller").map((turn) => turn.text);
    expect(caller.slice(0, 2)).toEqual(said);
    expect(new Set(turns.map((turn) => turn.index)).size).toBe(turns.length);
  },
  CALL_MS,
);

test(
  "a turn whose words failed is answered all the same, and kept as not understood",
  async () => {
    const bench = await startBench({ brain: disputeBrain, twin: { faults: { failAsr: 1 } } });
    onTestFinished(() => bench.close());
    const { line } = bench;
    await greeted(bench);
    await line.say("My card ends in four four one two.");
    await line.until(() => bench.spoken().some((text) => text.startsWith("Thank you, I have noted")), "an answer");
    const turns = await bench.conversations.turns(bench.call);
    expect(turns.find((turn) => turn.role === "caller")).toMatchObject({ text: "", asrConfidence: 0 });
  },
  CALL_MS,
);
