import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

type Answer = {
  readonly lines: readonly Record<string, unknown>[];
  readonly errors: string;
  readonly code: number | null;
};

async function score(input: string): Promise<Answer> {
  const child = spawn(process.execPath, ["scripts/score.ts"], { cwd: ROOT, stdio: ["pipe", "pipe", "pipe"] });
  let out = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => (out += piece));
  child.stderr.setEncoding("utf8").on("data", (piece: string) => (errors += piece));
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  const lines = out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { lines, errors, code };
}

const dialogue = (id: string, ...callers: readonly string[]): string =>
  JSON.stringify({
    id,
    lang: "en",
    turns: callers.flatMap((text) => [
      { role: "caller", text },
      { role: "assistant", text: "I see." },
    ]),
  });

test("one line an answer, in the same order, in the shape of the contract", async () => {
  const { lines, code } = await score(
    `${dialogue("a", "hello", "let me talk to a person")}\n${dialogue("b", "what are your hours")}\n`,
  );
  expect(code).toBe(0);
  expect(lines.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(lines[0]?.["decision"]).toMatchObject({
    escalate: true,
    atTurn: 2,
    trigger: "explicit-request",
    because: expect.any(String),
  });
  expect(lines[1]?.["decision"]).toMatchObject({ escalate: false });
  const turns = lines[0]?.["turns"] as readonly Record<string, unknown>[];
  expect(turns).toHaveLength(4);
  expect(turns[1]).toEqual({ index: 1 });
  expect(turns[0]).toEqual({
    index: 0,
    explicitRequest: expect.any(Number),
    frustration: expect.any(Number),
    distress: expect.any(Number),
    confusion: expect.any(Number),
    valence: expect.any(Number),
    policyIntents: expect.objectContaining({ fraud: expect.any(Number), "self-harm": expect.any(Number) }),
  });
});

test("a bad line is named, the others are scored, and the exit code says so", async () => {
  const bad = '{"id":"x","turns":[{"role":"robot","text":"hi"}]}';
  const { lines, errors, code } = await score(
    `${dialogue("a", "hello")}\nnot json\n\n${bad}\n${dialogue("b", "hello")}\n`,
  );
  expect(lines.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(errors).toMatch(/line 2: not JSON/);
  expect(errors).toMatch(/line 4: turns\.0\.role/);
  expect(code).toBe(1);
});

test("recognition confidence may be absent or null", async () => {
  const turns = [
    { role: "caller", text: "hello", asrConfidence: null },
    { role: "caller", text: "hi", asrConfidence: 0.4 },
  ];
  const { lines, code } = await score(`${JSON.stringify({ id: "a", turns })}\n`);
  expect(code).toBe(0);
  expect(lines).toHaveLength(1);
});
