import { expect, onTestFinished, test } from "vitest";
import { disputeBrain } from "../../../lab/openai/dispute-brain.ts";
import { CALL_MS, greeted, startBench } from "./live-bench.ts";

test(
  "a caller who asks for a person is promised one, kept company, told who is coming, and let go",
  async () => {
    const bench = await startBench({ brain: disputeBrain });
    onTestFinished(() => bench.close());
    const { line } = bench;

    await greeted(bench);
    await line.say("Can I speak to a human please?");
    const askedAt = Date.now();
    await line.until(() => bench.events.some(({ event }) => event.kind === "escalation-decided"), "the decision");
    const decided = bench.events.find(({ event }) => event.kind === "escalation-decided");
    await line.until(() => bench.spoken().some((text) => text.startsWith("I am getting someone")), "the promise");
    await line.until(() => bench.spoken().some((text) => text.startsWith("I am still here")), "company");
    await bench.agentAccepts();
    await line.until(() => line.ended !== undefined, "letting go");

    expect(line.ended).toBe("let-go");
    const moved = bench.effects.find(({ effect }) => effect.kind === "move-caller");
    const accepted = bench.events.find(({ event }) => event.kind === "agent-consented");
    expect((moved?.at ?? Infinity) - (accepted?.at ?? 0)).toBeLessThan(3_000);
    expect(line.longestSilence(decided?.at ?? askedAt, Date.now())).toBeLessThan(4_000);
    expect(bench.live.count()).toBe(0);
    const turns = await bench.conversations.turns(bench.call);
    expect(turns.map((turn) => turn.role).slice(0, 2)).toEqual(["assistant", "caller"]);
    expect(turns[1]?.text).toContain("human");
    expect(turns.at(-1)?.text).toMatch(/Dana/);
  },
  CALL_MS,
);
