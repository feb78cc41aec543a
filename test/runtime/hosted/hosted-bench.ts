// One caller with an assistant that others run, on a clock that only the test moves: the real core and runtime, stores in
// memory, and a vendor that does what the test says.

import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { AgentId, CallId, LegId, NodeId, OfferId, QueueId } from "../../../src/domain/ids.ts";
import { EpochMs } from "../../../src/domain/time.ts";
import { defaultPolicy as escalationPolicy } from "../../../src/escalation/policy.ts";
import { decide } from "../../../src/handoff/decide.ts";
import { defaultPolicy } from "../../../src/handoff/policy.ts";
import type { CaseState } from "../../../src/handoff/state.ts";
import type { CaseEvent, Effect, Target } from "../../../src/handoff/vocabulary.ts";
import type { HostedEvent, HostedReport, HostedSession, OpenedVisit } from "../../../src/ports/hosted-assistant.ts";
import type { Words } from "../../../src/ports/words.ts";
import { createCaseLoop } from "../../../src/runtime/case-loop.ts";
import { createHostedCalls } from "../../../src/runtime/hosted/hosted-calls.ts";
import { createVisitTokens } from "../../../src/runtime/hosted/visit-tokens.ts";
import { defaultLiveSettings } from "../../../src/runtime/live/live-deps.ts";
import type { SpeechEffect } from "../../../src/runtime/speech-effect.ts";
import { rulesOnly } from "../../../src/scoring/text-models.ts";
import { scoreText } from "../../../src/scoring/text-signals.ts";
import { createMemoryConversations } from "../../../src/stores/memory/conversations.ts";
import { createMemoryJournal } from "../../../src/stores/memory/journal.ts";
import { silentLog } from "../../support/silent-log.ts";
import { stepClock } from "../live/step-clock.ts";

const target: Target = { queue: QueueId("disputes"), skills: [], team: "our disputes team" };
export const CALL = CallId("call-1");
const LEG = LegId("CA1");

const messages = parse(readFileSync(new URL("../../../config/messages/en.yaml", import.meta.url), "utf8")) as Record<
  string,
  string
>;
const words: Words = {
  line: (_language, line, values) =>
    (messages[line] ?? line)
      .replaceAll(/\[\[.*?\]\]/g, "")
      .replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => values[name] ?? ""),
};

export async function startHostedBench(options: { readonly agentFree?: boolean; readonly checked?: boolean } = {}) {
  const clock = stepClock();
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
    clock,
    ids,
    node: NodeId("n1"),
    decide: (before, event) => decide(before, event, defaultPolicy),
    policy: defaultPolicy,
    callbackDueMs: 900_000,
    log: silentLog,
  });
  const events: CaseEvent[] = [];
  const effects: Effect[] = [];
  const vendor = {
    said: [] as string[],
    notes: [] as string[],
    prompts: [] as string[],
    muted: false,
    tools: new Map<string, string>(),
    /** False: it takes nothing. */
    takes: true,
  };
  const heard: string[] = [];
  const reports: HostedReport[] = [];
  let state: CaseState | undefined;
  cases.onCommit((_case, now, event) => {
    state = now;
    events.push(event);
  });
  const addresses: string[] = [];
  const redirected: string[] = [];
  const hosted = createHostedCalls({
    tools: { of: () => [], run: () => Promise.reject(new Error("no tools in this test")) },
    cases,
    watch: (caseId, listener) => cases.onCommit((of, now) => (of === caseId ? listener(now) : undefined)),
    conversations,
    numbers: { of: () => ({ mode: "assistant", assistant: "front", language: "en", target }), team: () => undefined },
    words,
    ids,
    clock,
    log: silentLog,
    profile: () => ({ instructions: "You help with charges." }),
    fastPath: {
      policy: () => escalationPolicy,
      read: (text, language, before) => scoreText(text, language, rulesOnly, before),
    },
    settings: defaultLiveSettings,
    hooks: { promiseHeard: (kind) => void heard.push(kind), promiseCut: (kind) => void heard.push(`cut ${kind}`) },
    callbackDueAt: (at) => EpochMs(at + 900_000),
    tokens: createVisitTokens({ key: "secret", clock }),
    dialled: (assistant) =>
      assistant === "front"
        ? {
            address: ({ token }) => {
              addresses.push(token);
              return Promise.resolve({ kind: "sip", uri: `sip:vendor?x=${token}` });
            },
          }
        : undefined,
    held: () => () => undefined,
    redirect: (call) => {
      redirected.push(call);
      return Promise.resolve();
    },
    report: (_call, report) => void reports.push(report),
  });
  cases.performWith(({ effect }) => {
    effects.push(effect);
    switch (effect.kind) {
      case "reserve-agent":
        return void cases.deliver(CALL, reservation(effect, options.agentFree !== false, ids.offer()), "presence");
      case "speak":
      case "cut-speech":
      case "keep-company":
      case "resume-assistant":
      case "silence-assistant":
        return void hosted.perform(CALL, effect satisfies SpeechEffect);
      default:
        return undefined;
    }
  });
  await conversations.saveCaller(CALL, { ani: "+15550100012", dnis: "+15550109999", verification: [] });
  await cases.deliver(
    CALL,
    { kind: "call-arrived", call: CALL, leg: LEG, mode: "assistant", language: "en", target, canCallBack: true },
    "carrier",
  );
  const session: HostedSession = {
    abilities: { lines: "exactly", mutes: true, checked: options.checked === true },
    say: ({ text }) => {
      vendor.said.push(text);
      return Promise.resolve(vendor.takes);
    },
    prompt: (text) => void vendor.prompts.push(text),
    note: (text) => void vendor.notes.push(text),
    instruct: (text) => void vendor.notes.push(text),
    mute: (muted) => {
      vendor.muted = muted;
    },
    answerTool: (toolCall, output) => void vendor.tools.set(toolCall, output),
    end: () => undefined,
  };
  const dial = await hosted.dial({ call: CALL, leg: LEG, assistant: "front" });
  const visit = hosted.read(addresses[0] ?? "");
  if (visit === undefined || dial === undefined) throw new Error("there is no visit");
  const opened = (await hosted.open(visit, session)) as OpenedVisit;
  const hear = async (...news: readonly HostedEvent[]): Promise<void> => {
    for (const event of news) opened.listener.hear(event);
    await settle();
  };
  return {
    clock,
    cases,
    conversations,
    events,
    effects,
    vendor,
    heard,
    reports,
    addresses,
    redirected,
    hosted,
    opened,
    visit,
    session,
    state: () => state,
    hear,
    /** Time passes, and everything that it sets off is done. */
    pass: async (ms: number): Promise<void> => {
      for (let left = ms; left > 0; left -= 50) {
        clock.advance(Math.min(50, left));
        await settle();
      }
    },
    /** The vendor says the newest line, from beginning to end. */
    speakLine: async (): Promise<void> => {
      await hear({ kind: "speech-started", party: "assistant" }, { kind: "speech-ended", party: "assistant" });
    },
    callerSays: (item: string, text: string) =>
      hear(
        { kind: "speech-started", party: "caller" },
        { kind: "speech-ended", party: "caller" },
        { kind: "words", party: "caller", item, text, final: true },
      ),
    /** Dana answers, consents and is in the room. */
    agentAccepts: async (): Promise<void> => {
      const handoff = state?.handoff;
      if (handoff?.kind !== "offering") throw new Error(`nobody is being offered: ${handoff?.kind}`);
      const offer = handoff.offer.id;
      const leg = LegId("CA2");
      await cases.deliver(CALL, { kind: "agent-leg-answered", offer, leg }, "carrier");
      await cases.deliver(CALL, { kind: "agent-consented", offer, via: "key" }, "agent");
      await cases.deliver(CALL, { kind: "agent-joined", offer, leg }, "carrier");
      await settle();
    },
    close: () => {
      hosted.close();
      cases.close();
    },
  };
}

/** Everything that waits for nothing but other promises has happened. */
async function settle(): Promise<void> {
  for (let i = 0; i < 6; i++) await new Promise((resolve) => setImmediate(resolve));
}

function reservation({ attempt, token }: Extract<Effect, { kind: "reserve-agent" }>, free: boolean, offer: OfferId) {
  return free
    ? ({
        kind: "agent-reserved",
        attempt,
        offer,
        agent: AgentId("dana"),
        agentName: "Dana",
        token,
        device: "phone",
      } as const)
    : ({ kind: "no-agent-free", attempt, why: "nobody-on-duty" } as const);
}
