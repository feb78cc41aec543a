import type { ToolSetup } from "./tool-config.ts";

/** What fills the blanks: the gateway's own values come first, so that no caller can choose whose data is read. */
export type Blanks = (name: string) => unknown;

const BLANK = /\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}\}/g;
const ONLY_BLANK = /^\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}\}$/;

export type ToolRequest = {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
};

/** The request of one run. Only the configured address is ever called: blanks are encoded and cannot leave their place. */
export function fillRequest(tool: ToolSetup, input: Readonly<Record<string, unknown>>, blanks: Blanks): ToolRequest {
  const headers: Record<string, string> = { accept: "application/json" };
  for (const [name, value] of Object.entries(tool.headers ?? {}))
    headers[name.toLowerCase()] = filled(value, blanks, oneLine);
  const url = filled(tool.url, blanks, encodeURIComponent);
  const { method } = tool;
  if (method === "GET" || method === "DELETE") return { url, method, headers };
  const body = tool.body === undefined || tool.body === "input" ? input : filledJson(tool.body, blanks);
  return {
    url,
    method,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

function filled(template: string, blanks: Blanks, encode: (text: string) => string): string {
  return template.replaceAll(BLANK, (_whole, name: string) => encode(textOf(blanks(name))));
}

function filledJson(template: unknown, blanks: Blanks): unknown {
  if (typeof template === "string") {
    const only = ONLY_BLANK.exec(template)?.[1];
    // A lone blank keeps the type of its value: an amount stays a number.
    return only === undefined ? filled(template, blanks, (text) => text) : (blanks(only) ?? "");
  }
  if (Array.isArray(template)) return template.map((inner) => filledJson(inner, blanks));
  if (typeof template === "object" && template !== null)
    return Object.fromEntries(Object.entries(template).map(([key, inner]) => [key, filledJson(inner, blanks)]));
  return template;
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return "";
  return typeof value === "number" || typeof value === "boolean" ? String(value) : JSON.stringify(value);
}

/** A header's value ends at its line. */
const oneLine = (text: string): string => text.replaceAll(/[^\u0020-\u007e]/g, " ");
