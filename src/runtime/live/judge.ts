import type { EpochMs } from "../../domain/time.ts";
import {
  afterAssistantFailure,
  afterAssistantTurn,
  afterCallerTurn,
  afterDecline,
  afterReGround,
  afterRequest,
  afterReturn,
  afterSelfEvaluation,
  afterSilence,
  afterTool,
  type Conversation,
  type OutsideRequest,
  startConversation,
} from "../../escalation/conversation.ts";
import { decideEscalation } from "../../escalation/decide-escalation.ts";
import type { EscalationDecision } from "../../escalation/decision.ts";
import type { EscalationPart } from "../../handoff/state.ts";
import type { ToolRun } from "../../ports/conversations.ts";
import type { SelfEvaluation } from "../../scoring/self-evaluation.ts";
import type { TurnSignals, VoiceReading } from "../../scoring/turn-signals.ts";
import type { Turn } from "../../turns/turn.ts";
import type { FastPath } from "./live-deps.ts";

/** The fast path of one call: holds the conversation's memory and asks, after each thing that happens, whether to escalate. */
export class Judge {
  readonly #fastPath: FastPath;
  #conversation: Conversation;

  constructor(fastPath: FastPath, start: { readonly language: string; readonly startedAt: EpochMs }) {
    this.#fastPath = fastPath;
    this.#conversation = startConversation(start);
  }

  /** Takes earlier turns up, for a call that comes back. Nothing is decided about them again. */
  replay(turns: readonly Turn[]): void {
    for (const turn of turns) {
      if (turn.role === "caller") this.#hearCaller(turn, { earlierCallerTexts: [] });
      else if (turn.role === "assistant") this.#conversation = afterAssistantTurn(this.#conversation, turn);
    }
    this.#conversation = afterReturn(this.#conversation);
  }

  /** A caller's turn with its words, and what the voice said in it. */
  callerTurn(
    turn: Turn,
    before: { readonly lastAssistantText?: string; readonly earlierCallerTexts: readonly string[] },
    voice: VoiceReading | undefined,
  ): { readonly signals: TurnSignals; readonly decision: EscalationDecision; readonly asksForPerson: boolean } {
    const signals = this.#hearCaller(turn, before, voice);
    const asksForPerson = signals.explicitRequest >= this.#fastPath.policy().explicitRequest.threshold;
    return { signals, asksForPerson, decision: this.#decide(turn.endedAt ?? turn.at) };
  }

  assistantTurn(turn: Turn): void {
    this.#conversation = afterAssistantTurn(this.#conversation, turn);
  }

  tool(run: ToolRun): EscalationDecision {
    this.#conversation = afterTool(this.#conversation, run);
    return this.#decide(run.at);
  }

  request(request: Omit<OutsideRequest, "turn">): EscalationDecision {
    this.#conversation = afterRequest(this.#conversation, request);
    return this.#decide(request.at);
  }

  silence(at: EpochMs, ms: number): EscalationDecision {
    this.#conversation = afterSilence(this.#conversation, { at, ms });
    return this.#decide(at);
  }

  assistantFailed(at: EpochMs, because: string): EscalationDecision {
    this.#conversation = afterAssistantFailure(this.#conversation, { at, because });
    return this.#decide(at);
  }

  /** The deep path's word on an assistant turn; it can only add. */
  evaluated(evaluation: SelfEvaluation): EscalationDecision {
    this.#conversation = afterSelfEvaluation(this.#conversation, evaluation);
    return this.#decide(evaluation.at);
  }

  /** The assistant looks its answer up again, with another query. */
  searchedAgain(): void {
    this.#conversation = afterReGround(this.#conversation);
  }

  /** The caller took the request back: the same reason is not raised again in this intent. */
  declined(escalation: EscalationPart, at: EpochMs): void {
    const { trigger, signals } = escalation.decision;
    // The one signal of a policy intent is its own: shipped ones and those an admin added.
    const [policyIntent] = trigger === "policy-intent" ? Object.keys(signals) : [];
    this.#conversation = afterDecline(this.#conversation, {
      trigger,
      at,
      ...(policyIntent === undefined ? {} : { policyIntent }),
    });
  }

  /** A handoff ended and the caller is with the assistant again. */
  returned(): void {
    this.#conversation = afterReturn(this.#conversation);
  }

  #hearCaller(
    turn: Turn,
    before: { readonly lastAssistantText?: string; readonly earlierCallerTexts: readonly string[] },
    voice?: VoiceReading,
  ): TurnSignals {
    const text = this.#fastPath.read(turn.text, this.#conversation.language, before);
    const signals: TurnSignals = voice === undefined ? text : { ...text, voice };
    this.#conversation = afterCallerTurn(this.#conversation, turn, signals);
    return signals;
  }

  #decide(at: EpochMs): EscalationDecision {
    return decideEscalation(this.#conversation, this.#fastPath.policy(), at);
  }
}
