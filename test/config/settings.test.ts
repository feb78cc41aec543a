import { mkdtemp, readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { keptSessionSecret } from "../../src/config/kept-session-secret.ts";
import { readSettings } from "../../src/config/settings.ts";

const SID = `AC${"0".repeat(32)}`;
const STORES = { REDIS_URL: "redis://r:6379", DATABASE_URL: "postgres://d/w" };

const settingsOf = (env: Record<string, string>) => {
  const answer = readSettings(env);
  if (!answer.ok) throw new Error(answer.problems.join("\n"));
  return answer.settings;
};
const problemsOf = (env: Record<string, string>) => {
  const answer = readSettings(env);
  return answer.ok ? [] : answer.problems;
};

describe("what an empty environment means", () => {
  test("embedded on loopback, every vendor off", () => {
    const settings = settingsOf({});
    expect(settings).toMatchObject({
      port: 8080,
      host: "127.0.0.1",
      publicUrl: "http://127.0.0.1:8080",
      embedded: true,
      dataDir: ".data",
      configDir: "config",
      logLevel: "info",
      apiKeys: [],
      calls: { perNode: 150 },
    });
    expect([settings.twilio, settings.openai, settings.vapi, settings.retell]).toEqual(Array(4).fill(undefined));
  });

  test("an empty variable is an absent one", () => {
    expect(settingsOf({ PORT: "", TWILIO_AUTH_TOKEN: "", PUBLIC_URL: "" }).port).toBe(8080);
  });

  test("with both stores the gateway listens on every address", () => {
    const settings = settingsOf({
      ...STORES,
      PUBLIC_URL: "https://voice.example.com/",
    });
    expect(settings).toMatchObject({ embedded: false, host: "0.0.0.0", publicUrl: "https://voice.example.com" });
  });
});

test("vendors are read whole", () => {
  const settings = settingsOf({
    TWILIO_ACCOUNT_SID: SID,
    TWILIO_AUTH_TOKEN: "token",
    TWILIO_NUMBER: "+15005550006",
    TWILIO_API_URL: "http://127.0.0.1:9/",
    TWILIO_CALLS_PER_SECOND: "50",
    OPENAI_API_KEY: "sk",
    OPENAI_BASE_URL: "http://127.0.0.1:7/v1",
    TOOLS_BASE_URL: "http://tools",
  });
  expect(settings.twilio).toEqual({
    accountSid: SID,
    authToken: "token",
    number: "+15005550006",
    apiUrl: "http://127.0.0.1:9",
    callsPerSecond: 50,
  });
  expect(settings.openai).toMatchObject({ realtimeUrl: "ws://127.0.0.1:7/v1/realtime" });
  expect(settings.toolVariables).toEqual({ TOOLS_BASE_URL: "http://tools" });
});

test("OpenAI's own address becomes a secure socket", () => {
  expect(settingsOf({ OPENAI_API_KEY: "sk" }).openai?.realtimeUrl).toBe("wss://api.openai.com/v1/realtime");
});

describe("what stops the start", () => {
  test.each([
    [{ PORT: "http" }, "PORT: expected a whole number from 0 to 65535"],
    [{ PORT: "70000" }, "PORT: expected a whole number from 0 to 65535"],
    [{ PUBLIC_URL: "voice.example.com" }, "PUBLIC_URL: expected an address"],
    [{ PUBLIC_URL: "http://127.0.0.1/base" }, "PUBLIC_URL: expected scheme, host and port only"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL: expected debug, info"],
    [{ TWILIO_ACCOUNT_SID: SID }, "TWILIO_AUTH_TOKEN: missing; Twilio needs it beside TWILIO_ACCOUNT_SID"],
    [{ TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: "t" }, "TWILIO_NUMBER: missing"],
    [{ VAPI_API_KEY: "k" }, "VAPI_WEBHOOK_SECRET: missing"],
    [{ RETELL_API_KEY: "k" }, "RETELL_SOCKET_SECRET: missing"],
    [{ WEBHOOK_SECRET: "whsec_short" }, "WEBHOOK_SECRET: expected whsec_"],
    [{ API_KEYS: "ops:boss:s3cret" }, "API_KEYS: key 1 (ops) has an unknown role; the roles are agent, desk"],
    [{ API_KEYS: "a:desk:one,b:desk" }, "API_KEYS: key 2 is not of the form name:role:secret"],
    [{ API_KEYS: "a:desk:one,b:desk:one" }, "API_KEYS: key 2 (b) has the secret of another key"],
    [{ PUBLIC_URL: "https://voice.example.com" }, "REDIS_URL and DATABASE_URL: missing, while PUBLIC_URL is public"],
    [{ SESSION_SECRET: "short" }, "SESSION_SECRET: expected at least 32 characters"],
    [{ REDIS_URL: "localhost:6379" }, "REDIS_URL: expected an address such as redis://"],
  ])("%j", (env, sentence) => {
    expect(problemsOf(env as Record<string, string>).join("\n")).toContain(sentence);
  });

  test("all problems come in one list", () => {
    const problems = problemsOf({
      PORT: "x",
      API_KEYS: "ops:boss:s3cret",
      TWILIO_ACCOUNT_SID: SID,
      PUBLIC_URL: "https://voice.example.com",
    });
    expect(problems.map((problem) => problem.split(":")[0])).toEqual([
      "PORT",
      "API_KEYS",
      "TWILIO_AUTH_TOKEN",
      "TWILIO_NUMBER",
      "REDIS_URL and DATABASE_URL",
    ]);
  });

  test("no secret is repeated in a problem", () => {
    const secret = "hunter2hunter2";
    const problems = problemsOf({
      API_KEYS: `${secret},a:nobody:${secret},b:desk:${secret},c:desk:${secret}`,
      SESSION_SECRET: secret,
      WEBHOOK_SECRET: secret,
      REDIS_URL: `http://user:${secret}@h`,
    });
    expect(problems.length).toBeGreaterThanOrEqual(5);
    expect(problems.join("\n")).not.toContain(secret);
  });
});

test("ALLOW_EMBEDDED accepts embedded stores behind a public address", () => {
  const settings = settingsOf({ PUBLIC_URL: "https://voice.example.com", ALLOW_EMBEDDED: "true" });
  expect(settings).toMatchObject({ embedded: true, host: "127.0.0.1" });
});

test("a key's secret may contain colons", () => {
  expect(settingsOf({ API_KEYS: "dana:agent:a:b, ops:admin:c" }).apiKeys).toEqual([
    { name: "dana", role: "agent", secret: "a:b" },
    { name: "ops", role: "admin", secret: "c" },
  ]);
});

test("the session secret is made once and kept for the owner only", async () => {
  const dir = join(await mkdtemp(join(tmpdir(), "warmline-")), "data");
  const [first, second] = await Promise.all([keptSessionSecret(dir), keptSessionSecret(dir)]);
  expect(second).toBe(first);
  expect(first.length).toBeGreaterThanOrEqual(32);
  expect(await keptSessionSecret(dir)).toBe(first);
  expect(await readFile(join(dir, "session-secret"), "utf8")).toBe(first);
  expect((await stat(join(dir, "session-secret"))).mode & 0o077).toBe(0);
});
