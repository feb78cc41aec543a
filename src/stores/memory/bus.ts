import type { Bus } from "../../ports/bus.ts";
import type { Log } from "../../telemetry/log.ts";

/** The reference model of `Bus`, for one process. Messages go through JSON, as they would between nodes. */
export function createMemoryBus(log: Log): Bus {
  const channels = new Map<string, Set<(text: string) => void>>();
  return {
    publish: async (channel, message) => {
      const text = JSON.stringify(message);
      for (const hear of channels.get(channel.name) ?? []) queueMicrotask(() => hear(text));
      return true;
    },
    subscribe: (channel, listener) => {
      const hear = (text: string): void => {
        if (!channels.get(channel.name)?.has(hear)) return;
        try {
          listener(channel.read(JSON.parse(text)));
        } catch (error) {
          log.error({ event: channel.name, err: error }, "a message between nodes was not understood");
        }
      };
      const listeners = channels.get(channel.name) ?? new Set();
      listeners.add(hear);
      channels.set(channel.name, listeners);
      return () => void listeners.delete(hear);
    },
  };
}
