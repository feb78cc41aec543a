import { redact } from "../../packet/redact.ts";
import type { ToolRun } from "../../ports/conversations.ts";
import type { HostedReport } from "../../ports/hosted-assistant.ts";
import type { EpochMs } from "../../domain/time.ts";

const SUFFIX = "_call_report";

/** Kept with what was looked up in the call, and not shown to an agent as something that was tried. */
export const isVendorReport = (name: string): boolean => name.endsWith(SUFFIX);

/** What a vendor makes of a finished visit, as it is kept with the conversation. */
export function reportRun({ vendor, ...result }: HostedReport, now: EpochMs): ToolRun {
  return {
    name: `${vendor}${SUFFIX}`,
    kind: "read",
    at: result.endedAt ?? now,
    ok: true,
    result: redact(JSON.stringify(result)),
  };
}
