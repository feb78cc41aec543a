/** A kind of message between nodes. `read` checks what arrived; it throws on what it does not know. */
export type Channel<T> = { readonly name: string; readonly read: (raw: unknown) => T };

/**
 * Fan-out between the nodes, this one included. At most once and unordered across channels: what must not be lost is in
 * the journal or presence, and a message only says "look".
 */
export type Bus = {
  /** Values are sent as JSON. False: the store is away and nobody heard it. */
  publish<T>(channel: Channel<T>, message: T): Promise<boolean>;
  /** The result unsubscribes. */
  subscribe<T>(channel: Channel<T>, listener: (message: T) => void): () => void;
};
