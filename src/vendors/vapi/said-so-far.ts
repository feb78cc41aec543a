import { z } from "zod";
import { EpochMs } from "../../domain/time.ts";
import type { ExpectedCaller } from "../../ports/hosted-assistant.ts";

const TURNS_MAX = 60;
const PARTIES = { user: "caller", bot: "assistant", assistant: "assistant" } as const;

const entry = z.looseObject({
  role: z.enum(["user", "bot", "assistant"]),
  message: z.string(),
  time: z.number().positive().optional().catch(undefined),
});

/** What was said in a call, as each message about it carries the whole history (facts §5.2); `now` for what has no time. */
export function saidSoFar(artifact: Readonly<Record<string, unknown>> | null | undefined, now: EpochMs) {
  const messages = artifact?.["messages"];
  return (Array.isArray(messages) ? messages : [])
    .flatMap((each): ExpectedCaller["turns"] => {
      const { role, message, time } = entry.safeParse(each).data ?? {};
      if (role === undefined || message === undefined || message.trim() === "") return [];
      return [{ role: PARTIES[role], text: message.trim(), at: time === undefined ? now : EpochMs(Math.round(time)) }];
    })
    .slice(-TURNS_MAX);
}
