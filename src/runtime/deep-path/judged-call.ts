import { after } from "../../domain/time.ts";
import type { CaseState, HandoffKind } from "../../handoff/state.ts";
import type { CallInsight } from "../../packet/insight.ts";
import type { ToolRun } from "../../ports/conversations.ts";
import type { CaseId } from "../../ports/journal.ts";
import type { Judged } from "../../ports/judge.ts";
import type { Turn } from "../../turns/turn.ts";
import { type CallNotes, insightAfter, noNotes, questionFrom, replyIn, withRun, withTurn } from "./call-notes.ts";
import type { DeepPathDeps } from "./deep-path-deps.ts";

/** A store that does not answer by then must not keep a judgement from the call, in milliseconds. */
const SAVE_MAX_MS = 500;
/**
 * What a decision was made on is summed up so much later, in milliseconds: a question costs the processor what a card does,
 * and those who ask for a person in the same moment are reserved, shown and rung first.
 */
const SUM_UP_AFTER_MS = 700;

/** Somebody is being got: what the caller adds belongs in the packet, and no answer decides anything any more. */
const HOLDING: ReadonlySet<HandoffKind> = new Set([
  "reserving",
  "waiting",
  "offering",
  "offering-fallback",
  "capturing-callback",
]);

const talking = (state: CaseState | undefined): boolean =>
  state === undefined || state.handoff.kind === "none" || state.handoff.kind === "closed";

/** One call: at most one question to the judge at a time, and the newest one wins. */
export class JudgedCall {
  readonly #deps: DeepPathDeps;
  readonly #caseId: CaseId;
  readonly #ended: () => void;
  readonly #loaded: Promise<void>;
  #notes: CallNotes = noNotes;
  #state: CaseState | undefined;
  #asking: AbortController | undefined;
  #notYet: (() => void) | undefined;
  #over = false;

  /** @param ended the caller is gone; this call may be forgotten. */
  constructor(deps: DeepPathDeps, caseId: CaseId, ended: () => void) {
    this.#deps = deps;
    this.#caseId = caseId;
    this.#ended = ended;
    this.#loaded = this.#load();
  }

  turn(turn: Turn): void {
    this.#notes = withTurn(this.#notes, turn);
    if (this.#state !== undefined) this.#consider(turn);
    else void this.#loaded.then(() => this.#consider(turn));
  }

  toolRun(run: ToolRun): void {
    this.#notes = withRun(this.#notes, run);
  }

  changed(state: CaseState): void {
    const began = talking(this.#state) && !talking(state);
    this.#state = state;
    if (state.caller?.place === "gone") return this.#ended();
    if (began) this.#sumUp();
  }

  close(): void {
    this.#over = true;
    this.#notYet?.();
    this.#asking?.abort();
  }

  /** Decided on words that were not judged yet: the packet should say what they are about. */
  #sumUp(): void {
    const { clock } = this.#deps;
    this.#notYet?.();
    this.#notYet = clock.at(after(clock.now(), SUM_UP_AFTER_MS), () => {
      const judgedTo = this.#notes.insight?.turn ?? -1;
      if (judgedTo < (this.#notes.turns.at(-1)?.index ?? -1)) this.#ask();
    });
  }

  get #holding(): boolean {
    return this.#state !== undefined && HOLDING.has(this.#state.handoff.kind);
  }

  /** What the caller says in a talk is judged with the reply to it. */
  #consider(turn: Turn): void {
    if (!this.#over && turn.role === (this.#holding ? "caller" : "assistant")) this.#ask();
  }

  #ask(): void {
    this.#notYet?.();
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#answer(asking.signal)
      .catch((err: unknown) => {
        this.#deps.log.error({ case: this.#caseId, err }, "the deep path failed; the fast path goes on without it");
      })
      .finally(() => {
        if (this.#asking === asking) this.#asking = undefined;
      });
  }

  async #answer(outdated: AbortSignal): Promise<void> {
    await this.#loaded;
    const { judge, clock, policy } = this.#deps;
    const notes = this.#notes;
    const reply = replyIn(notes);
    if (outdated.aborted || !(this.#holding || (talking(this.#state) && reply !== undefined))) return;
    const language = this.#state?.caller?.language ?? "en";
    const judged = await judge.judge(questionFrom(notes, { case: this.#caseId, language }), outdated);
    if (judged === undefined || outdated.aborted) return;
    const insight = insightAfter({ ...this.#notes, turns: notes.turns }, judged, { at: clock.now(), policy: policy() });
    this.#notes = { ...this.#notes, insight };
    // Before anything is decided by it: the packet of that decision holds it then.
    await this.#save(insight);
    if (this.#over) return;
    if (!outdated.aborted && reply !== undefined) this.#tell(reply, judged);
    if (this.#state?.escalation !== undefined) this.#deps.learned(this.#caseId);
  }

  #tell(reply: Turn, judged: Judged): void {
    const { clock, evaluated } = this.#deps;
    const call = this.#state?.caller?.call;
    const { scores, intent, resolved } = judged;
    if (scores === undefined || call === undefined || !talking(this.#state)) return;
    evaluated(call, {
      turn: reply.index,
      at: clock.now(),
      scores,
      resolved,
      ...(intent === undefined ? {} : { intent }),
    });
  }

  async #save(insight: CallInsight): Promise<void> {
    const { conversations, clock, log } = this.#deps;
    const saved = conversations.saveInsight(this.#caseId, insight).catch((err: unknown) => {
      log.warn({ case: this.#caseId, err }, "what was judged could not be saved; the packet will lack it");
    });
    const { promise: waited, resolve } = Promise.withResolvers<void>();
    const cancel = clock.at(after(clock.now(), SAVE_MAX_MS), resolve);
    await Promise.race([saved, waited]);
    cancel();
  }

  /** Takes up what was said before this node had the call. A store that does not answer costs the beginning only. */
  async #load(): Promise<void> {
    const { conversations, cases, rules, log } = this.#deps;
    try {
      const [state, caller, turns, runs, insight] = await Promise.all([
        cases.state(this.#caseId),
        conversations.caller(this.#caseId),
        conversations.turns(this.#caseId),
        conversations.toolRuns(this.#caseId),
        conversations.insight(this.#caseId),
      ]);
      this.#state ??= state;
      const told = rules(caller);
      const earlier = runs.reduce(withRun, turns.reduce(withTurn, noNotes));
      const known = this.#notes.turns.reduce(withTurn, earlier);
      const fresh = this.#notes.runs.filter((run) => !runs.some(({ at, name }) => at === run.at && name === run.name));
      this.#notes = {
        ...fresh.reduce(withRun, known),
        ...(insight !== undefined && { insight }),
        ...(told !== undefined && { rules: told }),
      };
    } catch (err) {
      log.warn({ case: this.#caseId, err }, "the beginning of a call could not be loaded for its judgement");
    }
    if (this.#state?.caller?.place === "gone") this.#ended();
  }
}
