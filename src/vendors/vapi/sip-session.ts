import type { AssistantSetup } from "../../ports/assistant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { HostedAbilities, HostedEvent, HostedListener, HostedSession } from "../../ports/hosted-assistant.ts";
import type { Log } from "../../telemetry/log.ts";
import type { ToolResults, VapiCall } from "./call-registry.ts";
import { ControlClient } from "./control-client.ts";
import type { ServerMessage } from "./server-message.ts";
import { SipEvents } from "./sip-events.ts";
import { ToolAnswers } from "./tool-answers.ts";
import type { VapiToolCall } from "./tool-calls.ts";

const ABILITIES: HostedAbilities = { lines: "exactly", mutes: true, checked: false };
/** What comes before the case is loaded is kept in order. */
const WAITING_MAX = 200;

export type SipSessionParts = { readonly apiUrl: string | undefined; readonly clock: Clock; readonly log: Log };

/** One call of Vapi's to which our caller's leg was dialled: its messages in, our commands to its control URL. */
export class SipSession implements HostedSession, VapiCall {
  readonly abilities = ABILITIES;
  readonly control: ControlClient;
  readonly #events = new SipEvents();
  readonly #tools: ToolAnswers;
  #listener: HostedListener | undefined;
  #setup: AssistantSetup | undefined;
  #waiting: HostedEvent[] = [];
  #over = false;

  constructor({ apiUrl, clock, log }: SipSessionParts) {
    this.control = new ControlClient({ apiUrl, clock, log });
    this.#tools = new ToolAnswers(clock);
  }

  /** The runtime is ready for what this call tells. What the assistant must know is told it once it is on the line. */
  listen(listener: HostedListener, setup: AssistantSetup): void {
    if (this.#listener !== undefined) return;
    this.#listener = listener;
    this.#setup = setup;
    for (const event of this.#waiting.splice(0)) listener.hear(event);
  }

  hear(message: ServerMessage): void {
    for (const event of this.#events.read(message)) this.#tell(event);
  }

  tools(calls: readonly VapiToolCall[]): Promise<ToolResults> {
    return this.#tools.collect(calls, ({ id, name, input }) =>
      this.#tell({ kind: "tool-call", toolCall: id, name, input }),
    );
  }

  say({ text }: { readonly name: string; readonly text: string }): Promise<boolean> {
    return this.control.send({
      type: "say",
      content: text,
      interruptAssistantEnabled: true,
      interruptionsEnabled: true,
      endCallAfterSpoken: false,
    });
  }

  prompt(instructions: string): void {
    this.#add(instructions, true);
  }

  note(text: string): void {
    this.#add(text, false);
  }

  instruct(instructions: string): void {
    this.#add(`From now on, in place of earlier instructions:\n${instructions}`, false);
  }

  mute(muted: boolean): void {
    void this.control.send({ type: "control", control: muted ? "mute-assistant" : "unmute-assistant" });
  }

  answerTool(toolCall: string, output: string): void {
    this.#tools.answer(toolCall, output);
  }

  end(): void {
    void this.control.send({ type: "end-call" }).then(() => this.close());
  }

  close(): void {
    this.#over = true;
    this.#tools.close();
    this.control.close();
  }

  #add(content: string, triggerResponseEnabled: boolean): void {
    if (this.#over) return;
    void this.control.send({ type: "add-message", message: { role: "system", content }, triggerResponseEnabled });
  }

  #brief(): void {
    const setup = this.#setup;
    this.#setup = undefined;
    if (setup === undefined) return;
    this.#add(setup.instructions, false);
    for (const { role, text } of setup.history)
      void this.control.send({
        type: "add-message",
        message: { role: role === "caller" ? "user" : "assistant", content: text },
        triggerResponseEnabled: false,
      });
  }

  #tell(event: HostedEvent): void {
    if (event.kind === "ended") this.close();
    else if (this.#listener !== undefined) this.#brief();
    if (this.#listener !== undefined) this.#listener.hear(event);
    else if (this.#waiting.length < WAITING_MAX) this.#waiting.push(event);
  }
}
