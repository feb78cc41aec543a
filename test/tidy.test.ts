import { glob, readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { describe, expect, test } from "vitest";

const files = async (pattern: string): Promise<string[]> => {
  const found = await Array.fromAsync(glob(pattern));
  expect(found.length, `no file matches ${pattern}: the rule below would hold of nothing`).toBeGreaterThan(0);
  return found;
};

const withoutComments = (code: string): string => code.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/gu, "");

describe("what a linter cannot see", () => {
  test("ports declare types and nothing else", async () => {
    for (const file of await files("src/ports/**/*.ts")) {
      const code = withoutComments(stripTypeScriptTypes(await readFile(file, "utf8")));
      expect(code.replaceAll(/export\s*\{\s*\};?/gu, "").trim(), file).toBe("");
    }
  });

  test("no vendor's name appears in the core, the runtime or the ports", async () => {
    const core = "src/{domain,turns,scoring,escalation,packet,routing,handoff,callbacks,reports,ports,runtime}/**/*.ts";
    for (const file of await files(core)) {
      const code = withoutComments(await readFile(file, "utf8"));
      expect(code.match(/\b(?:twilio|openai|vapi|retell|CallSid)\b/iu)?.[0], file).toBeUndefined();
    }
  });

  test("no file is a drawer for odds and ends", async () => {
    const drawers = /(?:^|[-/])(?:utils?|helpers?|common|managers?|handlers?|services?|index|misc)\.tsx?$/u;
    for (const file of await files("{src,lab,scripts,test}/**/*.ts")) expect(file).not.toMatch(drawers);
  });

  test("a switch over states or effects has no silent default", async () => {
    for (const file of await files("src/{handoff/decide,runtime/perform-effect}.ts")) {
      const code = await readFile(file, "utf8");
      const silent = [...code.matchAll(/default:\s*\n\s*(?<body>.*)/gu)].filter(
        ({ groups }) =>
          !/satisfies never|return onCarrier|return (?:false|stay\(state\));|return \{ \.\.\.news/u.test(
            groups?.["body"] ?? "",
          ),
      );
      expect(
        silent.map(([text]) => text),
        file,
      ).toEqual([]);
    }
  });

  test("nothing of the machine it was written on is in the tree", async () => {
    const kept = "{src,lab,scripts,test,twiml,config,migrations,docs,web}/**/*.{ts,md,yaml,xml,sql,json,html,css,js}";
    for (const file of await files(kept)) {
      if (file === "test/tidy.test.ts") continue;
      expect((await readFile(file, "utf8")).match(/\/(?:work|root|home\/\w+)\/\S*/u)?.[0], file).toBeUndefined();
    }
  });

  test("the lock file records no registry address", async () => {
    expect(await readFile("package-lock.json", "utf8")).not.toMatch(/"resolved": "http/u);
  });
});
