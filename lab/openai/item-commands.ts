import { type Conversation, type Item, itemFrom } from "./conversation.ts";
import type { Json, Problem, ServerEvent } from "./wire.ts";

type Send = (event: ServerEvent) => void;

/** Adds an item and tells the client so. */
export function addItem(conversation: Conversation, item: Item, send: Send, previous?: string): void {
  const before = conversation.add(item, previous);
  send({ type: "conversation.item.added", previous_item_id: before, item: { ...item.wire } });
  send({ type: "conversation.item.done", previous_item_id: before, item: { ...item.wire } });
}

/** `conversation.item.create` */
export function createItem(conversation: Conversation, event: Json, send: Send): Problem | undefined {
  const item = itemFrom(event["item"]);
  if ("code" in item) return item;
  const previous = event["previous_item_id"];
  if (typeof previous === "string" && previous !== "root" && !conversation.get(previous))
    return problem("invalid_value", `Previous item with id '${previous}' not found.`, "previous_item_id");
  if (conversation.get(item.wire.id))
    return problem("invalid_value", `Item with id '${item.wire.id}' already exists.`, "item.id");
  addItem(conversation, item, send, typeof previous === "string" ? previous : undefined);
  return undefined;
}

/** `conversation.item.retrieve` */
export function retrieveItem(conversation: Conversation, event: Json, send: Send): Problem | undefined {
  const id = event["item_id"];
  const item = conversation.get(id);
  if (!item)
    return problem(
      "item_retrieve_invalid_item_id",
      `Error retrieving item: the item with id '${String(id)}' does not exist.`,
    );
  send({ type: "conversation.item.retrieved", item: { ...item.wire } });
  return undefined;
}

/** `conversation.item.delete` */
export function deleteItem(conversation: Conversation, event: Json, send: Send): Problem | undefined {
  const id = event["item_id"];
  if (!conversation.remove(id))
    return problem(
      "item_delete_invalid_item_id",
      `Error deleting item: the item with id '${String(id)}' does not exist.`,
    );
  send({ type: "conversation.item.deleted", item_id: id });
  return undefined;
}

/** `conversation.item.truncate` */
export function truncateItem(conversation: Conversation, event: Json, send: Send): Problem | undefined {
  const refused = conversation.truncate(event);
  if (refused) return refused;
  const { item_id, audio_end_ms } = event;
  send({ type: "conversation.item.truncated", item_id, content_index: 0, audio_end_ms });
  return undefined;
}

function problem(code: string, message: string, param = "item_id"): Problem {
  return { code, message, param };
}
