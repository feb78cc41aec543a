// A whole small world around one gateway process: the carrier's twin, the model's twin and the business systems, and
// the gateway started as anyone would start it, from its environment.

import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clipFor } from "../audio/clips.ts";
import { voice } from "../audio/voice.ts";
import { startBusiness, type Business } from "../business/server.ts";
import type { Brain } from "../openai/brain.ts";
import { disputeBrain } from "../openai/dispute-brain.ts";
import { judgeDispute } from "../openai/judge-dispute.ts";
import { startOpenAiTwin, type OpenAiTwin } from "../openai/twin.ts";
import { startTwilioTwin, type TwilioTwin } from "../twilio/twin.ts";
import type { TwinOptions } from "../twilio/twin-options.ts";
import type { RetellTwin } from "../retell/twin.ts";
import type { VapiTwin } from "../vapi/twin.ts";
import { configFor, type RigAssistant, startVapi, VAPI_PART, vapiEnvironment } from "./hosted-twins.ts";
import { type HostedTwins, startHostedNumber } from "./hosted-number.ts";
import { RETELL_PART, retellEnvironment, startRetell } from "./retell-in-rig.ts";
import { freePort, startGatewayProcess } from "./gateway-process.ts";

export type RigOptions = {
  /** What starts the gateway, run from the project's root: program and arguments. */
  readonly gateway: readonly [string, ...string[]];
  readonly cwd: string;
  readonly brain?: Brain;
  /** Added to, or replacing, the gateway's environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly callsPerSecond?: number;
  /** Who runs the assistant of the lab's number; default: our own, over OpenAI Realtime. */
  readonly assistant?: RigAssistant;
  /** Callers dial a number that Vapi hosts, or Retell where that is the assistant; the lab's number is the bridge behind it. */
  readonly hostedNumber?: boolean;
  /** Where the gateway's log lines go; default: kept, and shown when it fails to start. */
  readonly onLog?: (line: string) => void;
};

export type Rig = {
  /** The gateway's address. */
  readonly url: string;
  readonly twilio: TwilioTwin;
  readonly openai: OpenAiTwin;
  readonly business: Business;
  /** The vendor of a hosted assistant, where there is one. */
  readonly vapi?: VapiTwin;
  readonly retell?: RetellTwin;
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
export const ACCOUNT = `AC${"0123456789abcdef".repeat(2)}`;
const TOKEN = "lab-auth-token-00000000000000000";

export async function startRig(options: RigOptions): Promise<Rig> {
  const [port, dataDir] = await Promise.all([freePort(), mkdtemp(join(tmpdir(), "warmline-"))]);
  const twins = await startTwins(options);
  const { twilio, openai, business } = twins;
  pointNumbersAt(twilio, `http://127.0.0.1:${port}`);
  const hosted = await startHosted(options, { twilio, gateway: `http://127.0.0.1:${port}`, dataDir });
  const cleanUp = async (): Promise<void> => {
    await Promise.all([twilio.close(), openai.close(), business.close(), hosted.close()]);
    await rm(dataDir, { recursive: true, force: true });
  };
  const gateway = await startGatewayProcess({
    command: options.gateway,
    cwd: options.cwd,
    port,
    env: { ...environment(options, twins), DATA_DIR: dataDir, ...options.env, ...hosted.env },
    onLog: options.onLog,
  }).catch(async (error: unknown) => {
    await cleanUp();
    throw error;
  });
  const { url, log, process: child } = gateway;
  return {
    url,
    twilio,
    openai,
    business,
    ...(hosted.vapi && { vapi: hosted.vapi }),
    ...(hosted.retell && { retell: hosted.retell }),
    log,
    process: child,
    dataDir,
    api: (method, path, body) => askApi(url, method, { path, body }),
    close: async () => {
      await gateway.stop();
      await cleanUp();
    },
  };
}

/** The twin of whoever runs the assistant, and what the gateway is told of it. */
async function startHosted(
  { assistant = "openai", brain = disputeBrain, cwd, env = {}, hostedNumber }: RigOptions,
  about: { readonly twilio: TwilioTwin; readonly gateway: string; readonly dataDir: string },
): Promise<HostedTwins> {
  const from = env["CONFIG_DIR"] ?? join(cwd, "config");
  if (hostedNumber === true)
    return startHostedNumber({ ...about, carrier: about.twilio, vendor: assistant, brain, bridge: NUMBER, from });
  if (assistant === "openai") return { env: {}, close: () => Promise.resolve() };
  if (assistant === "retell" || assistant === "retell-llm") {
    const retell = await startRetell({ brain, gateway: about.gateway, carrier: about.twilio });
    const dir = await configFor(assistant, from, about.dataDir, RETELL_PART);
    return { env: { ...retellEnvironment(retell), CONFIG_DIR: dir }, retell, close: () => retell.close() };
  }
  const vapi = await startVapi({ brain, gateway: about.gateway, carrier: about.twilio });
  const dir = await configFor(assistant, from, about.dataDir, VAPI_PART);
  return { env: { ...vapiEnvironment(vapi), CONFIG_DIR: dir }, vapi, close: () => vapi.close() };
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
  readonly twin?: Pick<TwinOptions, "latencies" | "variants" | "recordings">;
}): Promise<Pick<Rig, "twilio" | "openai" | "business">> {
  const { ports } = options;
  const twilio = await startTwilioTwin({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    callsPerSecond: options.callsPerSecond ?? 1,
    // Also what the control API is told to say for a caller: a caller's line is said so that the model understands it.
    voice: (text) => clipFor("caller", text)?.audio ?? voice("carrier", text),
    port: ports?.twilio ?? 0,
    ...options.twin,
  });
  const openai = await startOpenAiTwin({
    brain: options.brain ?? disputeBrain,
    structured: judgeDispute,
    port: ports?.openai ?? 0,
  });
  const business = await startBusiness({ port: ports?.business ?? 0 });
  return { twilio, openai, business };
}

/** The lab's numbers ring at this gateway. */
export function pointNumbersAt(twilio: TwilioTwin, url: string): void {
  for (const phoneNumber of [NUMBER, PLAIN_NUMBER]) {
    twilio.number({ phoneNumber, voiceUrl: `${url}/twilio/voice`, statusCallback: `${url}/twilio/status` });
  }
}

/** The HTTP API as an administrator; rejects on an error status. */
export async function askApi(url: string, method: string, ask: { path: string; body: unknown }): Promise<unknown> {
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
