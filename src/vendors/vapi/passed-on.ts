import { z } from "zod";
import type { PassOn } from "../../ports/pass-on.ts";
import type { ToolResults } from "./call-registry.ts";
import { readServerMessage, type ServerMessage, tokenOf } from "./server-message.ts";
import { readToolCalls, type VapiToolCall } from "./tool-calls.ts";

const CHANNEL = "vapi";
const TOOL_CALLS: ReadonlySet<string> = new Set(["tool-calls", "function-call"]);
const WEBSOCKET = "vapi.websocketCall";

const results = z.array(z.object({ toolCallId: z.string(), name: z.string(), result: z.string() }));

/**
 * Serves other nodes' messages about calls of this one, and asks them about calls that are not here. Answers what the
 * node with the call has: results for a tool call, none for other news; `undefined`: no other node has it.
 */
export function passedOn(
  passOn: PassOn | undefined,
  here: {
    readonly isHere: (message: ServerMessage) => boolean;
    readonly tools: (message: ServerMessage, calls: readonly VapiToolCall[]) => Promise<ToolResults>;
    readonly hear: (message: ServerMessage) => Promise<void>;
  },
): (message: ServerMessage) => Promise<ToolResults | undefined> {
  passOn?.serve(CHANNEL, (body) => {
    const message = readServerMessage(body);
    if (message === undefined || !here.isHere(message)) return undefined;
    const done = TOOL_CALLS.has(message.type)
      ? here.tools(message, readToolCalls(message))
      : here.hear(message).then(() => []);
    return done.then((answer) => JSON.stringify(answer));
  });
  return async (message) => {
    // Numbers that they host are nobody's call: whoever hears of them serves them.
    const isVisit = tokenOf(message) !== undefined || message.call?.["type"] === WEBSOCKET;
    if (passOn === undefined || !isVisit) return undefined;
    const answer = await passOn.pass(CHANNEL, JSON.stringify({ message }));
    return answer === undefined ? undefined : results.parse(JSON.parse(answer));
  };
}
