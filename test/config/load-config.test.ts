import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createNumbers } from "../../src/config/create-numbers.ts";
import { createWords } from "../../src/config/create-words.ts";
import { LINE_BLANKS } from "../../src/config/line-blanks.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { LINE_IDS } from "../../src/handoff/lines.ts";

async function shipped() {
  const answer = await loadConfig("config", { TOOLS_BASE_URL: "http://127.0.0.1:4" });
  if (!answer.ok) throw new Error(answer.problems.join("\n"));
  return answer;
}

/** The shipped configuration with one file changed. */
async function changed(file: string, change: (text: string) => string) {
  const dir = await mkdtemp(join(tmpdir(), "warmline-config-"));
  await cp("config", dir, { recursive: true });
  await writeFile(join(dir, file), change(await readFile(join(dir, file), "utf8")));
  const answer = await loadConfig(dir);
  return { dir, problems: answer.ok ? [] : answer.problems, answer };
}

describe("what ships", () => {
  test("any number reaches the queue general, with no skill", async () => {
    const numbers = createNumbers((await shipped()).config.routing);
    for (const dnis of ["+4930123456", undefined, "anonymous"])
      expect(numbers.of(dnis)).toEqual({
        mode: "assistant",
        assistant: "default",
        language: "en",
        disclosure: "transcribed",
        timeZone: "UTC",
        target: { queue: "general", skills: [], team: "our service team" },
      });
  });

  test("the demo's number reaches the disputes team", async () => {
    const numbers = createNumbers((await shipped()).config.routing);
    expect(numbers.of("+15005550100")).toMatchObject({
      assistant: "disputes",
      target: { queue: "disputes", skills: ["disputes"], team: "our disputes team" },
    });
  });

  test("the disputes assistant has its four tools, at the tools' address", async () => {
    const { assistants } = (await shipped()).config;
    expect(assistants.assistants["disputes"]?.tools).toEqual([
      "find_transactions",
      "lookup_merchant",
      "search_knowledge",
      "draft_dispute",
    ]);
    expect(assistants.tools["lookup_merchant"]?.url).toMatch(/^http:\/\/127\.0\.0\.1:4\/./);
  });

  test("a tool without its address is off, and that is said", async () => {
    const answer = await loadConfig("config");
    if (!answer.ok) throw new Error("the shipped configuration must load anywhere");
    expect(answer.config.assistants.assistants["disputes"]?.tools).toEqual([]);
    expect(answer.notes.join("\n")).toMatch(
      /assistants\.yaml:\d+: tool find_transactions is off: TOOLS_BASE_URL is not set/,
    );
  });
});

test.each(["disputes", "our disputes team", "The Disputes Team", "chargebacks", "card disputes"])(
  "the team is found as %j",
  async (name) => {
    expect(createNumbers((await shipped()).config.routing).team(name)?.queue).toBe("disputes");
  },
);

test("a team that does not exist is not found, its name follows the language", async () => {
  const numbers = createNumbers((await shipped()).config.routing);
  expect(numbers.team("astronauts")).toBeUndefined();
  expect(numbers.team("disputes", "de")?.team).toBe("unserem Reklamationsteam");
});

describe("words", () => {
  test.each(["en", "es", "fr", "de", "pt", "it"])(
    "%s says every line, with every value given or none",
    async (language) => {
      const words = createWords((await shipped()).config);
      for (const line of LINE_IDS) {
        const values = Object.fromEntries(LINE_BLANKS[line].may.map((blank) => [blank, `<${blank}>`]));
        for (const given of [values, {}]) expect(words.line(language, line, given)).not.toMatch(/[{}[\]]|undefined/);
        for (const blank of LINE_BLANKS[line].must ?? [])
          expect(words.line(language, line, values)).toContain(`<${blank}>`);
      }
    },
  );

  test("the opening says that an assistant speaks and what is written down, by the rule given", async () => {
    const words = createWords((await shipped()).config);
    expect(words.line("en", "disclosure", {})).toMatch(/automated assistant.*transcribed/);
    expect(words.line("en", "disclosure", {})).not.toContain("recorded");
    expect(words.line("en", "disclosure", { notice: "recorded" })).toContain("recorded");
  });

  test("a regional language finds its own, an unknown one falls back to English", async () => {
    const words = createWords((await shipped()).config);
    expect(words.line("pt-BR", "greeting", {})).toBe("Como posso ajudar?");
    expect(words.line("sw", "greeting", {})).toBe("How can I help?");
  });

  test("a part whose value is empty is left out", async () => {
    const words = createWords((await shipped()).config);
    expect(words.line("en", "waiting", { wait: "two minutes" })).toContain("It may take about two minutes.");
    expect(words.line("en", "waiting", { wait: "" })).toBe(
      "All right, you keep your place. I will stay with you, and you can ask for a callback at any time.",
    );
  });
});

describe("refused, by name, with file and line", () => {
  test.each([
    [
      "routing.yaml",
      "skills: [disputes]",
      "skills: [dispute]",
      /routing\.yaml:\d+: queue disputes asks for the skill dispute, which no agent can have/,
    ],
    [
      "routing.yaml",
      "queue: disputes",
      "queue: fraud",
      /routing\.yaml:\d+: number \+15005550100 uses the queue fraud, which does not exist \(known: general, disputes\)/,
    ],
    ["routing.yaml", "assistant: disputes", "assistant: robot", /uses the assistant robot/],
    ["routing.yaml", "language: en", "language: sv", /uses the language sv/],
    ["routing.yaml", "region: default", "region: moon", /uses the region moon/],
    ["routing.yaml", "mode: assistant", "mode: forward", /mode forward and no forwardTo/],
    [
      "routing.yaml",
      "timeZone: UTC",
      "timeZone: Berlin",
      /routing\.yaml:\d+: numbers\.default\.timeZone: expected an IANA time zone, such as Europe\/Berlin/,
    ],
    ["routing.yaml", "    mode: assistant\n", "", /numbers\.default must say all of/],
    ["routing.yaml", "also: [dispute,", "also: [support,", /queues general and disputes are both called "support"/],
    ["routing.yaml", "hours: always", "hours: [", /routing\.yaml:\d+: not valid YAML/],
    ["routing.yaml", "disclosure: transcribed", "disclosure: none", /routing\.yaml:\d+: regions\.default\.disclosure/],
    [
      "messages/en.yaml",
      "{{team}} for you",
      "{{teem}} for you",
      /messages\/en\.yaml:\d+: promise: unknown blank \{\{teem\}\}; this line has \{\{team\}\}/,
    ],
    [
      "messages/fr.yaml",
      "Votre référence est {{reference}}",
      "Merci",
      /callback-confirmed: \{\{reference\}\} is missing/,
    ],
    ["messages/de.yaml", "greeting:", "greting:", /messages\/de\.yaml:\d+: greeting: /],
    ["messages/de.yaml", "[[ Die Wartezeit", "[ Die Wartezeit", /an optional part is not of the form/],
    [
      "assistants.yaml",
      "tools: [find_transactions,",
      "tools: [find_money,",
      /assistants\.yaml:\d+: assistant disputes uses the tool find_money/,
    ],
    [
      "assistants.yaml",
      "${TOOLS_BASE_URL}/knowledge",
      "${SESSION_SECRET}/knowledge",
      /only use variables that begin with TOOLS_, not SESSION_SECRET/,
    ],
    ["assistants.yaml", "${TOOLS_BASE_URL}/knowledge", "file:///etc/knowledge", /an address that is not http or https/],
    ["assistants.yaml", "search_knowledge", "cancel_handoff", /cancel_handoff is a tool of the gateway itself/],
  ])("%s: %s → %s", async (file, from, to, message) => {
    const { problems } = await changed(file, (text) => {
      expect(text).toContain(from);
      return text.replaceAll(from, to);
    });
    expect(problems.join("\n")).toMatch(message);
  });

  test("the line named is the line of the mistake", async () => {
    const text = await readFile("config/messages/en.yaml", "utf8");
    const line = text.split("\n").findIndex((row) => row.startsWith("promise:")) + 1;
    const { problems } = await changed("messages/en.yaml", (whole) =>
      whole.replace("{{team}} for you", "{{x}} for you"),
    );
    expect(problems[0]).toContain(`messages/en.yaml:${line}:`);
  });

  test("a key that does not exist is named in its own line, whatever is under it", async () => {
    const { dir, problems } = await changed(
      "routing.yaml",
      (text) =>
        `${text.replace("queue: disputes", "quoue: disputes\n    queue: disputes")}\ncolour: red\nshapes:\n  - round\n`,
    );
    const lines = (await readFile(join(dir, "routing.yaml"), "utf8")).split("\n");
    for (const key of ["quoue", "colour", "shapes"]) {
      const line = lines.findIndex((text) => text.trim().startsWith(`${key}:`)) + 1;
      expect(problems.filter((problem) => problem.includes(`"${key}"`))).toEqual([
        expect.stringMatching(new RegExp(`^routing\\.yaml:${line}: `)),
      ]);
    }
  });

  test("problems of all files come together", async () => {
    const { dir } = await changed("routing.yaml", (text) => text.replace("queue: disputes", "queue: fraud"));
    await writeFile(join(dir, "messages/it.yaml"), "greeting: Ciao\n");
    await rm(join(dir, "messages/en.yaml"));
    const answer = await loadConfig(dir);
    const problems = answer.ok ? "" : answer.problems.join("\n");
    for (const part of ["queue fraud", "messages/it.yaml", "messages/en.yaml"]) expect(problems).toContain(part);
  });

  test("a directory without configuration names the files", async () => {
    const answer = await loadConfig(await mkdtemp(join(tmpdir(), "warmline-empty-")));
    expect(answer.ok ? "" : answer.problems.join("\n")).toMatch(
      /routing\.yaml: missing[\s\S]*assistants\.yaml: missing/,
    );
  });
});

test("the revision follows the text", async () => {
  const { answer } = await changed("routing.yaml", (text) => `${text}\n# a remark\n`);
  expect(answer.ok && answer.config.revision).not.toBe((await shipped()).config.revision);
  expect((await shipped()).config.revision).toBe((await shipped()).config.revision);
});
