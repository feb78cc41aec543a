// The little XML that templates need: elements, attributes, text, comments. No document types, no entities of one's own,
// no CDATA: what cannot be written cannot be misused.

export type XmlText = { readonly kind: "text"; readonly text: string; readonly line: number };
type XmlAttribute = { readonly name: string; readonly value: string; readonly line: number };
export type XmlElement = {
  readonly kind: "element";
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlNode[];
  readonly line: number;
};
export type XmlNode = XmlText | XmlElement;

export type XmlAnswer =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly line: number; readonly why: string };

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

class XmlProblem extends Error {
  readonly at: number;
  constructor(at: number, why: string) {
    super(why);
    this.at = at;
  }
}

/** Reads one document. Comments are dropped, text is kept as it stands. */
export function readXml(source: string): XmlAnswer {
  const text = source.replace(/^\uFEFF/, "");
  try {
    return { ok: true, root: readDocument({ text, at: 0 }) };
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error;
    return { ok: false, line: lineAt(text, error.at), why: error.message };
  }
}

type Cursor = { readonly text: string; at: number };

const lineAt = (text: string, at: number): number => text.slice(0, at).split("\n").length;

function readDocument(cursor: Cursor): XmlElement {
  take(cursor, /<\?xml\s[^?]*\?>/y);
  skipMisc(cursor);
  const root = readElement(cursor, 0);
  skipMisc(cursor);
  if (cursor.at < cursor.text.length) throw new XmlProblem(cursor.at, "there is something after the document's end");
  return root;
}

function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text) ?? undefined;
  if (found) cursor.at += found[0].length;
  return found;
}

function skipMisc(cursor: Cursor): void {
  do take(cursor, /\s+/y);
  while (takeComment(cursor));
}

const takeComment = (cursor: Cursor): boolean => take(cursor, /<!--(?:(?!--)[^])*-->/y) !== undefined;

/** Deep enough for any TwiML; a deeper file is a mistake. */
const DEPTH_MAX = 16;

function readElement(cursor: Cursor, depth: number): XmlElement {
  const start = cursor.at;
  const name = take(cursor, /<([A-Za-z][\w.-]*)/y)?.[1];
  if (name === undefined) throw new XmlProblem(start, "an element is expected here");
  if (depth > DEPTH_MAX) throw new XmlProblem(start, `elements are nested more than ${DEPTH_MAX} deep`);
  const attributes = readAttributes(cursor, name);
  const line = lineAt(cursor.text, start);
  if (take(cursor, /\s*\/>/y)) return { kind: "element", name, attributes, children: [], line };
  if (!take(cursor, /\s*>/y)) throw new XmlProblem(cursor.at, `<${name}> is not closed by ">"`);
  const children = readChildren(cursor, depth);
  if (!take(cursor, new RegExp(`</${name}\\s*>`, "y"))) {
    throw new XmlProblem(cursor.at, `</${name}> is expected here, for <${name}> of line ${line}`);
  }
  return { kind: "element", name, attributes, children, line };
}

function readAttributes(cursor: Cursor, element: string): XmlAttribute[] {
  const attributes: XmlAttribute[] = [];
  for (;;) {
    const start = cursor.at;
    const found = take(cursor, /\s+([A-Za-z][\w.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y);
    const name = found?.[1];
    if (name === undefined) return attributes;
    if (attributes.some((attribute) => attribute.name === name)) {
      throw new XmlProblem(start, `<${element}> has the attribute "${name}" twice`);
    }
    const value = resolveEntities(found?.[2] ?? found?.[3] ?? "", start);
    attributes.push({ name, value, line: lineAt(cursor.text, cursor.at) });
  }
}

function readChildren(cursor: Cursor, depth: number): XmlNode[] {
  const children: XmlNode[] = [];
  for (;;) {
    if (takeComment(cursor)) continue;
    const start = cursor.at;
    const text = take(cursor, /[^<]+/y)?.[0];
    if (text !== undefined) {
      children.push({ kind: "text", text: resolveEntities(text, start), line: lineAt(cursor.text, start) });
    } else if (cursor.text.startsWith("</", start) || start >= cursor.text.length) {
      return children;
    } else {
      children.push(readElement(cursor, depth + 1));
    }
  }
}

function resolveEntities(raw: string, at: number): string {
  return raw.replaceAll(/&([^;&\s]*);?/g, (whole, name: string) => {
    const known = ENTITIES[name];
    const code = /^#(?:(\d{1,7})|x([0-9A-Fa-f]{1,6}))$/.exec(name);
    const point = code ? Number.parseInt(code[1] ?? code[2] ?? "", code[1] === undefined ? 16 : 10) : undefined;
    if (!whole.endsWith(";")) throw new XmlProblem(at, `"${whole}" is no entity; a plain "&" is written &amp;`);
    if (known !== undefined) return known;
    if (point === undefined || point > 0x10_ff_ff)
      throw new XmlProblem(at, `"${whole}" is no entity that is known here`);
    return String.fromCodePoint(point);
  });
}

/** What XML 1.0 cannot carry, or no voice can speak: control characters, lone surrogates and two non-characters. */
const UNWRITABLE = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text as it may stand between tags or inside an attribute's quotes. */
const escapeXml = (text: string): string =>
  text.replaceAll(UNWRITABLE, " ").replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

/** The document on one line; text that is only space is left out. */
export const writeXml = (root: XmlElement): string => `<?xml version="1.0" encoding="UTF-8"?>${writeNode(root)}`;

function writeNode(node: XmlNode): string {
  if (node.kind === "text") return node.text.trim() === "" ? "" : escapeXml(node.text.trim());
  const attributes = node.attributes.map(({ name, value }) => ` ${name}="${escapeXml(value)}"`).join("");
  const inside = node.children.map(writeNode).join("");
  return inside === "" ? `<${node.name}${attributes}/>` : `<${node.name}${attributes}>${inside}</${node.name}>`;
}

export const element = (
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly XmlNode[] = [],
): XmlElement => ({
  kind: "element",
  name,
  attributes: Object.entries(attributes).map(([attribute, value]) => ({ name: attribute, value, line: 0 })),
  children,
  line: 0,
});

export const text = (value: string): XmlText => ({ kind: "text", text: value, line: 0 });
