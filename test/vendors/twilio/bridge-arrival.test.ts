// A call at our bridge number: who it is may come as digits, and the number shown may be the vendor's own.

import { afterEach, beforeEach, expect, test } from "vitest";

import type { Arrival, Arrived } from "../../../src/ports/hosted-assistant.ts";
import { CALL, CALLER, post, startGateway, START, voice } from "./gateway.ts";

let gateway: Awaited<ReturnType<typeof startGateway>>;
let told: Arrival[];
let answers: Arrived[];
beforeEach(async () => {
  told = [];
  answers = [];
  gateway = await startGateway({
    bridged: {
      arrived: async (arrival) => {
        told.push(arrival);
        return answers.shift() ?? { kind: "go-on" };
      },
    },
  });
});
afterEach(() => gateway.close());

const asked = (digits?: string) =>
  post(gateway, "/twilio/voice?code=asked", voice(digits === undefined ? {} : { Digits: digits }));

test("digits are asked for, and handed on when they came, or that none came", async () => {
  answers = [{ kind: "ask-code" }];
  const answer = await post(gateway, "/twilio/voice", voice());
  expect(answer.body).toContain("<Gather");
  // Others call that number, too: nobody is met by silence.
  expect(answer.body).toMatch(/<Gather[^>]*>\s*<Say[^>]*>en:one-moment/u);
  expect(answer.body).toContain("/twilio/voice?code=asked");
  await asked("210934");
  await asked();
  expect(told.map(({ code }) => code)).toEqual([undefined, "210934", ""]);
});

test("nothing is known of the caller before the digits are: the number shown is not stored", async () => {
  answers = [{ kind: "ask-code" }, { kind: "go-on", caller: {} }];
  await post(gateway, "/twilio/voice", voice({ StirVerstat: "TN-Validation-Passed-A", CallerName: "THE VENDOR" }));
  await asked("210934");
  const kept = gateway.callers.get(CALL);
  expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${CALLER.slice(1)}|VENDOR|Passed`, "u"));
  expect((await gateway.state())?.caller?.canCallBack).toBe(false);
});

test("known by digits with their number: that one is stored, and may be called back", async () => {
  answers = [{ kind: "go-on", caller: { ani: "+14155550142" } }];
  await asked("210934");
  expect(gateway.callers.get(CALL)?.ani).toBe("+14155550142");
  expect((await gateway.state())?.caller?.canCallBack).toBe(true);
});

test("an ordinary caller's number is theirs", async () => {
  await post(gateway, "/twilio/voice", voice());
  expect(gateway.callers.get(CALL)?.ani).toBe(CALLER);
  expect((await gateway.state())?.caller).toMatchObject({ canCallBack: true });
});

test("digits that come late are no choice in a menu; a key some seconds after is", async () => {
  answers = [{ kind: "go-on", lateDigits: true }];
  await asked();
  for (const key of "210934")
    await post(gateway, "/twilio/keys/caller", voice({ CallStatus: "in-progress", Digits: key }));
  expect((await gateway.state())?.handoff.kind).toBe("none");
  gateway.clock.passTo(START + 5_000);
  await post(gateway, "/twilio/keys/caller", voice({ CallStatus: "in-progress", Digits: "1" }));
  expect((await gateway.state())?.handoff.kind).not.toBe("none");
});
