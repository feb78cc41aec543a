import { afterEach, expect, test } from "vitest";

import { tone } from "../../../lab/audio/tones.ts";
import type { Handset } from "../../../lab/twilio/handset.ts";
import { twiml } from "./fake-gateway.ts";
import { type Bench, eventually, heardMs, NUMBER, startBench } from "./lab-bench.ts";

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

/** People who dial into one room; what `<Conference>` says depends on who calls. */
async function roomBench(attributes: (from: string) => string): Promise<(from: string) => Promise<Handset>> {
  const started = await startBench();
  bench = started;
  started.gateway.documents["/voice"] = ({ From = "" }) =>
    twiml(`<Dial><Conference beep="false" jitterBufferSize="off" ${attributes(From)}>r</Conference></Dial>`);
  return async (from) => {
    const phone = started.twin.callIn({ from, to: NUMBER });
    await started.twin.log.waitFor("conference", (entry) => entry.callSid === phone.callSid);
    return phone;
  };
}

const A = "+15550100011";
const B = "+15550100012";
const C = "+15550100013";

test("three people hear each other at once, and nobody hears themselves", async () => {
  const join = await roomBench(() => `waitUrl=""`);
  const people = [await join(A), await join(B), await join(C)];
  const voices = [700, 1_100, 1_500];
  await Promise.all(people.map((phone, index) => phone.say(tone([voices[index] ?? 0], 400))));
  people.forEach((phone, listener) => {
    voices.forEach((hz, speaker) => {
      const heard = heardMs(phone.recording.heard.heard(), hz);
      if (speaker === listener) expect(heard).toBe(0);
      else expect(heard).toBeGreaterThanOrEqual(320);
    });
  });
});

test("nobody hears the other while no participant may start the conference", async () => {
  const join = await roomBench((from) => `waitUrl="" startConferenceOnEnter="${from === C}"`);
  const [a, b] = [await join(A), await join(B)];
  await a.say(tone([700], 300));
  expect(heardMs(b.recording.heard.heard(), 700)).toBe(0);
  await join(C);
  await a.say(tone([1_100], 300));
  expect(heardMs(b.recording.heard.heard(), 1_100)).toBeGreaterThanOrEqual(240);
});

test("a coach is heard by the coached call alone", async () => {
  let coached = "";
  const join = await roomBench((from) => (from === C ? `waitUrl="" coach="${coached}"` : `waitUrl=""`));
  const [a, b] = [await join(A), await join(B)];
  coached = b.callSid;
  const c = await join(C);
  await c.say(tone([1_500], 300));
  expect(heardMs(b.recording.heard.heard(), 1_500)).toBeGreaterThanOrEqual(240);
  expect(heardMs(a.recording.heard.heard(), 1_500)).toBe(0);
});

test("who waits alone hears music unless told otherwise, and a beep greets whoever comes when nobody turned it off", async () => {
  const started = await startBench();
  bench = started;
  started.gateway.documents["/voice"] = () => twiml(`<Dial><Conference>r</Conference></Dial>`);
  const first = started.twin.callIn({ from: A, to: NUMBER });
  await started.twin.log.waitFor("conference", (entry) => entry.callSid === first.callSid);
  await eventually(() => heardMs(first.recording.heard.heard(), 262)).toBeGreaterThan(200);
  started.twin.callIn({ from: B, to: NUMBER });
  await eventually(() => heardMs(first.recording.heard.heard(), 440)).toBeGreaterThanOrEqual(120);
});

test("a wait document that cannot be had drops the call", async () => {
  const started = await startBench();
  bench = started;
  started.gateway.documents["/voice"] = () => twiml(`<Dial><Conference waitUrl="/wait">r</Conference></Dial>`);
  started.gateway.documents["/wait"] = () => ({ status: 500, body: "" });
  const phone = started.twin.callIn({ from: A, to: NUMBER });
  expect(await phone.ended).toMatchObject({ by: "carrier" });
  expect(started.twin.log.of("warning").map((entry) => entry.code)).toContain(13_233);
});

test("a wait document is spoken, and loops only by its redirect", async () => {
  const started = await startBench();
  bench = started;
  started.gateway.documents["/voice"] = () => twiml(`<Dial><Conference waitUrl="/wait">r</Conference></Dial>`);
  let asked = 0;
  started.gateway.documents["/wait"] = () => twiml(`<Say>wait</Say>${++asked < 3 ? "<Redirect/>" : ""}`);
  const phone = started.twin.callIn({ from: A, to: NUMBER });
  await eventually(() => heardMs(phone.recording.heard.heard(), 500)).toBeGreaterThanOrEqual(3 * 200);
  expect(asked).toBe(3);
});

test("an announcement is heard by the whole room, and its end is reported", async () => {
  const events = `statusCallback="/conf" statusCallbackEvent="announcement"`;
  const join = await roomBench(() => `waitUrl="" ${events}`);
  const people = [await join(A), await join(B)];
  const { gateway, rest, twin } = bench as Bench;
  gateway.documents["/news"] = () => twiml("<Say>news</Say>");
  const sid = twin.conferences()[0]?.sid ?? "";
  await rest.conferences(sid).update({ announceUrl: `${gateway.url}/news` });
  await eventually(() => gateway.askedFor("/conf").map((one) => one.params["StatusCallbackEvent"])).toEqual([
    "announcement-end",
  ]);
  for (const phone of people) expect(heardMs(phone.recording.heard.heard(), 500)).toBeGreaterThanOrEqual(160);
});

test("of two redirects at once the last wins", async () => {
  const started = await startBench();
  bench = started;
  const { gateway, rest, twin } = started;
  gateway.documents["/voice"] = () => twiml(`<Dial action="/left"><Conference waitUrl="">r</Conference></Dial>`);
  // Both redirects are under way while the interrupted dial's action is being answered.
  const answered = Promise.withResolvers<string>();
  gateway.documents["/left"] = () => answered.promise;
  gateway.documents["/one"] = () => twiml("<Say>one</Say>");
  gateway.documents["/two"] = () => twiml("<Say>two</Say>");
  const phone = twin.callIn({ from: A, to: NUMBER });
  await twin.log.waitFor("conference", (entry) => entry.callSid === phone.callSid);
  await rest.calls(phone.callSid).update({ url: `${gateway.url}/one` });
  await rest.calls(phone.callSid).update({ url: `${gateway.url}/two` });
  await eventually(() => twin.log.of("call", (entry) => entry.event === "redirected").length).toBe(2);
  await eventually(() => gateway.askedFor("/left").length).toBe(1);
  answered.resolve(twiml(""));
  await phone.ended;
  expect(twin.log.of("verb", (entry) => entry.verb === "Say").map((entry) => entry.text)).toEqual(["two"]);
});

test("a blocked event loop delays frames and loses none", async () => {
  const join = await roomBench(() => `waitUrl=""`);
  const [a, b] = [await join(A), await join(B)];
  const speaking = a.say(tone([700], 600));
  const until = performance.now() + 250;
  while (performance.now() < until);
  await speaking;
  await eventually(() => heardMs(b.recording.heard.heard(), 700)).toBeGreaterThanOrEqual(560);
  const { startedAt = 0, durationMs } = b.recording.heard;
  expect(Math.abs(Date.now() - (startedAt + durationMs))).toBeLessThan(3_000);
});
