import type { Clock } from "../../ports/clock.ts";
import type { HostedAbilities, HostedEvent, HostedVisits, Visit } from "../../ports/hosted-assistant.ts";
import type { Log } from "../../telemetry/log.ts";
import { ItemTurns, type SpokenItem } from "./item-turns.ts";
import { MonitorSocket } from "./monitor-socket.ts";
import { endOf, type RetellCallObject } from "./read-call.ts";
import type { MonitorNews, SeenDeed } from "./read-monitor.ts";
import type { RetellApi } from "./retell-api.ts";
import type { RetellCall } from "./retell-call.ts";
import { inform, sayExactly, standingOrder } from "./steering-words.ts";
import { ToolDesk } from "./tool-desk.ts";
import { VisitFeed } from "./visit-feed.ts";

export type RetellParts = {
  readonly api: RetellApi;
  readonly apiKey: string;
  /** `wss://…/v2/monitor-call`; the call's id is appended. */
  readonly monitorUrl: string;
  readonly visits: HostedVisits;
  readonly clock: Clock;
  readonly log: Log;
};

/** Of an earlier conversation, in characters; its end matters most. */
const HISTORY_MAX = 4_000;

/**
 * A call whose model Retell hosts. It is watched over the monitor socket and steered by `update-live-call`, which tells
 * the model what to say and cannot make it; a caller who speaks makes it ignore the order.
 */
export class ModelCall implements RetellCall {
  readonly visit: Visit;
  readonly isHere = true;
  readonly abilities: HostedAbilities = { lines: "instructed", mutes: false, checked: false };
  readonly #parts: RetellParts;
  readonly #callId: string;
  readonly #feed: VisitFeed;
  readonly #turns = new ItemTurns("by-quiet");
  readonly #tools: ToolDesk;
  readonly #monitor: MonitorSocket | undefined;
  readonly #invoked = new Map<string, { readonly name: string; readonly input: string }>();
  readonly #deeds = new Set<string>();
  /** Functions that came to our own door: the transcript's mention of them is no news. */
  readonly #served = new Set<string>();
  #watched = false;
  #refused = false;
  #steering: Promise<unknown> = Promise.resolve();
  #cancelSettle: (() => void) | undefined;

  /**
   * @param about `watch`: this gateway had the caller dialled and follows the conversation. Another one only passes on
   * what the vendor happens to tell it.
   */
  constructor(parts: RetellParts, about: { readonly visit: Visit; readonly callId: string; readonly watch: boolean }) {
    this.#parts = parts;
    this.visit = about.visit;
    this.#callId = about.callId;
    this.#tools = new ToolDesk(parts.clock);
    this.#feed = new VisitFeed({ ...parts, visit: about.visit, session: this });
    if (!about.watch) return;
    this.#monitor = new MonitorSocket(
      { ...parts, url: `${parts.monitorUrl}/${about.callId}` },
      {
        open: () => {
          if (!this.#watched) void this.#recall();
          this.#watched = true;
          this.#feed.connected();
        },
        news: (news) => this.#heard(news),
        refused: () => {
          this.#refused = true;
        },
      },
    );
  }

  started(call: RetellCallObject): void {
    this.#turns.startedAt ??= call.start_timestamp;
    if (this.#monitor === undefined) return;
    this.#monitor.hurry();
    this.#feed.connected();
  }

  transcript(call: RetellCallObject): void {
    // Only where watching is forbidden: two tellings of one conversation have no ids in common.
    if (!this.#refused || this.#watched) return;
    const spoken = (call.transcript_object ?? []).flatMap(({ role, content }, index): SpokenItem[] =>
      content === undefined || (role !== "agent" && role !== "user")
        ? []
        : [{ id: `webhook-${index}`, party: role === "agent" ? "assistant" : "caller", text: content, order: index }],
    );
    this.#tellAll(this.#turns.take(spoken, this.#parts.clock.now()));
  }

  async tool(name: string, input: string): Promise<string> {
    this.#served.add(name);
    if (this.#monitor !== undefined) this.#feed.connected();
    if ((await this.#feed.open()) === undefined) return inform("The call is over.");
    const { toolCall, fresh, answer } = this.#tools.ask(name, input);
    if (fresh) this.#feed.emit({ kind: "tool-call", toolCall, name, input });
    return answer;
  }

  tell(event: HostedEvent): void {
    if (event.kind === "ended") this.#tellAll(this.#turns.finish());
    this.#feed.emit(event);
  }

  /** Taken is not spoken: a caller who speaks makes the model ignore it, and the runtime asks again (facts §13.3). */
  say({ text }: { readonly name: string; readonly text: string }): Promise<boolean> {
    return this.#steer(sayExactly(text), true);
  }

  prompt(instructions: string): void {
    void this.#steer(instructions, true);
  }

  note(text: string): void {
    void this.#steer(inform(text), false);
  }

  instruct(instructions: string): void {
    void this.#steer(standingOrder(instructions), false);
  }

  /** A hosted model cannot be kept from speaking; `abilities` says so. */
  mute(): void {}

  answerTool(toolCall: string, output: string): void {
    this.#tools.answer(toolCall, output);
  }

  end(): void {
    void this.#parts.api.stop(this.#callId);
    this.close();
  }

  close(): void {
    this.#cancelSettle?.();
    this.#monitor?.close();
  }

  /** The model of a caller who comes back knows nothing of what was said: it is a new call to the vendor. */
  async #recall(): Promise<void> {
    const opened = await this.#feed.open();
    const earlier = (opened?.setup.history ?? []).map(({ role, text }) => `${role}: ${text}`).join("\n");
    if (earlier !== "") this.note(`the conversation so far, which you go on with:\n${earlier.slice(-HISTORY_MAX)}`);
  }

  /** One after the other: two orders at once could be taken in either order. */
  #steer(context: string, speak: boolean): Promise<boolean> {
    const done = this.#steering.then(() =>
      this.#feed.ended ? false : this.#parts.api.steer(this.#callId, context, speak),
    );
    this.#steering = done;
    return done;
  }

  #heard(news: MonitorNews): void {
    if (news.kind === "ended") {
      return this.tell({ kind: "ended", how: endOf(news.reason), raw: news.reason });
    }
    for (const deed of news.deeds) this.#done(deed);
    this.#tellAll(this.#turns.take(news.spoken, this.#parts.clock.now()));
  }

  #done(deed: SeenDeed): void {
    const id = deed.kind === "key" ? deed.id : `${deed.kind} ${deed.toolCall}`;
    if (this.#deeds.has(id)) return;
    this.#deeds.add(id);
    if (deed.kind === "key") return void this.#feed.emit({ kind: "key", key: deed.key });
    if (deed.kind === "invoked") return void this.#invoked.set(deed.toolCall, deed);
    const asked = this.#invoked.get(deed.toolCall);
    if (asked === undefined || this.#isOurs(asked.name)) return;
    const { toolCall, result, ok } = deed;
    this.#feed.emit({ kind: "tool-ran", toolCall, name: asked.name, input: asked.input, result, ok });
  }

  /** Served at our own door, here or on another gateway. */
  #isOurs(name: string): boolean {
    return this.#served.has(name) || this.#feed.opened?.setup.tools.some((tool) => tool.name === name) === true;
  }

  #tellAll(events: readonly HostedEvent[]): void {
    for (const event of events) this.#feed.emit(event);
    this.#cancelSettle?.();
    const wake = this.#turns.wakesAt();
    this.#cancelSettle =
      wake && this.#parts.clock.at(wake, () => this.#tellAll(this.#turns.settle(this.#parts.clock.now())));
  }
}
