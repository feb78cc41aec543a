// Keeps the documents true: what they name exists, and what exists is named.
import { glob, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { environment } from "../src/config/environment.ts";
import * as sets from "../src/domain/closed-sets.ts";
import { EpochMs } from "../src/domain/time.ts";
import { ROLES } from "../src/domain/roles.ts";
import { endOffer } from "../src/handoff/end-offer.ts";
import { LINE_IDS } from "../src/handoff/lines.ts";
import { defaultPolicy } from "../src/handoff/policy.ts";
import { joined, stateOf } from "./handoff/scenes.ts";
import { GUARDS } from "./simulation/world/guards.ts";

const read = (file: string): Promise<string> => readFile(file, "utf8");

/** Git keeps no empty folder, so an empty one is as good as absent. */
async function exists(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isFile()) return true;
    return (await readdir(path, { recursive: true, withFileTypes: true })).some((entry) => entry.isFile());
  } catch {
    return false; // Nothing there is the answer asked for.
  }
}

const FOLDERS = "src|lab|web|test|scripts|config|docs|migrations|twiml";
const pathsIn = (text: string): string[] => [
  ...new Set(
    Array.from(text.matchAll(new RegExp(String.raw`(?<![\w./-])(?:${FOLDERS})/[\w./-]*`, "gu")), ([path]) =>
      path.replace(/\.$/u, ""),
    ),
  ),
];

/** Cells of a document's tables, without the rows of dashes. */
const rowsOf = (text: string): string[][] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^\|[-|\s]+\|$/u.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/u)
        .map((cell) => cell.trim()),
    );

const wordsIn = (cell = ""): string[] => Array.from(cell.matchAll(/`([^`]+)`/gu), ([, word = ""]) => word);

/** The part under a heading, up to the next one of the same or a higher level. */
function section(text: string, heading: string): string {
  const lines = text.split("\n");
  const from = lines.indexOf(heading);
  expect(from, `the heading "${heading}" is gone`).toBeGreaterThanOrEqual(0);
  const level = /^#+/u.exec(heading)?.[0].length ?? 0;
  const length = lines.slice(from + 1).findIndex((line) => (/^(#+) /u.exec(line)?.[1]?.length ?? 9) <= level);
  return lines.slice(from + 1, length < 0 ? undefined : from + 1 + length).join("\n");
}

describe("the map", () => {
  test("every path that ARCHITECTURE.md and the decisions name exists", async () => {
    const missing: string[] = [];
    const files = ["ARCHITECTURE.md", ...(await Array.fromAsync(glob("docs/decisions/*.md")))];
    for (const file of files) {
      const paths = pathsIn(await read(file));
      expect(paths.length, `${file} names no path: is it still read?`).toBeGreaterThan(0);
      for (const path of paths) if (!(await exists(path))) missing.push(`${file}: ${path}`);
    }
    expect(missing).toEqual([]);
  });

  test("every folder directly under src and lab is in ARCHITECTURE.md", async () => {
    const named = new Set(pathsIn(await read("ARCHITECTURE.md")));
    for (const parent of ["src", "lab"]) {
      const entries = await readdir(parent, { withFileTypes: true });
      const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${parent}/${name}/`);
      expect(folders.length).toBeGreaterThan(0);
      for (const folder of folders) {
        if (await exists(folder)) expect(named, `describe ${folder} in ARCHITECTURE.md`).toContain(folder);
      }
    }
  });

  test("every link between the documents leads somewhere", async () => {
    const broken: string[] = [];
    for await (const file of glob("{*.md,docs/**/*.md}")) {
      for (const [, target = ""] of (await read(file)).matchAll(/\]\(([^)\s]+)\)/gu)) {
        if (/^[a-z]+:/u.test(target)) continue;
        const [path = ""] = target.split("#");
        if (path !== "" && !(await exists(normalize(join(dirname(file), path))))) broken.push(`${file}: ${target}`);
      }
    }
    expect(broken).toEqual([]);
  });
});

describe("README.md", () => {
  test("has the two commands of a newcomer word for word", async () => {
    const readme = (await read("README.md")).split("\n");
    expect(readme).toContain("npm install && npm run demo");
    expect(readme).toContain("npm install && npm run setup && npm test");
  });

  test("lists each command once, and says of exactly those without a script that they are not there yet", async () => {
    const { scripts } = JSON.parse(await read("package.json")) as { scripts: Record<string, string> };
    const rows = rowsOf(section(await read("README.md"), "## Commands")).slice(1);
    const listed = rows.map(([command = ""]) => /^`npm (?:run )?([\w:]+)`$/u.exec(command)?.[1] ?? command);
    const said = new Map(rows.map(([, does = ""], place) => [listed[place], does]));
    const commands = Object.entries(scripts).flatMap(([name, line]) => {
      const file = /^node (\S+)$/u.exec(line)?.[1];
      return file === undefined || name.includes(":") ? [] : [{ name, file }];
    });
    expect(listed.toSorted()).toEqual(commands.map(({ name }) => name).toSorted());
    for (const { name, file } of commands) {
      const honest = (await exists(file)) !== (said.get(name) ?? "").endsWith(": not there yet");
      expect(honest, `README.md, npm run ${name}: ${file} and "not there yet" do not agree`).toBe(true);
    }
  });
});

describe("docs/operations.md", () => {
  test("has a row for every setting, with its default, and none for one that does not exist", async () => {
    const rows = rowsOf(section(await read("docs/operations.md"), "## Settings"));
    const names = rows.flatMap(([name = ""]) => (/^`[A-Z_]+`$/u.test(name) ? [name.slice(1, -1)] : []));
    expect(names.toSorted()).toEqual(Object.keys(environment.shape).toSorted());
    const defaults: Record<string, unknown> = environment.parse({});
    for (const [name = "", written = ""] of rows) {
      const value = defaults[name.replaceAll("`", "")];
      if (["string", "number", "boolean"].includes(typeof value)) expect(written, name).toBe(`\`${String(value)}\``);
    }
  });

  test("has a row for every metric, and says of exactly those nobody feeds that they are not fed yet", async () => {
    const declared = new Set((await read("src/telemetry/metrics.ts")).match(/\bwarmline_\w+/gu));
    const rows = rowsOf(section(await read("docs/operations.md"), "## Metrics")).slice(1);
    expect(rows.flatMap(([name]) => wordsIn(name)).toSorted()).toEqual([...declared].toSorted());
    const fed = new Set<string>();
    for await (const file of glob("src/**/*.ts")) {
      if (normalize(file) === normalize("src/telemetry/metrics.ts")) continue;
      for (const [name] of (await read(file)).matchAll(/\bwarmline_\w+/gu)) fed.add(name);
    }
    for (const [name, , counts = ""] of rows) {
      const honest = fed.has(wordsIn(name)[0] ?? "") !== counts.endsWith("not fed yet");
      expect(honest, `${name}: what the row says and what src feeds do not agree`).toBe(true);
    }
  });

  test("compose.yaml passes on every setting but what the image fixes, and none that the gateway does not read", async () => {
    const compose = parse(await read("compose.yaml")) as { services: { gateway: { environment: object } } };
    const set = Object.keys(compose.services.gateway.environment);
    expect(set.length).toBeGreaterThan(0);
    for (const name of set) expect(name in environment.shape || name.startsWith("TOOLS_"), name).toBe(true);
    const fixed = ["PORT", "HOST", "DATA_DIR", "CONFIG_DIR", "ALLOW_EMBEDDED"];
    const passed = Object.keys(environment.shape).filter((name) => !name.endsWith("_API_URL") && !fixed.includes(name));
    expect(passed.filter((name) => name !== "OPENAI_BASE_URL" && !set.includes(name))).toEqual([]);
  });

  test("the image runs without rights, watches its health and holds production dependencies only", async () => {
    const lines = (await read("Dockerfile")).split("\n");
    expect(lines.findLast((line) => line.startsWith("USER "))).toBe("USER node");
    expect(lines.some((line) => line.startsWith("HEALTHCHECK "))).toBe(true);
    const installs = lines.filter((line) => /^RUN .*npm (?:ci|install|i)\b/u.test(line));
    expect(installs).toHaveLength(1);
    expect(installs[0]).toContain("--omit=dev");
    const copied = lines.flatMap((line) => /^COPY (?!--from)(.*) \S+$/u.exec(line)?.[1]?.split(" ") ?? []);
    expect(copied.length).toBeGreaterThan(0);
    for (const path of copied) expect(await exists(path), `Dockerfile copies ${path}`).toBe(true);
  });
});

describe("docs/glossary.md", () => {
  const known: Readonly<Record<string, readonly string[]>> = {
    trigger: sets.TRIGGERS,
    "policy intent": sets.POLICY_INTENTS,
    "handoff state": sets.HANDOFF_STATES,
    "handoff outcome": sets.HANDOFF_OUTCOMES,
    "escalation status": sets.ESCALATION_STATUSES,
    "offer outcome": sets.OFFER_OUTCOMES,
    disposition: sets.DISPOSITIONS,
    "callback status": sets.CALLBACK_STATUSES,
    "presence status": sets.PRESENCE_STATUSES,
    priority: sets.PRIORITIES,
    channel: sets.CHANNELS,
    "number mode": sets.NUMBER_MODES,
    role: ROLES,
  };

  test("has the closed sets as the code has them, in order", async () => {
    const glossary = await read("docs/glossary.md");
    const part = section(glossary, "## Closed sets").split("\n### ", 1)[0] ?? "";
    const listed = rowsOf(part)
      .slice(1)
      .map(([name = "", values]) => [name, wordsIn(values)]);
    expect(Object.fromEntries(listed)).toEqual(known);
    expect(Object.keys(known)).toHaveLength(1 + Object.values(sets).filter(Array.isArray).length);
  });

  test("explains every handoff state, every outcome and every line, and no other", async () => {
    const glossary = await read("docs/glossary.md");
    const first = (heading: string): string[] =>
      rowsOf(section(glossary, heading))
        .slice(1)
        .flatMap(([name]) => wordsIn(name))
        .toSorted();
    expect(first("### Handoff states")).toEqual([...sets.HANDOFF_STATES].toSorted());
    expect(first("### Handoff outcomes")).toEqual([...sets.HANDOFF_OUTCOMES].toSorted());
    expect(first("## Lines")).toEqual([...LINE_IDS].toSorted());
  });
});

const invariants = async () =>
  rowsOf(await read("docs/invariants.md"))
    .filter(([name]) => name !== "")
    .map(([name = "", , keptBy = "", seenBy = "", without]) => ({ name, keptBy, seenBy, guards: wordsIn(without) }));

describe("docs/invariants.md", () => {
  test("has a row for every invariant, with paths that exist", async () => {
    const all = await invariants();
    const numbered = all.map(({ name }) => name).filter((name) => name.startsWith("H"));
    expect(numbered).toEqual(Array.from({ length: 14 }, (_, place) => `H${place + 1}`));
    for (const { name, keptBy, seenBy } of all) {
      for (const cell of [keptBy, seenBy]) {
        const paths = pathsIn(cell);
        expect(paths.length, `${name} names no file: ${cell}`).toBeGreaterThan(0);
        for (const path of paths) expect(await exists(path), `${name}: ${path}`).toBe(true);
      }
    }
  });

  test("names at each invariant exactly the guards whose removal breaks it", async () => {
    const written = (await invariants()).flatMap(({ name, guards }) => guards.map((guard) => `${name} ${guard}`));
    const real = Object.entries(GUARDS).map(([guard, { breaks }]) => `${breaks} ${guard}`);
    expect(written.toSorted()).toEqual(real.toSorted());
  });
});

describe("docs/presence.md", () => {
  test("says of every offer outcome where the machine sends the agent", async () => {
    const rows = rowsOf(section(await read("docs/presence.md"), "## How an offer ends")).slice(1);
    const published = rows.map(([outcome, , presence]) => [wordsIn(outcome)[0], wordsIn(presence)[0]]);
    const done = sets.OFFER_OUTCOMES.map((outcome) => {
      const ending = { offer: joined, outcome, at: EpochMs(2_000_000), policy: defaultPolicy };
      const { effects } = endOffer(stateOf("offering"), ending);
      return [outcome, effects.find((effect) => effect.kind === "release-agent")?.next];
    });
    expect(Object.fromEntries(published)).toEqual(Object.fromEntries(done));
    expect(rows).toHaveLength(sets.OFFER_OUTCOMES.length);
  });
});
