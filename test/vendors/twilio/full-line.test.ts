// The network takes nothing more: what waits for it is seconds and not minutes, what is dropped is not heard, and a socket
// that stays like this is given up.
import { expect, test } from "vitest";

import { type CallerStream, openStream } from "./caller-stream.ts";
import { audio, codeOf, eventually, STREAM } from "./stream-messages.ts";

/** A quarter of a second. */
const PIECE = Buffer.alloc(2_000, 0x5a).toString("base64");
/** More than the kernel holds for both ends. */
const PIECES_MAX = 20_000;

/** Plays until the line takes no more: how many pieces it took. */
async function fill({ line, socket }: CallerStream): Promise<number> {
  socket.pause();
  for (let pieces = 0; pieces < PIECES_MAX; pieces += 1) {
    if (!line.play(PIECE, `m${pieces}`)) return pieces;
    if (pieces % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`all of ${PIECES_MAX} pieces were taken`);
}

const marks = ({ received }: CallerStream): number =>
  received.filter((message) => (message as { event: string }).event === "mark").length;

test("to Twilio, at the limit: a piece is refused, counted, and no mark says that it was heard", async () => {
  const stream = await openStream();
  const taken = await fill(stream);
  expect(stream.line.play(PIECE, "refused too")).toBe(false);
  expect(stream.dropped()).toBe(2);
  stream.socket.resume();
  await eventually(() => marks(stream)).toBe(taken);
  expect(stream.received.at(-1)).toEqual({ event: "mark", streamSid: STREAM, mark: { name: `m${taken - 1}` } });
});

test("to Twilio, at the limit: an interruption still goes out, and once the network is back so does the next speech", async () => {
  const stream = await openStream();
  await fill(stream);
  stream.line.clear();
  stream.socket.resume();
  await eventually(() => stream.received.at(-1)).toEqual({ event: "clear", streamSid: STREAM });
  stream.clock.advance(2_000);
  expect(stream.line.play(PIECE, "next")).toBe(true);
  await eventually(() => stream.received.at(-1)).toMatchObject({ event: "mark", mark: { name: "next" } });
  expect(stream.heard).toEqual([]);
});

test("to Twilio: a socket that has not taken half of what waits in two seconds is given up as lost", async () => {
  const stream = await openStream();
  await fill(stream);
  stream.clock.advance(1_999);
  expect(stream.heard).toEqual([]);
  stream.clock.advance(1);
  expect(stream.heard).toEqual(["ended"]);
  expect(stream.logged).toMatchObject([
    { message: expect.stringMatching(/takes nothing/) },
    { count: 1, message: expect.stringMatching(/dropped/) },
  ]);
  stream.socket.resume();
  expect(await codeOf(stream.socket)).toBe(1_006);
});

test("to Twilio: marks and clears have their limit too", async () => {
  const stream = await openStream();
  await fill(stream);
  for (let i = 0; i < 1_000 && stream.heard.length === 0; i += 1) {
    stream.line.mark("m".repeat(100));
    stream.line.clear();
  }
  expect(stream.heard).toEqual(["ended"]);
  expect(stream.line.play(PIECE, "after the end")).toBe(true);
});

test("a line that is let go while the network takes nothing is released, not lost", async () => {
  const stream = await openStream();
  await fill(stream);
  stream.line.letGo();
  stream.clock.advance(2_000);
  expect(stream.heard).toEqual(["ended"]);
  expect(stream.logged.map(({ message }) => message)).toEqual([expect.stringMatching(/dropped/)]);
});

test("audio from Twilio goes on while the other way is full", async () => {
  const stream = await openStream();
  await fill(stream);
  stream.socket.send(audio(20));
  stream.socket.send(audio(40));
  await eventually(() => stream.heard).toEqual([[320, 20]]);
});
