import { createHmac, timingSafeEqual } from "node:crypto";

import type { LegId } from "../../domain/ids.ts";
import { after, EpochMs } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Ids } from "../../ports/ids.ts";
import type { Once } from "../../ports/once.ts";

/** A document is executed as soon as it is answered; a minute covers spoken lines before the stream. */
const LIFETIME_MS = 60_000;

/** Secrets used within their lifetime, remembered against a second use; only genuine ones get in. */
const REMEMBERED_MAX = 100_000;

export type StreamSecrets = {
  /** For one document of this leg. */
  mint(leg: LegId): string;
  /** True once for a secret of this very leg that has not expired. */
  use(leg: LegId, secret: string): boolean;
  /**
   * True: another node has taken this secret, so one of the two streams is not Twilio's. Asked after `use`, beside the
   * stream: a caller does not wait for it, and a store that is away does not end their call.
   */
  usedElsewhere(secret: string): Promise<boolean>;
};

/**
 * The one-time secret in a stream's parameters, bound to the caller's leg. It is an HMAC over leg, nonce and expiry with
 * the session secret that all nodes share, because the socket may reach another node than the document did. Used nonces
 * are remembered on the node that saw them and, with `once`, for all nodes.
 */
export function createStreamSecrets(deps: {
  readonly key: string;
  readonly clock: Clock;
  readonly ids: Pick<Ids, "secret">;
  readonly once?: Once | undefined;
}): StreamSecrets {
  const used = new Map<string, EpochMs>();
  const sign = (leg: LegId, nonce: string, expires: number): Buffer =>
    createHmac("sha256", deps.key).update(`twilio-stream\n${leg}\n${nonce}\n${expires}`).digest();

  return {
    mint: (leg) => {
      const nonce = deps.ids.secret();
      const expires = after(deps.clock.now(), LIFETIME_MS);
      return `${expires}.${nonce}.${sign(leg, nonce, expires).toString("base64url")}`;
    },
    use: (leg, secret) => {
      const [, expiry, nonce, mac] = /^(\d{1,16})\.([\w-]{1,128})\.([\w-]{43})$/.exec(secret) ?? [];
      if (expiry === undefined || nonce === undefined || mac === undefined) return false;
      const now = deps.clock.now();
      const expires = EpochMs(Number(expiry));
      if (!timingSafeEqual(Buffer.from(mac, "base64url"), sign(leg, nonce, expires)) || expires < now) return false;
      forgetExpired(used, now);
      if (used.has(nonce) || used.size >= REMEMBERED_MAX) return false;
      used.set(nonce, expires);
      return true;
    },
    usedElsewhere: async (secret) => {
      const [expiry = "", nonce = ""] = secret.split(".");
      const answer = await deps.once?.first(`stream:${nonce}`, deps.clock.now(), EpochMs(Number(expiry)));
      return answer?.ok === true && !answer.value;
    },
  };
}

/** The oldest come first: every secret lives equally long. */
function forgetExpired(used: Map<string, EpochMs>, now: EpochMs): void {
  for (const [nonce, expires] of used) {
    if (expires >= now) return;
    used.delete(nonce);
  }
}
