// Digits at a bridge number are six, good for a minute and for whoever knows them. Somebody who tries them out over many
// calls is not asked any more: they are greeted as an ordinary caller, and nothing says whether a number was close.

import { createHash } from "node:crypto";
import type { CallId } from "../../domain/ids.ts";
import { after, type EpochMs } from "../../domain/time.ts";
import { type AwaitedListDeps, changeAwaited, readAwaited } from "./awaited-list.ts";

const WITHIN_MS = 60_000;
/** Wrong digits from one number in a minute: a network's own mistakes are fewer. */
const PER_CALLER = 3;
/** … and at one bridge number, whoever they come from: of a million numbers so many a minute. */
const PER_BRIDGE = 30;

type Where = { readonly bridge: string; readonly ani: string | undefined; readonly now: EpochMs };

export type CodeGuesses = {
  /** So many were wrong in the last minute that no more are listened to; over all gateways. */
  spent(where: Where): Promise<boolean>;
  wrong(call: CallId, where: Where): Promise<void>;
};

const nameOf = (bridge: string): string => `expected:wrong:${createHash("sha256").update(bridge).digest("base64url")}`;

export function createCodeGuesses(deps: AwaitedListDeps): CodeGuesses {
  return {
    spent: async ({ bridge, ani, now }) => {
      const wrong = await readAwaited(deps, nameOf(bridge), now);
      const theirs = ani === undefined ? [] : wrong.filter((one) => one.ani === ani);
      const spent = wrong.length >= PER_BRIDGE || theirs.length >= PER_CALLER;
      if (spent) deps.log.warn({ count: wrong.length }, "wrong digits came too often; they are not asked for now");
      return spent;
    },
    wrong: async (call, { bridge, ani, now }) => {
      const one = { visit: call, until: after(now, WITHIN_MS), ...(ani !== undefined && { ani }) };
      await changeAwaited(deps, { name: nameOf(bridge), now, keptMs: WITHIN_MS }, (list) =>
        [...list, one].slice(-PER_BRIDGE),
      );
    },
  };
}
