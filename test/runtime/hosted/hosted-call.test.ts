import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CALL, startHostedBench } from "./hosted-bench.ts";

type Bench = Awaited<ReturnType<typeof startHostedBench>>;
let bench: Bench;
const kinds = (): readonly string[] => bench.events.map(({ event }) => event.kind);
const ended = (answered: boolean) =>
  bench.hosted.ended({ call: CALL, visit: bench.visit.visit, answered, raw: answered ? "completed" : "failed" });
const count = (kind: string): number => kinds().filter((each) => each === kind).length;

afterEach(() => bench.close());

test("where the vendor's call is followed from the dial on, other gateways know whose it is before it is connected", async () => {
  bench = await startHostedBench();
  expect(bench.leases).toEqual([`hold ${CALL}`]);
  bench.close();
  bench = await startHostedBench({ follows: true });
  // One for the dial, one for the visit.
  expect(bench.leases).toEqual([`hold ${CALL}`, `hold ${CALL}`]);
  await bench.pass(60_000);
  expect(bench.leases).toHaveLength(2);
});

describe("a caller with an assistant that others run", () => {
  beforeEach(async () => {
    bench = await startHostedBench();
    await bench.hear({ kind: "connected" });
  });

  test("the assistant has started once, however often it is told", async () => {
    await bench.hear({ kind: "connected" }, { kind: "connected" });
    expect(count("assistant-started")).toBe(1);
    expect(bench.state()?.caller).toMatchObject({ place: "assistant", stream: bench.visit.visit });
  });

  test("an explicit request is a decision in that very turn, and the promise comes only with a reservation", async () => {
    await bench.callerSays("c1", "I want to talk to a real person please.");
    expect(bench.state()?.escalation?.decision.trigger).toBe("explicit-request");
    expect(bench.state()?.handoff.kind).toBe("offering");
    expect(bench.vendor.said).toEqual([expect.stringContaining("our disputes team")]);
  });

  test("the same words twice are one turn", async () => {
    await bench.callerSays("c1", "What is this charge?");
    await bench.hear({ kind: "words", party: "caller", item: "c1", text: "What is this charge?", final: true });
    const turns = await bench.conversations.turns(CALL);
    expect(turns.map(({ role, text }) => [role, text])).toEqual([["caller", "What is this charge?"]]);
  });

  test("while an agent is rung no quiet lasts: a line is asked for in time", async () => {
    await bench.callerSays("c1", "I want to talk to a real person please.");
    await bench.speakLine();
    const said = bench.vendor.said.length;
    await bench.pass(2_000);
    expect(bench.vendor.said.length).toBe(said + 1);
    await bench.speakLine();
    await bench.pass(2_000);
    expect(bench.vendor.said.length).toBe(said + 2);
  });

  test("nobody fills a silence while the caller speaks", async () => {
    await bench.callerSays("c1", "I want to talk to a real person please.");
    await bench.speakLine();
    const said = bench.vendor.said.length;
    await bench.hear({ kind: "speech-started", party: "caller" });
    await bench.pass(4_000);
    expect(bench.vendor.said.length).toBe(said);
  });

  test("a voice that does not come while a person is being got: the carrier speaks at once, and another visit follows", async () => {
    await bench.callerSays("c1", "I want to talk to a real person please.");
    expect(bench.redirected).toEqual([]);
    await bench.pass(2_100);
    expect(bench.redirected).toEqual([CALL]);
    expect(bench.state()?.caller).toMatchObject({ place: "menu", modelDown: false, losses: 1 });
    expect(bench.state()?.handoff.kind).toBe("offering");
  });

  test("a line that the vendor refuses is as good as not said", async () => {
    bench.vendor.takes = false;
    await bench.callerSays("c1", "I want to talk to a real person please.");
    expect(bench.redirected).toEqual([CALL]);
  });

  test("the caller is moved when the announcement has been heard, by redirect, and the assistant is muted", async () => {
    await bench.callerSays("c1", "I want to talk to a real person please.");
    await bench.speakLine();
    await bench.agentAccepts();
    expect(bench.vendor.said.at(-1)).toContain("Dana");
    expect(bench.effects.some(({ effect }) => effect.kind === "move-caller")).toBe(false);
    await bench.speakLine();
    expect(bench.state()?.handoff.kind).toBe("moving");
    expect(bench.effects.map(({ effect }) => effect)).toContainEqual({ kind: "move-caller", how: "let-go" });
    expect(bench.vendor.muted).toBe(true);
  });

  test("a promise with nothing behind it is counted, told, and acted upon", async () => {
    await bench.hear(
      { kind: "speech-started", party: "assistant" },
      { kind: "words", party: "assistant", item: "a1", text: "I'll connect you to a person right away.", final: false },
    );
    expect(bench.heard).toEqual(["person"]);
    expect(bench.vendor.notes.join(" ")).toContain("not arranged");
    expect(bench.state()?.escalation?.decision.trigger).toBe("assistant-request");
    await bench.hear({
      kind: "words",
      party: "assistant",
      item: "a1",
      text: "I'll connect you to a person right away.",
      final: true,
    });
    expect(bench.heard).toEqual(["person"]);
  });

  test("a promised callback becomes one that is read back", async () => {
    await bench.hear({
      kind: "words",
      party: "assistant",
      item: "a1",
      text: "Somebody will call you back tomorrow.",
      final: true,
    });
    expect(bench.heard).toEqual(["callback"]);
    expect(bench.state()?.handoff.kind).toBe("capturing-callback");
  });

  test("our own lines are no promises of the assistant's", async () => {
    await bench.callerSays("c1", "I want to talk to a real person please.");
    const [promise = ""] = bench.vendor.said;
    await bench.hear(
      { kind: "speech-started", party: "assistant" },
      { kind: "words", party: "assistant", item: "a1", text: promise, final: true },
      { kind: "speech-ended", party: "assistant" },
    );
    expect(bench.heard).toEqual([]);
  });

  test("a line of ours hides no promise that the assistant adds to it, in the same breath", async () => {
    await bench.callerSays("c1", "I want to talk to a real person please.");
    const [promise = ""] = bench.vendor.said;
    const text = `${promise} Somebody will call you back tomorrow.`;
    await bench.hear(
      { kind: "speech-started", party: "assistant" },
      { kind: "words", party: "assistant", item: "a1", text, final: true },
    );
    expect(bench.heard).toEqual(["callback"]);
  });

  test("two promises of one reply are both acted upon", async () => {
    const text = "I'll connect you to a person right away. Somebody will call you back tomorrow.";
    await bench.hear({ kind: "words", party: "assistant", item: "a1", text, final: true });
    expect(bench.heard).toEqual(["person", "callback"]);
  });

  test("its own request for a person is a decision, answered truthfully, once", async () => {
    const call = { kind: "tool-call", toolCall: "t1", name: "escalate_to_human", input: '{"reason":"fraud"}' } as const;
    await bench.hear(call, call);
    expect(count("escalation-decided")).toBe(1);
    expect(bench.vendor.tools.get("t1")).toContain("Nothing is arranged yet");
  });

  test("a tool of the assistant's own is recorded once, without card numbers", async () => {
    const ran = {
      kind: "tool-ran",
      toolCall: "t9",
      name: "card_lookup",
      input: '{"card":"4111 1111 1111 1111"}',
      result: "4111 1111 1111 1111 is active",
      ok: true,
    } as const;
    await bench.hear(ran, ran);
    const runs = await bench.conversations.toolRuns(CALL);
    expect(runs.map(({ name }) => name)).toEqual(["card_lookup"]);
    expect(JSON.stringify(runs)).not.toContain("4111 1111");
  });

  test("the vendor's report joins the record, also after the end", async () => {
    await bench.hear({ kind: "ended", how: "line-ended", raw: "customer-ended-call" });
    await bench.hear({ kind: "reported", report: { vendor: "v", summary: "A charge." } });
    expect(bench.reports).toEqual([{ vendor: "v", summary: "A charge." }]);
  });
});

describe("the carrier's dial", () => {
  beforeEach(async () => {
    bench = await startHostedBench();
  });

  test("asked twice before it is connected, it dials the same visit", async () => {
    bench.close();
    bench = await startHostedBench();
    const ask = { call: CALL, leg: "CA1" as never, assistant: "front" };
    const [first, second] = [await bench.hosted.dial(ask), await bench.hosted.dial(ask)];
    expect(second).toEqual(first);
  });

  test("an assistant that is streamed is not dialled", async () => {
    expect(await bench.hosted.dial({ call: CALL, leg: "CA1" as never, assistant: "other" })).toBeUndefined();
  });

  test("nobody answers: the assistant is down, and the fixed lines take over", async () => {
    expect(await ended(false)).toBe("go-on");
    expect(bench.state()?.caller).toMatchObject({ place: "menu", modelDown: true });
  });

  test("the assistant said goodbye and nothing is open: the call is over", async () => {
    await bench.hear({ kind: "connected" }, { kind: "ended", how: "assistant-ended", raw: "assistant-ended-call" });
    expect(await ended(true)).toBe("over");
  });

  test("the assistant hangs up while somebody is being got: the caller is not left (H1)", async () => {
    await bench.hear({ kind: "connected" });
    await bench.callerSays("c1", "I want to talk to a real person please.");
    await bench.hear({ kind: "ended", how: "assistant-ended", raw: "assistant-ended-call" });
    expect(await ended(true)).toBe("go-on");
    expect(bench.state()?.caller).toMatchObject({ place: "menu", modelDown: false });
    expect(bench.state()?.handoff.kind).toBe("offering");
  });

  test("lost twice in a short time: it is not tried a third time", async () => {
    await bench.hear({ kind: "connected" }, { kind: "ended", how: "failed", raw: "pipeline-error" });
    await ended(true);
    expect(bench.state()?.caller).toMatchObject({ modelDown: false, losses: 1 });
    expect(await bench.hosted.ended({ call: CALL, visit: "visit-2", answered: false, raw: "busy" })).toBe("go-on");
    expect(bench.state()?.caller?.modelDown).toBe(true);
  });

  test("late news of an earlier visit do not take the present one's place, before and after a restart", async () => {
    bench = await startHostedBench();
    const ask = { call: CALL, leg: "CA1" as never, assistant: "front" };
    const { visit: earlier, session } = bench;
    await bench.hear({ kind: "connected" });
    await bench.pass(1_000);
    await bench.hosted.dial(ask);
    const present = bench.hosted.read(bench.addresses[1] ?? "");
    if (present === undefined) throw new Error("a token of ours");
    const opened = await bench.hosted.open(present, session);
    opened?.listener.hear({ kind: "connected" });
    await bench.pass(50);
    expect(bench.state()?.caller?.stream).toBe(present.visit);
    expect(await bench.hosted.open(earlier, session)).toBeUndefined();
    expect(bench.hosted.calls()).toEqual([CALL]);
    bench.hosted.close();
    expect(await bench.hosted.open(earlier, session)).toBeUndefined();
    expect(bench.state()?.caller?.stream).toBe(present.visit);
  });

  test("our own redirect ends the dial: nothing is lost", async () => {
    await bench.hear({ kind: "connected" }, { kind: "ended", how: "line-ended", raw: "customer-ended-call" });
    const before = bench.state();
    expect(await ended(true)).toBe("go-on");
    expect(bench.state()).toBe(before);
  });
});

describe("where its words pass through us", () => {
  test("a promise is replaced before it is spoken; the second one gets a person", async () => {
    bench = await startHostedBench({ checked: true });
    await bench.hear({ kind: "connected" });
    const { listener } = bench.opened;
    expect(listener.check("Let me look that up.")).toEqual({ kind: "say" });
    expect(listener.check("I'll connect you to a person right away.")).toMatchObject({ kind: "instead" });
    expect(bench.state()?.escalation).toBeUndefined();
    listener.check("A colleague will be with you shortly, I'm transferring you now.");
    await bench.pass(50);
    expect(bench.heard).toEqual(["cut person", "cut person"]);
    expect(bench.state()?.escalation?.decision.trigger).toBe("assistant-request");
  });

  test("two weak drafts in a row are two tries, although nobody heard either: a person, for the confidence", async () => {
    bench = await startHostedBench({ checked: true });
    await bench.hear({ kind: "connected" });
    await bench.callerSays("c1", "Who charged me?");
    const scores = {
      groundedness: 0.1,
      factualAccuracy: 0.1,
      policyCompliance: 0.1,
      relevance: 0.1,
      completeness: 0.1,
      tone: 0.1,
      certainty: 0.1,
    };
    const { listener } = bench.opened;
    expect(listener.weak?.({ scores })).toBe("go-on");
    expect(listener.weak?.({ scores })).toBe("handled");
    await bench.pass(50);
    expect(bench.state()?.escalation?.decision.trigger).toBe("confidence");
  });
});
