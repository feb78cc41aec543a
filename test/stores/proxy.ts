import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { Socket } from "node:net";

/** What the network between us and a store does. */
type Weather =
  | { readonly kind: "clear" }
  /** Nothing arrives any more and nothing is closed: a dropped firewall entry, a frozen host. New connections too. */
  | { readonly kind: "silent" }
  /** Every connection is reset, and new ones at once. */
  | { readonly kind: "reset" }
  /** Answers come, each this much later. */
  | { readonly kind: "slow"; readonly ms: number };

export type Proxy = { readonly port: number; weather(now: Weather): void; close(): Promise<void> };

/** A TCP proxy on a free port in front of `127.0.0.1:target`. */
export async function startProxy(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let now: Weather = { kind: "clear" };
  const held: (() => void)[] = [];
  const pass = (from: Socket, to: Socket, delayed: boolean): void => {
    from.on("data", (chunk) => {
      const send = (): void => {
        if (!to.destroyed) to.write(chunk);
      };
      if (now.kind === "silent") held.push(send);
      else if (now.kind === "slow" && delayed) setTimeout(send, now.ms);
      else send();
    });
    from.on("close", () => {
      sockets.delete(from);
      // A silent network does not tell the other side until it is heard again.
      if (now.kind === "silent") held.push(() => to.destroy());
      else to.destroy();
    });
    from.on("error", () => to.destroy());
    sockets.add(from);
  };
  const server = createServer((client) => {
    if (now.kind === "reset") {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(target, "127.0.0.1");
    pass(client, upstream, false);
    pass(upstream, client, true);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the proxy was given no port");
  return {
    port: address.port,
    weather: (next) => {
      now = next;
      // TCP loses nothing: what was held back comes late, in its order.
      if (next.kind !== "silent") for (const send of held.splice(0)) send();
      if (next.kind === "reset") for (const socket of sockets) socket.resetAndDestroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
