import { z } from "zod";
import { EpochMs } from "../../domain/time.ts";
import type { HostedReport } from "../../ports/hosted-assistant.ts";
import type { ServerMessage } from "./server-message.ts";

const time = z.string().transform((text) => Date.parse(text));
const report = z.looseObject({
  endedReason: z.string().optional(),
  cost: z.number().optional().catch(undefined),
  startedAt: time.optional().catch(undefined),
  endedAt: time.optional().catch(undefined),
  summary: z.string().optional().catch(undefined),
  analysis: z
    .looseObject({
      summary: z.string().optional().catch(undefined),
      successEvaluation: z.string().optional().catch(undefined),
      structuredData: z.record(z.string(), z.unknown()).optional().catch(undefined),
    })
    .nullish(),
  artifact: z
    .looseObject({
      performanceMetrics: z.looseObject({ turnLatencyAverage: z.number().optional() }).nullish().catch(undefined),
    })
    .nullish(),
});

/** What Vapi makes of a finished call; recordings and transcripts are not taken, since we have the turns. */
export function readReport(message: ServerMessage): HostedReport {
  const read = report.safeParse(message).data ?? {};
  const { endedReason, cost, analysis } = read;
  const words = analysis?.summary ?? read.summary;
  const success = analysis?.successEvaluation;
  const latencyMs = read.artifact?.performanceMetrics?.turnLatencyAverage;
  return {
    vendor: "vapi",
    ...(endedReason !== undefined && { endedRaw: endedReason }),
    ...(words !== undefined && { summary: words }),
    ...(success !== undefined && { success }),
    ...(cost !== undefined && { costUsd: cost }),
    ...(latencyMs !== undefined && { latencyMs }),
    ...times(read),
    ...(analysis?.structuredData !== undefined && { findings: analysis.structuredData }),
  };
}

const times = ({ startedAt, endedAt }: z.output<typeof report>): Pick<HostedReport, "startedAt" | "endedAt"> => ({
  ...(isTime(startedAt) && { startedAt: EpochMs(startedAt) }),
  ...(isTime(endedAt) && { endedAt: EpochMs(endedAt) }),
});

const isTime = (at: number | undefined): at is number => at !== undefined && Number.isFinite(at);
