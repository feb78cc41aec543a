import type { AssistantTool } from "./assistant.ts";
import type { ToolRun } from "./conversations.ts";

/** The business systems an assistant may ask, by configuration (`config/assistants.yaml`). */
export type Tools = {
  /** The tools of one assistant, as it is told of them. */
  of(assistant: string): readonly AssistantTool[];
  /**
   * Runs one tool with the assistant's own JSON input; never throws: a failure is a run with `ok: false`, and `output`
   * says in plain words what the assistant may tell. `values` fill `{{…}}` in the configured URL (the caller's number).
   */
  run(ask: {
    readonly assistant: string;
    readonly name: string;
    readonly input: string;
    readonly values: Readonly<Record<string, string>>;
  }): Promise<{ readonly run: ToolRun; readonly output: string }>;
};
