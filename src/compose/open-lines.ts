import { after } from "../domain/time.ts";
import { redact } from "../packet/redact.ts";
import type { Assistant } from "../ports/assistant.ts";
import type { Desk } from "../ports/desk.ts";
import type { Tools } from "../ports/tools.ts";
import { identifyCallers } from "../runtime/identify-caller.ts";
import type { GatewayNode } from "../runtime/node.ts";
import { createLiveCalls, type LiveCalls } from "../runtime/live/live-calls.ts";
import { defaultLiveSettings } from "../runtime/live/live-deps.ts";
import { createHttpTools } from "../vendors/http-tools/create-http-tools.ts";
import { createOpenAiAssistant } from "../vendors/openai/realtime-assistant.ts";
import { type Bench, CALLBACK_DUE_MS } from "./bench.ts";
import { openDeepPath } from "./open-deep-path.ts";

/** The callers' lines of this node: media on one side, an assistant on the other. */
export function openLines(bench: Bench, node: GatewayNode, desk: Pick<Desk, "preAlert">): LiveCalls {
  const { settings, config, stores, clock, ids, log, words, numbers, judgement, metrics } = bench;
  const { assistants } = config.assistants;
  const tools = openTools(bench, node);
  const beside = openDeepPath(bench, node, {
    evaluated: (call, evaluation) => live.evaluated(call, evaluation),
    desk,
  });
  const live = createLiveCalls({
    assistant: settings.openai
      ? createOpenAiAssistant({ ...settings.openai, model: settings.openai.realtimeModel, log, clock, metrics })
      : absentAssistant,
    tools,
    cases: node.cases,
    watch: (caseId, listener) =>
      node.cases.onChange((changed, state) => {
        if (changed === caseId) listener(state);
      }),
    conversations: stores.conversations,
    numbers,
    words,
    ids,
    clock,
    log,
    profile: (name) => assistants[name] ?? { instructions: "You are a helpful telephone assistant." },
    fastPath: judgement.fastPath,
    settings: defaultLiveSettings,
    callbackDueAt: (at) => after(at, CALLBACK_DUE_MS),
    hooks: {
      turn: (caseId, turn) => {
        node.bulletin.turn(caseId, turn);
        beside.turn(caseId, turn);
      },
      toolRun: beside.toolRun,
      risk: beside.risk,
      lineHeard: (sound, seconds) => metrics.count("warmline_line_seconds_total", { sound }, seconds),
      promiseCut: (kind) => metrics.count("warmline_promises_total", { kind, kept: "cut" }),
    },
  });
  return {
    ...live,
    close: async () => {
      beside.close();
      await live.close();
    },
  };
}

/** The business systems; the first question to them is who calls. */
function openTools({ config, stores, clock, log, numbers }: Bench, node: GatewayNode): Tools {
  const { assistants } = config.assistants;
  const tools = createHttpTools(config.assistants, { clock, log, redact });
  identifyCallers({
    ...stores,
    cases: node.cases,
    numbers,
    tools,
    log,
    identifyWith: (assistant) => assistants[assistant]?.identify,
  });
  return tools;
}

const nothing = (): void => undefined;

/** No assistant vendor is configured: the carrier's fixed lines and keys serve the caller. */
const absentAssistant: Assistant = {
  open: (_setup, listener) => {
    queueMicrotask(() => listener({ kind: "closed", how: "refused", raw: "no assistant is configured" }));
    return {
      hear: nothing,
      reply: nothing,
      cancel: nothing,
      heardOnly: nothing,
      instruct: nothing,
      note: nothing,
      answerTool: nothing,
      end: nothing,
    };
  },
};
