import { z } from "zod";
import { parseApiKeys } from "./api-keys.ts";

const text = z.string().min(1);
const secret = z.string().min(1);

const whole = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `expected a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((value) => value >= from && value <= to, `expected a whole number from ${from} to ${to}`);

const url = (protocols: readonly string[], example: string) =>
  z.string().refine((raw) => URL.canParse(raw) && protocols.includes(new URL(raw).protocol), {
    message: `expected an address such as ${example}`,
  });

const webUrl = (example: string) =>
  url(["http:", "https:"], example).transform((raw) => (raw.endsWith("/") ? raw.slice(0, -1) : raw));

/** An origin: everything we hand out is this plus a path that starts with `/`. */
const origin = webUrl("https://voice.example.com").refine(
  (raw) => !URL.canParse(raw) || new URL(raw).origin.toLowerCase() === raw.toLowerCase(),
  "expected scheme, host and port only (https://voice.example.com): doors and signatures are built from it",
);

const flag = z
  .enum(["true", "false", "1", "0"], { error: "expected true or false" })
  .transform((raw) => raw === "true" || raw === "1");

/** `whsec_` and 24 to 64 bytes in base64, as Standard Webhooks signs with. https://www.standardwebhooks.com */
const webhookSecret = z.string().refine((raw) => {
  const bytes = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(raw)?.[1];
  const length = bytes === undefined ? 0 : Buffer.from(bytes, "base64").length;
  return length >= 24 && length <= 64;
}, "expected whsec_ followed by 24 to 64 bytes in base64; make one with: echo whsec_$(openssl rand -base64 32)");

/** Every variable the gateway reads, with its rule and its default (contract §2). */
export const environment = z.object({
  PORT: whole(0, 65_535).default(8_080).describe("Port of the HTTP server; 0 takes any free one."),
  HOST: text
    .optional()
    .describe("Address to listen on; default 127.0.0.1 with embedded stores, 0.0.0.0 with Redis and Postgres."),
  PUBLIC_URL: origin
    .optional()
    .describe("External address; signatures and media URLs are built from it. Default http://127.0.0.1:PORT."),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, "expected AC and 32 hexadecimal digits, as on the Twilio console's first page")
    .optional()
    .describe("Twilio account; absent: Twilio is off."),
  TWILIO_AUTH_TOKEN: secret.optional().describe("Twilio auth token: signs webhooks, authorises REST requests."),
  TWILIO_NUMBER: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, "expected a number in E.164, such as +15005550006")
    .optional()
    .describe("The number shown to agents who are rung, and to callers who are called back."),
  TWILIO_APP_SID: z
    .string()
    .regex(/^AP[0-9a-fA-F]{32}$/, "expected AP and 32 hexadecimal digits")
    .optional()
    .describe("TwiML App that the number is wired to."),
  TWILIO_API_URL: webUrl("https://api.twilio.com").optional().describe("Another base address for Twilio's REST API."),
  TWILIO_CALLS_PER_SECOND: whole(1, 1_000).default(1).describe("Outbound calls the account may start per second."),
  OPENAI_API_KEY: secret.optional().describe("Absent: the own assistant and the deep path are off."),
  OPENAI_BASE_URL: webUrl("https://api.openai.com/v1")
    .optional()
    .describe("Base address; Realtime is derived from it."),
  OPENAI_REALTIME_MODEL: text.default("gpt-realtime-2.1").describe("Model that talks with the caller."),
  OPENAI_SCORING_MODEL: text.default("gpt-6-luna").describe("Model of the deep path."),
  VAPI_API_KEY: secret.optional().describe("Absent: Vapi is off."),
  VAPI_API_URL: webUrl("https://api.vapi.ai").optional().describe("Another base address for Vapi's API."),
  VAPI_WEBHOOK_SECRET: secret.optional().describe("What Vapi's server messages must carry."),
  RETELL_API_KEY: secret.optional().describe("Absent: Retell is off. Also verifies Retell's webhooks."),
  RETELL_API_URL: webUrl("https://api.retellai.com").optional().describe("Another base address for Retell's API."),
  RETELL_SOCKET_SECRET: secret.optional().describe("Part of the custom-LLM socket's path."),
  REDIS_URL: z
    .string()
    // Several hosts, as Sentinel and Cluster have them, are no URL by the standard; the store reads them whole.
    .regex(
      /^rediss?(?:\+(?:sentinel|cluster))?:\/\/[^\s/]+(?:\/\S*)?$/,
      "expected an address such as redis://127.0.0.1:6379",
    )
    .optional()
    .describe("Absent: presence in memory. Sentinel and Cluster: redis+sentinel://h1,h2/name, redis+cluster://h1,h2."),
  DATABASE_URL: url(["postgres:", "postgresql:"], "postgres://user:password@127.0.0.1:5432/warmline")
    .optional()
    .describe("Absent: Postgres embedded in the process, under DATA_DIR."),
  DATA_DIR: text.default(".data").describe("Where embedded stores and the spool keep their files."),
  DRAIN_NOTICE_SECONDS: whole(0, 600)
    .default(5)
    .describe("After SIGTERM: how long balancers have to notice before callers are handed to other gateways."),
  DRAIN_LIMIT_SECONDS: whole(0, 86_400)
    .default(300)
    .describe("After SIGTERM without another gateway: how long running calls are waited for."),
  CONFIG_DIR: text.default("config").describe("Routing, messages, assistants and triggers."),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], { error: "expected debug, info, warn, error or silent" })
    .default("info")
    .describe("The least important line that is written."),
  LIVE_CALLS_MAX: whole(1, 100_000)
    .default(150)
    .describe("Calls with an assistant on this gateway; further callers hear the overflow line and keys."),
  ACCOUNT_CALLS_MAX: whole(1, 1_000_000)
    .optional()
    .describe("The same over all gateways on one Redis together; absent: no such limit."),
  ALLOW_EMBEDDED: flag.default(false).describe("Embedded stores although PUBLIC_URL is not loopback."),
  BOOTSTRAP_ADMIN_EMAIL: z.email("expected an e-mail address").optional().describe("First admin; first start only."),
  BOOTSTRAP_ADMIN_PASSWORD: secret.optional().describe("The first admin's password; first start only."),
  SESSION_SECRET: z
    .string()
    .min(32, "expected at least 32 characters; make one with: openssl rand -base64 32")
    .optional()
    .describe("Signs session cookies; the same on every node. Made by itself with embedded stores."),
  WEBHOOK_SECRET: webhookSecret.optional().describe("Signs webhooks out (Standard Webhooks)."),
  API_KEYS: z
    .string()
    .transform((raw, context) => {
      const { keys, problems } = parseApiKeys(raw);
      for (const message of problems) context.addIssue({ code: "custom", message });
      return keys;
    })
    .default([])
    .describe("`name:role:secret`, comma separated; roles agent, desk, supervisor, admin, integration."),
  SLACK_WEBHOOK_URL: url(["https:", "http:"], "https://hooks.slack.com/services/…")
    .optional()
    .describe("Slack channel."),
  DISCORD_WEBHOOK_URL: url(["https:", "http:"], "https://discord.com/api/webhooks/…")
    .optional()
    .describe("Discord channel."),
  SMTP_URL: url(["smtp:", "smtps:"], "smtps://user:password@mail.example.com").optional().describe("Outgoing mail."),
  GOHIGHLEVEL_TOKEN: secret.optional().describe("GoHighLevel CRM."),
  GOHIGHLEVEL_LOCATION_ID: text.optional().describe("The CRM's location."),
});

export type Environment = z.output<typeof environment>;
export type Variable = keyof Environment;
