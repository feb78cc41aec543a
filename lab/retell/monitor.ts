import type { WebSocket } from "ws";

import type { Ticker } from "../openai/ticker.ts";
import type { RetellFaults } from "./faults.ts";
import type { Item } from "./transcript.ts";

const WATCHERS_MAX = 5;

/** Those who watch one call. */
export class MonitorRoom {
  readonly #ticker: Ticker;
  readonly #faults: () => RetellFaults;
  readonly #watchers = new Set<WebSocket>();

  constructor(ticker: Ticker, faults: () => RetellFaults) {
    this.#ticker = ticker;
    this.#faults = faults;
  }

  /** Lets a watcher in, or closes it with the reason why not. */
  join(socket: WebSocket, call: { ongoing: boolean; items: readonly Item[] }): void {
    const { monitorRefuse } = this.#faults();
    if (monitorRefuse > 0) return socket.close(monitorRefuse, "refused");
    if (!call.ongoing) return socket.close(4004, "call_not_live");
    if (this.#watchers.size >= WATCHERS_MAX) return socket.close(4008, "too_many_watchers");
    this.#watchers.add(socket);
    socket.on("close", () => this.#watchers.delete(socket));
    socket.send(JSON.stringify({ type: "transcript_snapshot", transcripts: call.items }));
  }

  send(item: Item): void {
    const { unknownThings } = this.#faults();
    const transcripts: unknown[] = [structuredClone(item)];
    if (unknownThings) {
      transcripts.unshift({ id: "aura_1", role: "aura", time_sec: 1, colour: "blue" });
      this.#broadcast({ type: "mood_updated", mood: "calm" });
    }
    const { monitorReverse } = this.#faults();
    if (!monitorReverse) return this.#broadcast({ type: "transcript_updated", transcripts });
    for (const each of transcripts.toReversed()) this.#broadcast({ type: "transcript_updated", transcripts: [each] });
  }

  end(reason: string): void {
    this.#broadcast({ type: "call_ended", disconnection_reason: reason, event_timestamp: Date.now() });
    const { monitorLateMs } = this.#faults();
    this.#ticker.after(monitorLateMs + 10, () => {
      for (const socket of this.#watchers) socket.close(1000, "call_ended");
    });
  }

  /** The network dies: no close frame. */
  drop(): void {
    for (const socket of this.#watchers) socket.terminate();
  }

  #broadcast(message: unknown): void {
    const { monitorTwice, monitorLateMs } = this.#faults();
    const text = JSON.stringify(message);
    const go = (): void => {
      for (const socket of this.#watchers) {
        socket.send(text);
        if (monitorTwice) socket.send(text);
      }
    };
    if (monitorLateMs === 0) go();
    else this.#ticker.after(monitorLateMs, go);
  }
}
