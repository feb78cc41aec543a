import { voice } from "../../../lab/audio/voice.ts";
import { type OpenAiTwin, type OpenAiTwinOptions, startOpenAiTwin } from "../../../lab/openai/twin.ts";
import type { LogEntry } from "../../../lab/openai/event-log.ts";
import type { AssistantEvent, AssistantSession, AssistantSetup } from "../../../src/ports/assistant.ts";
import { createSystemClock } from "../../../src/runtime/system-clock.ts";
import { createOpenAiAssistant } from "../../../src/vendors/openai/realtime-assistant.ts";
import { silentLog } from "../../support/silent-log.ts";

type Kind = AssistantEvent["kind"];
type Of<K extends Kind> = Extract<AssistantEvent, { kind: K }>;

/** One session against the lab's OpenAI, and everything it said. */
export class AssistantBench {
  readonly events: AssistantEvent[] = [];
  readonly twin: OpenAiTwin;
  readonly session: AssistantSession;
  readonly #waiters = new Set<() => void>();

  constructor(twin: OpenAiTwin, setup: Partial<AssistantSetup> = {}) {
    this.twin = twin;
    const assistant = createOpenAiAssistant({
      apiKey: twin.apiKey,
      baseUrl: twin.baseUrl,
      model: "gpt-realtime-2.1",
      log: silentLog,
      clock: createSystemClock(),
    });
    this.session = assistant.open(
      { instructions: "Help.", language: "en", tools: [], history: [], ...setup },
      (event) => {
        this.events.push(event);
        for (const wake of this.#waiters) wake();
      },
    );
  }

  all<K extends Kind>(kind: K): Of<K>[] {
    return this.events.filter((event): event is Of<K> => event.kind === kind);
  }

  /** The first event of this kind that fits, now or later. */
  async wait<K extends Kind>(kind: K, fits: (event: Of<K>) => boolean = () => true): Promise<Of<K>> {
    for (;;) {
      const found = this.all(kind).find((event) => fits(event));
      if (found !== undefined) return found;
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${kind} in 15 s`)), 15_000);
        const wake = (): void => {
          clearTimeout(timer);
          this.#waiters.delete(wake);
          resolve();
        };
        this.#waiters.add(wake);
      });
    }
  }

  /** The caller says it, in 20 ms frames in real time, and is silent for a second. */
  async say(text: string): Promise<void> {
    const audio = Buffer.concat([Buffer.from(voice("caller", text)), Buffer.alloc(8_000, 0xff)]);
    const startedAt = Date.now();
    for (let at = 0; at < audio.length; at += 160) {
      const due = startedAt + at / 8;
      if (due > Date.now()) await new Promise((resolve) => setTimeout(resolve, due - Date.now()));
      this.session.hear(audio.subarray(at, at + 160));
    }
  }

  sent(type: string): LogEntry[] {
    return this.twin.log.filter((entry) => entry.from === "client" && entry.type === type);
  }
}

export async function startAssistant(
  options: OpenAiTwinOptions = {},
  setup: Partial<AssistantSetup> = {},
): Promise<AssistantBench & { close(): Promise<void> }> {
  const twin = await startOpenAiTwin({ ttfaMs: 60, speed: 20, ...options });
  const bench = new AssistantBench(twin, setup);
  return Object.assign(bench, {
    close: async () => {
      bench.session.end();
      await twin.close();
    },
  });
}
