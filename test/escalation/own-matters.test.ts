import { expect, test } from "vitest";
import { withOwnMatters } from "../../src/escalation/own-matters.ts";
import { defaultPolicy } from "../../src/escalation/policy.ts";

test("an assistant's own matters do not escalate by being named; all others do as before", () => {
  const eased = withOwnMatters(defaultPolicy, ["fraud"]);
  expect(eased.policyIntents.fraud.escalate).toBe(false);
  expect(eased.policyIntents["legal-threat"]).toEqual(defaultPolicy.policyIntents["legal-threat"]);
  expect(defaultPolicy.policyIntents.fraud.escalate).toBe(true);
});

test("danger to life always escalates, whoever claims it", () => {
  expect(withOwnMatters(defaultPolicy, ["self-harm"]).policyIntents["self-harm"].escalate).toBe(true);
});

test("no matters, no change", () => {
  expect(withOwnMatters(defaultPolicy, [])).toBe(defaultPolicy);
});
