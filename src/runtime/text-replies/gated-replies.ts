// Replies in text for a voice that reads our words: written by a model, judged before they are spoken (design §5), and
// given up for a search with another query, or for a person, when they are not good enough.

import { after } from "../../domain/time.ts";
import { floorFor } from "../../escalation/confidence.ts";
import type { EscalationPolicy } from "../../escalation/policy.ts";
import { redact } from "../../packet/redact.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Judge, JudgeAsk, Judged } from "../../ports/judge.ts";
import type { ConversationEntry, ReplySource, Writer } from "../../ports/writer.ts";
import { gateReply } from "../deep-path/gate-reply.ts";
import { SEARCH_AGAIN } from "../live/instructions.ts";
import { SYSTEM_SPEAKS } from "../live/own-tools.ts";

/** A reply may look things up this often before it has to be said. */
const ROUNDS_MAX = 8;
/** Searches with another query before a weak reply counts as failed (design §5: one). */
const TRIES = 1;
/** The caller waits meanwhile: a judgement that takes longer comes too late for this reply, in milliseconds. */
const JUDGE_MAX_MS = 1_500;
const TURNS_MAX = 14;
const WEAK = "The assistant has searched again and still has no answer it can stand by.";

export type GatedRepliesDeps = {
  readonly writer: Writer;
  readonly judge: Judge;
  readonly policy: () => EscalationPolicy;
  readonly clock: Clock;
};

type Ask = Parameters<ReplySource["reply"]>[0];
type Hands = Parameters<ReplySource["reply"]>[1];

export function createGatedReplies(deps: GatedRepliesDeps): ReplySource {
  return { reply: (ask, hands, outdated) => new GatedReply(deps, ask, hands).run(outdated) };
}

class GatedReply {
  readonly #deps: GatedRepliesDeps;
  readonly #ask: Ask;
  readonly #hands: Hands;
  readonly #history: ConversationEntry[];
  #triesLeft = TRIES;

  constructor(deps: GatedRepliesDeps, ask: Ask, hands: Hands) {
    this.#deps = deps;
    this.#ask = ask;
    this.#hands = hands;
    this.#history = ask.history.map(redacted);
  }

  async run(outdated: AbortSignal): Promise<"said" | "failed"> {
    for (let round = 0; round < ROUNDS_MAX && !outdated.aborted; round += 1) {
      const written = await this.#deps.writer.write({ ...this.#ask, history: this.#history }, outdated);
      if (written === undefined) return "failed";
      if (outdated.aborted) break;
      const goOn = written.calls.length > 0 ? await this.#use(written) : await this.#gate(written.text, outdated);
      if (!goOn) break;
    }
    return "said";
  }

  /** Runs what the model wants to know first. What it says before that answers nothing yet, and is said. */
  async #use({ text, calls }: { readonly text: string; readonly calls: readonly Call[] }): Promise<boolean> {
    this.#say(text);
    for (const { toolCall, name, input } of calls) {
      this.#history.push({ kind: "called", toolCall, name, input });
      const output = await this.#hands.tool(name, input);
      this.#history.push({ kind: "answered", toolCall, output: redact(output) });
      // The system has the word: a reply of the model's own would be about something that is not so yet.
      if (output === SYSTEM_SPEAKS) return false;
    }
    return true;
  }

  /** True: not good enough yet, and worth another try. */
  async #gate(text: string, outdated: AbortSignal): Promise<boolean> {
    if (text.trim() === "") return false;
    const { policy } = this.#deps;
    const judged = await this.#judged(text, outdated);
    if (outdated.aborted) return false;
    const { weights } = policy().confidence;
    const floor = floorFor({ intent: judged?.intent ?? "unknown" }, policy());
    const scores = judged?.scores;
    const fate = gateReply(scores && { scores }, { floor, weights, triesLeft: this.#triesLeft });
    if (fate === "say" || judged === undefined || scores === undefined) {
      this.#say(text);
      return false;
    }
    const { intent, resolved } = judged;
    const taken = this.#hands.weak({ scores, resolved, ...(intent !== undefined && { intent }) });
    if (taken === "handled") return false;
    if (fate === "search-again") {
      this.#triesLeft -= 1;
      this.#history.push({ kind: "told", text: SEARCH_AGAIN });
      return true;
    }
    const output = await this.#hands.tool("escalate_to_human", JSON.stringify({ reason: WEAK }));
    // The caller has just said that they want nobody: an honest weak answer is better than none.
    if (output !== SYSTEM_SPEAKS) this.#say(text);
    return false;
  }

  async #judged(text: string, outdated: AbortSignal): Promise<Judged | undefined> {
    const { judge, clock } = this.#deps;
    const late = new AbortController();
    const { promise: waited, resolve } = Promise.withResolvers<undefined>();
    const cancel = clock.at(after(clock.now(), JUDGE_MAX_MS), () => {
      late.abort();
      resolve(undefined);
    });
    const asked = judge.judge(this.#question(text), AbortSignal.any([outdated, late.signal]));
    const judged = await Promise.race([asked, waited]);
    cancel();
    return judged;
  }

  #question(draft: string): JudgeAsk {
    const { call, language, instructions } = this.#ask;
    const said = this.#history.flatMap((entry) =>
      entry.kind === "said" ? [{ role: entry.role, text: entry.text }] : [],
    );
    return {
      case: call,
      language,
      turns: [...said.slice(-TURNS_MAX), { role: "assistant", text: redact(draft) }],
      runs: this.#runs(),
      rules: instructions,
    };
  }

  #runs(): JudgeAsk["runs"] {
    return this.#history.flatMap((entry) => {
      if (entry.kind !== "called") return [];
      const answer = this.#history.find((other) => other.kind === "answered" && other.toolCall === entry.toolCall);
      const result = answer?.kind === "answered" ? answer.output : "";
      return [
        { name: entry.name, kind: "read" as const, ok: !result.includes('"ok":false'), input: entry.input, result },
      ];
    });
  }

  #say(text: string): void {
    if (text.trim() === "") return;
    this.#history.push({ kind: "said", role: "assistant", text: text.trim() });
    this.#hands.say(text.trim());
  }
}

type Call = { readonly toolCall: string; readonly name: string; readonly input: string };

/** Cards and codes reach no model (H12). */
function redacted(entry: ConversationEntry): ConversationEntry {
  switch (entry.kind) {
    case "said":
    case "told":
      return { ...entry, text: redact(entry.text) };
    case "called":
      return { ...entry, input: redact(entry.input) };
    case "answered":
      return { ...entry, output: redact(entry.output) };
    default:
      return entry satisfies never;
  }
}
