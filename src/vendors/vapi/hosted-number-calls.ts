import { z } from "zod";
import { after, EpochMs } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { BridgedCallers, ExpectedCaller } from "../../ports/hosted-assistant.ts";
import type { Log } from "../../telemetry/log.ts";
import type { ToolResults } from "./call-registry.ts";
import { ControlClient } from "./control-client.ts";
import { controlUrlOf, type ServerMessage, tokenOf } from "./server-message.ts";
import { saidSoFar } from "./said-so-far.ts";
import { SipEvents } from "./sip-events.ts";
import { toolResult, type VapiToolCall } from "./tool-calls.ts";
import type { VapiAssistant, VapiOptions } from "./vapi-options.ts";

const CALLS_MAX = 1_000;
const E164 = /^\+[1-9]\d{6,14}$/u;
/** What is heard before the carrier's own words; theirs would be a promise of theirs. */
const ON_THE_WAY = "One moment, please.";
/** Without the control URL by then, there is none. */
const KNOWN_WITHIN_MS = 2_000;
/** A caller who is still with the assistant then was not taken on. */
const TAKEN_ON_WITHIN_MS = 10_000;

// What the model is told. Each may be followed by words of its own: silence would be the caller's.
const ORDERED =
  "The telephone system takes the caller on. Nothing is arranged yet: promise nothing. If the caller speaks to you " +
  "again, they were not taken on: say so and call escalate_to_human once more.";
const UNDER_WAY = "This is already under way. Ask the caller for a moment's patience, and promise nothing.";
const NOT_TAKEN =
  "The caller could not be taken on. Say so in one sentence, offer to try again, and call escalate_to_human when they agree.";
const OVER = "This call is over.";

export type HostedNumberDeps = {
  readonly options: VapiOptions;
  readonly assistantById: (id: string) => VapiAssistant | undefined;
  readonly bridged: () => BridgedCallers;
  readonly clock: Clock;
  readonly log: Log;
};

const fields = z.looseObject({
  assistantId: z.string().optional(),
  customer: z.looseObject({ number: z.string().optional() }).nullish(),
});
const numbered = z.looseObject({ number: z.string().regex(E164) });

type Known = {
  readonly events: SipEvents;
  readonly control: ControlClient;
  readonly turns: Map<string, ExpectedCaller["turns"][number]>;
  /** The order under way: given, and not known to have failed. */
  order: object | undefined;
  /** News of it may still come; they change nothing. */
  over: boolean;
};

type Asked = { readonly call: VapiToolCall; readonly known: Known; readonly bridge: string };

/**
 * Calls to numbers that Vapi hosts, whose assistant asks for a person: the caller is expected at our bridge number, and
 * Vapi's own transfer is ordered. From then on theirs is an ordinary call of ours.
 */
export class HostedNumberCalls {
  readonly #deps: HostedNumberDeps;
  readonly #calls = new Map<string, Known>();

  constructor(deps: HostedNumberDeps) {
    this.#deps = deps;
  }

  hear(message: ServerMessage): void {
    const known = this.#known(message);
    if (known === undefined || known.over) return;
    for (const event of known.events.read(message)) {
      if (event.kind !== "words" || !event.final) continue;
      const at = event.at ?? this.#deps.clock.now();
      known.turns.set(`${event.party} ${event.item}`, { role: event.party, text: event.text, at: EpochMs(at) });
    }
    if (message["status"] === "ended") this.#end(known);
  }

  /** `undefined`: not a call to a hosted number. */
  tools(message: ServerMessage, calls: readonly VapiToolCall[]): Promise<ToolResults> | undefined {
    const known = this.#known(message);
    const bridge = this.#bridgeOf(message);
    if (known === undefined || bridge === undefined) return undefined;
    return Promise.all(
      calls.map(async (call) => toolResult(call, await this.#answer(message, { call, known, bridge }))),
    );
  }

  async #answer(message: ServerMessage, { call, known, bridge }: Asked): Promise<string> {
    if (call.name !== "escalate_to_human") return "This is not available on this number.";
    if (known.over) return OVER;
    if (known.order !== undefined) return UNDER_WAY;
    const order = {};
    known.order = order;
    let taken = false;
    try {
      taken = await this.#transfer(message, { call, known, bridge });
    } finally {
      if (!taken) known.order = undefined;
    }
    if (taken) this.#watch(known, order);
    return taken ? ORDERED : NOT_TAKEN;
  }

  /** True: the vendor took the order. */
  async #transfer(message: ServerMessage, { call, known, bridge }: Asked): Promise<boolean> {
    const ani = fields.safeParse(message.call).data?.customer?.number;
    const team = teamOf(call.input);
    const through = numbered.safeParse(message["phoneNumber"]).data?.number;
    const extension = await this.#deps.bridged().expect({
      visit: message.call?.id ?? "",
      bridge,
      turns: this.#turns(message, known),
      ...(ani !== undefined && E164.test(ani) && { ani }),
      ...(team !== undefined && { team }),
      ...(through !== undefined && { through }),
    });
    return known.control.send({
      type: "transfer",
      destination: { type: "number", number: bridge, ...(extension !== undefined && { extension }), message: "" },
      content: ON_THE_WAY,
    });
  }

  /** The vendor tells nothing of a transfer that failed (facts §9.4): who is still there after a while is spoken to. */
  #watch(known: Known, order: object): void {
    const { clock } = this.#deps;
    clock.at(after(clock.now(), TAKEN_ON_WITHIN_MS), () => {
      if (known.over || known.order !== order) return;
      known.order = undefined;
      void known.control.send({
        type: "add-message",
        message: { role: "system", content: NOT_TAKEN },
        triggerResponseEnabled: true,
      });
    });
  }

  #end(known: Known): void {
    known.over = true;
    known.turns.clear();
    known.control.close();
  }

  /** The message has the whole history, whichever node heard it grow. */
  #turns({ artifact }: ServerMessage, known: Known): ExpectedCaller["turns"] {
    const said = saidSoFar(artifact, this.#deps.clock.now());
    return said.length > 0 ? said : [...known.turns.values()].toSorted((one, other) => one.at - other.at);
  }

  #known(message: ServerMessage): Known | undefined {
    const id = message.call?.id;
    if (id === undefined || tokenOf(message) !== undefined || this.#bridgeOf(message) === undefined) return undefined;
    const { options, clock, log } = this.#deps;
    const known = this.#calls.get(id) ?? {
      events: new SipEvents(),
      control: new ControlClient({ apiUrl: options.apiUrl, clock, log, knownWithinMs: KNOWN_WITHIN_MS }),
      turns: new Map(),
      order: undefined,
      over: false,
    };
    this.#calls.set(id, known);
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > CALLS_MAX && oldest !== undefined) this.#calls.delete(oldest);
    known.control.learn(controlUrlOf(message));
    return known;
  }

  #bridgeOf(message: ServerMessage): string | undefined {
    const id = fields.safeParse(message.call).data?.assistantId;
    return id === undefined ? undefined : this.#deps.assistantById(id)?.bridgeNumber;
  }
}

function teamOf(input: string): string | undefined {
  try {
    return z.looseObject({ team: z.string().optional() }).safeParse(JSON.parse(input)).data?.team;
  } catch {
    return undefined; // Unreadable input never stops an escalation.
  }
}
