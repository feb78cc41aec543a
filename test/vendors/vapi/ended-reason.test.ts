import { Vapi } from "@vapi-ai/server-sdk";
import { expect, test } from "vitest";
import { endOf } from "../../../src/vendors/vapi/ended-reason.ts";

const REASONS: readonly string[] = Object.values(Vapi.ServerMessageStatusUpdateEndedReason);

test.each([
  ["customer-ended-call", "line-ended"],
  ["call.in-progress.sip-completed-call", "line-ended"],
  ["assistant-ended-call", "assistant-ended"],
  ["assistant-said-end-call-phrase", "assistant-ended"],
  ["assistant-forwarded-call", "transferred"],
  ["silence-timed-out", "silence"],
  ["exceeded-max-duration", "too-long"],
  ["voicemail", "voicemail"],
  ["manually-canceled", "stopped"],
  ["assistant-request-returned-no-assistant", "refused"],
  ["call.start.error-subscription-concurrency-limit-reached", "refused"],
  ["pipeline-error-openai-llm-failed", "failed"],
  ["a-reason-of-next-year", "failed"],
] as const)("%s is %s", (reason, how) => {
  expect(endOf(reason)).toBe(how);
});

test("every reason the SDK knows has a word of ours, and only deliberate ends are deliberate", () => {
  expect(REASONS.length).toBeGreaterThan(300);
  const deliberate = REASONS.filter((reason) => endOf(reason) === "assistant-ended");
  expect(deliberate.every((reason) => reason.startsWith("assistant-"))).toBe(true);
  expect(REASONS.filter((reason) => /error|fault|failed/u.test(reason) && endOf(reason) === "line-ended")).toEqual([]);
});
