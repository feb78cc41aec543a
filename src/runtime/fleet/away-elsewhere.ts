// One node may lose the record alone. It goes on with the calls it has, and the others, who can ask the record, must not decide
// on those from what it says: so it tells them, over the bus.

import type { NodeId } from "../../domain/ids.ts";
import { after, type EpochMs } from "../../domain/time.ts";
import type { Bus } from "../../ports/bus.ts";
import type { Clock } from "../../ports/clock.ts";
import { recordNews } from "./channels.ts";

export type AwayElsewhere = {
  /** The record is away from this node; to be said again every second or more often. */
  tell(): void;
  /** Another node goes on without the record, or did a moment ago and may still have to give back what it decided. */
  some(): boolean;
  close(): void;
};

/** After the last word of it, in milliseconds: some words may get lost, and giving back takes its time. */
const LASTS_MS = 3_000;

export function awayElsewhere(parts: {
  readonly node: NodeId;
  readonly bus: Bus;
  readonly clock: Clock;
}): AwayElsewhere {
  const { node, bus, clock } = parts;
  let until: EpochMs | undefined;
  const close = bus.subscribe(recordNews, ({ from }) => {
    if (from !== node) until = after(clock.now(), LASTS_MS);
  });
  return {
    tell: () => void bus.publish(recordNews, { from: node }),
    some: () => until !== undefined && clock.now() < until,
    close,
  };
}
