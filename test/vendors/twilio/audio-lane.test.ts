// A caller's audio is read beside `ws`, from the bytes of the socket. However it is spelt and cut, what is heard must be
// what `ws` and the long way would have heard.
import { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import { PassThrough, type Writable } from "node:stream";
import { array, assert, constantFrom, integer, oneof, property, tuple, uint8Array } from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { openAudioLane } from "../../../src/vendors/twilio/audio-lane.ts";
import { parseStreamFrame } from "../../../src/vendors/twilio/parse-stream-frame.ts";
import { audioRead, readAudio } from "../../../src/vendors/twilio/read-audio.ts";
import { audio, STREAM } from "./stream-messages.ts";

/** Both are exported by `ws`, and missing in its types. */
const { Receiver, Sender } = createRequire(import.meta.url)("ws") as {
  readonly Receiver: new (options: object) => Writable;
  readonly Sender: { frame(data: Buffer, options: object): Buffer[] };
};

const masked = (data: string, more: object = {}): Buffer =>
  Buffer.concat(Sender.frame(Buffer.from(data), { mask: true, opcode: 1, fin: true, rsv1: false, ...more }));

test("the usual frame is read where it lies, whatever its length", () => {
  for (const bytes of [0, 1, 2, 3, 159, 160, 161, 320, 15_900]) {
    const samples = Buffer.from(Uint8Array.from({ length: bytes }, (_, i) => i * 7));
    const frame = masked(audio(1_234, samples.toString("base64")));
    const around = Buffer.concat([Buffer.from("before"), frame, Buffer.from("behind")]);
    expect(readAudio(around, 6, around.length)).toBe(6 + frame.length);
    expect(audioRead.timestampMs).toBe(1_234);
    expect(Buffer.from(audioRead.audio).equals(samples)).toBe(true);
  }
});

const usual = audio(20);
test.each([
  ["half of a frame", masked(usual).subarray(0, 200)],
  ["a frame without its first byte", masked(usual).subarray(1)],
  ["a continuation", masked(usual, { opcode: 0 })],
  ["a first part", masked(usual, { fin: false })],
  ["a binary frame", masked(usual, { opcode: 2 })],
  ["a frame that is not masked", masked(usual, { mask: false })],
  ["a mark", masked(JSON.stringify({ event: "mark", streamSid: STREAM, mark: { name: "m".repeat(200) } }))],
  ["the other track", masked(usual.replace("inbound", "outbound"))],
  [
    "another order",
    masked(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(usual) as object).toReversed()))),
  ],
  ["no base64", masked(usual.replace('"payload":"', '"payload":"*'))],
  ["padding in the middle", masked(audio(20, `AA==${"AAAA".repeat(40)}`))],
  ["a part of a group", masked(audio(20, `${"AAAA".repeat(40)}AA`))],
  ["a timestamp that is none", masked(audio(20).replace('"20"', '"2O"'))],
  ["no timestamp", masked(audio(20).replace('"20"', '""'))],
  ["more behind it", masked(`${usual} `)],
  ["a stream with a quotation mark", masked(usual.replace(STREAM, 'MZ","x":"'))],
  ["audio of more than two seconds", masked(audio(20, "AAAA".repeat(6_000)))],
])("%s is left as it is", (_what, frame) => {
  const before = Buffer.from(frame);
  expect(readAudio(frame, 0, frame.length)).toBe(0);
  expect(frame.equals(before)).toBe(true);
});

/** What a call hears of these bytes: in the lane, and of `ws` with the long way. */
function heard(chunks: readonly Buffer[], lane: boolean): string[] {
  const events: string[] = [];
  const receiver = new Receiver({ isServer: true, maxPayload: 262_144 });
  const said = (bytes: Uint8Array, atMs: number): void => {
    events.push(`${atMs} ${Buffer.from(bytes).toString("base64")}`);
  };
  receiver.on("message", (data: Buffer) => {
    const frame = parseStreamFrame(data.toString());
    if (frame.kind === "audio") said(Buffer.from(frame.payload, "base64"), frame.timestampMs);
    else events.push(frame.kind);
  });
  receiver.on("ping", (data: Buffer) => events.push(`ping ${data.toString()}`));
  receiver.on("error", (error: Error) => events.push(error.message));
  const raw = new PassThrough();
  raw.on("data", (chunk: Buffer) => void receiver.write(chunk));
  if (lane) openAudioLane(raw, new EventEmitter(), said);
  for (const chunk of chunks) raw.emit("data", Buffer.from(chunk));
  raw.emit("end");
  return events;
}

/** In front of anything but a control frame or the rest of it, it is an error of the protocol. */
const firstPart = masked(usual.slice(0, 40), { fin: false });

const message = oneof(
  tuple(integer({ min: 0, max: 99_999 }), uint8Array({ minLength: 0, maxLength: 400 })).map(([at, bytes]) =>
    masked(audio(at, Buffer.from(bytes).toString("base64"))),
  ),
  constantFrom(
    masked(JSON.stringify({ event: "mark", streamSid: STREAM, mark: { name: "m" } })),
    masked(JSON.stringify({ event: "invented", long: "x".repeat(70_000) })),
    masked("are you there?", { opcode: 9 }),
    Buffer.concat([masked(usual.slice(0, 40), { fin: false }), masked(usual.slice(40), { opcode: 0 })]),
    firstPart,
    masked(usual.slice(40), { opcode: 0 }),
    Buffer.concat([firstPart, masked("are you there?", { opcode: 9 }), masked(usual.slice(40), { opcode: 0 })]),
    Buffer.concat([firstPart, masked("", { opcode: 0, fin: false }), masked(usual.slice(40), { opcode: 0 })]),
  ),
);

test("a whole frame inside of a message in parts is what it is to ws: an error, nothing is heard from there on", () => {
  const frames = [masked(usual), firstPart, masked(audio(40)), masked(usual.slice(40), { opcode: 0 }), masked(usual)];
  expect(heard(frames, true)).toEqual(heard(frames, false));
  expect(heard(frames, true)).toHaveLength(1);
});

test("frames that are cut anywhere, or come together, are heard as they were sent", () => {
  assert(
    property(
      array(message, { minLength: 1, maxLength: 12 }),
      array(integer({ min: 1, max: 2_000 }), { minLength: 1 }),
      (messages, cuts) => {
        const all = Buffer.concat(messages);
        const chunks: Buffer[] = [];
        for (let at = 0, cut = 0; at < all.length; cut += 1) {
          const size = cuts[cut % cuts.length] ?? 1;
          chunks.push(all.subarray(at, at + size));
          at += size;
        }
        expect(heard(chunks, true)).toEqual(heard(chunks, false));
        expect(heard(messages, true)).toEqual(heard(messages, false));
      },
    ),
    { numRuns: 60 },
  );
});

test("what has come is heard at the end of the turn, and before the connection ends", async () => {
  for (const ends of ["end", "close", undefined]) {
    const said: number[] = [];
    const raw = new PassThrough();
    raw.on("data", () => said.push(-1));
    raw.on(ends ?? "end", () => said.push(0));
    openAudioLane(raw, new EventEmitter(), (_audio, atMs) => void said.push(atMs));
    raw.emit("data", masked(audio(20)));
    raw.emit("data", masked(audio(40)));
    if (ends !== undefined) raw.emit(ends);
    expect(said).toEqual(ends === undefined ? [20] : [20, 40, 0]);
    await new Promise((resolve) => void setImmediate(resolve));
    expect(said).toEqual(ends === undefined ? [20, 40] : [20, 40, 0]);
  }
});

/** Whatever is thrown behind everybody's back until the test is over. */
function uncaughtErrors() {
  const uncaught = vi.fn<(error: Error) => void>();
  const before = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException").on("uncaughtException", uncaught);
  onTestFinished(() => {
    process.removeAllListeners("uncaughtException");
    for (const listener of before) process.on("uncaughtException", listener);
  });
  return uncaught;
}

test("a call that fails over a frame takes none from another, nor from its own next one", async () => {
  const said: number[] = [];
  const lanes = ["fails", "hears"].map((kind) => {
    const raw = new PassThrough();
    raw.on("data", () => undefined);
    openAudioLane(raw, new EventEmitter(), (_audio, atMs) => {
      if (kind === "fails" && atMs === 20) throw new Error("a bug");
      said.push(kind === "fails" ? -atMs : atMs);
    });
    return raw;
  });
  const uncaught = uncaughtErrors();
  const [first, second] = [masked(audio(20)), Buffer.concat([masked(audio(20)), masked(audio(30))])];
  lanes[0]?.emit("data", second);
  lanes[1]?.emit("data", first);
  await vi.waitFor(() => expect(said).toHaveLength(2));
  lanes[1]?.emit("data", masked(audio(40)));
  await vi.waitFor(() => expect(said).toHaveLength(3));
  expect(uncaught).toHaveBeenCalledOnce();
  expect(said).toEqual([-30, 20, 40]);
});

test("what comes while earlier pieces fail is not lost: more in one turn than is gathered, and twice the same call", async () => {
  const uncaught = uncaughtErrors();
  const said: string[] = [];
  const open = (name: string, bug: boolean): PassThrough => {
    const raw = new PassThrough();
    raw.on("data", (rest: Buffer) => said.push(`${name}: ${rest.length} bytes left to ws`));
    openAudioLane(raw, new EventEmitter(), (_audio, atMs) => {
      if (bug) throw new Error("a bug");
      if (atMs >= 1_000) said.push(`${name} ${atMs}`);
    });
    return raw;
  };
  const fails = open("fails", true);
  fails.emit("data", masked(audio(1_000)));
  fails.emit("data", masked(audio(1_020)));
  const frame = masked(audio(20));
  const many = Buffer.concat(Array<Buffer>(Math.floor(65_536 / frame.length)).fill(frame));
  for (const name of ["a", "b", "c", "d", "e"]) {
    open(name, false).emit("data", Buffer.concat([many.subarray(0, -frame.length), masked(audio(1_000))]));
  }
  await vi.waitFor(() => expect(said).toHaveLength(5));
  expect(said).toEqual(["a 1000", "b 1000", "c 1000", "d 1000", "e 1000"]);
  await vi.waitFor(() => expect(uncaught).toHaveBeenCalledTimes(2));
});
