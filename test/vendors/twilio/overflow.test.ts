// More calls than the gateway takes: the caller hears so at once, with keys for a callback and for a person, and no model.
import { afterEach, expect, test } from "vitest";

import { elements, parseXml, textOf } from "../../../lab/twilio/xml.ts";
import type { CallId } from "../../../src/domain/ids.ts";
import type { Arrived } from "../../../src/ports/hosted-assistant.ts";
import type { NumberSetup } from "../../../src/ports/numbers.ts";
import { CALL, CALLER, type Gateway, post, startGateway, voice } from "./gateway.ts";

let gateway: Gateway;
const full: CallId[] = [];
const start = async (setup: Partial<NumberSetup> = {}) => {
  full.length = 0;
  gateway = await startGateway(setup, (call) => {
    full.push(call);
    return false;
  });
};
afterEach(() => gateway.close());

const verbs = (twiml: string) => elements(parseXml(twiml)).map(({ name }) => name);
const says = (twiml: string) =>
  elements(parseXml(twiml))
    .flatMap((one) => (one.name === "Say" ? [one] : elements(one)))
    .map((one) => textOf(one).split(" ")[0]);
const ask = async (path: string, more: Record<string, string> = {}) => (await post(gateway, path, voice(more))).body;

test("the caller is told, in a menu of keys, and no stream is opened", async () => {
  await start();
  const body = await ask("/twilio/voice", { CallStatus: "ringing" });
  expect(full).toEqual([CALL]);
  expect(verbs(body)).toEqual(["Gather", "Redirect"]);
  expect(says(body)).toEqual(["en:overflow"]);
  expect((await gateway.state())?.caller).toMatchObject({ place: "menu", overflow: true, modelDown: false });
});

test("a place is asked for when the digits are in, not when they are asked for", async () => {
  full.length = 0;
  const answers: Arrived[] = [{ kind: "ask-code" }, { kind: "go-on", caller: {} }];
  const bridged = { arrived: async () => answers.shift() ?? ({ kind: "go-on" } as const) };
  gateway = await startGateway({ bridged }, (call) => full.push(call) > 9);
  await ask("/twilio/voice", { CallStatus: "ringing" });
  expect(full).toEqual([]);
  expect(says(await ask("/twilio/voice?code=asked", { Digits: "210934" }))).toEqual(["en:overflow-without-callback"]);
  expect(full).toEqual([CALL]);
});

test("the answer stays the same as long as nothing happens, on every way the carrier may ask", async () => {
  await start();
  await ask("/twilio/voice", { CallStatus: "ringing" });
  expect(says(await ask("/twilio/voice"))).toEqual(["en:overflow"]);
  expect(says(await ask("/twilio/document/caller"))).toEqual(["en:overflow"]);
  expect((await gateway.entries()).map(({ event }) => event.kind)).toEqual(["call-arrived"]);
});

test("key 2 reads the number back, key 1 confirms, and the callback is stored before it is said", async () => {
  await start();
  await ask("/twilio/voice", { CallStatus: "ringing" });
  expect(says(await ask("/twilio/keys/caller", { Digits: "2" }))).toEqual(["en:read-back"]);
  const confirmed = await ask("/twilio/keys/caller", { Digits: "1" });
  expect(says(confirmed)).toEqual(["en:callback-confirmed", "en:goodbye"]);
  expect(verbs(confirmed)).toContain("Hangup");
  const state = await gateway.state();
  expect(state?.escalation?.callback?.id).toBeDefined();
  expect(gateway.callers.get(CALL)?.ani).toBe(CALLER);
});

test("key 1 looks for a person, who needs no assistant", async () => {
  await start();
  await ask("/twilio/voice", { CallStatus: "ringing" });
  expect(says(await ask("/twilio/keys/caller", { Digits: "1" }))).toEqual(["en:menu-holding"]);
  expect((await gateway.state())?.handoff.kind).toBe("reserving");
});

test("a number that has no assistant takes no place and is asked nothing", async () => {
  await start({ mode: "queue" });
  expect(says(await ask("/twilio/voice", { CallStatus: "ringing" }))).toEqual(["en:menu-holding"]);
  expect(full).toEqual([]);
});
