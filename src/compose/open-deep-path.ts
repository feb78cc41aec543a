import type { LiveHooks } from "../runtime/live/live-deps.ts";
import { createDeepPath } from "../runtime/deep-path/deep-path.ts";
import type { DeepPathDeps } from "../runtime/deep-path/deep-path-deps.ts";
import type { GatewayNode } from "../runtime/node.ts";
import { createPreAlert } from "../runtime/pre-alert.ts";
import type { Desk } from "../ports/desk.ts";
import type { Judge } from "../ports/judge.ts";
import { redact } from "../packet/redact.ts";
import { createOpenAiJudge } from "../vendors/openai/judge-replies.ts";
import type { Bench } from "./bench.ts";

/** What goes on beside the conversation: the judging model and the quiet card. Calls do not wait for any of it. */
export type Beside = Required<Pick<LiveHooks, "turn" | "toolRun" | "risk">> & { close(): void };

export function openDeepPath(
  bench: Bench,
  node: GatewayNode,
  to: { readonly evaluated: DeepPathDeps["evaluated"]; readonly desk: Pick<Desk, "preAlert"> },
): Beside {
  const { settings, config, stores, clock, log, numbers, judgement } = bench;
  const { assistants } = config.assistants;
  const { policy } = judgement.fastPath;
  const shared = { ...stores, cases: node.cases, policy, clock, log };
  const judge = settings.openai
    ? createOpenAiJudge({ ...settings.openai, model: settings.openai.scoringModel, clock, log, redact })
    : absentJudge;
  const deepPath = createDeepPath({
    ...shared,
    judge,
    rules: (caller) => assistants[numbers.of(caller?.dnis).assistant]?.instructions,
    evaluated: to.evaluated,
    learned: (caseId) => node.bulletin.learned(caseId),
  });
  const preAlert = createPreAlert({ ...shared, desk: to.desk });
  const unfollow = node.cases.onChange((caseId, state) => {
    deepPath.changed(caseId, state);
    if (state.caller?.place === "gone") preAlert.forget(caseId);
  });
  return {
    turn: (caseId, turn) => deepPath.turn(caseId, turn),
    toolRun: (caseId, run) => deepPath.toolRun(caseId, run),
    risk: (caseId, risk) => preAlert.risk(caseId, risk),
    close: () => {
      unfollow();
      deepPath.close();
    },
  };
}

/** No judging model is configured: the fast path decides alone, and packets are made of what was said and done. */
const absentJudge: Judge = { judge: () => Promise.resolve(undefined), forget: () => undefined };
