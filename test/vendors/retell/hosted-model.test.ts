import { afterEach, beforeEach, expect, test } from "vitest";
import { clip } from "../../../lab/audio/clips.ts";
import { type Bench, retellBench, until } from "./retell-bench.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await retellBench();
});
afterEach(() => bench.close());

/** The whole life of a call, in the order told, without repeated states of the same words. */
const told = (): string[] =>
  bench.visits.events.flatMap((event) => {
    if (event.kind === "words") return event.final ? [`${event.party}: ${event.text}`] : [];
    if (event.kind === "speech-started" || event.kind === "speech-ended") return [];
    return [event.kind];
  });

test("§13.1 a normal call: connected, both parties' turns, the end with its reason, the analysis", async () => {
  const { party } = await bench.dial("hosted");
  await until(() => bench.visits.finals("assistant").includes("Hello, how can I help?"), "the greeting");
  party.spokenTo(clip("thank-you").audio);
  await until(() => bench.visits.finals("caller").includes(clip("thank-you").text), "the caller's words");
  party.leave();
  await until(() => bench.visits.of("reported").length === 1, "the report");
  expect(told().slice(0, 3)).toEqual([
    "connected",
    "assistant: Hello, how can I help?",
    `caller: ${clip("thank-you").text}`,
  ]);
  expect(bench.visits.of("ended")).toMatchObject([{ how: "line-ended", raw: "user_hangup" }]);
  expect(bench.visits.of("reported")[0]?.report).toMatchObject({
    vendor: "retell",
    sentiment: "neutral",
    costUsd: 0.12,
    latencyMs: 900,
    endedRaw: "user_hangup",
  });
});

test("a parked assistant is quiet and alive: the settings of every call of ours", async () => {
  await bench.dial("hosted");
  const { data } = await bench.twin.log.waitFor(({ subject }) => subject.includes("register"));
  expect(data["agent_override"]).toMatchObject({
    agent: {
      reminder_max_count: 0,
      end_call_after_silence_ms: 3_600_000,
      max_call_duration_ms: 7_200_000,
      voicemail_option: null,
      ivr_option: null,
      webhook_url: `${bench.url}/retell/webhook`,
    },
  });
});

test("§13.2 the model's function starts the escalation, is answered once although it comes three times, and is not told as foreign", async () => {
  bench.twin.faults.functionCopies = 2;
  const { party, id } = await bench.dial("hosted");
  await until(() => bench.visits.of("connected").length === 1);
  party.spokenTo(clip("real-person").audio);
  const itemsOf = () => bench.twin.calls.get(id)?.transcript.items ?? [];
  await until(() => itemsOf().some(({ role }) => role === "tool_call_result"), "the function's answer");
  expect(bench.visits.of("tool-call").map(({ name }) => name)).toEqual(["escalate_to_human"]);
  expect(itemsOf().find(({ role }) => role === "tool_call_result")).toMatchObject({
    content: '{"noted":true}',
    successful: true,
  });
  party.leave();
  await until(() => bench.visits.of("ended").length === 1);
  expect(bench.visits.of("tool-ran")).toEqual([]);
});

test("§13.3 a gateway's order is taken although it may not be spoken: asked again, it is", async () => {
  const { id } = await bench.dial("hosted");
  await until(() => bench.visits.finals("assistant").length === 1);
  const [session] = bench.visits.sessions;
  const line = { name: "promise", text: "One moment, I am asking the team." };
  bench.twin.faults.deafToTrigger = true;
  expect(await session?.say(line)).toBe(true);
  expect(bench.visits.finals("assistant")).toHaveLength(1);
  bench.twin.faults.deafToTrigger = false;
  expect(await session?.say(line)).toBe(true);
  await until(() => bench.visits.finals("assistant").includes(line.text), "the line");
  expect(bench.spoken(id)).toContain(line.text);
});

test("§13.4 a failed transfer goes on in the same call, and the model knows why", async () => {
  const { id } = await bench.dial("hosted");
  await until(() => bench.visits.finals("assistant").length === 1);
  const [session] = bench.visits.sessions;
  session?.note("Nobody was free. Offer a callback.");
  session?.prompt('Say exactly: "I am sorry, nobody is free at the moment."');
  await until(() => bench.spoken(id).includes("I am sorry, nobody is free at the moment."));
  const roles = (bench.twin.calls.get(id)?.transcript.items ?? []).map(({ role }) => role);
  expect(roles.filter((role) => role === "injected")).toHaveLength(2);
  expect(bench.twin.calls.get(id)?.ongoing).toBe(true);
});

test("§13.5 the caller leaves during the transfer: orders after the end are refused and disturb nothing", async () => {
  const { party, id } = await bench.dial("hosted");
  await until(() => bench.visits.of("connected").length === 1);
  party.leave();
  await until(() => bench.visits.of("ended").length === 1);
  const [session] = bench.visits.sessions;
  expect(await session?.say({ name: "promise", text: "Too late." })).toBe(false);
  session?.end();
  await until(() => bench.twin.log.entries.some(({ subject }) => subject.endsWith(`stop-call/${id}`)));
  expect(bench.log.lines.filter((line) => line.startsWith("error"))).toEqual([]);
});

test("pitfall 13: the end told several times within a second is one end, whichever way it comes", async () => {
  Object.assign(bench.twin.faults, { webhookCopies: 2, monitorTwice: true });
  const { party } = await bench.dial("hosted");
  await until(() => bench.visits.of("connected").length === 1);
  party.leave();
  await until(
    () => bench.twin.webhooks.filter(({ event, status }) => event === "call_analyzed" && status === 204).length > 0,
  );
  expect(bench.visits.of("ended")).toHaveLength(1);
  expect(bench.visits.of("reported")).toHaveLength(1);
});

test("doubled, reversed, late and unknown things give the turns of the in-order run", async () => {
  Object.assign(bench.twin.faults, {
    monitorTwice: true,
    monitorReverse: true,
    monitorLateMs: 40,
    unknownThings: true,
    webhookCopies: 1,
    webhookReorder: new Set(["call_started"]),
  });
  const { party } = await bench.dial("hosted");
  await until(() => bench.visits.finals("assistant").length === 1);
  party.spokenTo(clip("thank-you").audio);
  await until(() => bench.visits.finals("caller").length === 1);
  await until(() => bench.visits.finals("assistant").length === 2);
  expect(told().filter((line) => line.includes(":"))).toEqual([
    "assistant: Hello, how can I help?",
    `caller: ${clip("thank-you").text}`,
    "assistant: Is there anything else I can help you with?",
  ]);
});

test("a monitor socket that dies is opened again and nothing is told twice", async () => {
  const { party } = await bench.dial("hosted");
  await until(() => bench.visits.finals("assistant").length === 1);
  bench.twin.dropMonitors();
  await until(() => bench.twin.log.entries.filter(({ kind }) => kind === "monitor").length >= 2);
  party.spokenTo(clip("thank-you").audio);
  await until(() => bench.visits.finals("caller").length === 1);
  expect(bench.visits.of("connected")).toHaveLength(1);
  expect(bench.visits.finals("assistant").filter((text) => text === "Hello, how can I help?")).toHaveLength(1);
});

test("an account that forbids watching still gives turns, through the webhook", async () => {
  bench.twin.faults.monitorRefuse = 4_003;
  const { party } = await bench.dial("hosted");
  await until(() => bench.visits.of("connected").length === 1);
  party.spokenTo(clip("real-person").audio);
  await until(() => bench.visits.finals("caller").includes(clip("real-person").text), "the caller's words");
});

test("pitfall 11: why a call ended is in a closed set of ours, with the vendor's word kept", async () => {
  const { id } = await bench.dial("hosted");
  await until(() => bench.visits.of("connected").length === 1);
  bench.twin.calls.get(id)?.end("inactivity");
  await until(() => bench.visits.of("ended").length === 1);
  expect(bench.visits.of("ended")).toMatchObject([{ how: "silence", raw: "inactivity" }]);
});

test("a registration that fails, is limited or is not answered is tried once and leaves the caller to the carrier's lines", async () => {
  bench.twin.faults.rest.push({ path: "register", status: 429, times: 5 });
  await expect(bench.dial("hosted")).rejects.toThrow("status 429");
  bench.twin.faults.rest.length = 0;
  bench.twin.faults.restAnswerLost = "register";
  await expect(bench.dial("hosted")).rejects.toThrow("APIConnectionTimeoutError");
  expect(bench.twin.log.entries.filter(({ subject }) => subject.includes("register"))).toHaveLength(2);
});

test("a caller who comes back is not greeted again, and the model knows what was said", async () => {
  bench.visits.history = [{ role: "caller", text: "There is a charge I do not know." }];
  const { party, id } = await bench.dial("hosted");
  const itemsOf = () => bench.twin.calls.get(id)?.transcript.items ?? [];
  await until(() => itemsOf().length > 0, "what was said before");
  expect(itemsOf()).toMatchObject([
    { role: "injected", content: expect.stringContaining("There is a charge I do not know.") as string },
  ]);
  party.spokenTo(clip("still-there").audio);
  await until(() => bench.spoken(id).length > 0);
  expect(bench.spoken(id)).toEqual(["I am still here with you."]);
});

test("a visit that is over is ended at the vendor too", async () => {
  bench.visits.gone = true;
  const { party } = await bench.dial("hosted");
  await until(() => party.hungUp, "the end of the vendor's call");
});

test("no call id, no secret and no word of the caller is in the log", async () => {
  bench.twin.faults.rest.push({ path: "update-live", status: 500, times: 1 });
  const { party, id } = await bench.dial("hosted");
  await until(() => bench.visits.of("connected").length === 1);
  await bench.visits.sessions[0]?.say({ name: "promise", text: "One moment." });
  party.spokenTo(clip("real-person").audio);
  await until(() => bench.visits.of("tool-call").length === 1);
  party.leave();
  await until(() => bench.visits.of("reported").length === 1);
  const log = bench.log.lines.join("\n");
  expect(bench.log.lines.length).toBeGreaterThan(0);
  for (const secret of [id, bench.twin.apiKey, "token1", "One moment", clip("real-person").text])
    expect(log).not.toContain(secret);
});
