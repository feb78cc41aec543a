import { voice } from "../../../lab/audio/voice.ts";
import type { Brain } from "../../../lab/openai/brain.ts";
import { type OpenAiTwin, type OpenAiTwinOptions, startOpenAiTwin } from "../../../lab/openai/twin.ts";
import { CallId, QueueId } from "../../../src/domain/ids.ts";
import type { EpochMs } from "../../../src/domain/time.ts";
import type { CaseState } from "../../../src/handoff/state.ts";
import type { CaseEvent, Effect, NobodyWhy, Target } from "../../../src/handoff/vocabulary.ts";
import type { Numbers } from "../../../src/ports/numbers.ts";
import type { Tools } from "../../../src/ports/tools.ts";
import type { CaseLoop } from "../../../src/runtime/case-loop.ts";
import { createLiveCalls, type LiveCalls } from "../../../src/runtime/live/live-calls.ts";
import type { defaultLiveSettings, LiveHooks } from "../../../src/runtime/live/live-deps.ts";
import { createSystemClock } from "../../../src/runtime/system-clock.ts";
import type { createMemoryConversations } from "../../../src/stores/memory/conversations.ts";
import { createOpenAiAssistant } from "../../../src/vendors/openai/realtime-assistant.ts";
import { legOf, startCaseBench, target } from "../case-bench.ts";
import { CallerLineDouble } from "./caller-line-double.ts";

const other: Target = { queue: QueueId("billing"), skills: [], team: "our billing team" };

const numbers: Numbers = {
  of: () => ({ mode: "assistant", assistant: "disputes", language: "en", target }),
  team: (name) => ({ disputes: target, billing: other })[name],
};

export type Bench = {
  readonly twin: OpenAiTwin;
  readonly live: LiveCalls;
  readonly cases: CaseLoop;
  readonly call: CallId;
  readonly line: CallerLineDouble;
  readonly events: { readonly event: CaseEvent; readonly at: EpochMs }[];
  readonly effects: { readonly effect: Effect; readonly at: EpochMs }[];
  readonly promisesCut: string[];
  readonly conversations: ReturnType<typeof createMemoryConversations>;
  /** Opens another line of the same call. */
  reopen(stream: string): CallerLineDouble;
  state(): CaseState | undefined;
  /** Dana answers, consents and is in the room. */
  agentAccepts(): Promise<void>;
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
  const call = CallId("CA1");
  const clock = createSystemClock();
  const bench = await startCaseBench({ clock, call, nobody: options.nobody });
  const { cases, deps } = bench;
  const promisesCut: string[] = [];
  const hooks: LiveHooks = { promiseCut: (kind) => void promisesCut.push(kind), ...options.hooks };
  const live = createLiveCalls({
    ...deps,
    assistant: createOpenAiAssistant({
      apiKey: twin.apiKey,
      baseUrl: twin.baseUrl,
      model: "gpt-realtime-2.1",
      log: deps.log,
      clock,
    }),
    tools: options.tools ?? deps.tools,
    numbers,
    // As the disputes assistant that ships: a charge nobody recognises is its own work.
    profile: () => ({ instructions: "You help with charges.", handles: ["fraud", "billing-dispute"] }),
    settings: { ...deps.settings, ...options.settings },
    hooks,
  });
  /** The world answers an effect after a while. */
  const world = (effect: Effect): void => {
    switch (effect.kind) {
      case "reserve-agent":
        return void setTimeout(() => void bench.reserve(effect), 20);
      case "show-offer": {
        const painted = { kind: "packet-painted", offer: effect.offer, version: 1, hash: "h" } as const;
        return void setTimeout(() => void cases.deliver(call, painted, "desk"), 30);
      }
      case "dial-agent": {
        const ringing = { kind: "agent-leg-ringing", offer: effect.offer, leg: legOf(effect.offer) } as const;
        return void setTimeout(() => void cases.deliver(call, ringing, "carrier"), 100);
      }
      case "move-caller":
        return void live.letGo(call);
      default:
        return undefined;
    }
  };
  await bench.arrives({ speech: (effect) => live.perform(call, effect), other: world });
  const line = new CallerLineDouble(call);
  const lines = [line];
  live.opened(line, {});
  return {
    ...bench,
    twin,
    live,
    call,
    line,
    promisesCut,
    reopen: (stream) => {
      const next = new CallerLineDouble(call, stream);
      lines.push(next);
      live.opened(next, {});
      return next;
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
