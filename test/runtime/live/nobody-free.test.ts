import { expect, onTestFinished, test } from "vitest";
import { disputeBrain } from "../../../lab/openai/dispute-brain.ts";
import { CALL_MS, greeted, startBench } from "./live-bench.ts";

const times = (bench: Awaited<ReturnType<typeof startBench>>, line: string): number =>
  bench.events.filter(({ event }) => event.kind === "line-ended" && event.line === line).length;

test(
  "a caller whom nobody can take is asked, reads their number back, and hears of the callback once it is stored",
  async () => {
    const bench = await startBench({ brain: disputeBrain, nobody: "all-busy" });
    onTestFinished(() => bench.close());
    const { line } = bench;
    await greeted(bench);
    await line.say("Can I speak to a human please?");
    await line.until(() => times(bench, "offer-nobody-free") === 1, "the offer");
    await line.say("Call me back please.");
    await line.until(() => times(bench, "read-back") === 1, "the read-back");
    await line.say("Yes.");
    await line.until(() => bench.spoken().some((text) => text.startsWith("That is arranged")), "the confirmation");

    const stored = bench.events.find(({ event }) => event.kind === "callback-confirmed");
    const said = bench.twin.log.find(
      ({ from, event }) => from === "client" && JSON.stringify(event).includes("That is arranged"),
    );
    expect(stored?.at ?? Infinity).toBeLessThanOrEqual(said?.at ?? 0);
    expect(bench.spoken().join(" ")).toContain("I have your number as 1, 5 5 5, 0 1 0, 0 0 1 2.");
    expect(bench.spoken().join(" ")).toContain("in 15 minutes. Your reference is K7 Q2.");
    expect(bench.promisesCut).toEqual([]);
    expect((await bench.conversations.caller(bench.call))?.callbackNumber).toBe("+15550100012");
    expect(bench.state()?.handoff).toEqual({ kind: "closed", outcome: "callback" });
  },
  CALL_MS,
);

test(
  "keys answer too; other digits stay on the line",
  async () => {
    const bench = await startBench({ brain: disputeBrain, nobody: "all-busy" });
    onTestFinished(() => bench.close());
    const { line } = bench;
    await greeted(bench);
    for (const key of "4111") line.press(key);
    await line.say("Can I speak to a human please?");
    await line.until(() => bench.spoken().some((text) => text.startsWith("Everyone from")), "the offer");
    line.press("2");
    await line.until(() => bench.spoken().some((text) => text.startsWith("I have your number")), "the read-back");
    line.press("1");
    await line.until(() => bench.state()?.handoff.kind === "closed", "the callback");

    const keys = bench.events.flatMap(({ event }) => (event.kind === "caller-pressed" ? [event.key] : []));
    expect(keys).toEqual(["2", "1"]);
  },
  CALL_MS,
);

test(
  "a caller who waits is never left in silence, and is not asked twice",
  async () => {
    const bench = await startBench({ brain: disputeBrain, nobody: "all-busy" });
    onTestFinished(() => bench.close());
    const { line } = bench;
    await greeted(bench);
    await line.say("Can I speak to a human please?");
    await line.until(() => times(bench, "offer-nobody-free") === 1, "the offer");
    await line.say("I'd rather wait.");
    await line.until(() => bench.state()?.handoff.kind === "waiting", "the wait");
    const from = Date.now();
    await line.until(() => Date.now() > from + 12_000, "twelve seconds");

    expect(line.longestSilence(from, Date.now())).toBeLessThan(4_000);
    expect(bench.spoken().filter((text) => text.startsWith("Everyone from")).length).toBe(1);
  },
  CALL_MS,
);
