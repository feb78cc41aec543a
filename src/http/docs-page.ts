import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";

/** A page that lists every operation, for reading: no script, no request to anywhere. */
export function docsPage(endpoints: readonly Endpoint[]): string {
  const rows = endpoints.map(section).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Warmline API</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
section { border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding: .75rem 0; }
h2 { font: 600 1rem/1.4 ui-monospace, monospace; margin: 0; overflow-wrap: anywhere; }
p { margin: .25rem 0; } pre { overflow-x: auto; font-size: .85rem; }
</style>
</head>
<body>
<h1>Warmline API</h1>
<p>Send <code>Authorization: Bearer &lt;api key&gt;</code>. Errors are problem documents (RFC 9457). Writes accept
<code>Idempotency-Key</code>. For machines: <a href="/api/openapi.json">openapi.json</a>.</p>
${rows}
</body>
</html>`;
}

function section(one: Endpoint): string {
  const schema = one.body ?? one.query;
  const shape = schema
    ? `<details><summary>${one.body ? "Body" : "Query"}</summary><pre>${escape(pretty(schema))}</pre></details>`
    : "";
  return `<section><h2>${one.method.toUpperCase()} ${escape(one.path)}</h2>
<p>${escape(one.summary)}</p><p>Roles: ${one.roles.join(", ")}. Answers ${one.status}.</p>${shape}</section>`;
}

function pretty(schema: z.ZodType): string {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return JSON.stringify(rest, null, 2);
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
