// An assistant that others host is dialled: the same document of the case, as `<Dial><Sip>`, and what the carrier tells of
// the dial's end.
import { afterEach, expect, test } from "vitest";

import { elements, parseXml, textOf } from "../../../lab/twilio/xml.ts";
import type { Cases } from "../../../src/ports/cases.ts";
import type { HostedAddress } from "../../../src/ports/hosted-assistant.ts";
import { CALL, type Gateway, post, startGateway, voice } from "./gateway.ts";

let gateway: Gateway;
let ends: { visit: string; answered: boolean; raw: string }[] = [];
afterEach(() => gateway.close());

const SIP: HostedAddress = { kind: "sip", uri: "sip:front@vendor.example?X-gwsession=a1x2" };

async function start(address: HostedAddress | undefined, verdict: "over" | "go-on" = "go-on"): Promise<void> {
  ends = [];
  gateway = await startGateway({}, undefined, (cases: Cases) => ({
    dial: () => Promise.resolve(address === undefined ? undefined : { visit: "visit-1", address }),
    ended: async ({ call, visit, answered, raw }) => {
      ends.push({ visit, answered, raw });
      if (!answered) await cases.deliver(call, { kind: "assistant-lost", stream: visit, down: true }, "carrier");
      return verdict;
    },
  }));
}

const ask = async (path: string, more: Record<string, string> = {}) => (await post(gateway, path, voice(more))).body;
const verbs = (twiml: string) => elements(parseXml(twiml)).map(({ name }) => name);

test("the disclosure first, then the dial with its header, and what comes after it", async () => {
  await start(SIP);
  const document = parseXml(await ask("/twilio/voice", { CallStatus: "ringing" }));
  expect(elements(document).map(({ name }) => name)).toEqual(["Say", "Dial", "Redirect"]);
  const dial = elements(document)[1];
  expect(dial?.attributes.get("action")).toBe(`${gateway.publicUrl}/twilio/ended/assistant?visit=visit-1`);
  expect(dial === undefined ? [] : elements(dial).map((noun) => [noun.name, textOf(noun)])).toEqual([
    ["Sip", "sip:front@vendor.example?X-gwsession=a1x2"],
  ]);
});

test("asked again, the same document", async () => {
  await start(SIP);
  const first = await ask("/twilio/voice", { CallStatus: "ringing" });
  expect(await ask("/twilio/document/caller")).toBe(first);
  expect(gateway.kinds()).toEqual(["call-arrived"]);
});

test("an assistant that is streamed keeps its stream", async () => {
  await start(undefined);
  expect(verbs(await ask("/twilio/voice", { CallStatus: "ringing" }))).toEqual(["Say", "Connect", "Redirect"]);
});

test("no address: the fixed lines and keys, at once", async () => {
  await start({ kind: "unreachable", raw: "the vendor refuses" });
  const body = await ask("/twilio/voice", { CallStatus: "ringing" });
  expect(verbs(body)).toEqual(["Gather", "Redirect"]);
  expect(ends).toEqual([{ visit: "visit-1", answered: false, raw: "the vendor refuses" }]);
});

test.each([
  ["completed", true],
  ["answered", true],
  ["busy", false],
  ["failed", false],
  ["no-answer", false],
])("the dial ended %s: told, and the caller's document answered", async (DialCallStatus, answered) => {
  await start(SIP);
  await ask("/twilio/voice", { CallStatus: "ringing" });
  const body = await ask("/twilio/ended/assistant?visit=visit-1", { DialCallStatus });
  expect(ends).toEqual([{ visit: "visit-1", answered, raw: DialCallStatus }]);
  expect(verbs(body)).toEqual(answered ? ["Say", "Dial", "Redirect"] : ["Gather", "Redirect"]);
});

test("the assistant said goodbye: the call ends", async () => {
  await start(SIP, "over");
  await ask("/twilio/voice", { CallStatus: "ringing" });
  const body = await ask("/twilio/ended/assistant?visit=visit-1", { DialCallStatus: "completed" });
  expect(verbs(body)).toEqual(["Hangup"]);
});

test("the caller is gone: nothing is asked about the assistant", async () => {
  await start(SIP);
  await ask("/twilio/voice", { CallStatus: "ringing" });
  await ask("/twilio/ended/assistant?visit=visit-1", { CallStatus: "completed", DialCallStatus: "completed" });
  expect(ends).toEqual([]);
  expect((await gateway.loop.state(CALL))?.caller?.place).toBe("gone");
});

test("a visit that is no name of ours is refused", async () => {
  await start(SIP);
  await ask("/twilio/voice", { CallStatus: "ringing" });
  const answer = await post(gateway, "/twilio/ended/assistant?visit=a%20name", voice({ DialCallStatus: "completed" }));
  expect([answer.status, ends]).toEqual([400, []]);
});
