import type { CallerChoice } from "../../handoff/vocabulary.ts";
import type { AssistantTool } from "../../ports/assistant.ts";

/** Every assistant has these (contract §5). None has a field for a telephone number: no model can make us dial one. */
export const OWN_TOOLS: readonly AssistantTool[] = [
  {
    name: "escalate_to_human",
    description:
      "Ask the telephone system for a person. Say nothing before or after it: the system tells the caller what happens.",
    parameters: {
      type: "object",
      properties: {
        reason: { type: "string", description: "Why, in one short sentence for the agent" },
        team: { type: "string", description: "The team's name, if the caller needs a particular one" },
        summary: { type: "string", description: "What the caller needs, in one sentence" },
      },
      required: ["reason"],
      additionalProperties: false,
    },
  },
  {
    name: "request_callback",
    description:
      "The caller wants to be called back. The system reads their number back and arranges it. Say nothing yourself.",
    parameters: {
      type: "object",
      properties: {
        time: {
          type: "string",
          description: 'When, in the caller\'s own words ("tomorrow at ten"), if they named a time; nothing if not',
        },
        note: { type: "string", description: "What the call is about" },
      },
      additionalProperties: false,
    },
  },
  {
    name: "cancel_handoff",
    description: "The caller no longer wants a person and goes on with you.",
    parameters: { type: "object", properties: {}, additionalProperties: false },
  },
];

export type OwnToolCall =
  | { readonly kind: "escalate"; readonly reason: string; readonly team?: string; readonly summary?: string }
  | { readonly kind: "choose"; readonly choice: CallerChoice; readonly time?: string; readonly note?: string }
  | { readonly kind: "cancel" };

/** Reads a call of an own tool; `undefined`: it is not one of them. An unreadable input never stops an escalation. */
export function readOwnCall(name: string, input: string): OwnToolCall | undefined {
  const fields = fieldsOf(input);
  switch (name) {
    case "escalate_to_human": {
      const team = textOf(fields, "team");
      const summary = textOf(fields, "summary");
      const reason = textOf(fields, "reason") ?? "The assistant asked for a person.";
      return {
        kind: "escalate",
        reason,
        ...(team === undefined ? {} : { team }),
        ...(summary === undefined ? {} : { summary }),
      };
    }
    case "request_callback": {
      const time = textOf(fields, "time");
      const note = textOf(fields, "note");
      return {
        kind: "choose",
        choice: "callback",
        ...(time === undefined ? {} : { time }),
        ...(note === undefined ? {} : { note }),
      };
    }
    case "cancel_handoff":
      return { kind: "cancel" };
    default:
      return undefined;
  }
}

/**
 * What an own tool answers: truthful, and never "transferred". A tool's answer stays in the model's memory for the
 * rest of the call (B44, B49).
 */
export const toolNote = (status: string): string => JSON.stringify({ noted: true, status });

export const SYSTEM_SPEAKS = toolNote(
  "The system has taken this up and speaks to the caller itself. Nothing is arranged yet. Say nothing now.",
);

function fieldsOf(input: string): ReadonlyMap<string, unknown> {
  try {
    const read: unknown = JSON.parse(input);
    return new Map(typeof read === "object" && read !== null ? Object.entries(read) : []);
  } catch {
    return new Map();
  }
}

function textOf(fields: ReadonlyMap<string, unknown>, name: string): string | undefined {
  const value = fields.get(name);
  return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 500) : undefined;
}
