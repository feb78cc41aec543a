import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { deskBench, openTab, type DeskBench } from "./desk-bench.ts";

let bench: DeskBench;
beforeEach(async () => {
  bench = await deskBench();
});
afterEach(() => bench.close());

/** The HTTP answer to a handshake that was refused. */
async function refusal(path: string, protocols: string[]): Promise<{ status: number | undefined; body: unknown }> {
  const socket = new WebSocket(`ws://127.0.0.1:${bench.port}${path}`, protocols);
  const [, response] = (await once(socket, "unexpected-response")) as [
    unknown,
    { statusCode?: number; setEncoding(e: string): void } & AsyncIterable<string>,
  ];
  response.setEncoding("utf8");
  let text = "";
  for await (const part of response) text += part;
  return { status: response.statusCode, body: JSON.parse(text) };
}

describe("who may open a desk", () => {
  test.each([
    ["without a key", "/desk/socket", ["warmline.desk.v1"], 401],
    ["with the key of somebody else", "/desk/socket?agent=nobody", ["warmline.desk.v1"], 403],
    ["of an agent who does not exist", "/desk/socket?agent=ghost", ["warmline.desk.v1"], 404],
    ["in another version of the protocol", "/desk/socket?agent=dana", ["warmline.desk.v9"], 400],
    ["without naming the protocol", "/desk/socket?agent=dana", [], 400],
  ])("not %s", async (_, path, protocols, status) => {
    const answer = await refusal(path, protocols);
    expect(answer).toMatchObject({ status, body: { status, detail: expect.any(String) } });
    expect(bench.hub.tabs()).toBe(0);
  });

  test("another path is left alone", async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${bench.port}/somewhere`, "warmline.desk.v1");
    await once(socket, "error");
    expect(bench.hub.tabs()).toBe(0);
  });

  test("not an eleventh time", async () => {
    for (let tab = 0; tab < 10; tab++) await bench.sit("dana");
    expect(await refusal("/desk/socket?agent=dana", ["warmline.desk.v1"])).toMatchObject({ status: 429 });
  });
});

describe("what is not understood", () => {
  test("an unknown type and unknown fields are ignored", async () => {
    const tab = await bench.sit("dana");
    tab.send({ type: "dance" });
    tab.send({ type: "visibility", visible: false, mood: "blue" });
    await tab.settled();
    expect(tab.frames.map(({ type }) => type)).toEqual(["hello", "error"]);
    expect(bench.hub.desk.visible("dana" as never)).toBe(false);
  });

  test.each([
    ["not JSON", "{"],
    ["not an object", "[]"],
    ["without a type", "{}"],
    ["a known type without its fields", '{"type":"accept"}'],
    ["a status that only the gateway gives", '{"type":"presence","status":"busy"}'],
    ["a hash that is none", '{"type":"painted","offerId":"o","version":1,"hash":"x"}'],
    ["binary", Buffer.from('{"type":"presence","status":"available"}')],
  ])("%s is answered with an error, and changes nothing", async (_, frame) => {
    const tab = await bench.sit("dana");
    tab.send(frame);
    expect(await tab.next("error")).toMatchObject({ code: "malformed" });
    const answer = await bench.presence.get(["dana" as never], bench.clock.now());
    expect(answer).toMatchObject({ value: [{ status: "offline" }] });
  });

  test("an error repeats nothing of what was sent", async () => {
    const tab = await bench.sit("dana");
    tab.send({ type: "presence", status: "4111 1111 1111 1111" });
    expect((await tab.next("error")).message).not.toContain("4111");
  });

  test("a frame over 256 KiB closes the socket with 1009", async () => {
    const tab = await bench.sit("dana");
    tab.send(JSON.stringify({ type: "presence", status: "available", reason: "x".repeat(256 * 1024) }));
    expect(await tab.closed).toBe(1009);
    const answer = await bench.presence.get(["dana" as never], bench.clock.now());
    expect(answer).toMatchObject({ value: [{ status: "offline" }] });
  });

  test("a flood is dropped and said, not obeyed without end", async () => {
    const tab = openTab(bench.port, "dana");
    await once(tab.socket, "open");
    for (let frame = 0; frame < 200; frame++) tab.send({ type: "decline", offerId: `o${frame}` });
    await bench.until(() =>
      expect(tab.frames).toContainEqual(expect.objectContaining({ type: "error", code: "too-fast" })),
    );
  });
});
