import type { CallId, NodeId } from "../../domain/ids.ts";
import type { Bus } from "../../ports/bus.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Leases } from "../../ports/leases.ts";
import type { CallerVoice } from "../perform-effect.ts";
import { type LineOrder, lineOrders } from "./channels.ts";

/** The callers' lines of every node: an order goes to the node that holds the line's socket. */
export function spreadVoice(parts: {
  readonly node: NodeId;
  readonly bus: Bus;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly local: CallerVoice;
}): CallerVoice & { close(): void } {
  const { node, bus, leases, clock, local } = parts;
  const stop = bus.subscribe(lineOrders, ({ from, call, order }) => {
    if (from === node) return;
    if (order.kind === "let-go") void local.letGo(call);
    else local.perform(call, order);
  });
  const elsewhere = async (call: CallId, order: LineOrder["order"]): Promise<boolean> => {
    const holder = await leases.holder(call, clock.now());
    if (!holder.ok || holder.value === undefined || holder.value === node) return false;
    return bus.publish(lineOrders, { from: node, call, order });
  };
  return {
    perform: (call, effect) => {
      if (local.perform(call, effect)) return true;
      // In the order of the effects: every node is told, and the one that holds the line obeys.
      void bus.publish(lineOrders, { from: node, call, order: effect });
      return false;
    },
    letGo: async (call) => (await local.letGo(call)) || elsewhere(call, { kind: "let-go" }),
    close: stop,
  };
}
