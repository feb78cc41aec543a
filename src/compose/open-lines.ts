import { after } from "../domain/time.ts";
import { redact } from "../packet/redact.ts";
import type { Assistant } from "../ports/assistant.ts";
import type { BridgedCallers } from "../ports/hosted-assistant.ts";
import type { Desk } from "../ports/desk.ts";
import type { Telephony } from "../ports/telephony.ts";
import type { Tools } from "../ports/tools.ts";
import { recordLineStage } from "../runtime/case-metrics.ts";
import { identifyCallers } from "../runtime/identify-caller.ts";
import type { GatewayNode } from "../runtime/node.ts";
import { ExpectedCallers } from "../runtime/hosted/expected-callers.ts";
import type { HostedCalls } from "../runtime/hosted/hosted-calls.ts";
import { createLiveCalls, type LiveCalls } from "../runtime/live/live-calls.ts";
import { defaultLiveSettings, type LiveDeps } from "../runtime/live/live-deps.ts";
import { createHttpTools } from "../vendors/http-tools/create-http-tools.ts";
import { createOpenAiAssistant } from "../vendors/openai/realtime-assistant.ts";
import { type Bench, CALLBACK_DUE_MS } from "./bench.ts";
import { type Beside, openDeepPath } from "./open-deep-path.ts";
import { assistantByVendor, type Hosted, openHostedCalls } from "./open-hosted.ts";

export type Lines = {
  readonly live: LiveCalls;
  readonly hosted: HostedCalls;
  readonly bridged: BridgedCallers;
};

/** The callers' lines of this node: media on one side, an assistant on the other. */
export function openLines(
  bench: Bench,
  node: GatewayNode,
  {
    desk,
    hosted,
    telephony,
  }: { readonly desk: Pick<Desk, "preAlert">; readonly hosted: Hosted; readonly telephony: Telephony },
): Lines {
  const beside = openDeepPath(bench, node, {
    evaluated: (call, evaluation) => all.evaluated(call, evaluation),
    desk,
  });
  const deps = lineDeps(bench, node, beside);
  const streamed = createLiveCalls({ ...deps, assistant: streamedAssistant(bench, hosted) });
  const dialled = openHostedCalls(bench, { hosted, telephony }, deps);
  const all = bothKinds(streamed, dialled);
  return {
    hosted: dialled,
    bridged: new ExpectedCallers({
      ...deps,
      cloakroom: bench.stores.cloakroom,
    }),
    live: {
      ...all,
      close: async () => {
        beside.close();
        dialled.close();
        await streamed.close();
      },
    },
  };
}

/** Callers whose audio is here and callers who talk with an assistant that others run: orders reach either. */
const bothKinds = (streamed: LiveCalls, dialled: HostedCalls): LiveCalls => ({
  ...streamed,
  perform: (call, effect) => streamed.perform(call, effect) || dialled.perform(call, effect),
  evaluated: (call, evaluation) => streamed.evaluated(call, evaluation) || dialled.evaluated(call, evaluation),
  holds: (caseId) => streamed.holds(caseId) || dialled.holds(caseId),
  calls: () => [...streamed.calls(), ...dialled.calls()],
});

/** What every conversation with a caller needs, whoever runs the assistant. */
function lineDeps(bench: Bench, node: GatewayNode, beside: Beside): Omit<LiveDeps, "assistant"> {
  const { config, stores, clock, ids, log, words, numbers, judgement, metrics } = bench;
  const { assistants } = config.assistants;
  return {
    tools: openTools(bench, node),
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
      lineBegan: (line, state, at) => recordLineStage(metrics, { line, state, at }),
      audioDropped: () => metrics.count("warmline_audio_dropped_total", { towards: "assistant" }),
      lineHeard: (sound, seconds) => metrics.count("warmline_line_seconds_total", { sound }, seconds),
      promiseCut: (kind) => metrics.count("warmline_promises_total", { kind, kept: "cut" }),
      promiseHeard: (kind) => metrics.count("warmline_promises_total", { kind, kept: "heard" }),
    },
  };
}

/** Our own assistant and those of others whose audio runs through us, each call's by its configuration. */
function streamedAssistant({ settings, config, clock, log, metrics }: Bench, hosted: Hosted): Assistant {
  const { openai } = settings;
  const { assistants } = config.assistants;
  return assistantByVendor(
    (name) => assistants[name ?? ""]?.vendor ?? "openai",
    {
      ...hosted.streamed,
      ...(openai && {
        openai: createOpenAiAssistant({ ...openai, model: openai.realtimeModel, log, clock, metrics }),
      }),
    },
    absentAssistant,
  );
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
