import { z } from "zod";
import { EpochMs } from "../../domain/time.ts";
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

type Known = {
  readonly events: SipEvents;
  readonly control: ControlClient;
  readonly turns: Map<string, ExpectedCaller["turns"][number]>;
  sent: boolean;
};

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
    if (known === undefined) return;
    for (const event of known.events.read(message)) {
      if (event.kind !== "words" || !event.final) continue;
      const at = event.at ?? this.#deps.clock.now();
      known.turns.set(`${event.party} ${event.item}`, { role: event.party, text: event.text, at: EpochMs(at) });
    }
    if (message["status"] === "ended") this.#calls.delete(message.call?.id ?? "");
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

  async #answer(
    message: ServerMessage,
    { call, known, bridge }: { readonly call: VapiToolCall; readonly known: Known; readonly bridge: string },
  ): Promise<string> {
    if (call.name !== "escalate_to_human") return "This is not available on this number.";
    if (known.sent) return "This is already under way. Say nothing.";
    known.sent = true;
    const ani = fields.safeParse(message.call).data?.customer?.number;
    const team = teamOf(call.input);
    const extension = await this.#deps.bridged().expect({
      visit: message.call?.id ?? "",
      bridge,
      turns: this.#turns(message, known),
      ...(ani !== undefined && E164.test(ani) && { ani }),
      ...(team !== undefined && { team }),
    });
    void this.#transfer(known, { number: bridge, ...(extension !== undefined && { extension }) });
    return "The telephone system takes the caller on. Nothing is arranged yet. Say nothing more.";
  }

  /** The message has the whole history, whichever node heard it grow. */
  #turns({ artifact }: ServerMessage, known: Known): ExpectedCaller["turns"] {
    const said = saidSoFar(artifact, this.#deps.clock.now());
    return said.length > 0 ? said : [...known.turns.values()].toSorted((one, other) => one.at - other.at);
  }

  /** One that the vendor did not take may be asked for again. */
  async #transfer(known: Known, where: { readonly number: string; readonly extension?: string }): Promise<void> {
    known.sent = await known.control.send({
      type: "transfer",
      destination: { type: "number", ...where, message: "" },
      content: ON_THE_WAY,
    });
  }

  #known(message: ServerMessage): Known | undefined {
    const id = message.call?.id;
    if (id === undefined || tokenOf(message) !== undefined || this.#bridgeOf(message) === undefined) return undefined;
    const { options, log } = this.#deps;
    const known = this.#calls.get(id) ?? {
      events: new SipEvents(),
      control: new ControlClient(options.apiUrl, log),
      turns: new Map(),
      sent: false,
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
