import type { CallId } from "../domain/ids.ts";

export type Passed =
  /** No other node has it. Where the call was named: it is this node's now, and no other one will take it. */
  | { readonly kind: "here" }
  /** The node that has the call did it. */
  | { readonly kind: "done"; readonly body: string }
  /** The node that has the call could not do it, or did not say in time: it may have been done, and is not done here. */
  | { readonly kind: "failed" }
  /** The shared store is away: whose the call is cannot be known, and nobody was told. It may be tried again. */
  | { readonly kind: "unknown" };

/** News of a vendor's that reach any node, about a call that one of them looks after. */
export type PassOn = {
  /** What other nodes pass on comes here. `answer`: `undefined` when this node does not have the call. */
  serve(channel: string, answer: (body: string) => Promise<string> | undefined): void;
  /** `call`: ours, where one of the nodes is to have it from now on; without it somebody is only asked for. */
  pass(channel: string, news: { readonly body: string; readonly call?: CallId }): Promise<Passed>;
};
