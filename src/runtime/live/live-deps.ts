import type { PolicyIntent } from "../../domain/closed-sets.ts";
import type { EscalationPolicy } from "../../escalation/policy.ts";
import type { LineId } from "../../handoff/lines.ts";
import type { CaseState } from "../../handoff/state.ts";
import type { Assistant } from "../../ports/assistant.ts";
import type { Cases } from "../../ports/cases.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Conversations, ToolRun } from "../../ports/conversations.ts";
import type { Ids } from "../../ports/ids.ts";
import type { CaseId } from "../../ports/journal.ts";
import type { Numbers } from "../../ports/numbers.ts";
import type { Tools } from "../../ports/tools.ts";
import type { Words } from "../../ports/words.ts";
import type { EpochMs } from "../../domain/time.ts";
import type { TextSignals } from "../../scoring/text-signals.ts";
import type { Turn } from "../../turns/turn.ts";
import type { Log } from "../../telemetry/log.ts";
import type { LineSound } from "./line-watch.ts";

/** Every commit of one case on this node; the result ends the watch. */
export type CaseWatch = (caseId: CaseId, listener: (state: CaseState) => void) => () => void;

/** What is read from the words of one caller turn, with what was said before it. */
export type ReadTurn = (
  text: string,
  language: string,
  before: { readonly lastAssistantText?: string; readonly earlierCallerTexts: readonly string[] },
) => TextSignals;

/** The fast path: in the process, without network. The policy is asked for at each turn, since admins change it. */
export type FastPath = { readonly policy: () => EscalationPolicy; readonly read: ReadTurn };

/** What others want to know of a live call. Must not throw and must not wait. */
export type LiveHooks = {
  /** A turn of either party is complete. */
  readonly turn?: (caseId: CaseId, turn: Turn) => void;
  readonly toolRun?: (caseId: CaseId, run: ToolRun) => void;
  /** A sentence of the assistant that promised something nobody had was cut. */
  readonly promiseCut?: (kind: "person" | "callback" | "time") => void;
  /** A hosted assistant promised something nobody had, and the caller has heard it. */
  readonly promiseHeard?: (kind: "person" | "callback" | "time") => void;
  /** How near a decision is, 0 to 1, after each judged turn. */
  readonly risk?: (caseId: CaseId, risk: number) => void;
  readonly callerInterrupted?: () => void;
  /** A line that the case ordered begins on the caller's line at `at`; `state`: the case then. */
  readonly lineBegan?: (line: LineId, state: CaseState | undefined, at: EpochMs) => void;
  /** A piece of a caller's audio was dropped before an assistant's session could take it. */
  readonly audioDropped?: () => void;
  /** What is on callers' lines, in seconds of the audio that was looked at. */
  readonly lineHeard?: (sound: LineSound, seconds: number) => void;
};

/** Limits of a live call, in milliseconds. */
export type LiveSettings = {
  /** The reply waits this long for the caller's words to be judged. */
  readonly answerAfterMs: number;
  /** Quiet on the line during a handoff before we say something. With the first audio's delay it stays under 4 s. */
  readonly quietMs: number;
  /**
   * While a person is being got: from the last voice on the line to the first audio of what was asked for; then the
   * carrier speaks, so that the caller hears a voice within 4 s.
   */
  readonly firstAudioHoldingMs: number;
  /** From the asking, when nobody is being got; it is asked twice. */
  readonly firstAudioMs: number;
  /** How long audio may be held back for its words to be checked. */
  readonly checkWordsMs: number;
  /** An assistant's session must be ready within this: at the start, and when it is lost and opened again. */
  readonly readyMs: number;
  readonly backMs: number;
  /** Lost twice within this: the model is down. */
  readonly lostTwiceMs: number;
  /** Words that have not come by then will not come: the turn counts as not understood. */
  readonly wordsMs: number;
};

export const defaultLiveSettings: LiveSettings = {
  answerAfterMs: 350,
  quietMs: 2_000,
  firstAudioHoldingMs: 3_500,
  firstAudioMs: 4_000,
  checkWordsMs: 300,
  readyMs: 3_000,
  backMs: 2_000,
  lostTwiceMs: 10_000,
  wordsMs: 15_000,
};

export type LiveDeps = {
  readonly assistant: Assistant;
  readonly tools: Tools;
  readonly cases: Cases;
  readonly watch: CaseWatch;
  readonly conversations: Conversations;
  readonly numbers: Numbers;
  readonly words: Words;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly log: Log;
  /** What each configured assistant is told. */
  readonly profile: (assistant: string) => {
    readonly instructions: string;
    readonly voice?: string | undefined;
    /** Policy intents that are this assistant's own work. */
    readonly handles?: readonly PolicyIntent[] | undefined;
  };
  readonly fastPath: FastPath;
  readonly settings: LiveSettings;
  readonly hooks: LiveHooks;
  /** When a callback promised at `at` is due unless the caller names a time: spoken in the read-back, set by the core. */
  readonly callbackDueAt: (at: EpochMs) => EpochMs;
};
