import type { LiveHooks } from "../../../src/runtime/live/live-deps.ts";
import { judgeDispute } from "../../../lab/openai/judge-dispute.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import { defaultPolicy } from "../../../src/escalation/policy.ts";
import { redact } from "../../../src/packet/redact.ts";
import type { Tools } from "../../../src/ports/tools.ts";
import { createDeepPath, type DeepPath } from "../../../src/runtime/deep-path/deep-path.ts";
import { createSystemClock } from "../../../src/runtime/system-clock.ts";
import { createOpenAiJudge } from "../../../src/vendors/openai/judge-replies.ts";
import { silentLog } from "../../support/silent-log.ts";
import { type Bench, type BenchOptions, startBench } from "../live/live-bench.ts";

const tool = (name: string) => ({
  name,
  description: name,
  parameters: { type: "object", properties: {}, additionalProperties: true },
});

/** Business systems that know the charge and nobody behind it. */
const findsNobody: Tools = {
  of: () => ["find_transactions", "lookup_merchant", "search_knowledge"].map(tool),
  run: async ({ name, input }) => {
    const output = name === "find_transactions" ? '{"transactions":[{"amount":84.5}]}' : '{"matches":[]}';
    const at = EpochMs(Date.now());
    const run = { name, at, ok: true, input: JSON.parse(input) as unknown, result: output } as const;
    if (name !== "search_knowledge") return { run: { ...run, kind: "read" }, output };
    return { run: { ...run, kind: "search", sources: [{ title: "Charges", ref: "kb/1" }] }, output };
  },
};

/** A call of the live bench whose replies are judged over a real socket. `judged: false`: the same without a deep path. */
export async function judgedBench(options: BenchOptions & { readonly judged?: boolean }): Promise<Bench> {
  let path: DeepPath | undefined;
  const hooks: LiveHooks = {
    turn: (caseId, turn) => path?.turn(caseId, turn),
    toolRun: (caseId, run) => path?.toolRun(caseId, run),
  };
  const twin = { structured: judgeDispute, ...options.twin };
  const bench = await startBench({ tools: findsNobody, ...options, twin, hooks });
  if (options.judged === false) return bench;
  const { conversations, cases, live } = bench;
  const clock = createSystemClock();
  const deepPath = createDeepPath({
    judge: createOpenAiJudge({
      apiKey: bench.twin.apiKey,
      baseUrl: bench.twin.baseUrl,
      model: "gpt-6-luna",
      clock,
      log: silentLog,
      redact,
      // Every fault is met afresh: an open breaker would spare the call the next one.
      breaker: { failures: 100, openMs: 1 },
    }),
    conversations,
    cases,
    policy: () => defaultPolicy,
    rules: () => undefined,
    clock,
    log: silentLog,
    evaluated: (call, evaluation) => live.evaluated(call, evaluation),
    learned: () => undefined,
  });
  path = deepPath;
  const unfollow = cases.onChange((caseId, state) => deepPath.changed(caseId, state));
  return {
    ...bench,
    close: async () => {
      unfollow();
      deepPath.close();
      await bench.close();
    },
  };
}
