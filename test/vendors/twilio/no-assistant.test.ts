// A number whose assistant nobody runs: fixed lines and keys from the first document on, and no stream.
import { afterEach, expect, test } from "vitest";

import { elements, parseXml, textOf } from "../../../lab/twilio/xml.ts";
import { type Gateway, post, startGateway, voice } from "./gateway.ts";

let gateway: Gateway;
const asked: string[] = [];
const start = async (mode: "assistant" | "queue" = "assistant", off = true) => {
  asked.length = 0;
  gateway = await startGateway(
    { mode },
    () => {
      asked.push("a place");
      return true;
    },
    undefined,
    (assistant) => {
      asked.push(assistant);
      return !off;
    },
  );
};
afterEach(() => gateway.close());

const verbs = (twiml: string) => elements(parseXml(twiml)).map(({ name }) => name);
const says = (twiml: string) =>
  elements(parseXml(twiml))
    .flatMap((one) => (one.name === "Say" ? [one] : elements(one)))
    .map((one) => textOf(one).split(" ")[0]);
const ask = async (path: string, more: Record<string, string> = {}) => (await post(gateway, path, voice(more))).body;

test("the menu of keys is the first thing heard; no place among the live calls is taken", async () => {
  await start();
  const body = await ask("/twilio/voice", { CallStatus: "ringing" });
  expect(verbs(body)).toEqual(["Gather", "Redirect"]);
  expect(says(body)).toEqual(["en:menu"]);
  expect(asked).toEqual(["default"]);
  expect((await gateway.state())?.caller).toMatchObject({ place: "menu", modelDown: true });
});

test("its keys lead to a callback whose time is read back and said", async () => {
  await start();
  await ask("/twilio/voice", { CallStatus: "ringing" });
  const read = await ask("/twilio/keys/caller", { Digits: "2" });
  expect(read).toContain("in 60 minutes");
  expect(says(read)).toEqual(["en:read-back"]);
  const confirmed = await ask("/twilio/keys/caller", { Digits: "1" });
  expect(says(confirmed)).toEqual(["en:callback-confirmed", "en:goodbye"]);
  expect(confirmed).toContain("in 60 minutes");
});

test("a caller without a number is offered no callback in the menu, and may leave word by key 2", async () => {
  await start();
  const body = await ask("/twilio/voice", { CallStatus: "ringing", From: "anonymous" });
  expect(says(body)).toEqual(["en:menu-without-callback"]);
  expect(says(await ask("/twilio/keys/caller", { Digits: "2" }))).toEqual(["en:callback-not-possible"]);
  expect(says(await ask("/twilio/keys/caller", { Digits: "2" }))).toEqual(["en:ticket-opened", "en:goodbye"]);
});

test("with a vendor behind it the caller is streamed; a number without assistants is not asked about one", async () => {
  await start("assistant", false);
  expect(verbs(await ask("/twilio/voice", { CallStatus: "ringing" }))).toContain("Connect");
  await gateway.close();
  await start("queue");
  await ask("/twilio/voice", { CallStatus: "ringing" });
  expect(asked).toEqual([]);
});
