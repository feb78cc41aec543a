import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ControlClient, isVendors } from "../../../src/vendors/vapi/control-client.ts";
import { fakeClock } from "../../stores/fake-clock.ts";
import { silentLog } from "../../support/silent-log.ts";
import { keptLog, type LogLine } from "../twilio/gateway.ts";

const VENDOR = "https://api.vapi.ai";

const note = (content: string) =>
  ({ type: "add-message", message: { role: "system", content }, triggerResponseEnabled: false }) as const;

describe("which control URLs are the vendor's", () => {
  test.each([
    ["https://aws-us-west-2-production1-phone-call-websocket.vapi.ai/id/control", VENDOR, true],
    ["wss://phone-call-websocket.vapi.ai/id/transport", VENDOR, true],
    ["https://phone.eu.vapi.ai/id/control", "https://api.eu.vapi.ai", true],
    ["http://phone-call-websocket.vapi.ai/id/control", VENDOR, false],
    ["https://vapi.ai.evil.example/id/control", VENDOR, false],
    ["https://evilvapi.ai/control", VENDOR, false],
    ["https://user@phone.vapi.ai/control", VENDOR, false],
    ["https://169.254.169.254/latest", VENDOR, false],
    ["http://127.0.0.1:9000/id/control", VENDOR, false],
    ["http://127.0.0.1:4000/id/control", "http://127.0.0.1:4000", true],
    ["ws://127.0.0.1:4000/id/transport", "http://127.0.0.1:4000", true],
    ["http://127.0.0.1:9000/id/control", "http://127.0.0.1:4000", false],
    ["http://127.0.0.2:9000/id/control", "http://127.0.0.1:4000", false],
    ["not an address", VENDOR, false],
  ])("%s beside %s: %s", (url, api, expected) => {
    expect(isVendors(url, api)).toBe(expected);
  });
});

describe("commands to a call", () => {
  let server: Server;
  let url = "";
  const got: unknown[] = [];
  let delayFirstMs = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const delay = delayFirstMs;
        delayFirstMs = 0;
        setTimeout(() => {
          got.push(JSON.parse(Buffer.concat(chunks).toString()));
          response.writeHead(request.url === "/gone" ? 404 : 200).end("{}");
        }, delay);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test("have a limit of 256 that wait for an answer: the next is refused and logged, the others are sent", async () => {
    got.length = 0;
    const logged: LogLine[] = [];
    const control = new ControlClient({ apiUrl: url, clock: fakeClock(1_000), log: keptLog(logged) });
    const sent = Array.from({ length: 257 }, (_, i) => control.send(note(`note ${i}`)));
    expect(await sent[256]).toBe(false);
    expect(logged).toMatchObject([{ count: 256, message: expect.stringMatching(/too many/) }]);
    control.learn(`${url}/control`);
    expect(await Promise.all(sent.slice(0, 256))).not.toContain(false);
    expect(got).toHaveLength(256);
    expect(await control.send(note("one more"))).toBe(true);
  });

  test("wait for the URL, keep their order, and tell whether they were taken", async () => {
    got.length = 0;
    delayFirstMs = 60;
    const control = new ControlClient({ apiUrl: url, clock: fakeClock(1_000), log: silentLog });
    const sent = [control.send(note("one")), control.send(note("two"))];
    expect(got).toEqual([]);
    control.learn(`${url}/control`);
    expect(await Promise.all(sent)).toEqual([true, true]);
    expect(got).toEqual([note("one"), note("two")]);
  });

  test("nobody waits for ever for a URL that never comes", async () => {
    got.length = 0;
    const clock = fakeClock(1_000);
    const control = new ControlClient({ apiUrl: url, clock, log: silentLog, knownWithinMs: 2_000 });
    const sent = control.send(note("nowhere"));
    clock.advance(2_000);
    expect(await sent).toBe(false);
    control.learn(`${url}/control`);
    expect(await control.send(note("now"))).toBe(true);
    expect(got).toEqual([note("now")]);
  });

  test("a refusal is told; after the end nothing leaves", async () => {
    got.length = 0;
    const control = new ControlClient({ apiUrl: url, clock: fakeClock(1_000), log: silentLog });
    control.learn(`${url}/gone`);
    expect(await control.send(note("late"))).toBe(false);
    control.close();
    expect(await control.send(note("later"))).toBe(false);
    expect(got).toHaveLength(1);
  });

  test("a foreign URL is not taken, and a second one changes nothing", async () => {
    got.length = 0;
    const control = new ControlClient({ apiUrl: url, clock: fakeClock(1_000), log: silentLog });
    control.learn("https://evil.example/control");
    control.learn(`${url}/control`);
    control.learn(`${url}/gone`);
    expect(await control.send(note("here"))).toBe(true);
    expect(got).toEqual([note("here")]);
  });
});
