import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { HostedAssistant, HostedVisits, OpenedVisit } from "../../ports/hosted-assistant.ts";
import type { Log } from "../../telemetry/log.ts";
import { callOverrides } from "./call-overrides.ts";
import type { CallRegistry, ToolResults } from "./call-registry.ts";
import { controlUrlOf, type ServerMessage, TOKEN_HEADER, TOKEN_VARIABLE, tokenOf } from "./server-message.ts";
import { SipSession } from "./sip-session.ts";
import type { VapiToolCall } from "./tool-calls.ts";
import type { VapiAssistant, VapiOptions } from "./vapi-options.ts";

/** Vapi waits 7.5 s for it, of which the network has its share (facts §4). */
const REQUEST_MS = 6_000;
/** The report comes some seconds after the end. */
const KEPT_AFTER_END_MS = 60_000;
export const NOBODYS = { error: "This call cannot be connected." };

export type SipVisitsDeps = {
  readonly options: VapiOptions;
  readonly assistantOf: (name: string | undefined) => VapiAssistant | undefined;
  readonly registry: CallRegistry;
  readonly visits: () => HostedVisits;
  readonly clock: Clock;
  readonly log: Log;
};

/** An assistant of Vapi's is dialled at its number's address; nothing is asked of them for that. */
export function createSipAssistant({ assistantOf }: Pick<SipVisitsDeps, "assistantOf">): HostedAssistant {
  return {
    address: ({ assistant, token }) => {
      const uri = assistantOf(assistant)?.sipUri;
      return Promise.resolve(
        uri === undefined
          ? { kind: "unreachable", raw: "no SIP address is configured" }
          : { kind: "sip", uri: `${uri}?${TOKEN_HEADER}=${token}` },
      );
    },
  };
}

/** The calls of Vapi's that our callers were dialled to, bound to ours by the token in the INVITE. */
export class SipVisits {
  readonly #deps: SipVisitsDeps;

  constructor(deps: SipVisitsDeps) {
    this.#deps = deps;
  }

  /** Who answers this INVITE: the configured assistant, with our settings. */
  async assistantRequest(message: ServerMessage): Promise<object> {
    const { clock, log } = this.#deps;
    const late = new Promise<undefined>((wake) => void clock.at(after(clock.now(), REQUEST_MS), () => wake(undefined)));
    const bound = await Promise.race([this.#bind(message), late]);
    const opened = bound?.opened;
    const assistant = this.#deps.assistantOf(opened?.assistant);
    if (opened === undefined || assistant === undefined) {
      log.warn({ door: "vapi", reason: "no visit of ours" }, "a call to a hosted assistant was not connected");
      return NOBODYS;
    }
    return { assistantId: assistant.assistantId, assistantOverrides: this.#overrides(message, assistant, opened) };
  }

  async hear(message: ServerMessage): Promise<void> {
    const id = message.call?.id ?? "";
    const known = this.#deps.registry.get(id);
    if (known !== undefined) {
      if (message["status"] === "ended") this.#forgetLater(id);
      // The request for an assistant may have come before the call had one.
      if (known instanceof SipSession) known.control.learn(controlUrlOf(message));
      return known.hear(message);
    }
    // A call that is over needs nobody to look after it.
    if (message.type === "end-of-call-report" || message["status"] === "ended") return undefined;
    const bound = await this.#bind(message);
    return bound?.session.hear(message);
  }

  async tools(message: ServerMessage, calls: readonly VapiToolCall[]): Promise<ToolResults> {
    const known = this.#deps.registry.get(message.call?.id ?? "") ?? (await this.#bind(message))?.session;
    return known?.tools(calls) ?? [];
  }

  async #bind(message: ServerMessage): Promise<{ session: SipSession; opened: OpenedVisit } | undefined> {
    const { visits, registry, options, clock, log } = this.#deps;
    const id = message.call?.id;
    const token = tokenOf(message);
    const visit = token === undefined ? undefined : visits().read(token);
    if (id === undefined || visit === undefined) return undefined;
    const known = registry.get(id);
    const session = known instanceof SipSession ? known : new SipSession({ apiUrl: options.apiUrl, clock, log });
    registry.add(id, session);
    session.control.learn(controlUrlOf(message));
    const opened = await visits().open(visit, session);
    if (opened === undefined) {
      registry.remove(id);
      session.end();
      return undefined;
    }
    session.listen(opened.listener, opened.setup);
    return { session, opened };
  }

  #overrides(message: ServerMessage, assistant: VapiAssistant, { setup }: OpenedVisit): object {
    return callOverrides({
      options: this.#deps.options,
      assistant,
      tools: setup.tools,
      // A caller who comes back is not greeted again.
      waits: setup.history.length > 0,
      variables: { [TOKEN_VARIABLE]: tokenOf(message) ?? "" },
      serverMessages: [
        "assistant.started",
        "assistant.speechStarted",
        "conversation-update",
        "end-of-call-report",
        "hang",
        "speech-update",
        "status-update",
        "tool-calls",
        "transcript",
        "transfer-update",
        "user-interrupted",
      ],
      clientMessages: [],
    });
  }

  /** The call is over: its report may still come. */
  #forgetLater(id: string): void {
    const { clock, registry } = this.#deps;
    clock.at(after(clock.now(), KEPT_AFTER_END_MS), () => registry.remove(id));
  }
}
