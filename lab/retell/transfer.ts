import type { Cancel, Ticker } from "../openai/ticker.ts";
import type { TransferTool } from "./agent.ts";
import type { RetellFaults } from "./faults.ts";
import type { Outcall, PhoneNetwork, SipParty } from "./sip.ts";

/** As the webhooks name it: in another spelling than the agent's settings. */
export type TransferNews = {
  readonly transfer_destination: { readonly number: string; readonly extension?: string };
  readonly transfer_option: { readonly type: string; readonly showTransfereeAsCaller: boolean };
};

export type TransferParts = {
  readonly tool: TransferTool;
  readonly network: PhoneNetwork;
  /** The number the caller calls from, and the one they called. */
  readonly from: string;
  readonly to: string;
  /** Dynamic variables, for `{{name}}` in the destination. */
  readonly variables: Readonly<Record<string, string>>;
  readonly ticker: Ticker;
  readonly faults: RetellFaults;
};

/** An agent's ring time where nothing says otherwise, in milliseconds. */
const RING_MS = 30_000;

/** One cold transfer by INVITE: the vendor dials the destination itself and stays in the path of the audio. */
export class Transfer {
  readonly news: TransferNews;
  /** The destination's end of the new leg; `undefined`: nobody was reached, or it was called off. */
  readonly reached: Promise<SipParty | undefined>;
  readonly #outcall: Outcall | undefined;
  #calledOff: () => void = () => undefined;

  constructor(parts: TransferParts) {
    const { tool, network, ticker, faults } = parts;
    const { transfer_destination: wanted, transfer_option: option } = tool;
    const filled = (text: string): string =>
      text.replaceAll(/\{\{(\w+)\}\}/gu, (whole, name: string) => parts.variables[name] ?? whole);
    const number = filled(wanted.number);
    const extension = filled(wanted.extension ?? "");
    const shown = option.show_transferee_as_caller === true;
    this.news = {
      transfer_destination: { number, ...(extension !== "" && { extension }) },
      transfer_option: { type: option.type, showTransfereeAsCaller: shown },
    };
    const calledOff = new Promise<undefined>((resolve) => {
      this.#calledOff = () => resolve(undefined);
    });
    if (faults.transferRefused) {
      this.#outcall = undefined;
      this.reached = Promise.resolve(undefined);
      return;
    }
    const outcall = network.dial({ from: shown ? parts.from : parts.to, to: number, extension });
    this.#outcall = outcall;
    const giveUp: Cancel = ticker.after(option.transfer_ring_duration_ms ?? RING_MS, () => this.callOff());
    this.reached = Promise.race([outcall.reached, calledOff]).finally(giveUp);
  }

  /** Nobody is wanted there any more; what is on the line already stays. */
  callOff(): void {
    this.#calledOff();
    this.#outcall?.giveUp();
  }
}

/** Two people hear one another; who leaves takes the other along. Resolves when it is over. */
export async function join(one: SipParty, other: SipParty): Promise<void> {
  const stops = [one.hear((frame) => void other.say(frame)), other.hear((frame) => void one.say(frame))];
  await Promise.race([one.ended, other.ended]);
  for (const stop of stops) stop();
  one.hangUp();
  other.hangUp();
}
