import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { CallId } from "../../domain/ids.ts";
import { after } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Visit } from "../../ports/hosted-assistant.ts";

/** Longer than any call lasts. */
const LIFETIME_MS = 12 * 3_600_000;
const TOKEN = /^(?<call>(?:[0-9a-f]{2}){1,64})x(?<nonce>[0-9a-f]{16})x(?<expires>\d{1,16})x(?<mac>[0-9a-f]{64})$/;

export type VisitTokens = {
  mint(call: CallId): { readonly visit: Visit; readonly token: string };
  read(token: string): Visit | undefined;
};

/**
 * What binds a vendor's call to ours: signed with the secret that all nodes share, because the vendor's words may reach
 * another node than the one that had the caller dialled. Small letters and digits only, since it travels in a SIP header.
 */
export function createVisitTokens(deps: { readonly key: string; readonly clock: Pick<Clock, "now"> }): VisitTokens {
  const sign = (call: string, nonce: string, expires: string): Buffer =>
    createHmac("sha256", deps.key).update(`hosted-visit\n${call}\n${nonce}\n${expires}`).digest();
  return {
    mint: (call) => {
      const nonce = randomBytes(8).toString("hex");
      const expires = String(after(deps.clock.now(), LIFETIME_MS));
      const hex = Buffer.from(call).toString("hex");
      return {
        visit: visitOf(call, nonce, expires),
        token: `${hex}x${nonce}x${expires}x${sign(call, nonce, expires).toString("hex")}`,
      };
    },
    read: (token) => {
      const { call: hex, nonce, expires, mac } = TOKEN.exec(token.toLowerCase())?.groups ?? {};
      if (hex === undefined || nonce === undefined || expires === undefined || mac === undefined) return undefined;
      const call = Buffer.from(hex, "hex").toString();
      if (!timingSafeEqual(Buffer.from(mac, "hex"), sign(call, nonce, expires))) return undefined;
      return Number(expires) < deps.clock.now() ? undefined : visitOf(call, nonce, expires);
    },
  };
}

/** Its name says when it was made, so that late news of an earlier visit are known to be that. */
const visitOf = (call: string, nonce: string, expires: string): Visit => ({
  call: CallId(call),
  visit: `visit-${expires}-${nonce}`,
});

/** Was this visit made before that one? Names of another kind cannot be compared. */
export function isEarlier(visit: string, than: string | undefined): boolean {
  const [one, other] = [visit, than ?? ""].map((name) => Number(/^visit-(\d+)-/u.exec(name)?.[1]));
  return one !== undefined && other !== undefined && one < other;
}
