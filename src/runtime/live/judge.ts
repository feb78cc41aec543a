import type { EpochMs } from "../../domain/time.ts";
import {
  afterAssistantFailure,
  afterAssistantTurn,
  afterCallerTurn,
  afterContextUse,
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
import type { DecisionFacts, EscalationDecision } from "../../escalation/decision.ts";
import type { ToolRun } from "../../ports/conversations.ts";
import {
  afterHearing,
  afterLookUp,
  type KnownFigures,
  NO_FIGURES,
  ungroundedAmounts,
} from "../../scoring/grounding.ts";
import { type SelfEvaluation, weakFigures } from "../../scoring/self-evaluation.ts";
import type { TurnSignals, VoiceReading } from "../../scoring/turn-signals.ts";
import type { Turn } from "../../turns/turn.ts";
import type { FastPath } from "./live-deps.ts";

/** The fast path of one call: holds the conversation's memory and asks, after each thing that happens, whether to escalate. */
export class Judge {
  readonly #fastPath: FastPath;
  #conversation: Conversation;
  #figures: KnownFigures = NO_FIGURES;

  /** `told`: the assistant's instructions; figures in them may be named. */
  constructor(
    fastPath: FastPath,
    start: { readonly language: string; readonly startedAt: EpochMs; readonly told?: string },
  ) {
    const { told = "", ...conversation } = start;
    this.#fastPath = fastPath;
    this.#conversation = startConversation(conversation);
    this.#figures = afterHearing(NO_FIGURES, told);
  }

  /** Takes earlier turns up, for a call that comes back. Nothing is decided about them again. */
  replay(turns: readonly Turn[]): void {
    for (const turn of turns) {
      // What was looked up then is not known here any more: what was said about it counts as borne out.
      this.#figures = afterHearing(this.#figures, turn.text);
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

  /** These words alone are an explicit request for a person; nothing is remembered of them. */
  asksForPerson(words: string): boolean {
    const { explicitRequest } = this.#fastPath.read(words, this.#conversation.language, { earlierCallerTexts: [] });
    return explicitRequest >= this.#fastPath.policy().explicitRequest.threshold;
  }

  /** Answers a decision when the turn names an amount that nothing looked up bears out, else `undefined`. */
  assistantTurn(turn: Turn): EscalationDecision | undefined {
    this.#conversation = afterAssistantTurn(this.#conversation, turn);
    if (ungroundedAmounts(turn.text, this.#figures).length === 0) return undefined;
    return this.evaluated(weakFigures({ turn: turn.index, at: turn.endedAt ?? turn.at }));
  }

  tool(run: ToolRun): EscalationDecision {
    if (run.ok) this.#figures = afterLookUp(this.#figures, run.result);
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

  /** Share of the model's context in use, 0 to 1. */
  contextUsed(at: EpochMs, share: number): EscalationDecision {
    this.#conversation = afterContextUse(this.#conversation, share);
    return this.#decide(at);
  }

  assistantFailed(at: EpochMs, because: string): EscalationDecision {
    this.#conversation = afterAssistantFailure(this.#conversation, { at, because });
    return this.#decide(at);
  }

  /** A word on an assistant turn, of the deep path or of the figures; a later one can only add. */
  evaluated(evaluation: SelfEvaluation): EscalationDecision {
    this.#conversation = afterSelfEvaluation(this.#conversation, evaluation);
    return this.#decide(evaluation.at);
  }

  /** The assistant looks its answer up again, with another query. */
  searchedAgain(): void {
    this.#conversation = afterReGround(this.#conversation);
  }

  /** The caller took the request back: the same reason is not raised again in this intent. */
  declined({ trigger, signals }: Pick<DecisionFacts, "trigger" | "signals">, at: EpochMs): void {
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
    this.#figures = afterHearing(this.#figures, turn.text);
    const text = this.#fastPath.read(turn.text, this.#conversation.language, before);
    const signals: TurnSignals = voice === undefined ? text : { ...text, voice };
    this.#conversation = afterCallerTurn(this.#conversation, turn, signals);
    return signals;
  }

  #decide(at: EpochMs): EscalationDecision {
    return decideEscalation(this.#conversation, this.#fastPath.policy(), at);
  }
}
