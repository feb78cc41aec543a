import type { EscalationId } from "../domain/ids.ts";

/** Tells people and systems outside (webhooks, Slack …); delivery is durable work of its own. */
export type Notifier = {
  notify(
    what: "created" | "assigned" | "bridged" | "fallback" | "resolved" | "ticket",
    escalation: EscalationId,
  ): Promise<void>;
};
