import { expect, onTestFinished, test } from "vitest";
import { disputeBrain } from "../../../lab/openai/dispute-brain.ts";
import { CALL_MS, greeted, quiet, startBench } from "./live-bench.ts";

test(
  "a lost session is opened again with the conversation, and says so",
  async () => {
    const bench = await startBench({ brain: disputeBrain });
    onTestFinished(() => bench.close());
    const { line, twin } = bench;
    await greeted(bench);
    await line.say("My card ends in four four one two.");
    await line.until(() => bench.spoken().some((text) => text.startsWith("Thank you, I have noted")), "an answer");
    await quiet(line);
    const droppedAt = Date.now();
    twin.dropSockets();
    const heardBefore = line.heard.length;
    await line.until(() => line.heard.length > heardBefore, "a voice");

    expect(Date.now() - droppedAt).toBeLessThan(4_000);
    expect(bench.spoken().at(-1) ?? "").not.toBe("");
    await line.until(() => bench.spoken().some((text) => text.startsWith("Sorry, I was gone")), "the fixed line");
    const again = twin.sessions.at(-1);
    const seeded = twin.log.filter(
      ({ session, from, type }) => session === again?.id && from === "client" && type === "conversation.item.create",
    );
    expect(JSON.stringify(seeded.map(({ event }) => event))).toContain("four four one two");
    expect(bench.events.map(({ event }) => event.kind)).not.toContain("assistant-lost");
    expect(line.ended).toBeUndefined();
  },
  CALL_MS,
);

test(
  "a session lost twice is given up: the carrier takes over and the case knows",
  async () => {
    const bench = await startBench({ brain: disputeBrain });
    onTestFinished(() => bench.close());
    const { line, twin } = bench;
    await greeted(bench);
    const sessions = twin.sessions.length;
    twin.dropSockets();
    await line.until(() => twin.sessions.length > sessions, "another session");
    twin.dropSockets();
    await line.until(() => line.ended === "let-go", "letting go");

    const lost = bench.events.find(({ event }) => event.kind === "assistant-lost");
    expect(lost?.event).toMatchObject({ stream: "MZ1", down: true });
    expect(bench.state()?.caller).toMatchObject({ place: "menu", modelDown: true });
    expect(bench.live.count()).toBe(0);
  },
  CALL_MS,
);

test(
  "a refused key is not tried again",
  async () => {
    const bench = await startBench({ twin: { faults: { refuseUpgrade: 401 } } });
    onTestFinished(() => bench.close());
    await bench.line.until(() => bench.line.ended === "let-go", "letting go");
    expect(bench.twin.upgrades.length).toBe(1);
  },
  CALL_MS,
);

test(
  "an assistant that falls mute while a person is got gives way to the carrier in time",
  async () => {
    const bench = await startBench({ brain: disputeBrain });
    onTestFinished(() => bench.close());
    const { line, twin } = bench;
    await greeted(bench);
    await line.say("Can I speak to a human please?");
    await line.until(() => bench.spoken().some((text) => text.startsWith("I am getting someone")), "the promise");
    twin.faults.noAudio = true;
    await quiet(line);
    await line.until(() => line.ended === "let-go", "letting go");

    const lastVoice = Math.max(line.heard.at(-1)?.to ?? 0, line.callerSpoke.at(-1)?.to ?? 0);
    // The budget is 4 s; a busy machine gets one more here, the calls in test/calls none.
    expect(Date.now() - lastVoice).toBeLessThan(5_000);
    expect(bench.state()?.handoff.kind).toBe("offering");
  },
  CALL_MS,
);

test(
  "a lost line ends the session; the call comes back on another stream with its turns",
  async () => {
    const bench = await startBench({ brain: disputeBrain });
    onTestFinished(() => bench.close());
    const { line, twin } = bench;
    await greeted(bench);
    line.lose();
    await twin.waitFor(({ type }) => type === "session.updated");
    await line.until(() => bench.events.some(({ event }) => event.kind === "assistant-lost"), "the loss");
    expect(bench.events.find(({ event }) => event.kind === "assistant-lost")?.event).toMatchObject({ down: false });
    expect(bench.live.count()).toBe(0);

    const next = bench.reopen("MZ2");
    await next.until(
      () => bench.events.filter(({ event }) => event.kind === "assistant-started").length === 2,
      "another start",
    );
    const again = twin.sessions.at(-1);
    await next.until(
      () =>
        twin.log.some(
          ({ session, event }) => session === again?.id && JSON.stringify(event).includes("How can I help"),
        ),
      "the history",
    );
    expect(bench.spoken().filter((text) => text.startsWith("How can I help")).length).toBe(1);
  },
  CALL_MS,
);
