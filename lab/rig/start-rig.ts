// A whole small world around one gateway process: the carrier's twin, the model's twin and the business systems, and
// the gateway started as anyone would start it, from its environment.

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clipFor } from "../audio/clips.ts";
import { voice } from "../audio/voice.ts";
import { startBusiness, type Business } from "../business/server.ts";
import type { Brain } from "../openai/brain.ts";
import { disputeBrain } from "../openai/dispute-brain.ts";
import { startOpenAiTwin, type OpenAiTwin } from "../openai/twin.ts";
import { startTwilioTwin, type TwilioTwin } from "../twilio/twin.ts";

export type RigOptions = {
  /** What starts the gateway, run from the project's root: program and arguments. */
  readonly gateway: readonly [string, ...string[]];
  readonly cwd: string;
  readonly brain?: Brain;
  /** Added to, or replacing, the gateway's environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly callsPerSecond?: number;
  /** Where the gateway's log lines go; default: kept, and shown when it fails to start. */
  readonly onLog?: (line: string) => void;
};

export type Rig = {
  /** The gateway's address. */
  readonly url: string;
  readonly twilio: TwilioTwin;
  readonly openai: OpenAiTwin;
  readonly business: Business;
  /** The last log lines of the gateway. */
  readonly log: readonly string[];
  readonly process: ChildProcess;
  readonly dataDir: string;
  /** The gateway's HTTP API as an administrator; rejects on an error status. */
  api(method: string, path: string, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
};

export const NUMBER = "+15005550100";
export const PLAIN_NUMBER = "+15005550199";
export const DESK_KEY = "desk-key-of-the-lab-0001";
export const ADMIN_KEY = "admin-key-of-the-lab-0001";
const ACCOUNT = `AC${"0123456789abcdef".repeat(2)}`;
const TOKEN = "lab-auth-token-00000000000000000";
const LOG_KEPT = 400;
const START_MS = 30_000;

export async function startRig(options: RigOptions): Promise<Rig> {
  const [port, dataDir] = await Promise.all([freePort(), mkdtemp(join(tmpdir(), "warmline-"))]);
  const url = `http://127.0.0.1:${port}`;
  const { twilio, openai, business } = await startTwins(options);
  pointNumbersAt(twilio, url);
  const log: string[] = [];
  const twins = { twilio, openai, business };
  const child = spawn(options.gateway[0], options.gateway.slice(1), {
    cwd: options.cwd,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...environment(options, twins), PORT: String(port), DATA_DIR: dataDir, ...options.env },
  });
  keepLog(child, log, options.onLog);
  const close = async (): Promise<void> => {
    await stop(child);
    await Promise.all([twilio.close(), openai.close(), business.close()]);
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await untilReady(child, url, log);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url,
    twilio,
    openai,
    business,
    log,
    process: child,
    dataDir,
    api: (method, path, body) => api(url, method, { path, body }),
    close,
  };
}

/** What a gateway needs to know to find the twins (contract §2). */
export function environment(
  options: Pick<RigOptions, "callsPerSecond">,
  { twilio, openai, business }: Pick<Rig, "twilio" | "openai" | "business">,
): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_NUMBER: NUMBER,
    TWILIO_API_URL: twilio.url,
    TWILIO_CALLS_PER_SECOND: String(options.callsPerSecond ?? 1),
    OPENAI_API_KEY: openai.apiKey,
    OPENAI_BASE_URL: openai.baseUrl,
    TOOLS_BASE_URL: business.url,
    API_KEYS: `desk:desk:${DESK_KEY},admin:admin:${ADMIN_KEY}`,
  };
}

/** The twins on one machine, without a gateway. */
export async function startTwins(options: {
  readonly brain?: Brain;
  readonly callsPerSecond?: number;
  readonly ports?: { readonly twilio: number; readonly openai: number; readonly business: number };
}): Promise<Pick<Rig, "twilio" | "openai" | "business">> {
  const { ports } = options;
  const twilio = await startTwilioTwin({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    callsPerSecond: options.callsPerSecond ?? 1,
    // Also what the control API is told to say for a caller: a caller's line is said so that the model understands it.
    voice: (text) => clipFor("caller", text)?.audio ?? voice("carrier", text),
    port: ports?.twilio ?? 0,
  });
  const openai = await startOpenAiTwin({ brain: options.brain ?? disputeBrain, port: ports?.openai ?? 0 });
  const business = await startBusiness({ port: ports?.business ?? 0 });
  return { twilio, openai, business };
}

/** The lab's numbers ring at this gateway. */
export function pointNumbersAt(twilio: TwilioTwin, url: string): void {
  for (const phoneNumber of [NUMBER, PLAIN_NUMBER]) {
    twilio.number({ phoneNumber, voiceUrl: `${url}/twilio/voice`, statusCallback: `${url}/twilio/status` });
  }
}

function keepLog(child: ChildProcess, log: string[], onLog: RigOptions["onLog"]): void {
  let rest = "";
  child.stderr?.on("data", (data) => {
    const lines = (rest + String(data)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      log.push(line);
      onLog?.(line);
    }
    log.splice(0, Math.max(0, log.length - LOG_KEPT));
  });
}

async function untilReady(child: ChildProcess, url: string, log: readonly string[]): Promise<void> {
  const gone = new Promise<never>((_resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the gateway stopped (${code}) at its start:\n${log.join("\n")}`)));
  });
  const late = AbortSignal.timeout(START_MS);
  const ready = async (): Promise<void> => {
    for (;;) {
      if (late.aborted) throw new Error(`the gateway was not ready within ${START_MS} ms:\n${log.join("\n")}`);
      const answer = await fetch(`${url}/readyz`).catch(
        () => undefined, // Not listening yet.
      );
      if (answer?.ok === true) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  await Promise.race([ready(), gone]);
}

async function api(url: string, method: string, ask: { path: string; body: unknown }): Promise<unknown> {
  const answer = await fetch(`${url}${ask.path}`, {
    method,
    headers: {
      Authorization: `Bearer ${ADMIN_KEY}`,
      ...(ask.body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${ask.path}: ${answer.status} ${text}`);
  return text === "" ? undefined : (JSON.parse(text) as unknown);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const hard = setTimeout(() => child.kill("SIGKILL"), 8_000);
  await ended;
  clearTimeout(hard);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === "string") reject(new Error("no port was given"));
        else resolve(address.port);
      });
    });
  });
}
