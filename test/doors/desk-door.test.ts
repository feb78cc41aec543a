// The desk socket with a whole gateway behind it: who may come in, and what comes in that should not.
import { once } from "node:events";
import type { IncomingMessage } from "node:http";

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";

import { openDeskSeat } from "../../lab/people/desk-seat.ts";
import { ADMIN_KEY, DESK_KEY } from "../../lab/rig/start-rig.ts";
import { type Agent, openScene, type Scene, sitDown, until } from "../calls/scene.ts";
import { watchLog } from "./log-watch.ts";

const log = watchLog();
let scene: Scene;
let dana: Agent;
beforeAll(async () => {
  scene = await openScene({ env: { LOG_LEVEL: "info" }, onLog: log.onLog });
  dana = await sitDown(scene, { phone: { kind: "rings" } });
});
afterAll(() => scene.close());

const PROTOCOL = "warmline.desk.v1";

type Handshake = {
  readonly query?: string;
  readonly key?: string;
  readonly protocol?: string;
  readonly headers?: Record<string, string>;
};

function knock({ query = "?agent=dana", key = DESK_KEY, protocol = PROTOCOL, headers = {} }: Handshake): WebSocket {
  return new WebSocket(`${scene.rig.url.replace(/^http/u, "ws")}/desk/socket${query}`, protocol, {
    headers: { ...(key === "" ? {} : { Authorization: `Bearer ${key}` }), ...headers },
    perMessageDeflate: false,
  });
}

describe("who may not come in", () => {
  test.each<[string, Handshake, number]>([
    ["without a key", { key: "" }, 401],
    ["with a made-up key", { key: "made-up-key-of-nobody-77" }, 401],
    ["with a key of another role", { key: ADMIN_KEY }, 403],
    ["for nobody", { query: "" }, 400],
    ["for an agent's id that is none", { query: "?agent=da%20na%27--" }, 400],
    ["for an agent who does not exist", { query: "?agent=ghost" }, 404],
    ["in another protocol", { protocol: "warmline.desk.v9" }, 400],
    ["with a cookie somebody made up", { key: "", headers: { Cookie: "warmline_session=eyJhIjoxfQ.x" } }, 401],
  ])("%s", async (_, handshake, status) => {
    await log.since(scene.rig.url);
    const socket = knock(handshake);
    socket.on("error", () => undefined);
    const [, response] = (await once(socket, "unexpected-response")) as [unknown, IncomingMessage];
    const body = await text(response);
    expect(response.statusCode).toBe(status);
    expect(JSON.parse(body)).toMatchObject({ status, detail: expect.any(String) });
    const { lines, text: written } = await log.since(scene.rig.url);
    expect(lines, written).toMatchObject([{ level: 40, door: "desk", status }]);
    for (const secret of [DESK_KEY, ADMIN_KEY, "made-up-key-of-nobody-77", "ghost"])
      expect(`${written}${body}`).not.toContain(secret);
  });
});

async function text(response: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

const HASH = "0".repeat(64);
const SECRET = "4111 1111 1111 1111";

describe("what should not come in", () => {
  test.each<[string, string | Buffer, string]>([
    ["a frame that is cut off", '{"type":"presence","sta', "malformed"],
    ["no object", '["presence"]', "malformed"],
    ["binary", Buffer.from('{"type":"presence","status":"offline"}'), "malformed"],
    ["a field of the wrong type", `{"type":"presence","status":${JSON.stringify(SECRET)}}`, "malformed"],
    ["a status that is not an agent's to give", '{"type":"presence","status":"busy"}', "malformed"],
    ["an offer that is not theirs", `{"type":"accept","offerId":"off_x","hash":"${HASH}"}`, "offer-gone"],
    ["a case that is not theirs", '{"type":"end","escalationId":"esc_x"}', "not-yours"],
  ])("%s is answered with an error and changes nothing", async (_, frame, code) => {
    const seat = await openDeskSeat({ url: scene.rig.url, apiKey: DESK_KEY, agent: "dana" });
    const before = presence();
    await log.since(scene.rig.url);
    const socket = knock({});
    await once(socket, "open");
    socket.send(frame);
    const answer = await next(socket, "error");
    expect(answer).toMatchObject({ type: "error", code });
    const { lines, text: written } = await log.since(scene.rig.url);
    expect(lines, written).toMatchObject([
      { level: 40, door: "desk", reason: code === "malformed" ? expect.any(String) : code },
    ]);
    expect(`${written}${JSON.stringify(answer)}`).not.toContain(SECRET);
    expect(presence()).toEqual(before);
    socket.close(1_000);
    await seat.close();
  });

  test("a frame over 256 KiB closes that socket alone, with one line", async () => {
    const before = presence();
    await log.since(scene.rig.url);
    const socket = knock({});
    await once(socket, "open");
    socket.send(JSON.stringify({ type: "presence", status: "offline", reason: "x".repeat(262_144) }));
    const [code] = (await once(socket, "close")) as [number];
    expect(code).toBe(1_009);
    const { lines, text: written } = await log.since(scene.rig.url);
    expect(lines, written).toMatchObject([{ level: 40, door: "desk" }]);
    expect(written.length).toBeLessThan(1_000);
    expect(presence()).toEqual(before);
    expect(dana.seat.received.findLast(({ frame }) => frame.type === "presence")?.frame).toMatchObject({
      status: "available",
    });
  });

  test("an order that was carried out and comes again changes nothing", async () => {
    const known = dana.seat.received.length;
    await dana.seat.becomes("available");
    await dana.seat.becomes("available");
    const since = dana.seat.received.slice(known).map(({ frame }) => frame["since"]);
    // Available since the same moment: nobody loses their place for saying it again.
    expect(new Set(since).size).toBe(1);
  });
});

/** What the other desks of this agent were told last. */
const presence = (): unknown => dana.seat.received.findLast(({ frame }) => frame.type === "presence")?.frame;

async function next(socket: WebSocket, type: string): Promise<unknown> {
  const frames: { type: string }[] = [];
  socket.on("message", (data: Buffer) => frames.push(JSON.parse(data.toString("utf8")) as { type: string }));
  return until(`a frame ${type}`, 5_000, () => frames.find((frame) => frame.type === type));
}
