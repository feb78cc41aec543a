import type { NamedTime } from "../../callbacks/read-time.ts";
import { withOwnMatters } from "../../escalation/own-matters.ts";
import type { EpochMs } from "../../domain/time.ts";
import { type CallerIntent, callerIntent } from "../../escalation/caller-intent.ts";
import type { Escalate, EscalationDecision } from "../../escalation/decision.ts";
import type { CaseState } from "../../handoff/state.ts";
import type { ToolRun } from "../../ports/conversations.ts";
import type { SelfEvaluation } from "../../scoring/self-evaluation.ts";
import type { VoiceReading } from "../../scoring/turn-signals.ts";
import type { Turn } from "../../turns/turn.ts";
import { keepNote, keepSummary } from "./assistants-words.ts";
import { type CallFacts, callerNow } from "./call-facts.ts";
import { callerWish, type CallerWish } from "./caller-wish.ts";
import type { CaseSide } from "./case-side.ts";
import { type DecisionAbout, Escalator } from "./escalator.ts";
import { modeOf } from "./instructions.ts";
import { Judge } from "./judge.ts";
import type { LiveDeps } from "./live-deps.ts";
import { timeOfTool, timeSaid } from "./named-time.ts";
import { type OwnToolCall, SYSTEM_SPEAKS, toolNote } from "./own-tools.ts";
import type { TurnLog } from "./turn-log.ts";
import { warmUp } from "./warm-up.ts";

export type DialogueParts = {
  readonly deps: Omit<LiveDeps, "assistant">;
  readonly facts: CallFacts;
  readonly side: CaseSide;
  readonly turns: TurnLog;
  /** What the assistant says to this turn is not wanted: the system speaks. */
  readonly systemSpeaks: () => void;
  /** The case cannot be told of danger to life: the line is said all the same. */
  readonly emergency: () => void;
};

/** What each turn and tool call means: a wish about the open handoff, a decision, or something the assistant answers. */
export class Dialogue {
  readonly #parts: DialogueParts;
  readonly #judge: Judge;
  readonly #escalator: Escalator;

  constructor(parts: DialogueParts) {
    const { deps, facts, side } = parts;
    const { setup, turns } = facts;
    this.#parts = parts;
    const { handles } = facts.profile;
    const fastPath = { ...deps.fastPath, policy: () => withOwnMatters(deps.fastPath.policy(), handles ?? []) };
    this.#judge = new Judge(fastPath, {
      language: setup.language,
      startedAt: turns[0]?.at ?? deps.clock.now(),
      told: facts.profile.instructions,
    });
    warmUp(deps.fastPath, setup.language);
    this.#judge.replay(turns);
    this.#escalator = new Escalator({
      side,
      ids: deps.ids,
      numbers: deps.numbers,
      conversations: deps.conversations,
      target: setup.target,
      language: setup.language,
      clock: deps.clock,
      log: deps.log,
      emergency: parts.emergency,
    });
  }

  callerTurn(turn: Turn, voice: VoiceReading | undefined): "answer" | "handled" {
    const { turns, side } = this.#parts;
    const [lastAssistantText] = turns.last("assistant", 1);
    const before = {
      earlierCallerTexts: turns.last("caller", 3).slice(0, -1),
      ...(lastAssistantText === undefined ? {} : { lastAssistantText }),
    };
    const { decision, asksForPerson } = this.#judge.callerTurn(turn, before, voice);
    const about = { at: this.#now(), turn: { index: turn.index, text: turn.text } };
    const grave = isGrave(decision, turn.index);
    const danger = grave && decision.emergency === true;
    const wish = danger ? undefined : this.#wishOf(turn.text, { state: side.state, asksForPerson });
    // "Cancel that" is about the handoff, whatever else the word may mean.
    const cancels = wish?.kind === "cancel" && grave && decision.policyIntent === "cancellation";
    if (grave && !cancels && this.#act(decision, about)) return "handled";
    if (wish !== undefined) {
      this.#grant(wish);
      return "handled";
    }
    if (!grave && this.#act(decision, about)) return "handled";
    return modeOf(side.state).kind === "silent" ? "handled" : "answer";
  }

  /** A decision when the turn names an amount that nothing looked up bears out. */
  assistantTurn(turn: Turn): EscalationDecision | undefined {
    const decision = this.#judge.assistantTurn(turn);
    if (decision === undefined || modeOf(this.#parts.side.state).kind !== "talk") return undefined;
    this.#act(decision, { at: this.#now() });
    return decision;
  }

  /** True: the system speaks, the assistant does not go on. */
  toolRan(run: ToolRun): boolean {
    return this.#act(this.#judge.tool(run), { at: run.at });
  }

  /** Nobody spoke for `ms` although the caller was due. True: the system speaks. */
  silence(ms: number): boolean {
    const at = this.#now();
    return this.#act(this.#judge.silence(at, ms), { at });
  }

  /** How full the assistant's memory is, 0 to 1. */
  contextUsed(share: number): void {
    const at = this.#now();
    const decision = this.#judge.contextUsed(at, share);
    // What else may be due by now is decided with the caller's next turn.
    if (!decision.escalate || decision.trigger !== "context-limit") return;
    if (modeOf(this.#parts.side.state).kind === "talk") this.#act(decision, { at });
  }

  /** True: the system speaks. */
  assistantFailed(because: string): boolean {
    const at = this.#now();
    return this.#act(this.#judge.assistantFailed(at, because), { at });
  }

  evaluated(evaluation: SelfEvaluation): EscalationDecision {
    const decision = this.#judge.evaluated(evaluation);
    this.#act(decision, { at: evaluation.at });
    return decision;
  }

  /** The assistant was told to look its answer up again. */
  searchedAgain(): void {
    this.#judge.searchedAgain();
  }

  /** The handoff is over and the caller is the assistant's again. */
  resumed(because: string, state: CaseState | undefined): void {
    if (because === "cancelled" && state?.escalation !== undefined)
      this.#judge.declined(state.escalation.decision, this.#now());
    else this.#judge.returned();
  }

  ownTool(call: OwnToolCall): Reply {
    const mode = modeOf(this.#parts.side.state).kind;
    switch (call.kind) {
      case "escalate":
        return this.#escalate(call, mode);
      case "choose":
        return this.#callBack(call, mode);
      case "cancel":
        if (mode === "talk" || mode === "silent") return goOn("No handoff can be cancelled now.");
        this.#grant({ kind: "cancel" });
        return { output: SYSTEM_SPEAKS, goOn: false };
      default:
        return call satisfies never;
    }
  }

  #wishOf(
    text: string,
    { state, asksForPerson }: { readonly state: CaseState | undefined; readonly asksForPerson: boolean },
  ): CallerWish | undefined {
    if (state === undefined) return undefined;
    const { deps, facts } = this.#parts;
    const { setup } = facts;
    const { language } = setup;
    const now = this.#now();
    const clauses = text.split(/[,.!?;]/u);
    const intent = callerIntent(text, language);
    // "Have somebody call me back" asks for a callback; "call me back, no, get me somebody" for a person.
    const asksBeside = (clause: string): boolean =>
      !LETTING_GO.has(callerIntent(clause, language)) && this.#judge.asksForPerson(clause);
    return callerWish(state, {
      intent,
      first: callerIntent(clauses[0] ?? "", language),
      asksForPerson: asksForPerson && (!LETTING_GO.has(intent) || clauses.some(asksBeside)),
      time: timeSaid(text, state, { setup, now, usual: () => deps.callbackDueAt(now) }),
    });
  }

  #callBack(call: Extract<OwnToolCall, { kind: "choose" }>, mode: string): Reply {
    const { turns, facts } = this.#parts;
    const { setup } = facts;
    const [turn] = turns.last("caller", 1);
    const asks = turn !== undefined && callerIntent(turn, setup.language) === "callback";
    const when = timeOfTool(call.time, asks ? turn : undefined, { setup, now: this.#now() });
    const another = mode === "confirm" && when?.kind === "at";
    if (mode === "silent" || (mode === "confirm" && !another))
      return goOn("The system already asks the caller about it.");
    this.#parts.systemSpeaks();
    void this.#chooseCallback(call, when);
    return { output: SYSTEM_SPEAKS, goOn: false };
  }

  /** The note is for whoever rings back; it comes with the case, which may be opened by this very choice. */
  async #chooseCallback(
    { choice, note }: Extract<OwnToolCall, { kind: "choose" }>,
    when: NamedTime | undefined,
  ): Promise<void> {
    const { deps, facts, side } = this.#parts;
    await this.#tell({ kind: "choose", choice, ...(when !== undefined && { when }) });
    const escalation = side.state?.escalation?.id;
    if (note === undefined || escalation === undefined) return;
    await keepNote(deps, escalation, "callback", { note });
    await keepSummary(deps, facts.caseId, { summary: note, ifNone: true });
  }

  #escalate(call: Extract<OwnToolCall, { kind: "escalate" }>, mode: string): Reply {
    if (mode === "choose") {
      this.#grant({ kind: "choose", choice: "person" });
      return { output: SYSTEM_SPEAKS, goOn: false };
    }
    const { deps, facts } = this.#parts;
    const at = this.#now();
    if (call.summary !== undefined) void keepSummary(deps, facts.caseId, { summary: call.summary });
    const because = "The assistant asked for a person.";
    const decision = this.#judge.request({ trigger: "assistant-request", because, at });
    if (!decision.escalate)
      return goOn(
        "Not taken up: the caller has just said that they do not want a person. Go on helping them yourself.",
      );
    const team = call.team === undefined ? {} : { team: call.team };
    const speaks = this.#act(decision, { at, reason: call.reason, ...team });
    if (speaks) return { output: SYSTEM_SPEAKS, goOn: false };
    return goOn("A person is already being looked for. Go on keeping the caller company; promise nothing.");
  }

  #act(decision: EscalationDecision, about: DecisionAbout): boolean {
    const { deps, facts, systemSpeaks } = this.#parts;
    deps.hooks.risk?.(facts.caseId, decision.escalate ? 1 : decision.risk);
    const speaks = this.#escalator.act(decision, about);
    if (speaks) systemSpeaks();
    return speaks;
  }

  #grant(wish: CallerWish): void {
    this.#parts.systemSpeaks();
    void this.#tell(wish);
  }

  async #tell(wish: CallerWish): Promise<boolean> {
    const { side } = this.#parts;
    switch (wish.kind) {
      case "cancel":
        return side.tell({ kind: "caller-cancelled" }, "caller");
      case "choose":
        return side.tell(
          { kind: "caller-chose", choice: wish.choice, ...(wish.when !== undefined && { when: wish.when }) },
          "caller",
        );
      case "confirm":
        await this.#saveNumber();
        return side.tell({ kind: "callback-confirmed" }, "caller");
      case "reject":
        return side.tell({ kind: "callback-rejected" }, "caller");
      default:
        return wish satisfies never;
    }
  }

  /** The number that was read back and confirmed is the one to ring, before anything says so (H2). */
  async #saveNumber(): Promise<void> {
    const { deps, facts } = this.#parts;
    const { caseId } = facts;
    const caller = await callerNow(deps, facts);
    if (caller.ani === undefined) return;
    try {
      await deps.conversations.saveCaller(caseId, { ...caller, callbackNumber: caller.callbackNumber ?? caller.ani });
    } catch (err) {
      deps.log.error(
        { case: caseId, err },
        "the confirmed callback number could not be saved; the caller's own is used",
      );
    }
  }

  #now(): EpochMs {
    return this.#parts.deps.clock.now();
  }
}

/** Wishes whose own words may name a person: "I don't want an agent", "an agent should call me". */
const LETTING_GO: ReadonlySet<CallerIntent | undefined> = new Set(["callback", "cancel"]);

/** Danger to life, and what policy always brings to people, said in this very turn: before any wish in it (H14). */
const isGrave = (decision: EscalationDecision, turn: number): decision is Escalate =>
  decision.escalate &&
  (decision.emergency === true || decision.trigger === "policy-intent") &&
  decision.evidence.includes(turn);

type Reply = { readonly output: string; readonly goOn: boolean };

const goOn = (status: string): Reply => ({
  output: toolNote(status),
  goOn: true,
});
