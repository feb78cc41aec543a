// What the assistant writes for the agent with its own tools: content, kept apart from the journal and redacted (H12).

import type { EscalationId } from "../../domain/ids.ts";
import { redact } from "../../packet/redact.ts";
import type { Conversations } from "../../ports/conversations.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CaseId } from "../../ports/journal.ts";
import type { Log } from "../../telemetry/log.ts";

type Deps = { readonly conversations: Conversations; readonly clock: Clock; readonly log: Log };

/**
 * The assistant's sentence on what the caller needs becomes the packet's summary, until a newer insight has another one.
 * Never rejects: words for the agent must not stand in the way of getting one.
 */
export async function keepSummary(
  { conversations, clock, log }: Deps,
  caseId: CaseId,
  { summary, ifNone = false }: { readonly summary: string; readonly ifNone?: boolean },
): Promise<void> {
  try {
    const before = await conversations.insight(caseId);
    if (ifNone && before?.summary !== undefined) return;
    const { turn = 0 } = before ?? {};
    await conversations.saveInsight(caseId, { ...before, turn, at: clock.now(), summary: redact(summary) });
  } catch (err) {
    log.error({ case: caseId, err }, "the assistant's summary for the agent could not be saved");
  }
}

/** Kept for whoever works on the case. Never rejects. */
export async function keepNote(
  { conversations, clock, log }: Deps,
  escalation: EscalationId,
  kind: "issue" | "callback",
  words: Readonly<Record<string, string>>,
): Promise<void> {
  const redacted = Object.fromEntries(Object.entries(words).map(([field, text]) => [field, redact(text)]));
  try {
    await conversations.saveNote(escalation, kind, JSON.stringify(redacted), clock.now());
  } catch (err) {
    log.error({ escalation, err }, "the assistant's words for the agent could not be saved");
  }
}
