import { z } from "zod";
import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { BridgedCallers, ExpectedCaller } from "../../ports/hosted-assistant.ts";
import type { Log } from "../../telemetry/log.ts";
import type { RetellCallObject } from "./read-call.ts";

/**
 * The agent's own transfer tools, which the doctor creates: a hosted model cannot be ordered to transfer (issue 6). The
 * second one dials digits at the bridge number, for callers whom their number does not tell.
 */
export const TRANSFER_TOOL = "transfer_to_person";
export const TRANSFER_WITH_CODE = "transfer_with_code";
export const ESCALATE = "escalate_to_human";
const E164 = /^\+[1-9]\d{6,14}$/u;
const TURNS_MAX = 60;

const asked = z.object({ team: z.string().max(200).optional() });

export type HostedNumberDeps = {
  /** The bridge number of the configured assistant that is this Retell agent. */
  readonly bridgeOf: (agentId: string) => string | undefined;
  readonly bridged: () => BridgedCallers;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
};

/**
 * A function called from a call that Retell itself took: a caller who needs a person is expected at our bridge number,
 * and the model is told to use its own transfer, which brings them there. Answers what the model is told.
 */
export async function answerHostedNumber(
  deps: HostedNumberDeps,
  call: RetellCallObject,
  ask: { name: string; input: string },
): Promise<string> {
  const bridge = call.agent_id === undefined ? undefined : deps.bridgeOf(call.agent_id);
  if (ask.name !== ESCALATE || bridge === undefined) {
    return told({ noted: false, status: "This call did not come through this gateway." });
  }
  const ani = call.from_number;
  const through = call.to_number;
  const { team } = asked.safeParse(parsed(ask.input)).data ?? {};
  const extension = await deps.bridged().expect({
    visit: call.call_id,
    bridge,
    turns: turnsOf(call, deps.clock),
    ...(ani !== undefined && E164.test(ani) && { ani }),
    ...(team !== undefined && { team }),
    ...(through !== undefined && E164.test(through) && { through }),
  });
  if (extension === undefined) return told({ noted: true, status: callNow(TRANSFER_TOOL) });
  return told({ noted: true, status: callNow(TRANSFER_WITH_CODE), extension });
}

const callNow = (tool: string): string => `Call ${tool} now and say nothing else. Promise nothing.`;
const told = (answer: { noted: boolean; status: string; extension?: string }): string => JSON.stringify(answer);

function turnsOf(call: RetellCallObject, clock: Pick<Clock, "now">): ExpectedCaller["turns"] {
  const start = call.start_timestamp ?? clock.now();
  return (call.transcript_object ?? [])
    .flatMap(({ role, content, words }) => {
      if (content === undefined || content.trim() === "" || (role !== "agent" && role !== "user")) return [];
      const at = after(start, Math.round((words?.[0]?.start ?? 0) * 1_000));
      return [{ role: role === "agent" ? ("assistant" as const) : ("caller" as const), text: content, at }];
    })
    .slice(-TURNS_MAX);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The wish for a person counts without its details.
    return {};
  }
}
