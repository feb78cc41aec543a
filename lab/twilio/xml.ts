type XmlNode = XmlElement | string;
export type XmlElement = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
};

/** What is wrong with a document, and at which character. */
export class XmlError extends Error {
  override name = "XmlError";
}

const NAME = /[A-Za-z_:][\w:.-]*/y;
const ATTRIBUTE = /\s+([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_END = /\s*(\/?)>/y;
const TEXT = /[^<]+/y;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/y;
const IGNORED = /<!--(?:(?!--)[\s\S])*-->|<\?(?!xml\s)[\s\S]*?\?>/y;
const DECLARATION = /\uFEFF?<\?xml\s+version\s*=\s*["']1\.\d["'][^?]*\?>/y;
const CLOSE_TAG = /<\/([A-Za-z_:][\w:.-]*)\s*>/y;
const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

class Scanner {
  #at = 0;
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }

  /** Comments, processing instructions and white space between the real things. */
  skip(): void {
    while (this.match(IGNORED) !== null || this.match(/\s+/y) !== null);
  }

  startsWith(text: string): boolean {
    return this.#source.startsWith(text, this.#at);
  }

  get ended(): boolean {
    return this.#at >= this.#source.length;
  }

  fail(what: string): never {
    throw new XmlError(`${what} at character ${this.#at}`);
  }

  decode(text: string): string {
    return text.replaceAll(/&(#x[\dA-Fa-f]+|#\d+|\w+);|&/g, (whole, name?: string) => {
      if (name?.startsWith("#x")) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
      if (name?.startsWith("#")) return String.fromCodePoint(Number(name.slice(1)));
      return NAMED[name ?? ""] ?? this.fail(`unknown entity "${whole}"`);
    });
  }
}

function readAttributes(scan: Scanner): Map<string, string> {
  const attributes = new Map<string, string>();
  for (let found = scan.match(ATTRIBUTE); found !== null; found = scan.match(ATTRIBUTE)) {
    const name = found[1] ?? "";
    if (attributes.has(name)) scan.fail(`attribute "${name}" twice`);
    attributes.set(name, scan.decode(found[2] ?? found[3] ?? ""));
  }
  return attributes;
}

function readChildren(scan: Scanner, name: string): XmlNode[] {
  const children: XmlNode[] = [];
  for (;;) {
    if (scan.ended) scan.fail(`<${name}> is not closed`);
    const text = scan.match(TEXT);
    if (text !== null) {
      children.push(scan.decode(text[0]));
      continue;
    }
    const literal = scan.match(CDATA);
    if (literal !== null) {
      children.push(literal[1] ?? "");
      continue;
    }
    if (scan.match(IGNORED) !== null) continue;
    const closing = scan.match(CLOSE_TAG);
    if (closing === null) {
      children.push(readElement(scan));
      continue;
    }
    if (closing[1] !== name) scan.fail(`</${closing[1]}> closes <${name}>`);
    return children;
  }
}

function readElement(scan: Scanner): XmlElement {
  if (!scan.startsWith("<")) scan.fail("an element was expected");
  scan.match(/</y);
  const name = scan.match(NAME)?.[0] ?? scan.fail("an element name was expected");
  const attributes = readAttributes(scan);
  const end = scan.match(TAG_END) ?? scan.fail(`malformed tag <${name}>`);
  return { name, attributes, children: end[1] === "/" ? [] : readChildren(scan, name) };
}

/**
 * Reads one XML 1.0 document, strictly: no DTD, no undeclared entity, no leftover text.
 * Throws `XmlError`.
 */
export function parseXml(source: string): XmlElement {
  const scan = new Scanner(source);
  scan.match(/\s+/y);
  scan.match(DECLARATION);
  scan.skip();
  const root = readElement(scan);
  scan.skip();
  if (!scan.ended) scan.fail("something follows the root element");
  return root;
}

/** The element children, without the text between them. */
export function elements(node: XmlElement): XmlElement[] {
  return node.children.filter((child) => typeof child !== "string");
}

/** All text inside an element, at any depth, trimmed. */
export function textOf(node: XmlElement): string {
  return node.children
    .map((child) => (typeof child === "string" ? child : textOf(child)))
    .join("")
    .trim();
}
