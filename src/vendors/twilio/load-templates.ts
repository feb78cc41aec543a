import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { checkTemplate } from "./check-template.ts";
import { type Moment, MOMENTS } from "./template-rules.ts";
import { readXml, type XmlElement } from "./xml-document.ts";

/** The documents of `twiml/`, checked, by moment. */
export type Templates = Readonly<Record<Moment, XmlElement>>;

export type TemplatesAnswer =
  | { readonly ok: true; readonly templates: Templates }
  /** Everything that is wrong, each with its file and line. */
  | { readonly ok: false; readonly problems: readonly string[] };

const isMoment = (name: string): name is Moment => MOMENTS.some((moment) => moment === name);

/** Reads and checks all templates; called once at start, so that a bad edit stops the start and not a call. */
export async function loadTemplates(dir: string): Promise<TemplatesAnswer> {
  const files = (await filesIn(dir)).filter((file) => file.endsWith(".xml"));
  const problems = MOMENTS.filter((moment) => !files.includes(`${moment}.xml`)).map(
    (moment) => `${join(dir, `${moment}.xml`)}: missing`,
  );
  const loaded = new Map<Moment, XmlElement>();
  for (const file of files) {
    const path = join(dir, file);
    const moment = file.slice(0, -".xml".length);
    if (!isMoment(moment)) {
      problems.push(`${path}: no moment of a call has this name; there are: ${MOMENTS.join(", ")}`);
      continue;
    }
    const read = readTemplate(moment, await readFile(path, "utf8"));
    if (read.ok) loaded.set(moment, read.root);
    else problems.push(...read.problems.map(({ line, why }) => `${path}:${line}: ${why}`));
  }
  const templates = Object.fromEntries(loaded);
  return isComplete(templates) && problems.length === 0 ? { ok: true, templates } : { ok: false, problems };
}

const isComplete = (templates: { readonly [K in Moment]?: XmlElement }): templates is Templates =>
  MOMENTS.every((moment) => templates[moment] !== undefined);

async function filesIn(dir: string): Promise<readonly string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    // Told as one missing file after the other, which names the folder and what belongs in it.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

type Read =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly problems: readonly { readonly line: number; readonly why: string }[] };

/** One template's text, checked; also for a console that lets admins edit them. */
export function readTemplate(moment: Moment, source: string): Read {
  const read = readXml(source);
  if (!read.ok) return { ok: false, problems: [{ line: read.line, why: read.why }] };
  const problems = checkTemplate(moment, read.root);
  return problems.length === 0 ? { ok: true, root: read.root } : { ok: false, problems };
}
