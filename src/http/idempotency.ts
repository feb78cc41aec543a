import { createHash } from "node:crypto";
import type { Clock } from "../ports/clock.ts";
import type { Reply } from "./endpoint.ts";
import { Problem } from "./problem.ts";

const KEY_LENGTH_MAX = 255;
/** Clients retry within minutes; a day covers a queue that was stuck over night. */
const KEPT_MS = 24 * 3_600_000;
const KEPT_MAX = 10_000;

type Kept = { readonly digest: string; readonly reply: Promise<Reply>; readonly until: number };

export type Idempotency = {
  /**
   * Runs `work` once per scope and key; a repetition gets the first one's answer, also while that is still at work. The
   * same key with another body is refused. An answer that failed is forgotten, so that it can be tried again.
   */
  once(
    ask: { readonly scope: string; readonly key: string; readonly body: unknown },
    work: () => Promise<Reply>,
  ): Promise<Reply>;
};

/** Kept in this process. What must hold across nodes as well rests on ids derived from the key (see `escalationIdOf`). */
export function createIdempotency(clock: Pick<Clock, "now">): Idempotency {
  const kept = new Map<string, Kept>();
  return {
    async once({ scope, key, body }, work) {
      if (key === "" || key.length > KEY_LENGTH_MAX) {
        throw new Problem(400, `Idempotency-Key has 1 to ${KEY_LENGTH_MAX} characters.`, { code: "idempotency-key" });
      }
      const place = `${scope}\n${key}`;
      const digest = createHash("sha256")
        .update(JSON.stringify(body) ?? "")
        .digest("hex");
      const first = kept.get(place);
      if (first && first.until > clock.now()) {
        if (first.digest !== digest) {
          throw new Problem(422, "This Idempotency-Key was used with another body; use a new one.", {
            code: "idempotency-key",
          });
        }
        const reply = await first.reply;
        return { ...reply, headers: { ...reply.headers, "Idempotency-Replayed": "true" } };
      }
      const reply = work();
      kept.set(place, { digest, reply, until: clock.now() + KEPT_MS });
      for (const oldest of kept.keys()) {
        if (kept.size <= KEPT_MAX) break;
        kept.delete(oldest);
      }
      try {
        return await reply;
      } catch (error) {
        kept.delete(place);
        throw error;
      }
    },
  };
}
