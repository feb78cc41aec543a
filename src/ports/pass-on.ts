/** News of a vendor's that reach any node, about a call that one of them looks after. */
export type PassOn = {
  /** What other nodes pass on comes here. `answer`: `undefined` when this node does not have the call. */
  serve(channel: string, answer: (body: string) => Promise<string> | undefined): void;
  /** Resolves with the answer of the node that has the call; `undefined`: none has, or it did not answer. */
  pass(channel: string, body: string): Promise<string | undefined>;
};
