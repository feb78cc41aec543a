import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { voice } from "../../../lab/audio/voice.ts";
import type { Brain } from "../../../lab/openai/brain.ts";
import { type OpenAiTwin, type OpenAiTwinOptions, startOpenAiTwin } from "../../../lab/openai/twin.ts";
import { AgentId, CallId, LegId, NodeId, OfferId, QueueId } from "../../../src/domain/ids.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import { defaultPolicy as escalationPolicy } from "../../../src/escalation/policy.ts";
import { decide } from "../../../src/handoff/decide.ts";
import { defaultPolicy } from "../../../src/handoff/policy.ts";
import type { CaseState } from "../../../src/handoff/state.ts";
import type { CaseEvent, Effect, NobodyWhy, Target } from "../../../src/handoff/vocabulary.ts";
import type { Numbers } from "../../../src/ports/numbers.ts";
import type { Tools } from "../../../src/ports/tools.ts";
import type { Words } from "../../../src/ports/words.ts";
import { type CaseLoop, createCaseLoop } from "../../../src/runtime/case-loop.ts";
import { createLiveCalls, type LiveCalls } from "../../../src/runtime/live/live-calls.ts";
import { defaultLiveSettings, type LiveHooks } from "../../../src/runtime/live/live-deps.ts";
import type { SpeechEffect } from "../../../src/runtime/speech-effect.ts";
import { rulesOnly } from "../../../src/scoring/text-models.ts";
import { scoreText } from "../../../src/scoring/text-signals.ts";
import { createMemoryConversations } from "../../../src/stores/memory/conversations.ts";
import { createMemoryJournal } from "../../../src/stores/memory/journal.ts";
import { createOpenAiAssistant } from "../../../src/vendors/openai/realtime-assistant.ts";
import { silentLog } from "../../support/silent-log.ts";
import { CallerLineDouble } from "./caller-line-double.ts";

const target: Target = { queue: QueueId("disputes"), skills: ["disputes"], team: "our disputes team" };
const other: Target = { queue: QueueId("billing"), skills: [], team: "our billing team" };

/** The sentences that ship, so that the lab's recordings of them are found. */
const words: Words = (() => {
  const messages = parse(readFileSync(new URL("../../../config/messages/en.yaml", import.meta.url), "utf8")) as Record<
    string,
    string
  >;
  return {
    line: (_language, line, values) =>
      (messages[line] ?? line)
        .replaceAll(/\[\[(.*?)\]\]/g, (_all, part: string) =>
          /\{\{(\w+)\}\}/.exec(part) && values[/\{\{(\w+)\}\}/.exec(part)?.[1] ?? ""] ? part : "",
        )
        .replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => values[name] ?? ""),
  };
})();

const numbers: Numbers = {
  of: () => ({ mode: "assistant", assistant: "disputes", language: "en", target }),
  team: (name) => ({ disputes: target, billing: other })[name],
};

const noTools: Tools = {
  of: () => [],
  run: async () => {
    throw new Error("no tools in this test");
  },
};

const systemClock = {
  now: () => EpochMs(Date.now()),
  at: (when: EpochMs, wake: () => void) => {
    const timer = setTimeout(wake, Math.max(0, when - Date.now()));
    return () => clearTimeout(timer);
  },
};

export type Bench = {
  readonly twin: OpenAiTwin;
  readonly live: LiveCalls;
  readonly cases: CaseLoop;
  readonly call: CallId;
  readonly line: CallerLineDouble;
  readonly events: { readonly event: CaseEvent; readonly wallAt: number }[];
  readonly effects: { readonly effect: Effect; readonly wallAt: number }[];
  readonly promisesCut: string[];
  readonly conversations: ReturnType<typeof createMemoryConversations>;
  /** Opens another line of the same call. */
  reopen(stream: string): CallerLineDouble;
  state(): CaseState | undefined;
  agentAnswers(): Promise<void>;
  /** What was spoken, by the assistant's own transcripts, in order. */
  spoken(): readonly string[];
  close(): Promise<void>;
};

export type BenchOptions = {
  readonly brain?: Brain;
  readonly twin?: Omit<OpenAiTwinOptions, "brain">;
  /** `undefined`: an agent is reserved at once. */
  readonly nobody?: NobodyWhy;
  readonly tools?: Tools;
  readonly settings?: Partial<typeof defaultLiveSettings>;
  readonly wordsOnly?: boolean;
  readonly hooks?: LiveHooks;
};

/** One call with the real core, in-memory stores and the lab's OpenAI; reservations and agents are the test's. */
export async function startBench(options: BenchOptions = {}): Promise<Bench> {
  const twin = await startOpenAiTwin({ ...options.twin, ...(options.brain ? { brain: options.brain } : {}) });
  const journal = createMemoryJournal();
  const conversations = createMemoryConversations((caseId) => journal.escalationsOf(caseId));
  let count = 0;
  const id = (kind: string): string => `${kind}${(count += 1)}`;
  const ids = {
    escalation: () => id("esc-") as never,
    offer: () => OfferId(id("offer-")),
    token: () => id("token-") as never,
    callback: () => id("cb-") as never,
    node: () => NodeId("n1"),
    reference: () => "K7 Q2",
    secret: () => id("secret-"),
  };
  const cases = createCaseLoop({
    shared: false,
    journal,
    clock: systemClock,
    ids,
    node: NodeId("n1"),
    decide: (before, event) => decide(before, event, defaultPolicy),
    policy: defaultPolicy,
    callbackDueMs: 900_000,
    log: silentLog,
  });
  const call = CallId("CA1");
  const events: Bench["events"] = [];
  const effects: Bench["effects"] = [];
  const promisesCut: string[] = [];
  let state: CaseState | undefined;
  cases.onCommit((_case, now, event) => {
    state = now;
    events.push({ event, wallAt: Date.now() });
  });
  const hooks: LiveHooks = { promiseCut: (kind) => void promisesCut.push(kind), ...options.hooks };
  const live = createLiveCalls({
    assistant: createOpenAiAssistant({
      apiKey: twin.apiKey,
      baseUrl: twin.baseUrl,
      model: "gpt-realtime-2.1",
      log: silentLog,
      clock: systemClock,
    }),
    tools: options.tools ?? noTools,
    cases,
    watch: (caseId, listener) => cases.onCommit((id_, now) => (id_ === caseId ? listener(now) : undefined)),
    conversations,
    numbers,
    words,
    ids,
    clock: systemClock,
    log: silentLog,
    // As the disputes assistant that ships: a charge nobody recognises is its own work.
    profile: () => ({ instructions: "You help with charges.", handles: ["fraud", "billing-dispute"] }),
    fastPath: {
      policy: () => escalationPolicy,
      read: (text, language, before) => scoreText(text, language, rulesOnly, before),
    },
    settings: { ...defaultLiveSettings, ...options.settings },
    hooks,
    callbackDueAt: (at) => EpochMs(at + 900_000),
  });
  const reserve = async (effect: Extract<Effect, { kind: "reserve-agent" }>): Promise<void> => {
    const { attempt, token } = effect;
    if (options.nobody !== undefined)
      await cases.deliver(call, { kind: "no-agent-free", attempt, why: options.nobody }, "presence");
    else
      await cases.deliver(
        call,
        {
          kind: "agent-reserved",
          attempt,
          offer: ids.offer(),
          agent: AgentId("dana"),
          agentName: "Dana",
          token,
          device: "phone",
        },
        "presence",
      );
  };
  cases.performWith(({ effect }) => {
    effects.push({ effect, wallAt: Date.now() });
    switch (effect.kind) {
      case "reserve-agent":
        return void setTimeout(() => void reserve(effect), 20);
      case "show-offer":
        return void setTimeout(
          () =>
            void cases.deliver(call, { kind: "packet-painted", offer: effect.offer, version: 1, hash: "h" }, "desk"),
          30,
        );
      case "dial-agent":
        return void setTimeout(
          () =>
            void cases.deliver(
              call,
              { kind: "agent-leg-ringing", offer: effect.offer, leg: LegId(`CA-${effect.offer}`) },
              "carrier",
            ),
          100,
        );
      case "move-caller":
        return void live.letGo(call);
      case "speak":
      case "cut-speech":
      case "keep-company":
      case "resume-assistant":
      case "silence-assistant":
        return void live.perform(call, effect satisfies SpeechEffect);
      default:
        return undefined;
    }
  });
  await conversations.saveCaller(call, { ani: "+15550100012", dnis: "+15550109999", verification: [] });
  await cases.deliver(
    call,
    { kind: "call-arrived", call, leg: LegId("CA1"), mode: "assistant", language: "en", target, canCallBack: true },
    "carrier",
  );
  const line = new CallerLineDouble(call);
  const lines = [line];
  live.opened(line, {});
  return {
    twin,
    live,
    cases,
    call,
    line,
    events,
    effects,
    promisesCut,
    conversations,
    reopen: (stream) => {
      const next = new CallerLineDouble(call, stream);
      lines.push(next);
      live.opened(next, {});
      return next;
    },
    state: () => state,
    agentAnswers: async () => {
      const handoff = state?.handoff;
      if (handoff?.kind !== "offering") throw new Error(`nobody is being offered: ${handoff?.kind}`);
      const { id: offer } = handoff.offer;
      const leg = LegId(`CA-${offer}`);
      await cases.deliver(call, { kind: "agent-leg-answered", offer, leg }, "carrier");
      await cases.deliver(call, { kind: "agent-consented", offer, via: "key" }, "agent");
      await cases.deliver(call, { kind: "agent-joined", offer, leg }, "carrier");
    },
    spoken: () =>
      twin.log.flatMap(({ type, event }) =>
        type === "response.output_audio_transcript.done" ? [String(event["transcript"])] : [],
      ),
    close: async () => {
      await live.close();
      for (const each of lines) each.close();
      cases.close();
      await twin.close();
    },
  };
}

/** Waits until the greeting has been heard to its end. */
export async function greeted(bench: Bench): Promise<void> {
  const { line } = bench;
  await line.until(() => bench.spoken().some((text) => text.startsWith("How can I help")), "the greeting");
  await quiet(line);
}

/** Waits until we have been quiet for a moment. */
export const quiet = (line: CallerLineDouble): Promise<void> =>
  line.until(() => line.heard.length > 0 && Date.now() > (line.heard.at(-1)?.to ?? 0) + 300, "our silence");

/** Calls are heard in real time, and other tests run beside them. */
export const CALL_MS = 120_000;

const WINDOW_BYTES = 400;

/** How much of the assistant's recording of a sentence reached the caller byte for byte, in milliseconds. */
export function heardMs(line: CallerLineDouble, text: string): number {
  const played = Buffer.concat(line.played);
  const said = Buffer.from(voice("assistant", text));
  let ms = 0;
  for (let at = 0; at + WINDOW_BYTES <= said.length; at += WINDOW_BYTES)
    if (played.includes(said.subarray(at, at + WINDOW_BYTES))) ms += WINDOW_BYTES / 8;
  return ms;
}
