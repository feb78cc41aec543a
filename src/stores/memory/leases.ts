import type { CallId, NodeId } from "../../domain/ids.ts";
import type { EpochMs } from "../../domain/time.ts";
import type { Leases } from "../../ports/leases.ts";
import type { StoreAnswer } from "../../ports/store-answer.ts";

const answer = async <T>(value: T): Promise<StoreAnswer<T>> => ({ ok: true, value });

/** The reference model of `Leases`. */
export function createMemoryLeases(): Leases {
  const nodes = new Map<NodeId, EpochMs>();
  const calls = new Map<CallId, NodeId>();
  const live = (node: NodeId, at: EpochMs): boolean => (nodes.get(node) ?? 0) > at;
  return {
    renew: (node, until) => {
      nodes.set(node, until);
      return answer(undefined);
    },
    nodes: (at) => {
      const all = [...nodes.keys()].toSorted();
      return answer({ live: all.filter((node) => live(node, at)), lapsed: all.filter((node) => !live(node, at)) });
    },
    forget: (node) => {
      nodes.delete(node);
      for (const [call, holder] of calls) if (holder === node) calls.delete(call);
      return answer(undefined);
    },
    hold: (call, node) => {
      const before = calls.get(call);
      calls.set(call, node);
      return answer(before);
    },
    own: (call, node, at) => {
      const holder = calls.get(call);
      if (holder !== undefined && live(holder, at)) return answer(holder);
      calls.set(call, node);
      return answer(node);
    },
    claim: (call, from, node) => {
      const held = calls.get(call) === from;
      if (held) calls.set(call, node);
      return answer(held);
    },
    drop: (call, node) => {
      if (calls.get(call) === node) calls.delete(call);
      return answer(undefined);
    },
    calls: (node) => answer([...calls].filter(([, holder]) => holder === node).map(([call]) => call)),
    holder: (call, at) => {
      const node = calls.get(call);
      return answer(node !== undefined && live(node, at) ? node : undefined);
    },
  };
}
