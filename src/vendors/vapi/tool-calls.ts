import { z } from "zod";

/** One call of a tool, whatever shape it came in. `input` is JSON text. */
export type VapiToolCall = { readonly id: string; readonly name: string; readonly input: string };

const input = z.union([z.string(), z.record(z.string(), z.unknown())]).nullish();
const call = z.looseObject({
  id: z.string().min(1),
  name: z.string().optional(),
  parameters: input,
  arguments: input,
  function: z.looseObject({ name: z.string().optional(), arguments: input, parameters: input }).nullish(),
});
type Call = z.output<typeof call>;
const withTool = z.looseObject({
  name: z.string().optional(),
  function: z.looseObject({ name: z.string().optional() }).nullish(),
  toolCall: call,
});

/**
 * The calls in a `tool-calls` message. The vendor's own material shows four shapes and an older list; each call is taken
 * once, in the order it came (facts §5.2).
 */
export function readToolCalls(message: Readonly<Record<string, unknown>>): readonly VapiToolCall[] {
  const found = new Map<string, VapiToolCall>();
  for (const list of ["toolCallList", "toolCalls"]) {
    for (const entry of listOf(message[list])) keep(found, call.safeParse(entry).data, undefined);
  }
  for (const entry of listOf(message["toolWithToolCallList"])) {
    const read = withTool.safeParse(entry).data;
    keep(found, read?.toolCall, read?.function?.name ?? read?.name);
  }
  return [...found.values()];
}

function keep(found: Map<string, VapiToolCall>, read: Call | undefined, toolName: string | undefined): void {
  const name = read?.function?.name ?? read?.name ?? toolName;
  if (read === undefined || name === undefined || found.has(read.id)) return;
  const raw = read.function?.arguments ?? read.arguments ?? read.parameters;
  found.set(read.id, { id: read.id, name, input: typeof raw === "string" ? raw : JSON.stringify(raw ?? {}) });
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Results must be strings of one line, under the call's own id (facts §6). */
export const toolResult = ({ id, name }: VapiToolCall, output: string) => ({
  toolCallId: id,
  name,
  result: output.replaceAll(/\s*\n\s*/gu, " "),
});
