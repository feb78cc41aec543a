import type { CallId, NodeId } from "../domain/ids.ts";
import type { EpochMs } from "../domain/time.ts";
import type { StoreAnswer } from "./store-answer.ts";

/** Which nodes live, and which of them holds a call's socket. All times are passed in. */
export type Leases = {
  /** Says that the node lives until `until` (2 s ahead, design §9). */
  renew(node: NodeId, until: EpochMs): Promise<StoreAnswer<void>>;
  /** Nodes whose lease is live, and those that let it run out and were not `forget`-ed. */
  nodes(at: EpochMs): Promise<StoreAnswer<{ readonly live: readonly NodeId[]; readonly lapsed: readonly NodeId[] }>>;
  /** The node is gone for good: its lease and everything it held. Also on a clean end. */
  forget(node: NodeId): Promise<StoreAnswer<void>>;
  /** The call's socket is on this node now; the newest holder counts. Answers who held it before. */
  hold(call: CallId, node: NodeId): Promise<StoreAnswer<NodeId | undefined>>;
  /** The call is this node's unless another live node holds it, decided in one step; answers whose it is now. */
  own(call: CallId, node: NodeId, at: EpochMs): Promise<StoreAnswer<NodeId>>;
  /** Takes the call over from `from`; false, and nothing changes, when somebody else holds it by now, or nobody. */
  claim(call: CallId, from: NodeId, node: NodeId): Promise<StoreAnswer<boolean>>;
  /** The socket is gone; a no-op when another node holds it by now. */
  drop(call: CallId, node: NodeId): Promise<StoreAnswer<void>>;
  /** What a node holds, or held when its lease ran out. */
  calls(node: NodeId): Promise<StoreAnswer<readonly CallId[]>>;
  /** The holder, if its lease is live: where commands for the call's socket go. */
  holder(call: CallId, at: EpochMs): Promise<StoreAnswer<NodeId | undefined>>;
};
