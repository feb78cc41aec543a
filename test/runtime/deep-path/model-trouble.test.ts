import { expect, onTestFinished, test } from "vitest";
import { noFaults } from "../../../lab/openai/faults.ts";
import { scriptedBrain } from "../../../lab/openai/scripted-brain.ts";
import type { Bench } from "../live/live-bench.ts";
import { greeted, quiet } from "../live/live-bench.ts";
import { judgedBench } from "./judged-bench.ts";

const brain = scriptedBrain([{ does: [{ say: "Thank you, I have noted that." }] }]);
const SAID = [
  "It was last Tuesday, in the evening.",
  "My card ends in four four one two.",
  "It was last Tuesday, in the evening.",
  "My card ends in four four one two.",
];

/** What the judging model does wrong while the caller says the sentence with the same index. */
const TROUBLE = [
  ["down", { status: 500 }],
  ["slow", { delayMs: 2_800 }],
  ["rate-limited", { status: 429 }],
  ["nonsense", { output: "nonsense" }],
] as const;

/** From the end of the caller's speech, as the model's service hears it, to the asking for the reply, in milliseconds. */
function replyStarts({ twin }: Bench): readonly number[] {
  const { log } = twin;
  return log.flatMap(({ type, at }, index) => {
    if (type !== "input_audio_buffer.speech_stopped") return [];
    const asked = log.slice(index).find((entry) => entry.from === "client" && entry.type === "response.create");
    return asked === undefined ? [] : [asked.at - at];
  });
}

async function talk(bench: Bench, before: (sentence: number) => void): Promise<void> {
  const { line } = bench;
  await greeted(bench);
  const answers = (): number => bench.spoken().filter((text) => text.startsWith("Thank you, I have noted")).length;
  for (const [sentence, text] of SAID.entries()) {
    before(sentence);
    await line.say(text);
    await line.until(() => answers() > sentence, `answer ${sentence}`);
    await quiet(line);
  }
  await line.say("Can I speak to a human please?");
  await line.until(() => bench.events.some(({ event }) => event.kind === "escalation-decided"), "the decision");
}

const decisionsOf = (bench: Bench): readonly unknown[] =>
  bench.events.flatMap(({ event }) => {
    if (event.kind !== "escalation-decided") return [];
    const { trigger, because, evidence, signals, thresholds } = event.decision;
    return [{ trigger, because, evidence, signals, thresholds }];
  });

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

test("a judging model that is down, slow, limited or talks nonsense changes no decision and delays no speech", async () => {
  const [judged, plain] = await Promise.all([judgedBench({ brain }), judgedBench({ brain, judged: false })]);
  onTestFinished(() => judged.close());
  onTestFinished(() => plain.close());

  await Promise.all([
    talk(judged, (sentence) => {
      Object.assign(judged.twin.faults, { http: { ...noFaults().http, ...TROUBLE[sentence]?.[1] } });
    }),
    talk(plain, () => undefined),
  ]);

  expect(judged.twin.requests.length).toBeGreaterThanOrEqual(TROUBLE.length);
  expect(plain.twin.requests).toHaveLength(0);
  expect(decisionsOf(judged)).toEqual(decisionsOf(plain));
  expect(decisionsOf(judged)).toMatchObject([{ trigger: "explicit-request" }]);
  const [withIt, without] = [replyStarts(judged), replyStarts(plain)];
  expect(withIt.length).toBeGreaterThanOrEqual(SAID.length);
  // Beside each other on the same machine at the same time; the slow model takes 2.8 s.
  expect(median(withIt) - median(without)).toBeLessThan(800);
  expect(Math.max(...withIt) - Math.max(...without)).toBeLessThan(2_000);
}, 120_000);
