import type { ToolRun } from "../../ports/conversations.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One HTTP tool, as `config/assistants.yaml` describes it. */
export type ToolSetup = {
  readonly kind: ToolRun["kind"];
  readonly description: string;
  /** JSON Schema of the input; its `properties` are all the names an assistant may give. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** `{{name}}` is filled from the gateway's values or the input, URL-encoded. */
  readonly url: string;
  /** In milliseconds, for the whole exchange. */
  readonly timeoutMs: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** A JSON template with blanks; `"input"`: the input as it is. */
  readonly body?: unknown;
};

export type HttpToolsConfig = {
  readonly assistants: Readonly<
    Record<string, { readonly tools: readonly string[]; readonly identify?: string | undefined }>
  >;
  readonly tools: Readonly<Record<string, ToolSetup>>;
};
