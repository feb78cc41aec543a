// One caller with an assistant that others run, on a clock that only the test moves: the real core and runtime, stores in
// memory, and a vendor that does what the test says.

import { CallId, LegId } from "../../../src/domain/ids.ts";
import type { HostedEvent, HostedReport, HostedSession, OpenedVisit } from "../../../src/ports/hosted-assistant.ts";
import { createHostedCalls } from "../../../src/runtime/hosted/hosted-calls.ts";
import { createVisitTokens } from "../../../src/runtime/hosted/visit-tokens.ts";
import { fakeClock } from "../../stores/fake-clock.ts";
import { startCaseBench, target } from "../case-bench.ts";

export const CALL = CallId("call-1");
const LEG = LegId("CA1");

export async function startHostedBench(
  options: { readonly agentFree?: boolean; readonly checked?: boolean; readonly follows?: boolean } = {},
) {
  const clock = fakeClock(1_000);
  const nobody = options.agentFree === false ? "nobody-on-duty" : undefined;
  const bench = await startCaseBench({ clock, call: CALL, nobody });
  const { cases, deps } = bench;
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
  const addresses: string[] = [];
  const leases: string[] = [];
  const redirected: string[] = [];
  const hosted = createHostedCalls({
    ...deps,
    numbers: { of: () => ({ mode: "assistant", assistant: "front", language: "en", target }), team: () => undefined },
    profile: () => ({ instructions: "You help with charges." }),
    hooks: { promiseHeard: (kind) => void heard.push(kind), promiseCut: (kind) => void heard.push(`cut ${kind}`) },
    tokens: createVisitTokens({ key: "secret", clock }),
    dialled: (assistant) =>
      assistant === "front"
        ? {
            follows: options.follows === true,
            address: ({ token }) => {
              addresses.push(token);
              return Promise.resolve({ kind: "sip", uri: `sip:vendor?x=${token}` });
            },
          }
        : undefined,
    held: (call) => {
      leases.push(`hold ${call}`);
      return () => void leases.push(`drop ${call}`);
    },
    redirect: (call) => {
      redirected.push(call);
      return Promise.resolve();
    },
    report: (_call, report) => void reports.push(report),
  });
  await bench.arrives({
    speech: (effect) => hosted.perform(CALL, effect),
    other: (effect) => (effect.kind === "reserve-agent" ? void bench.reserve(effect) : undefined),
  });
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
    ...bench,
    clock,
    vendor,
    heard,
    reports,
    addresses,
    leases,
    redirected,
    hosted,
    opened,
    visit,
    session,
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
    agentAccepts: async (): Promise<void> => {
      await bench.agentAccepts();
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
