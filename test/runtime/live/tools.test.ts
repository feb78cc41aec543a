import { expect, onTestFinished, test } from "vitest";
import { disputeBrain } from "../../../lab/openai/dispute-brain.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import type { Tools } from "../../../src/ports/tools.ts";
import { CALL_MS, greeted, quiet, startBench } from "./live-bench.ts";

const schema = { type: "object", properties: {} };

test(
  "a look-up is run with the gateway's own values, recorded, and spoken of",
  async () => {
    const asked: Parameters<Tools["run"]>[0][] = [];
    const tools: Tools = {
      of: () => [{ name: "find_transactions", description: "Finds.", parameters: schema }],
      run: async (ask) => {
        asked.push(ask);
        const run = { name: ask.name, kind: "read", at: EpochMs(Date.now()), ok: true, result: "one" } as const;
        return { run, output: JSON.stringify({ transactions: [{ amount: 84.5 }] }) };
      },
    };
    const bench = await startBench({ brain: disputeBrain, tools });
    onTestFinished(() => bench.close());
    const { line } = bench;
    await greeted(bench);
    await line.say(
      "Hi, there is a charge of eighty four dollars and fifty cents on my card from a merchant I don't recognise.",
    );
    await line.until(() => bench.spoken().some((text) => text.startsWith("I found a charge")), "what was found");
    await quiet(line);

    expect(asked).toMatchObject([
      { assistant: "disputes", name: "find_transactions", values: { ani: "+15550100012", customerId: "" } },
    ]);
    expect(await bench.conversations.toolRuns(bench.call)).toMatchObject([{ name: "find_transactions", ok: true }]);
    expect(bench.spoken().filter((text) => text.startsWith("I found a charge")).length).toBe(1);
  },
  CALL_MS,
);
