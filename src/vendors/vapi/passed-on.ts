import { z } from "zod";
import type { CallId } from "../../domain/ids.ts";
import type { Passed, PassOn } from "../../ports/pass-on.ts";
import type { ToolResults } from "./call-registry.ts";
import { readServerMessage, type ServerMessage } from "./server-message.ts";
import { readToolCalls, toolResult, type VapiToolCall } from "./tool-calls.ts";

const CHANNEL = "vapi";
const TOOL_CALLS: ReadonlySet<string> = new Set(["tool-calls", "function-call"]);
const WEBSOCKET = "vapi.websocketCall";
const NOT_DONE = "The system did not answer, and nothing is arranged. Tell the caller plainly that it did not work.";
/** Nobody was told, so it can be asked for once more: a store that changes over is away for seconds. */
const AGAIN =
  "The system is busy for a moment, and nothing is arranged yet. Tell the caller that it takes a moment longer, and call this tool once more.";

export const HERE: Passed = { kind: "here" };

const results = z.array(z.object({ toolCallId: z.string(), name: z.string(), result: z.string() }));
const request = z.record(z.string(), z.unknown());

export const answeredTools = (body: string): ToolResults => results.parse(JSON.parse(body));
export const answeredRequest = (body: string): object => request.parse(JSON.parse(body));
/** Whoever has the call may have done it: then it is not tried a second time. */
export const notDone = (calls: readonly VapiToolCall[], kind: "failed" | "unknown"): ToolResults =>
  calls.map((call) => toolResult(call, kind === "unknown" ? AGAIN : NOT_DONE));

const written = async (answer: Promise<unknown>): Promise<string> => JSON.stringify(await answer);

/** News that nobody takes a call up for. */
const isOver = (message: ServerMessage): boolean =>
  message.type === "end-of-call-report" || message["status"] === "ended";

/**
 * Serves other nodes' messages about calls of this one, and asks them about calls that are not here. What the node with
 * the call has comes back as text: results for a tool call, the assistant for its request, none for other news.
 */
export function passedOn(
  passOn: PassOn | undefined,
  here: {
    readonly isHere: (message: ServerMessage) => boolean;
    /** Our call, where the message names a visit of ours. */
    readonly callOf: (message: ServerMessage) => CallId | undefined;
    readonly request: (message: ServerMessage) => Promise<object>;
    readonly tools: (message: ServerMessage, calls: readonly VapiToolCall[]) => Promise<ToolResults>;
    readonly hear: (message: ServerMessage) => Promise<void>;
  },
): (message: ServerMessage) => Promise<Passed> {
  const answer = (message: ServerMessage): Promise<unknown> => {
    if (TOOL_CALLS.has(message.type)) return here.tools(message, readToolCalls(message));
    return message.type === "assistant-request" ? here.request(message) : here.hear(message).then(() => []);
  };
  passOn?.serve(CHANNEL, (body) => {
    const message = readServerMessage(body);
    if (message === undefined || !here.isHere(message)) return undefined;
    return written(answer(message));
  });
  return async (message) => {
    const call = here.callOf(message);
    // Numbers that they host are nobody's call: whoever hears of them serves them.
    const isVisit = call !== undefined || message.call?.["type"] === WEBSOCKET;
    if (passOn === undefined || !isVisit) return HERE;
    const body = JSON.stringify({ message });
    return passOn.pass(CHANNEL, { body, ...(call !== undefined && !isOver(message) && { call }) });
  };
}
