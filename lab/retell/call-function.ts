import { isJson } from "../openai/wire.ts";
import type { CustomFunction } from "./agent.ts";
import { signatureFor } from "./signature.ts";

/** The model sees at most this much of an answer. */
const RESULT_MAX = 15_000;

/** What a custom function answered, as the model is told. */
export type FunctionResult = { content: string; successful: boolean };

/** Calls a customer's function over HTTP; never rejects: a failure is told to the model. */
export async function callFunction(
  { url, name, args_at_root, timeout_ms, max_retry }: CustomFunction,
  ask: { args: Record<string, unknown>; call: unknown; signWith: string },
): Promise<FunctionResult> {
  const body = JSON.stringify(args_at_root === true ? ask.args : { name, call: ask.call, args: ask.args });
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-retell-signature": signatureFor(body, ask.signWith, Date.now()),
        },
        body,
        signal: AbortSignal.timeout(timeout_ms ?? 120_000),
      });
      const content = (await answer.text()).slice(0, RESULT_MAX);
      if (answer.ok) return { content, successful: true };
      if (tries >= (max_retry ?? 0))
        return { content: `Error: the function answered ${answer.status}.`, successful: false };
    } catch {
      // Nobody there, or too slow.
      if (tries >= (max_retry ?? 0)) return { content: "Error: the function did not answer.", successful: false };
    }
  }
}

/** The dynamic variables that an answer sets: top-level fields alone, as the vendor's paths name them. */
export function variablesFrom({ response_variables: wanted = {} }: CustomFunction, { content }: FunctionResult) {
  const found: Record<string, string> = {};
  for (const [name, path] of Object.entries(wanted)) {
    const value = parsed(content)?.[path.replace(/^\$\./u, "")];
    if (typeof value === "string") found[name] = value;
  }
  return found;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : undefined;
  } catch {
    // An answer need not be JSON; then it has no fields.
    return undefined;
  }
}
