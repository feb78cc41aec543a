import type { HistoryEntry } from "./brain.ts";
import { isJson, type Json, mintId, type Problem, textOf } from "./wire.ts";

/** A conversation item: its wire form, and what only the model knows about it. */
export type Item = {
  wire: Json & { id: string; type: string };
  /** What was said, heard or written in it; `undefined` for audio that made no sense. */
  text: string | undefined;
  /** Assistant audio produced so far, in milliseconds; 0 for everything else. */
  audioMs: number;
};

const CONTENT_TYPES: Record<string, readonly string[]> = {
  user: ["input_text", "input_audio", "input_image"],
  system: ["input_text"],
  assistant: ["output_text"],
};

/** The items of one session, in order. */
export class Conversation {
  readonly id = mintId("conv");
  readonly #items: Item[] = [];

  get items(): readonly Item[] {
    return this.#items;
  }

  /** Adds an item at the end, or after `previousId` (`"root"`: in front). Gives the id of the item before it, or null. */
  add(item: Item, previousId?: string): string | null {
    const at = previousId === undefined ? this.#items.length : this.#placeAfter(previousId);
    this.#items.splice(at, 0, item);
    return this.#items[at - 1]?.wire.id ?? null;
  }

  get(id: unknown): Item | undefined {
    return this.#items.find((item) => item.wire.id === id);
  }

  /** False when there is no such item. */
  remove(id: unknown): boolean {
    const at = this.#items.findIndex((item) => item.wire.id === id);
    if (at >= 0) this.#items.splice(at, 1);
    return at >= 0;
  }

  get lastId(): string | null {
    return this.#items.at(-1)?.wire.id ?? null;
  }

  /** Cuts an assistant's audio to what was heard. Its transcript is dropped, as the service does. */
  truncate(event: Json): Problem | undefined {
    const end = event["audio_end_ms"];
    if (!Number.isInteger(end) || (end as number) < 0)
      return {
        code: "invalid_type",
        message: "Invalid type for 'audio_end_ms': expected an integer of at least 0.",
        param: "audio_end_ms",
      };
    const item = this.get(event["item_id"]);
    if (!item)
      return {
        code: "item_truncate_invalid_item_id",
        message: `Item with item_id ${String(event["item_id"])} not found.`,
        param: "item_id",
      };
    if (item.wire["role"] !== "assistant" || item.audioMs === 0)
      return { code: "unsupported_content_type", message: "Only model output audio messages can be truncated" };
    if ((end as number) > Math.floor(item.audioMs))
      return {
        code: null,
        message: `Audio content of ${Math.floor(item.audioMs)}ms is already shorter than ${String(end)}ms`,
      };
    item.audioMs = end as number;
    item.text = "";
    item.wire["content"] = [{ type: "output_audio" }];
    return undefined;
  }

  history(): HistoryEntry[] {
    return this.#items.flatMap(historyOf);
  }

  #placeAfter(previousId: string): number {
    if (previousId === "root") return 0;
    return this.#items.findIndex((item) => item.wire.id === previousId) + 1;
  }
}

/** One item as the model remembers it. */
export function historyOf(item: Item): HistoryEntry[] {
  const { wire } = item;
  const field = (name: string) => (typeof wire[name] === "string" ? wire[name] : "");
  if (wire.type === "function_call")
    return [{ role: "call", name: field("name"), callId: field("call_id"), arguments: field("arguments") }];
  if (wire.type === "function_call_output")
    return [{ role: "output", callId: field("call_id"), output: field("output") }];
  if (wire["role"] === "user") return [{ role: "user", text: item.text }];
  return [{ role: wire["role"] === "system" ? "system" : "assistant", text: item.text ?? "" }];
}

/** Checks an item that a client wants to add and completes it. */
export function itemFrom(value: unknown): Item | Problem {
  if (!isJson(value))
    return { code: "missing_required_parameter", message: "Missing required parameter: 'item'.", param: "item" };
  const id = typeof value["id"] === "string" ? value["id"] : mintId("item");
  switch (value["type"]) {
    case "message":
      return messageFrom(value, id);
    case "function_call":
      return callFrom(value, id);
    case "function_call_output":
      return outputFrom(value, id);
    default:
      return invalid("item.type", value["type"], ["message", "function_call", "function_call_output"]);
  }
}

function messageFrom(value: Json, id: string): Item | Problem {
  const allowed = CONTENT_TYPES[String(value["role"])];
  if (!allowed) return invalid("item.role", value["role"], Object.keys(CONTENT_TYPES));
  const content = Array.isArray(value["content"]) ? (value["content"] as unknown[]).filter(isJson) : [];
  for (const [index, part] of content.entries())
    if (!allowed.includes(String(part["type"]))) return invalid(`item.content[${index}].type`, part["type"], allowed);
  const text = content.map((part) => textOf(part["text"] ?? part["transcript"])).join(" ");
  return { wire: { id, type: "message", status: "completed", role: value["role"], content }, text, audioMs: 0 };
}

function callFrom(value: Json, id: string): Item | Problem {
  const callId = typeof value["call_id"] === "string" ? value["call_id"] : mintId("call");
  if (callId.length > 32)
    return {
      code: "string_above_max_length",
      message: "Invalid 'item.call_id': string too long.",
      param: "item.call_id",
    };
  const wire = {
    id,
    type: "function_call",
    status: "completed",
    name: value["name"],
    call_id: callId,
    arguments: value["arguments"],
  };
  return { wire, text: undefined, audioMs: 0 };
}

function outputFrom(value: Json, id: string): Item | Problem {
  for (const field of ["call_id", "output"] as const) {
    if (value[field] === undefined)
      return {
        code: "missing_required_parameter",
        message: `Missing required parameter: 'item.${field}'.`,
        param: `item.${field}`,
      };
    if (typeof value[field] !== "string")
      return {
        code: "invalid_type",
        message: `Invalid type for 'item.${field}': expected a string.`,
        param: `item.${field}`,
      };
  }
  return {
    wire: { id, type: "function_call_output", call_id: value["call_id"], output: value["output"] },
    text: undefined,
    audioMs: 0,
  };
}

function invalid(param: string, value: unknown, allowed: readonly string[]): Problem {
  const list = allowed.map((each) => `'${each}'`).join(", ");
  return { code: "invalid_value", message: `Invalid value: '${String(value)}'. Supported values are: ${list}.`, param };
}
