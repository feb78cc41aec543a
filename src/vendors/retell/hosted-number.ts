import { z } from "zod";
import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { BridgedCallers, ExpectedCaller } from "../../ports/hosted-assistant.ts";
import type { Log } from "../../telemetry/log.ts";
import type { RetellCallObject } from "./read-call.ts";

/** The agent's own transfer tool, which the doctor creates: a hosted model cannot be ordered to transfer (issue 6). */
export const TRANSFER_TOOL = "transfer_to_person";
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
export function answerHostedNumber(
  deps: HostedNumberDeps,
  call: RetellCallObject,
  ask: { name: string; input: string },
): string {
  const bridge = call.agent_id === undefined ? undefined : deps.bridgeOf(call.agent_id);
  const ani = call.from_number;
  if (ask.name !== ESCALATE || bridge === undefined) return told(false, "This call did not come through this gateway.");
  if (ani === undefined || !E164.test(ani)) {
    deps.log.warn({ door: "retell" }, "a caller of a hosted number has no number; nobody can be matched at the bridge");
    return told(false, "Nobody can be reached for this call. Offer to take a message.");
  }
  const { team } = asked.safeParse(parsed(ask.input)).data ?? {};
  const turns = turnsOf(call, deps.clock);
  deps.bridged().expect({ ani, bridge, turns, ...(team !== undefined && { team }) });
  return told(true, `Call ${TRANSFER_TOOL} now and say nothing else. Promise nothing.`);
}

const told = (noted: boolean, status: string): string => JSON.stringify({ noted, status });

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
