import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { after } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Begun, KeptAnswers } from "../ports/kept-answers.ts";
import type { Log } from "../telemetry/log.ts";
import type { Reply } from "./endpoint.ts";
import { Problem } from "./problem.ts";

const KEY_LENGTH_MAX = 255;
/** Clients retry within minutes; a day covers a queue that was stuck over night. */
const KEPT_MS = 24 * 3_600_000;
/** No work takes as long: whoever has not answered by then died at it. */
const WORK_MS = 30_000;
/** A repetition that comes while the first is still at work waits this long for its answer, asking so often. */
const WAIT_MS = 5_000;
const ASK_AGAIN_MS = 100;

const keptReply = z.object({
  status: z.number().exactOptional(),
  body: z.unknown().exactOptional(),
  headers: z.record(z.string(), z.string()).exactOptional(),
});

export type Idempotency = {
  /**
   * Runs `work` once per scope and key; a repetition gets the first one's answer, on any node, and waits for it up to
   * 5 s while that is still at work. The same key with another body is refused. What failed may be tried again.
   */
  once(
    ask: { readonly scope: string; readonly key: string; readonly body: unknown },
    work: () => Promise<Reply>,
  ): Promise<Reply>;
};

type Deps = { readonly answers: KeptAnswers; readonly clock: Pick<Clock, "now">; readonly log: Log };

/** Answers are kept in the store all nodes share; without that store nothing is done, since it might be done twice. */
export function createIdempotency(deps: Deps): Idempotency {
  return {
    async once({ scope, key, body }, work) {
      if (key === "" || key.length > KEY_LENGTH_MAX) {
        throw new Problem(400, `Idempotency-Key has 1 to ${KEY_LENGTH_MAX} characters.`, { code: "idempotency-key" });
      }
      const place = hashOf(`${scope}\n${key}`);
      const digest = hashOf(JSON.stringify(body) ?? "");
      const begun = await begin(deps, place, digest);
      if (begun.kind === "first") return doFirst(deps, place, work);
      if (begun.digest !== digest) {
        throw new Problem(422, "This Idempotency-Key was used with another body; use a new one.", {
          code: "idempotency-key",
        });
      }
      if (begun.kind === "working") {
        throw new Problem(409, "The first request with this Idempotency-Key is still at work; ask again in a moment.", {
          code: "idempotency-key",
          headers: { "Retry-After": "2" },
        });
      }
      const reply = keptReply.parse(begun.reply);
      return { ...reply, headers: { ...reply.headers, "Idempotency-Replayed": "true" } };
    },
  };
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

async function begin({ answers, clock }: Deps, place: string, digest: string): Promise<Begun> {
  for (let waited = 0; ; waited += ASK_AGAIN_MS) {
    const at = clock.now();
    const ask = { place, digest, at, until: after(at, KEPT_MS), workingUntil: after(at, WORK_MS) };
    const begun = await answers.begin(ask);
    if (begun.kind !== "working" || begun.digest !== digest || waited >= WAIT_MS) return begun;
    await sleep(ASK_AGAIN_MS);
  }
}

async function doFirst({ answers, clock, log }: Deps, place: string, work: () => Promise<Reply>): Promise<Reply> {
  let reply: Reply;
  try {
    reply = await work();
  } catch (error) {
    // The place is free again after 30 s in any case: what went wrong is what the client must hear.
    await answers.forget(place).catch((err: unknown) => log.warn({ door: "http", err }, "a failed write stays taken"));
    throw error;
  }
  // Done is done: whether its answer could be kept must not turn it into a failure.
  await answers
    .finish(place, reply, clock.now())
    .catch((err: unknown) => log.warn({ door: "http", err }, "the answer of a write was not kept"));
  return reply;
}
