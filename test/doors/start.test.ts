// Settings that are missing or wrong stop the start, with all of them in one list and no secret in it.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { ROOT } from "../calls/root.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "warmline-start-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

type Ended = { readonly code: number | null; readonly problems: readonly string[]; readonly text: string };

/** Starts the gateway with this environment alone and waits for its end; one that runs is a failure. */
function start(env: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["src/main.ts"], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env["PATH"] ?? "", DATA_DIR: dir, PORT: "0", ...env },
    });
    let text = "";
    const late = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`the gateway did not stop by itself:\n${text}`));
    }, 40_000);
    const take = (part: Buffer): void => void (text += part.toString("utf8"));
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(late);
      resolve({
        code,
        text,
        problems: text.split("\n").flatMap((line) => (line.startsWith("  - ") ? [line.slice(4)] : [])),
      });
    });
  });
}

const SECRET = "not-to-be-repeated-7c1d";

describe("the gateway does not start", () => {
  test("with wrong settings: all of them, in one list, by name, and none of their secrets", async () => {
    const { code, problems, text } = await start({
      PORT: "eighty",
      PUBLIC_URL: "ftp://voice.example.com/path",
      TWILIO_ACCOUNT_SID: `XX${SECRET}`,
      TWILIO_NUMBER: "555-0100",
      TWILIO_CALLS_PER_SECOND: "0",
      OPENAI_BASE_URL: "api.openai.com",
      WEBHOOK_SECRET: SECRET,
      LOG_LEVEL: "loud",
      ALLOW_EMBEDDED: "perhaps",
      API_KEYS: `one:emperor:${SECRET}`,
      VAPI_API_KEY: SECRET,
    });
    expect(code).toBe(1);
    const named = problems.map((problem) => /^[A-Z_]+/u.exec(problem)?.[0]);
    expect(new Set(named)).toEqual(
      new Set([
        "PORT",
        "PUBLIC_URL",
        "TWILIO_ACCOUNT_SID",
        "TWILIO_NUMBER",
        "TWILIO_AUTH_TOKEN",
        "TWILIO_CALLS_PER_SECOND",
        "OPENAI_BASE_URL",
        "WEBHOOK_SECRET",
        "LOG_LEVEL",
        "ALLOW_EMBEDDED",
        "API_KEYS",
        "VAPI_WEBHOOK_SECRET",
      ]),
    );
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain("at file:");
  });

  test("with half a vendor: what is missing, and for what", async () => {
    const { code, problems } = await start({ TWILIO_ACCOUNT_SID: `AC${"a".repeat(32)}`, RETELL_API_KEY: SECRET });
    expect(code).toBe(1);
    expect(problems.join("\n")).toMatch(/^TWILIO_AUTH_TOKEN: missing; Twilio needs it/mu);
    expect(problems.join("\n")).toMatch(/^TWILIO_NUMBER: missing; Twilio needs it/mu);
    expect(problems.join("\n")).toMatch(/^RETELL_SOCKET_SECRET: missing; Retell needs it/mu);
  });

  test("with embedded stores behind a public address, unless that is allowed", async () => {
    const { code, problems } = await start({ PUBLIC_URL: "https://voice.example.com" });
    expect(code).toBe(1);
    expect(problems.join("\n")).toMatch(/REDIS_URL and DATABASE_URL: missing.*ALLOW_EMBEDDED=true/u);
  });

  test("with a wrong configuration beside wrong settings: both in the same list", async () => {
    await writeFile(join(dir, "routing.yaml"), "queues: {}\nnumbers: { default: { mode: sometimes } }\n");
    const { code, problems } = await start({ CONFIG_DIR: dir, LOG_LEVEL: "loud" });
    expect(code).toBe(1);
    expect(problems.some((problem) => problem.startsWith("LOG_LEVEL"))).toBe(true);
    expect(problems.some((problem) => problem.includes("routing.yaml") && problem.includes("mode"))).toBe(true);
    expect(problems.some((problem) => problem.includes("assistants.yaml"))).toBe(true);
  });

  test("on an address that is taken: says so and stops", async () => {
    const { createServer } = await import("node:http");
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const { code, text } = await start({ PORT: String(port), LOG_LEVEL: "warn" });
    server.close();
    expect(code).not.toBe(0);
    expect(text).toContain("EADDRINUSE");
  });
});
