// The time a caller named by voice, heard and confirmed by keys after the assistant was lost: one and the same, by the
// clocks of the number's own zone.
import { expect, onTestFinished, test } from "vitest";

import { EpochMs } from "../../../src/domain/time.ts";
import { CALL, post, startGateway, voice } from "./gateway.ts";

/** It is 23:33 of the day before in New York, and this is ten in the morning there. */
const TEN = EpochMs(Date.parse("2026-07-14T14:00:00Z"));

test("the menu reads back and confirms the time that is stored", async () => {
  const gateway = await startGateway(
    { timeZone: "America/New_York" },
    () => true,
    undefined,
    () => false,
  );
  onTestFinished(() => gateway.close());
  const ask = async (path: string, more: Record<string, string> = {}) => (await post(gateway, path, voice(more))).body;
  await ask("/twilio/voice", { CallStatus: "ringing" });
  await ask("/twilio/keys/caller", { Digits: "2" });
  await gateway.loop.deliver(
    CALL,
    { kind: "caller-chose", choice: "callback", when: { kind: "at", at: TEN } },
    "caller",
  );

  const read = await ask("/twilio/document/caller");
  expect(read).toContain("en:read-back");
  expect(read).toContain("tomorrow at ten in the morning");
  const confirmed = await ask("/twilio/keys/caller", { Digits: "1" });
  expect(confirmed).toContain("en:callback-confirmed");
  expect(confirmed).toContain("tomorrow at ten in the morning");
  expect((await gateway.state())?.escalation?.callback?.dueAt).toBe(TEN);
});
