import type { z } from "zod";
import type { ApiKey } from "./api-keys.ts";
import { environment, type Environment, type Variable } from "./environment.ts";

export type TwilioSettings = {
  readonly accountSid: string;
  readonly authToken: string;
  readonly number: string;
  readonly appSid?: string;
  readonly apiUrl?: string;
  readonly callsPerSecond: number;
};

export type OpenAiSettings = {
  readonly apiKey: string;
  readonly baseUrl: string;
  /** Without the model: `ws…/realtime`. */
  readonly realtimeUrl: string;
  readonly realtimeModel: string;
  readonly scoringModel: string;
};

export type VapiSettings = { readonly apiKey: string; readonly apiUrl?: string; readonly webhookSecret: string };
export type RetellSettings = { readonly apiKey: string; readonly apiUrl?: string; readonly socketSecret: string };

/** What the process runs with, read once by `main`. A vendor that is absent is off. */
export type Settings = {
  readonly port: number;
  readonly host: string;
  /** Origin, without a trailing slash. */
  readonly publicUrl: string;
  /** Redis or Postgres is missing: the process stands in for it. */
  readonly embedded: boolean;
  readonly redisUrl?: string;
  readonly databaseUrl?: string;
  readonly dataDir: string;
  /** After SIGTERM: `noticeMs` for balancers to notice, `limitMs` for calls that nobody else can take. */
  readonly drain: { readonly noticeMs: number; readonly limitMs: number };
  readonly configDir: string;
  readonly logLevel: Environment["LOG_LEVEL"];
  readonly twilio?: TwilioSettings;
  readonly openai?: OpenAiSettings;
  readonly vapi?: VapiSettings;
  readonly retell?: RetellSettings;
  /** Calls with an assistant: on this node, and on all nodes together where that is limited too. */
  readonly calls: { readonly perNode: number; readonly perAccount?: number };
  readonly apiKeys: readonly ApiKey[];
  /** Absent only when embedded: then `keptSessionSecret` makes one and keeps it under `dataDir`. */
  readonly sessionSecret?: string;
  readonly webhookSecret?: string;
  readonly bootstrapAdmin?: { readonly email: string; readonly password: string };
  readonly slackWebhookUrl?: string;
  readonly discordWebhookUrl?: string;
  readonly smtpUrl?: string;
  readonly goHighLevel?: { readonly token: string; readonly locationId: string };
  /** `TOOLS_…` variables: the only ones that `${…}` in the configuration's files may name. */
  readonly toolVariables: Readonly<Record<string, string>>;
};

export type SettingsAnswer =
  | { readonly ok: true; readonly settings: Settings }
  /** Everything that is missing or wrong, one sentence each, no secret in any. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads the environment. An empty variable counts as absent (compose files leave them so). */
export function readSettings(env: Readonly<Record<string, string | undefined>>): SettingsAnswer {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const read = environment.safeParse(given);
  const problems = read.success ? [] : read.error.issues.map(describeIssue);
  problems.push(...halfConfigured(given));
  if (!read.success) return { ok: false, problems: [...problems, ...embeddedProblems(lenient(given))] };
  problems.push(...embeddedProblems(read.data));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, settings: toSettings(read.data, given) };
}

const describeIssue = (issue: z.core.$ZodIssue): string => `${issue.path.join(".")}: ${issue.message}`;

/** Variables that only make sense together; the first one names what is half configured. */
const TOGETHER: readonly { readonly what: string; readonly all: readonly Variable[] }[] = [
  { what: "Twilio", all: ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_NUMBER"] },
  { what: "Vapi", all: ["VAPI_API_KEY", "VAPI_WEBHOOK_SECRET"] },
  { what: "Retell", all: ["RETELL_API_KEY", "RETELL_SOCKET_SECRET"] },
  { what: "the first admin", all: ["BOOTSTRAP_ADMIN_EMAIL", "BOOTSTRAP_ADMIN_PASSWORD"] },
  { what: "GoHighLevel", all: ["GOHIGHLEVEL_TOKEN", "GOHIGHLEVEL_LOCATION_ID"] },
];

function halfConfigured(given: Readonly<Record<string, unknown>>): string[] {
  return TOGETHER.flatMap(({ what, all }) => {
    const set = all.filter((name) => given[name] !== undefined);
    if (set.length === 0 || set.length === all.length) return [];
    const missing = all.filter((name) => given[name] === undefined);
    return missing.map(
      (name) =>
        `${name}: missing; ${what} needs it beside ${set.join(", ")} (or unset ${set.length > 1 ? "those" : "that"})`,
    );
  });
}

type Stores = Pick<Environment, "ALLOW_EMBEDDED" | "PUBLIC_URL" | "REDIS_URL" | "DATABASE_URL">;

/** When another variable is wrong too, what can be said about the stores is still said in the same list. */
function lenient(given: Readonly<Record<string, unknown>>): Stores {
  const stores = environment
    .pick({ ALLOW_EMBEDDED: true, PUBLIC_URL: true, REDIS_URL: true, DATABASE_URL: true })
    .safeParse(given);
  return stores.success ? stores.data : { ALLOW_EMBEDDED: true };
}

const missingStores = (env: Stores): string[] =>
  (["REDIS_URL", "DATABASE_URL"] as const).filter((name) => env[name] === undefined);

function embeddedProblems(env: Stores): string[] {
  const missing = missingStores(env);
  if (missing.length === 0 || env.ALLOW_EMBEDDED || env.PUBLIC_URL === undefined || isLoopback(env.PUBLIC_URL))
    return [];
  return [
    `${missing.join(" and ")}: missing, while PUBLIC_URL is public: what embedded stores hold is lost with this process. ` +
      `Set ${missing.join(" and ")}, or ALLOW_EMBEDDED=true to accept that`,
  ];
}

function isLoopback(publicUrl: string): boolean {
  const { hostname } = new URL(publicUrl);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function toSettings(env: Environment, given: Readonly<Record<string, string | undefined>>): Settings {
  const embedded = missingStores(env).length > 0;
  return {
    port: env.PORT,
    host: env.HOST ?? (embedded ? "127.0.0.1" : "0.0.0.0"),
    publicUrl: env.PUBLIC_URL ?? `http://127.0.0.1:${env.PORT}`,
    embedded,
    dataDir: env.DATA_DIR,
    drain: { noticeMs: env.DRAIN_NOTICE_SECONDS * 1_000, limitMs: env.DRAIN_LIMIT_SECONDS * 1_000 },
    configDir: env.CONFIG_DIR,
    logLevel: env.LOG_LEVEL,
    calls: {
      perNode: env.LIVE_CALLS_MAX,
      ...(env.ACCOUNT_CALLS_MAX !== undefined && { perAccount: env.ACCOUNT_CALLS_MAX }),
    },
    apiKeys: env.API_KEYS,
    toolVariables: toolVariables(given),
    ...vendors(env),
    ...present({
      redisUrl: env.REDIS_URL,
      databaseUrl: env.DATABASE_URL,
      sessionSecret: env.SESSION_SECRET,
      webhookSecret: env.WEBHOOK_SECRET,
      slackWebhookUrl: env.SLACK_WEBHOOK_URL,
      discordWebhookUrl: env.DISCORD_WEBHOOK_URL,
      smtpUrl: env.SMTP_URL,
    }),
    ...pair(env.BOOTSTRAP_ADMIN_EMAIL, env.BOOTSTRAP_ADMIN_PASSWORD, (email, password) => ({
      bootstrapAdmin: { email, password },
    })),
    ...pair(env.GOHIGHLEVEL_TOKEN, env.GOHIGHLEVEL_LOCATION_ID, (token, locationId) => ({
      goHighLevel: { token, locationId },
    })),
  };
}

function vendors(env: Environment): Pick<Settings, "twilio" | "openai" | "vapi" | "retell"> {
  const { TWILIO_NUMBER: number, OPENAI_API_KEY: openAiKey } = env;
  const baseUrl = env.OPENAI_BASE_URL ?? "https://api.openai.com/v1";
  return {
    ...(number !== undefined &&
      pair(env.TWILIO_ACCOUNT_SID, env.TWILIO_AUTH_TOKEN, (accountSid, authToken) => ({
        twilio: {
          accountSid,
          authToken,
          number,
          callsPerSecond: env.TWILIO_CALLS_PER_SECOND,
          ...present({ appSid: env.TWILIO_APP_SID, apiUrl: env.TWILIO_API_URL }),
        },
      }))),
    ...(openAiKey !== undefined && {
      openai: {
        apiKey: openAiKey,
        baseUrl,
        realtimeUrl: `${baseUrl.replace(/^http/, "ws")}/realtime`,
        realtimeModel: env.OPENAI_REALTIME_MODEL,
        scoringModel: env.OPENAI_SCORING_MODEL,
      },
    }),
    ...pair(env.VAPI_API_KEY, env.VAPI_WEBHOOK_SECRET, (apiKey, webhookSecret) => ({
      vapi: { apiKey, webhookSecret, ...present({ apiUrl: env.VAPI_API_URL }) },
    })),
    ...pair(env.RETELL_API_KEY, env.RETELL_SOCKET_SECRET, (apiKey, socketSecret) => ({
      retell: { apiKey, socketSecret, ...present({ apiUrl: env.RETELL_API_URL }) },
    })),
  };
}

const toolVariables = (given: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value !== undefined && /^TOOLS_[A-Z0-9_]+$/.test(name) ? [[name, value] as const] : [],
    ),
  );

const pair = <T>(a: string | undefined, b: string | undefined, make: (a: string, b: string) => T): T | undefined =>
  a === undefined || b === undefined ? undefined : make(a, b);

/** Leaves absent fields out: with `exactOptionalPropertyTypes` absent and `undefined` differ. */
function present<T extends Record<string, string | undefined>>(fields: T): { [K in keyof T]?: string } {
  const kept: { [K in keyof T]?: string } = {};
  for (const name in fields) if (fields[name] !== undefined) kept[name] = fields[name];
  return kept;
}
