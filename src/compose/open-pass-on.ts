import type { PassOn } from "../ports/pass-on.ts";
import { createPassOn } from "../runtime/fleet/pass-on.ts";
import type { Bench } from "./bench.ts";

/** The way to the gateway that has a vendor's call; `undefined`: there is no other one. */
export const openPassOn = ({ stores, nodeId, clock, log }: Bench): PassOn | undefined =>
  stores.shared ? createPassOn({ ...stores, node: nodeId, clock, log }) : undefined;
