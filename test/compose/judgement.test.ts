import { expect, test } from "vitest";
import { createJudgement } from "../../src/compose/judgement.ts";
import { defaultPolicy, type TriggerSettings } from "../../src/escalation/policy.ts";
import { rulesOnly } from "../../src/scoring/text-models.ts";
import { turn } from "../packet/facts.ts";

const settings = (change: Partial<TriggerSettings>): TriggerSettings => ({
  ...defaultPolicy,
  languages: ["en", "de"],
  phrases: { asks: [], asksNot: [] },
  customIntents: {},
  ...change,
});

const alone = { earlierCallerTexts: [] };

test("a caller is heard in the language they speak, whether the call's is listed, another one or not listed", () => {
  const { read } = createJudgement({ models: rulesOnly, policy: () => settings({}) }).fastPath;
  // A German sentence in calls whose tag says otherwise.
  const asks = (tag: string): number => read("ich möchte mit einem Menschen sprechen", tag, alone).explicitRequest;
  expect(asks("de-AT")).toBeGreaterThan(0.5);
  expect(asks("en-GB")).toBeGreaterThan(0.5);
  expect(asks("es-MX")).toBeGreaterThan(0.5);
});

test("phrases that change while calls go on count from the next turn on", () => {
  let now = settings({});
  const { read } = createJudgement({ models: rulesOnly, policy: () => now }).fastPath;
  const asks = (text: string, tag: string): number => read(text, tag, alone).explicitRequest;
  expect(asks("platinum desk", "en")).toBeLessThan(0.5);
  now = settings({ phrases: { asks: ["platinum desk"], asksNot: [] } });
  expect(asks("the Platinum Desk, please", "en")).toBe(1);
});

test("the mood of a turn in a packet is that of its words alone, whether it was read in its conversation or not", () => {
  const parts = { models: rulesOnly, policy: () => settings({}) };
  const said = ["this is great, thank you, lovely", "no, not that", "you stupid useless machine"];
  const turns = said.map((text, index) => turn(index, "caller", text));
  const heard = createJudgement(parts);
  for (const text of said) heard.fastPath.read(text, "en", { earlierCallerTexts: said });
  const fresh = createJudgement(parts).insight(turns, "en");
  expect(heard.insight(turns, "en")).toEqual(fresh);
  expect(fresh.sentiment?.series.map(({ value }) => Math.sign(value))).toEqual([1, -1, -1]);
});
