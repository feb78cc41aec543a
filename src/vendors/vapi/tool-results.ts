import { z } from "zod";

/** A tool of the assistant's own, run by Vapi or by somebody else's server. */
export type ToolResult = {
  readonly id: string;
  readonly name: string;
  readonly input: string;
  readonly result: string;
};

const entry = z.looseObject({
  role: z.string(),
  toolCallId: z.string().optional(),
  name: z.string().optional(),
  result: z.string().optional(),
  toolCalls: z
    .array(
      z.looseObject({
        id: z.string(),
        function: z
          .looseObject({ arguments: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish() })
          .nullish(),
      }),
    )
    .optional()
    .catch(undefined),
});

/** The tool results in the history that `conversation-update` carries each time as a whole (facts §3). */
export function readToolResults(message: Readonly<Record<string, unknown>>): readonly ToolResult[] {
  const { messages } = message;
  const entries = (Array.isArray(messages) ? messages : []).flatMap((each) => entry.safeParse(each).data ?? []);
  const inputs = new Map(
    entries.flatMap(({ toolCalls = [] }) =>
      toolCalls.map((call) => [call.id, textOf(call.function?.arguments)] as const),
    ),
  );
  return entries.flatMap(({ role, toolCallId: id, name, result }) =>
    role === "tool_call_result" && id !== undefined && name !== undefined && result !== undefined
      ? [{ id, name, input: inputs.get(id) ?? "{}", result }]
      : [],
  );
}

/** Which results of one call were told already: the whole history comes each time. */
export class ToolResultsSeen {
  readonly #seen = new Set<string>();

  /** Tools that the gateway runs itself. */
  ours(calls: readonly { readonly id: string }[]): void {
    for (const { id } of calls) this.#seen.add(id);
  }

  fresh(message: Readonly<Record<string, unknown>>): readonly ToolResult[] {
    return readToolResults(message).filter(({ id }) => {
      if (this.#seen.has(id)) return false;
      this.#seen.add(id);
      return true;
    });
  }
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value ?? {}));
