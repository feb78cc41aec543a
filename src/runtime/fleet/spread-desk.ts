import type { NodeId } from "../../domain/ids.ts";
import type { Bus } from "../../ports/bus.ts";
import type { Desk } from "../../ports/desk.ts";
import { deskNews, type DeskOrder } from "./channels.ts";

/** The desks of every node: what is shown here is shown wherever the agent's tabs are. */
export function spreadDesk(parts: { readonly node: NodeId; readonly bus: Bus; readonly local: () => Desk }): {
  readonly desk: Desk;
  close(): void;
} {
  const { node, bus, local } = parts;
  const stop = bus.subscribe(deskNews, ({ from, order }) => {
    if (from !== node) obey(local(), order);
  });
  const tell = (order: DeskOrder): void => {
    obey(local(), order);
    // The bus logs what it could not send; the desk of another node catches up when its socket comes back.
    void bus.publish(deskNews, { from: node, order });
  };
  return {
    desk: {
      offer: (...args) => tell({ op: "offer", args }),
      packet: (...args) => tell({ op: "packet", args }),
      withdraw: (...args) => tell({ op: "withdraw", args }),
      turn: (...args) => tell({ op: "turn", args }),
      state: (...args) => tell({ op: "state", args }),
      preAlert: (...args) => tell({ op: "preAlert", args }),
      nudge: (...args) => tell({ op: "nudge", args }),
      visible: (agent) => local().visible(agent),
    },
    close: stop,
  };
}

function obey(desk: Desk, order: DeskOrder): void {
  switch (order.op) {
    case "offer":
      return desk.offer(...order.args);
    case "packet":
      return desk.packet(...order.args);
    case "withdraw":
      return desk.withdraw(...order.args);
    case "turn":
      return desk.turn(...order.args);
    case "state":
      return desk.state(...order.args);
    case "preAlert":
      return desk.preAlert(...order.args);
    case "nudge":
      return desk.nudge(...order.args);
    default:
      return order satisfies never;
  }
}
