import type { HistoryEntry, Step, Turn } from "../openai/brain.ts";
import type { ResponseEngine, TransferTool } from "./agent.ts";
import type { RetellCall } from "./call.ts";
import { callFunction, variablesFrom } from "./call-function.ts";
import type { Engine } from "./engine.ts";
import type { World } from "./world.ts";

type HostedModel = Extract<ResponseEngine, { type: "retell-llm" }>;

const COPY_MS = 15;
/** One answer may call functions this often. */
const ROUNDS_MAX = 6;

/** A model that the vendor hosts: it speaks by itself, calls custom functions, and cannot be told its words. */
export class ModelEngine implements Engine {
  readonly #world: World;
  readonly #call: RetellCall;
  readonly #model: HostedModel;
  /** Counts generations: an outdated one says nothing more. */
  #generation = 0;
  #calls = 0;

  constructor(world: World, call: RetellCall, model: HostedModel) {
    this.#world = world;
    this.#call = call;
    this.#model = model;
  }

  start(): void {
    const { begin_message: first } = this.#model;
    if (first !== "") this.#world.ticker.after(this.#world.pace.ttfaMs / 2, () => this.#call.say(first));
  }

  userStarted(): void {
    this.#generation += 1;
  }

  userTurn(): void {
    this.#generate();
  }

  interrupted(): void {
    this.#generation += 1;
  }

  agentQuiet(): void {}

  reminder(): void {
    this.#generate();
  }

  speakUp(): void {
    this.#generate();
  }

  changed(): void {}

  close(): void {
    this.#generation += 1;
  }

  #generate(): void {
    this.#generation += 1;
    const mine = this.#generation;
    this.#world.ticker.after(this.#world.pace.ttfaMs, () => {
      if (mine === this.#generation) void this.#respond(mine);
    });
  }

  async #respond(mine: number): Promise<void> {
    for (let round = 0; round < ROUNDS_MAX && mine === this.#generation; round += 1) {
      const steps = this.#model.brain(this.#turn());
      for (const step of steps) if ("say" in step) this.#call.say(step.say);
      const goOn = await this.#callAll(steps);
      if (!goOn) return;
    }
  }

  /** Calls what is to be called; true when the model is to speak about it. */
  async #callAll(steps: readonly Step[]): Promise<boolean> {
    let speakAfter = false;
    for (const step of steps) {
      if (!("call" in step)) continue;
      const transfer = this.#model.transfers?.find(({ name }) => name === step.call);
      if (transfer !== undefined) {
        speakAfter ||= await this.#transfer(transfer);
        continue;
      }
      const custom = this.#model.functions.find(({ name }) => name === step.call);
      if (custom === undefined) continue;
      this.#calls += 1;
      const tool_call_id = `tool_call_${this.#calls}`;
      const args = JSON.stringify(step.arguments);
      this.#call.transcript.add({ role: "tool_call_invocation", tool_call_id, name: step.call, arguments: args });
      if (custom.speak_during_execution === true) this.#call.say(custom.execution_message_description ?? "One moment.");
      const { signWith, functionCopies } = this.#world.faults();
      const ask = { args: step.arguments, call: this.#call.object(), signWith: signWith ?? this.#world.apiKey };
      this.#world.log.add({ kind: "function", subject: this.#call.id, what: step.call, data: step.arguments });
      const answer = callFunction(custom, ask);
      // A copy is a request of its own, signed at its own time.
      for (let copy = 1; copy <= functionCopies; copy += 1)
        this.#world.ticker.after(copy * COPY_MS, () => void callFunction(custom, ask));
      const result = await answer;
      Object.assign(this.#call.variables, variablesFrom(custom, result));
      this.#call.transcript.add({ role: "tool_call_result", tool_call_id, ...result });
      speakAfter ||= custom.speak_after_execution !== false;
    }
    return speakAfter && this.#call.ongoing;
  }

  /** True: it failed, and the model is to speak about it. */
  async #transfer(tool: TransferTool): Promise<boolean> {
    this.#calls += 1;
    const tool_call_id = `tool_call_${this.#calls}`;
    const { name } = tool;
    this.#call.transcript.add({ role: "tool_call_invocation", tool_call_id, name, arguments: "{}" });
    this.#world.log.add({ kind: "transfer", subject: this.#call.id, what: name, data: tool.transfer_destination });
    const result = await this.#call.transfer(tool);
    if (result !== undefined) this.#call.transcript.add({ role: "tool_call_result", tool_call_id, ...result });
    return result !== undefined;
  }

  #turn(): Turn {
    const history = this.#history();
    const acted = history.findLastIndex(({ role }) => role === "assistant" || role === "call");
    const heard = history
      .slice(acted + 1)
      .flatMap((entry) => (entry.role === "user" && entry.text ? [entry.text] : []));
    return {
      heard: heard.length > 0 ? heard.join(" ") : undefined,
      history,
      instructions: this.#model.prompt,
      tools: [...this.#model.functions, ...(this.#model.transfers ?? [])].map(({ name }) => name),
      outOfBand: false,
      metadata: {},
    };
  }

  #history(): HistoryEntry[] {
    return this.#call.transcript.items.flatMap((item): HistoryEntry[] => {
      switch (item.role) {
        case "user":
          return [{ role: "user", text: item.content.startsWith("(") ? undefined : item.content }];
        case "agent":
          return [{ role: "assistant", text: item.content }];
        case "injected":
          return [{ role: "system", text: item.content }];
        case "tool_call_invocation":
          return [{ role: "call", name: item.name, callId: item.tool_call_id, arguments: item.arguments }];
        case "tool_call_result":
          return [{ role: "output", callId: item.tool_call_id, output: item.content }];
        default:
          return [];
      }
    });
  }
}
