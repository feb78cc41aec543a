import type { Bus } from "../../ports/bus.ts";
import type { Log } from "../../telemetry/log.ts";
import type { RedisLink } from "./link.ts";

/** Fan-out by publish/subscribe. `prefix` keeps several installations on one Redis apart. */
export function createRedisBus(parts: { readonly link: RedisLink; readonly log: Log; readonly prefix?: string }): Bus {
  const { link, log } = parts;
  const nameOf = (channel: { readonly name: string }): string => `${parts.prefix ?? "warmline"}:bus:${channel.name}`;
  return {
    publish: async (channel, message) => {
      try {
        await link.publish(nameOf(channel), JSON.stringify(message));
        return true;
      } catch (error) {
        log.warn({ event: channel.name, err: error }, "a message to the other nodes was not sent");
        return false;
      }
    },
    subscribe: (channel, listener) => {
      const hear = (text: string): void => {
        try {
          listener(channel.read(JSON.parse(text)));
        } catch (error) {
          log.error({ event: channel.name, err: error }, "a message between nodes was not understood");
        }
      };
      return link.subscribe(nameOf(channel), hear, () => log.debug({ event: channel.name }, "listening"));
    },
  };
}
