import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import twilio from "twilio";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";

import type { CallerLineEvent } from "../../../src/ports/caller-line.ts";
import { randomIds } from "../../../src/runtime/random-ids.ts";
import { createMemoryOnce } from "../../../src/stores/memory/once.ts";
import { createMediaSocket } from "../../../src/vendors/twilio/media-socket.ts";
import { createStreamSecrets } from "../../../src/vendors/twilio/stream-secrets.ts";
import { fakeClock } from "../../stores/fake-clock.ts";
import { CALLER_LEG, closeServer, keptLog, TOKEN } from "./gateway.ts";
import { codeOf, eventually, startMessage } from "./stream-messages.ts";

test("a stream whose secret another node has taken is closed as soon as that is known", async () => {
  const clock = fakeClock(1_000_000);
  const shared = { key: "session secret", clock, ids: randomIds, once: createMemoryOnce() };
  const [here, there] = [createStreamSecrets(shared), createStreamSecrets(shared)];
  const events: CallerLineEvent[] = [];
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const media = createMediaSocket({
    publicUrl,
    authToken: TOKEN,
    secrets: here,
    clock,
    opened: (line) => line.listen((event) => events.push(event)),
    log: keptLog([]),
  });
  server.on("upgrade", (request, socket, head) => media.upgrade(request, socket, head));
  onTestFinished(async () => {
    media.close();
    await closeServer(server);
  });

  const secret = here.mint(CALLER_LEG);
  expect(there.use(CALLER_LEG, secret)).toBe(true);
  expect(await there.usedElsewhere(secret)).toBe(false);
  const url = `${publicUrl.replace("http", "ws")}/twilio/media`;
  const signature = twilio.getExpectedTwilioSignature(TOKEN, url, {});
  const socket = new WebSocket(url, { headers: { "x-twilio-signature": signature } });
  await once(socket, "open");
  const closed = codeOf(socket);
  socket.send(startMessage(secret));
  expect(await closed).toBe(1_008);
  await eventually(() => events).toMatchObject([{ kind: "ended" }]);
});
