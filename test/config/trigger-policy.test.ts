import { readFile, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadTriggers, parseTriggers, triggersSchema } from "../../src/config/trigger-policy.ts";
import { watchTriggers } from "../../src/config/watch-triggers.ts";
import { defaultPolicy, phrasesOf, type TriggerSettings } from "../../src/escalation/policy.ts";
import { DIMENSIONS } from "../../src/scoring/self-evaluation.ts";

const shipped = await readFile(new URL("../../config/triggers.yaml", import.meta.url), "utf8");

function valid(text: string): TriggerSettings {
  const answer = parseTriggers(text);
  if (!answer.ok) throw new Error(answer.problems.join("\n"));
  return answer.triggers;
}

test("the shipped file says what the program does without it", () => {
  const { languages: _languages, phrases: _phrases, revision: _revision, ...policy } = valid(shipped);
  const { revision: _, ...expected } = defaultPolicy;
  expect(policy).toEqual(expected);
});

test("an empty file keeps every shipped value", () => {
  const { revision: _a, ...empty } = valid("");
  const { revision: _b, ...written } = valid(shipped);
  expect(empty).toEqual(written);
});

test("a problem names file, line and remedy", () => {
  const text = "explicitRequest:\n  threshold: 7\npolicyIntents:\n  fraud:\n    escalate: sometimes\n";
  const answer = parseTriggers(text);
  expect(answer.ok).toBe(false);
  if (answer.ok) return;
  expect(answer.problems.join("\n")).toMatch(
    /triggers\.yaml:2: explicitRequest\.threshold: expected a share from 0 to 1/,
  );
  expect(answer.problems.join("\n")).toMatch(/triggers\.yaml:5: policyIntents\.fraud\.escalate/);
});

test("an unknown key is refused, so that a typing error is not a silent default", () => {
  const answer = parseTriggers("sentimnt:\n  level: 0.4\n");
  expect(answer.ok).toBe(false);
});

test("another text is another revision, the same text the same", () => {
  expect(valid("failedTurns: { limit: 2 }").revision).not.toBe(valid(shipped).revision);
  expect(valid(shipped).revision).toBe(valid(shipped).revision);
});

test("own intents bring their phrases", () => {
  const settings = valid("customIntents:\n  vip:\n    phrases: [platinum desk]\n    queue: general\n");
  expect(phrasesOf(settings).intents).toEqual({ vip: ["platinum desk"] });
});

test("the weights are those of the dimensions the deep path judges", () => {
  expect(Object.keys(triggersSchema.parse({}).confidence.weights)).toEqual([...DIMENSIONS]);
});

test("a missing file says where it was looked for", async () => {
  const dir = await mkdtemp(join(tmpdir(), "triggers-"));
  const answer = await loadTriggers(dir);
  expect(answer).toEqual({ ok: false, problems: [expect.stringContaining(dir)] });
});

test("a change is taken up without a restart, a mistake is not", async () => {
  const dir = await mkdtemp(join(tmpdir(), "triggers-"));
  const file = join(dir, "triggers.yaml");
  await writeFile(file, shipped);
  const first = await loadTriggers(dir);
  if (!first.ok) throw new Error(first.problems.join("\n"));
  const answers: boolean[] = [];
  const { promise: good, resolve: sawGood } = Promise.withResolvers<void>();
  const { promise: bad, resolve: sawBad } = Promise.withResolvers<void>();
  const watched = watchTriggers(dir, first.triggers, ({ ok }) => {
    answers.push(ok);
    (ok ? sawGood : sawBad)();
  });
  await writeFile(file, "failedTurns: { limit: 5 }\n");
  await good;
  expect(watched.current().failedTurns.limit).toBe(5);
  await writeFile(file, "failedTurns: { limit: many }\n");
  await bad;
  expect(watched.current().failedTurns.limit).toBe(5);
  watched.close();
});
