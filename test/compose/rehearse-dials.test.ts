import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { rehearseDials } from "../../src/compose/rehearse-dials.ts";
import { after, EpochMs } from "../../src/domain/time.ts";
import { createSystemClock } from "../../src/runtime/system-clock.ts";
import { keptLog, type LogLine } from "../vendors/twilio/gateway.ts";

const system = createSystemClock();

test("dials are rehearsed with nobody, and the log is told of none", async () => {
  const logged: LogLine[] = [];
  expect(await rehearseDials({ clock: system, log: keptLog(logged) })).toBeGreaterThan(0);
  expect(logged).toEqual([]);
});

test("a machine that is too busy for it starts without", async () => {
  let looks = 0;
  const now = (): EpochMs => EpochMs(after(system.now(), (looks += 1) * 4_000));
  expect(await rehearseDials({ clock: { ...system, now }, log: keptLog([]) })).toBe(0);
});

const REHEARSE = `
  import { rehearseDials } from "./src/compose/rehearse-dials.ts";
  import { createSystemClock } from "./src/runtime/system-clock.ts";
  import { createLog } from "./src/telemetry/log.ts";
  console.log(await rehearseDials({ clock: createSystemClock(), log: createLog("silent") }));
  process.exit();
`;

test("nothing of it leaves the machine, whatever proxy or edge the environment names", async () => {
  const asked: string[] = [];
  // Answers nothing: what came here would hang.
  const proxy = createServer(({ url }) => asked.push(url ?? ""));
  proxy.on("connect", ({ url }) => asked.push(url ?? ""));
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port } = proxy.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];
  const env = {
    PATH: process.env["PATH"],
    NODE_USE_ENV_PROXY: "1",
    TWILIO_EDGE: "dublin",
    TWILIO_REGION: "ie1",
    ...Object.fromEntries(names.map((name) => [name, address])),
  };
  const run = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", REHEARSE], { env });
  const { stdout } = await run;
  expect(Number(stdout)).toBeGreaterThan(0);
  expect(asked).toEqual([]);
  proxy.close();
  proxy.closeAllConnections();
});
