/**
 * One line of work per key: what is posted under a key runs after everything posted before it, never beside it.
 * An empty line is forgotten.
 */
export type Mailboxes<K> = {
  /** Resolves or rejects with the work itself; a failure does not stop the line. */
  post<T>(key: K, work: () => Promise<T>): Promise<T>;
  size(): number;
  /** Resolves when every line is empty. */
  idle(): Promise<void>;
};

export function createMailboxes<K>(): Mailboxes<K> {
  const tails = new Map<K, Promise<void>>();
  return {
    post: (key, work) => {
      const done = (tails.get(key) ?? Promise.resolve()).then(work);
      const settled = (): void => {
        if (tails.get(key) === tail) tails.delete(key);
      };
      // The poster sees the failure; the line only needs to know that it is over.
      const tail = done.then(settled, settled);
      tails.set(key, tail);
      return done;
    },
    size: () => tails.size,
    idle: async () => {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
