import type { DeskHub } from "../desk/desk-hub.ts";
import type { ReadyCheck } from "../http/health-routes.ts";
import type { HttpServer } from "../http/http-server.ts";
import type { LiveCalls } from "../runtime/live/live-calls.ts";
import type { GatewayNode } from "../runtime/node.ts";
import type { Gateway } from "./bench.ts";
import type { Carrier } from "./open-carrier.ts";

/** Whether this node wants new calls, for `/readyz`. */
export function createStay(): { readonly check: ReadyCheck; readonly refuse: () => void } {
  let leaving = false;
  return {
    check: {
      name: "node",
      check: () => Promise.resolve(leaving ? { ok: false, why: "stopping: new calls belong elsewhere" } : { ok: true }),
    },
    refuse: () => {
      leaving = true;
    },
  };
}

/** A create is answered, or given up, within 3 s; what waits longer in the dialler's queue is taken up elsewhere. */
const SETTLE_MS = 4_000;

/** How a node stops: late webhooks are answered until everything it has begun is done. */
export function wayOut(parts: {
  readonly carrier: Carrier;
  readonly live: LiveCalls;
  readonly hub: DeskHub;
  readonly node: GatewayNode;
  readonly server: HttpServer;
  /** What else has to end while the node can still be asked. */
  readonly last: () => Promise<void>;
}): Pick<Gateway, "leave" | "close"> {
  const { carrier, live, hub, node, server, last } = parts;
  return {
    leave: async (limitMs) => {
      await live.leave(limitMs);
      hub.close();
      await node.settled(SETTLE_MS);
    },
    close: async () => {
      carrier.close();
      await live.close();
      hub.close();
      await node.settled(SETTLE_MS);
      await server.close();
      await node.cases.idle();
      await last();
      node.close();
    },
  };
}
