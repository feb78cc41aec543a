import type { EpochMs } from "../../domain/time.ts";
import { redact } from "../../packet/redact.ts";
import type { VendorToolRan } from "../../ports/assistant.ts";
import type { Conversations, ToolRun } from "../../ports/conversations.ts";
import type { CaseId } from "../../ports/journal.ts";
import type { Log } from "../../telemetry/log.ts";
import type { LiveHooks } from "./live-deps.ts";

/** Of a vendor's own tool, in characters. */
const RESULT_MAX = 4_000;

/** A tool that the assistant's vendor ran, as a run of ours. */
export function vendorsRun(ran: VendorToolRan, at: EpochMs): ToolRun {
  const { name, ok } = ran;
  const [result, input] = [ran.result, ran.input].map((text) => redact(text).slice(0, RESULT_MAX));
  return { name, kind: "read", at, ok, result: result ?? "", input };
}

/** Tells whoever wants to know, and stores it; a failure costs the packet this run and nothing else. */
export function keepToolRun(
  deps: {
    readonly hooks: Pick<LiveHooks, "toolRun">;
    readonly conversations: Pick<Conversations, "saveToolRun">;
    readonly log: Log;
  },
  caseId: CaseId,
  run: ToolRun,
): void {
  deps.hooks.toolRun?.(caseId, run);
  deps.conversations.saveToolRun(caseId, run).catch((err: unknown) => {
    deps.log.error({ case: caseId, event: run.name, err }, "a tool run could not be saved; the packet will lack it");
  });
}
