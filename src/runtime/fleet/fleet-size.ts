import type { Leases } from "../../ports/leases.ts";

export type FleetSize = {
  /** To be asked in place of the leases: what it answers is remembered. */
  readonly leases: Leases;
  /** How many gateways lived when the store last answered, this one included; 1 until it has. */
  readonly nodes: () => number;
};

/** What a gateway's share of a common limit is measured by while the store is away. */
export function rememberFleetSize(leases: Leases): FleetSize {
  let nodes = 1;
  return {
    leases: {
      ...leases,
      nodes: async (at) => {
        const seen = await leases.nodes(at);
        if (seen.ok) nodes = Math.max(1, seen.value.live.length);
        return seen;
      },
    },
    nodes: () => nodes,
  };
}
