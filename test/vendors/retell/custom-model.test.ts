import { afterEach, beforeEach, expect, test } from "vitest";
import { clip } from "../../../lab/audio/clips.ts";
import type { ReplySource } from "../../../src/ports/writer.ts";
import { type Bench, retellBench, until } from "./retell-bench.ts";

type Ask = Parameters<ReplySource["reply"]>[0];
type Hands = Parameters<ReplySource["reply"]>[1];

const GREETING = "Hello, this is the desk.";

let bench: Bench;
let asks: { ask: Ask; outdated: AbortSignal }[];
/** What Warmline answers, exchangeable. */
let answer: (hands: Hands, outdated: AbortSignal) => Promise<"said" | "failed">;

beforeEach(async () => {
  asks = [];
  answer = (hands) => {
    hands.say("Let me look. It is eight dollars.");
    return Promise.resolve("said");
  };
  bench = await retellBench({
    replies: {
      reply: (ask, hands, outdated) => {
        asks.push({ ask, outdated });
        return answer(hands, outdated);
      },
    },
  });
});
afterEach(() => bench.close());

const itemsOf = (id: string) => bench.twin.calls.get(id)?.transcript.items ?? [];
const inbound = (what: string) =>
  bench.twin.log.entries.filter((entry) => entry.kind === "llm-in" && entry.what === what);
const interrupts = () => inbound("agent_interrupt").map(({ data }) => data["content"]);
/** Greeted, and quiet again: what the caller says then is no interruption. */
const connected = () => until(() => bench.visits.finals("assistant").includes(GREETING), "the greeting");

test("Warmline is the model of any agent: its socket is in the call's own settings, and the words it answers are spoken", async () => {
  const { party, id } = await bench.dial("socketed");
  await connected();
  party.spokenTo(clip("who-charged-me").audio);
  await until(() => bench.spoken(id).join(" ").includes("It is eight dollars."), "the answer");
  expect(bench.visits.finals("caller")).toEqual([clip("who-charged-me").text]);
  expect(asks[0]?.ask.history).toEqual([
    { kind: "said", role: "assistant", text: GREETING },
    { kind: "said", role: "caller", text: clip("who-charged-me").text },
  ]);
  expect(asks[0]?.ask).toMatchObject({ instructions: "You help.", language: "en" });
  party.leave();
  await until(() => bench.visits.of("reported").length === 1);
  expect(bench.visits.of("ended")).toMatchObject([{ how: "line-ended", raw: "user_hangup" }]);
});

test("a turn that the system answers gets an empty, complete response, so that nothing stalls and nobody speaks", async () => {
  bench.visits.verdict = "handled";
  const { party, id } = await bench.dial("socketed");
  await connected();
  party.spokenTo(clip("real-person").audio);
  await until(() => inbound("response").some(({ data }) => data["response_id"] === 1), "the empty response");
  expect(inbound("response").at(-1)?.data).toMatchObject({ response_id: 1, content: "", content_complete: true });
  expect(asks).toEqual([]);
  expect(bench.spoken(id)).toEqual([GREETING]);
});

test("a sentence that promises what nobody has is replaced before it is spoken, and the rest is dropped", async () => {
  bench.visits.instead = (soFar) => (soFar.includes("connect you") ? "Let me see what I can do." : undefined);
  answer = (hands) => {
    hands.say("I understand. I'll connect you to a person. They come at once.");
    return Promise.resolve("said");
  };
  const { party, id } = await bench.dial("socketed");
  await connected();
  party.spokenTo(clip("who-charged-me").audio);
  await until(() => bench.spoken(id).join(" ").includes("Let me see what I can do."));
  expect(bench.spoken(id).join(" ")).not.toContain("connect you");
  expect(bench.spoken(id).join(" ")).not.toContain("at once");
  expect(asks[0]?.outdated.aborted).toBe(true);
});

test("a line of the case is spoken word for word and takes the place of the answer being written", async () => {
  const written = Promise.withResolvers<"said">();
  answer = (_hands, outdated) => {
    outdated.addEventListener("abort", () => written.resolve("said"));
    return written.promise;
  };
  const { party, id } = await bench.dial("socketed");
  await connected();
  party.spokenTo(clip("real-person").audio);
  await until(() => asks.length === 1);
  expect(await bench.visits.sessions[0]?.say({ name: "promise", text: "I am asking the disputes team." })).toBe(true);
  await written.promise;
  await until(() => bench.spoken(id).includes("I am asking the disputes team."));
  expect(inbound("agent_interrupt")[0]?.data).toMatchObject({ interrupt_id: 1, no_interruption_allowed: true });
});

test("pitfall 2: a caller who goes on speaking outdates the answer; the newest request alone is answered", async () => {
  const first = Promise.withResolvers<"said">();
  answer = (hands, outdated) => {
    if (asks.length > 1) {
      hands.say("This is for the second.");
      return Promise.resolve("said");
    }
    outdated.addEventListener("abort", () => first.resolve("said"));
    return first.promise.then((how) => {
      hands.say("This is too late.");
      return how;
    });
  };
  const { party, id } = await bench.dial("socketed");
  await connected();
  party.spokenTo(clip("unknown-charge").audio);
  await until(() => asks.length === 1);
  party.spokenTo(clip("who-charged-me").audio);
  await until(() => bench.spoken(id).includes("This is for the second."), "the second answer");
  expect(bench.spoken(id)).not.toContain("This is too late.");
});

test("tools show in the vendor's transcript, with their answers, and are run once", async () => {
  bench.visits.toolAnswer = () => '{"found":1}';
  answer = async (hands) => {
    hands.say(`The answer was ${await hands.tool("lookup_merchant", '{"descriptor":"QRS"}')}.`);
    return "said";
  };
  const { party, id } = await bench.dial("socketed");
  await connected();
  party.spokenTo(clip("who-charged-me").audio);
  await until(() => bench.spoken(id).length > 1);
  expect(bench.visits.of("tool-call")).toMatchObject([{ name: "lookup_merchant", input: '{"descriptor":"QRS"}' }]);
  const tools = itemsOf(id).filter(({ role }) => role.startsWith("tool_call"));
  expect(tools).toMatchObject([
    { role: "tool_call_invocation", name: "lookup_merchant" },
    { role: "tool_call_result", content: '{"found":1}' },
  ]);
  expect(bench.visits.of("tool-ran")).toEqual([]);
});

test("a muted assistant says nothing, whatever the caller says, and speaks again when it may", async () => {
  const { party, id } = await bench.dial("socketed");
  await connected();
  const [session] = bench.visits.sessions;
  session?.mute(true);
  party.spokenTo(clip("thank-you").audio);
  await until(() => inbound("response").some(({ data }) => data["response_id"] !== 0));
  expect(asks).toEqual([]);
  expect(bench.spoken(id).filter((text) => text !== GREETING)).toEqual([]);
  session?.mute(false);
  party.spokenTo(clip("who-charged-me").audio);
  await until(() => bench.spoken(id).length > 1);
});

test("muting stops the assistant's own words and lets a line of the case end", async () => {
  const { id } = await bench.dial("socketed");
  await connected();
  const [session] = bench.visits.sessions;
  await session?.say({ name: "announce", text: "Dana is here." });
  session?.mute(true);
  await until(() => bench.spoken(id).includes("Dana is here."));
  expect(interrupts()).toEqual(["Dana is here."]);
  session?.mute(false);
  session?.prompt("Ask whether they are there.");
  await until(() => interrupts().length > 3, "the answer to the prompt");
  // One speech in pieces: a piece with an id of its own would cut the one before it.
  const pieces = inbound("agent_interrupt")
    .slice(1)
    .map(({ data }) => [data["interrupt_id"], data["content"]]);
  expect(pieces).toEqual([
    [2, "Let me look. "],
    [2, "It is eight dollars. "],
    [2, ""],
  ]);
  session?.mute(true);
  await until(() => interrupts().length > 4, "the silence");
  expect(interrupts().at(-1)).toBe("");
});

test("a socket that is lost comes back: the same call, no second greeting, the conversation goes on", async () => {
  const { party, id } = await bench.dial("socketed");
  await connected();
  const session = bench.visits.sessions[0];
  session?.note("The caller is Robin.");
  session?.instruct("Be brief.");
  bench.twin.calls.get(id)?.dropModelSocket();
  const opens = () =>
    bench.twin.log.entries.filter(({ kind, what }) => kind === "llm-socket" && what === "open").length;
  await until(() => opens() === 2, "the second socket");
  party.spokenTo(clip("who-charged-me").audio);
  await until(() => bench.spoken(id).length > 1);
  expect(bench.visits.of("connected")).toHaveLength(1);
  expect(bench.visits.sessions).toHaveLength(1);
  expect(inbound("response").filter(({ data }) => data["response_id"] === 0)).toHaveLength(1);
  expect(asks[0]?.ask.instructions).toBe("Be brief.");
  expect(asks[0]?.ask.history[1]).toEqual({ kind: "told", text: "The caller is Robin." });
});

test("a model that is down is told as late, and the turn is closed so that the vendor does not wait for it", async () => {
  answer = () => Promise.resolve("failed");
  const { party } = await bench.dial("socketed");
  await connected();
  party.spokenTo(clip("who-charged-me").audio);
  await until(() => bench.visits.of("late").length === 1);
  await until(() =>
    inbound("response").some(({ data }) => data["response_id"] === 1 && data["content_complete"] === true),
  );
});

test("ending a visit hangs up at the vendor", async () => {
  const { party, id } = await bench.dial("socketed");
  await connected();
  bench.visits.sessions[0]?.end();
  await until(() => party.hungUp);
  expect(["agent_hangup", "manual_stopped"]).toContain(bench.twin.calls.get(id)?.reason);
});

test("a caller who comes back is not greeted again, and the model is given what was said", async () => {
  bench.visits.history = [{ role: "caller", text: "There is a charge I do not know." }];
  const { party, id } = await bench.dial("socketed");
  await until(() => inbound("response").length === 1, "the empty opening");
  party.spokenTo(clip("still-there").audio);
  await until(() => bench.spoken(id).length > 0);
  expect(bench.spoken(id)).not.toContain(GREETING);
  expect(asks[0]?.ask.history[0]).toEqual({ kind: "said", role: "caller", text: "There is a charge I do not know." });
});

test("frames and fields that nobody knows pass", async () => {
  bench.twin.faults.unknownThings = true;
  const { party, id } = await bench.dial("socketed");
  await connected();
  party.spokenTo(clip("who-charged-me").audio);
  await until(() => bench.spoken(id).length > 1);
});
