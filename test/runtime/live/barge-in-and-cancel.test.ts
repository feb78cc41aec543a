import { expect, onTestFinished, test } from "vitest";
import { disputeBrain } from "../../../lab/openai/dispute-brain.ts";
import { CALL_MS, greeted, startBench } from "./live-bench.ts";

test(
  "talking over the holding lines stops the voice, not the handoff; 'wait, cancel' does stop it (C19)",
  async () => {
    const bench = await startBench({ brain: disputeBrain });
    onTestFinished(() => bench.close());
    const { line } = bench;
    await greeted(bench);
    await line.say("Can I speak to a human please?");

    for (const words of ["It was last Tuesday, in the evening.", "My card ends in four four one two."]) {
      const before = line.clears;
      await line.until(() => (line.heard.at(-1)?.to ?? 0) > Date.now() - 40, "our voice");
      await line.say(words);
      expect(line.clears, words).toBeGreaterThan(before);
    }
    const dials = bench.effects.filter(({ effect }) => effect.kind === "dial-agent");
    expect(dials.length).toBe(1);
    expect(bench.state()?.handoff.kind).toBe("offering");

    await line.say("No, wait, cancel that, let's go on.");
    const saidAt = Date.now();
    await line.until(() => bench.state()?.handoff.kind === "closed", "the cancellation");
    // From the end of speech: the recogniser's 0.5 s of silence, the twin's 0.65 s for the words, then ours.
    expect(Date.now() - saidAt).toBeLessThan(3_000);
    await line.until(() => bench.spoken().some((text) => text.startsWith("All right, let's go on")), "the answer");
    const note = bench.twin.log.find(({ event }) =>
      JSON.stringify(event).includes("The handoff to our disputes team has ended"),
    );
    expect(JSON.stringify(note?.event)).toContain("1 agent was asked");

    // The assistant is itself again, and knows.
    await line.until(() => Date.now() > (line.heard.at(-1)?.to ?? 0) + 300);
    await line.say("Are you still there?");
    const heardBefore = line.heard.length;
    await line.until(() => line.heard.length > heardBefore, "an answer of the assistant's own");
  },
  CALL_MS,
);
