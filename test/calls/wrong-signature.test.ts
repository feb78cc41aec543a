// C12: somebody who knows every address and every id, and not the carrier's secret, changes nothing in a call: 403, one
// line in the log that repeats nothing of what was sent, at every door.
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";

import { signHandshake, signRequest } from "../../lab/twilio/signature.ts";
import { watchLog } from "../doors/log-watch.ts";
import { lineOf } from "./caller-line.ts";
import {
  type Agent,
  CALLER,
  callerAsksForPerson,
  endOf,
  escalationOf,
  offerAt,
  openScene,
  ringAt,
  type Scene,
  sitDown,
  timelineOf,
  TWILIO_TOKEN,
} from "./scene.ts";

const log = watchLog();
let scene: Scene;
let dana: Agent;
beforeAll(async () => {
  scene = await openScene({ env: { LOG_LEVEL: "info" }, onLog: log.onLog });
  dana = await sitDown(scene, { phone: { kind: "rings" } });
});
afterAll(() => scene.close());

/** What would end the call, take the offer or move the caller, if it were believed. */
const MEANT = {
  Digits: "1",
  StreamEvent: "stream-error",
  StatusCallbackEvent: "participant-leave",
  CallStatus: "completed",
};

test("a forged webhook is refused at every door while a call is being handed over", async ({ annotate }) => {
  const { rig } = scene;
  const caller = await callerAsksForPerson(scene);
  const { escalationId, offerId } = await offerAt(scene, dana);
  const ring = await ringAt(dana);
  const call = new URL(rig.twilio.log.of("webhook", ({ url }) => url.includes("call="))[0]?.url ?? "").searchParams.get(
    "call",
  );
  const ids = new URLSearchParams({ call: call ?? "", offer: offerId }).toString();
  const doors: [path: string, leg: string][] = [
    ["/twilio/voice", caller.callSid],
    ["/twilio/fallback", caller.callSid],
    ["/twilio/document/caller", caller.callSid],
    ["/twilio/ended/caller?room=1", caller.callSid],
    ["/twilio/ended/forward", caller.callSid],
    ["/twilio/keys/caller", caller.callSid],
    ["/twilio/status", caller.callSid],
    ["/twilio/stream", caller.callSid],
    ["/twilio/sms", caller.callSid],
    [`/twilio/wait/room?call=${call}`, caller.callSid],
    [`/twilio/document/agent?${ids}`, ring.callSid],
    [`/twilio/ended/agent?${ids}`, ring.callSid],
    [`/twilio/keys/agent?${ids}`, ring.callSid],
    [`/twilio/status/agent?${ids}`, ring.callSid],
    [`/twilio/room?call=${call}&escalation=${escalationId}`, ring.callSid],
  ];
  await dana.seat.waitFor((frame) => frame.type === "state" && frame["cause"] === "agent-leg-ringing");
  const before = await timelineOf(scene, escalationId);
  const frames = dana.seat.received.length;
  await log.since(rig.url);

  for (const [path, leg] of doors) {
    const url = `${rig.url}${path}`;
    const params = { ...MEANT, CallSid: leg, From: CALLER, To: "+15005550199", AccountSid: `AC${"0".repeat(32)}` };
    const right = signRequest(TWILIO_TOKEN, url, params);
    for (const signature of [
      undefined,
      "",
      signRequest("another-account's-token", url, params),
      signRequest(TWILIO_TOKEN, `${url}x`, params),
      right.replace(/^./u, (first) => (first === "A" ? "B" : "A")),
    ]) {
      const answer = await fetch(url, {
        method: "POST",
        body: new URLSearchParams(params),
        ...(signature === undefined ? {} : { headers: { "x-twilio-signature": signature } }),
      });
      const body = (await answer.json()) as { status: number; detail: string };
      expect([path, answer.status, body.status]).toEqual([path, 403, 403]);
      const { lines, text } = await log.since(rig.url);
      // The carrier goes on reporting meanwhile.
      const refused = lines.filter(({ status }) => status !== 200);
      expect(refused, text).toMatchObject([
        { level: 40, msg: "a request was refused", status: 403, route: path.split("?")[0] },
      ]);
      for (const secret of [CALLER, leg, offerId, escalationId, signature || "no signature"])
        expect(text).not.toContain(secret);
    }
  }
  await annotate(`${doors.length} doors, 5 wrong signatures each`);
  expect(await timelineOf(scene, escalationId)).toEqual(before);
  expect(
    dana.seat.received.slice(frames).filter(({ frame }) => frame.type !== "packet" && frame.type !== "turn"),
  ).toEqual([]);
  expect(caller.status).toBe("in-progress");
  expect(rig.twilio.call(ring.callSid)?.status).toBe("ringing");

  caller.hangUp();
  await endOf(scene, ring.callSid);
  expect(await escalationOf(scene, escalationId)).toMatchObject({ handoff: { outcome: "abandoned" } });
  expect(await lineOf(scene, caller, escalationId)).toMatchObject({ tooQuiet: false, emptyPromises: [] });
});

test("a forged media handshake is refused", async () => {
  const { rig } = scene;
  const url = `${rig.url.replace(/^http/u, "ws")}/twilio/media`;
  await log.since(rig.url);
  for (const signature of [
    undefined,
    signHandshake("another-account's-token", url),
    signHandshake(TWILIO_TOKEN, `${url}?x=1`),
  ]) {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const socket = new WebSocket(url, {
        headers: signature === undefined ? {} : { "x-twilio-signature": signature },
      });
      socket.once("unexpected-response", (_request, response) => {
        resolve(response.statusCode);
        response.destroy();
      });
      socket.once("open", () => reject(new Error("the handshake was accepted")));
      socket.on("error", reject);
    });
    expect(status).toBe(403);
    const { lines, text } = await log.since(rig.url);
    expect(
      lines.filter(({ status: code }) => code !== 200),
      text,
    ).toMatchObject([{ level: 40, msg: "a request was refused", status: 403, route: "/twilio/media" }]);
  }
});
