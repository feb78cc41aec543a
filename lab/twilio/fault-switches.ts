import type { CarrierLog, WebhookPurpose } from "./carrier-log.ts";

/** What a rule is asked about a webhook before it is sent. */
type WebhookSubject = {
  purpose: WebhookPurpose;
  url: string;
  params: Readonly<Record<string, string>>;
};

/** What a rule is asked about a REST request before it is performed. */
type RestSubject = { method: string; path: string; params: Readonly<Record<string, readonly string[]>> };

/** What a rule is asked about an outbound call before it is offered to the device. */
type CallSubject = { to: string; from: string; callSid: string };

/** What a rule is asked about a media stream when it starts. */
type StreamSubject = { callSid: string; streamSid: string; url: string };

/** How often a rule fires before it is spent; 1 unless given. */
type Times = { times?: number };

/**
 * One way in which the carrier misbehaves. `when` narrows it; without it the rule meets the next
 * subject of its kind.
 */
export type FaultRule = Times &
  (
    | { name: "webhook-delay"; ms: number; when?: (webhook: WebhookSubject) => boolean }
    | { name: "webhook-duplicate"; copies?: number; gapMs?: number; when?: (webhook: WebhookSubject) => boolean }
    /** Held back until another webhook has been answered, or 5 s have passed. */
    | { name: "webhook-reorder"; when?: (webhook: WebhookSubject) => boolean }
    | { name: "webhook-drop"; when?: (webhook: WebhookSubject) => boolean }
    | { name: "join-event-lost"; when?: (webhook: WebhookSubject) => boolean }
    | { name: "rest-500-before"; when?: (request: RestSubject) => boolean }
    | { name: "rest-500-after"; when?: (request: RestSubject) => boolean }
    /** Performed, and the answer never comes. */
    | { name: "rest-answer-lost"; when?: (request: RestSubject) => boolean }
    /** Not performed, and no answer comes. */
    | { name: "rest-timeout"; when?: (request: RestSubject) => boolean }
    | { name: "rest-429"; when?: (request: RestSubject) => boolean }
    | { name: "rest-slow"; ms: number; when?: (request: RestSubject) => boolean }
    | { name: "call-busy"; when?: (call: CallSubject) => boolean }
    | { name: "call-no-answer"; when?: (call: CallSubject) => boolean }
    | { name: "call-failed"; sipCode?: number; when?: (call: CallSubject) => boolean }
    /** Answered, and no audio flows either way. */
    | { name: "call-no-audio"; when?: (call: CallSubject) => boolean }
    /** The media socket dies without a close frame, so long after its start. */
    | { name: "stream-drop"; afterMs: number; when?: (stream: StreamSubject) => boolean }
  );

export type FaultName = FaultRule["name"];
type RuleOf<Name extends FaultName> = Extract<FaultRule, { name: Name }>;
type SubjectOf<Name extends FaultName> = Parameters<NonNullable<RuleOf<Name>["when"]>>[0];

type Armed = { rule: FaultRule; left: number };

/** The carrier's faults, changeable while it runs. */
export class FaultSwitches {
  readonly #armed = new Set<Armed>();
  readonly #fired = new Map<FaultName, number>();
  readonly #log: CarrierLog;

  constructor(log: CarrierLog) {
    this.#log = log;
  }

  /** Arms a rule. Returns the way to disarm it. */
  add(rule: FaultRule): () => void {
    const armed: Armed = { rule, left: rule.times ?? 1 };
    this.#armed.add(armed);
    return () => this.#armed.delete(armed);
  }

  clear(): void {
    this.#armed.clear();
  }

  /** How often a fault has happened. */
  fired(name: FaultName): number {
    return this.#fired.get(name) ?? 0;
  }

  /** The rule of this name that meets `subject`, used up by one; undefined when there is none. */
  take<Name extends FaultName>(name: Name, subject: SubjectOf<Name>, described: string): RuleOf<Name> | undefined {
    for (const armed of this.#armed) {
      if (armed.rule.name !== name) continue;
      const rule = armed.rule as RuleOf<Name>;
      const when = rule.when as ((subject: SubjectOf<Name>) => boolean) | undefined;
      if (when !== undefined && !when(subject)) continue;
      armed.left -= 1;
      if (armed.left <= 0) this.#armed.delete(armed);
      this.#fired.set(name, this.fired(name) + 1);
      this.#log.add<"fault">({ kind: "fault", name, subject: described });
      return rule;
    }
    return undefined;
  }
}
