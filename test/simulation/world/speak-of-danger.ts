// A caller says that a life is in danger: the production path from that turn's decision to the case.
import type { CallId } from "../../../src/domain/ids.ts";
import type { Trigger } from "../../../src/domain/closed-sets.ts";
import type { Target } from "../../../src/handoff/vocabulary.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Ids } from "../../../src/ports/ids.ts";
import { CaseSide } from "../../../src/runtime/live/case-side.ts";
import { Escalator } from "../../../src/runtime/live/escalator.ts";
import type { GatewayNode } from "../../../src/runtime/node.ts";
import { createMemoryConversations } from "../../../src/stores/memory/conversations.ts";
import { silentLog } from "../../support/silent-log.ts";
import type { SimVoices } from "./voices.ts";

type Where = {
  readonly node: GatewayNode;
  readonly voices: SimVoices;
  /** The node's own. */
  readonly clock: Clock;
  readonly ids: Ids;
  readonly target: Target;
  readonly trigger: Trigger;
};

export async function speakOfDanger(call: CallId, where: Where): Promise<void> {
  const { node, voices, clock, ids, target, trigger } = where;
  const { cases } = node;
  const side = new CaseSide(
    {
      caseId: call,
      cases,
      watch: (caseId, listener) =>
        cases.onChange((changed, state) => (changed === caseId ? listener(state) : undefined)),
      clock,
      log: silentLog,
    },
    () => undefined,
  );
  await side.load();
  const escalator = new Escalator({
    side,
    ids,
    numbers: { of: () => ({ mode: "assistant", assistant: "", language: "en", target }), team: () => undefined },
    conversations: createMemoryConversations(() => []),
    language: "en",
    target,
    clock,
    log: silentLog,
    emergency: () => void voices.perform(call, { kind: "speak", line: "emergency", values: {} }),
  });
  const turn = 1;
  escalator.act(
    {
      escalate: true,
      trigger,
      because: "the caller speaks of ending their life",
      evidence: [turn],
      signals: {},
      thresholds: {},
      policyRevision: "1",
      policyIntent: "self-harm",
      emergency: true,
      priority: "urgent",
    },
    { at: clock.now(), turn: { index: turn, text: "I am going to end my life." } },
  );
}
