// A node died while presence was reserving for it. Whoever finishes its work finds the case waiting for nobody any more.
import { expect, test } from "vitest";

import { AgentId, OwnerToken } from "../../src/domain/ids.ts";
import { EpochMs } from "../../src/domain/time.ts";
import { giveBackHeld } from "../../src/runtime/give-back-held.ts";
import { createMemoryPresence } from "../../src/stores/memory/presence.ts";
import { agreed, stateOf } from "../handoff/scenes.ts";
import { silentLog } from "../support/silent-log.ts";

const AT = EpochMs(1_000_000);
const UNTIL = EpochMs(1_060_000);
const DANA = AgentId("dana");
const clock = { now: () => AT };

async function reservedFor(token: OwnerToken) {
  const presence = createMemoryPresence({ clock: { ...clock, at: () => () => undefined }, log: silentLog });
  await presence.set({ agent: DANA, status: "available", at: AT, leaseUntil: UNTIL });
  await presence.reserve({ candidates: [DANA], token, at: AT, expiresAt: UNTIL });
  const status = async () => {
    const seen = await presence.get([DANA], AT);
    return seen.ok ? seen.value[0]?.status : "no answer";
  };
  return { presence, status };
}

test("whoever was reserved under the old question is free again", async () => {
  const token = OwnerToken("esc-1.1.1");
  const { presence, status } = await reservedFor(token);
  await giveBackHeld({ presence, clock }, stateOf("offering-fallback"), token);
  expect(await status()).toBe("available");
});

test("whom the case has on offer under it stays with the case", async () => {
  const { presence, status } = await reservedFor(agreed.token);
  await giveBackHeld({ presence, clock }, stateOf("accepted"), agreed.token);
  expect(await status()).toBe("reserved");
});

test("another case's agent is not touched", async () => {
  const { presence, status } = await reservedFor(OwnerToken("esc-2.1.1"));
  await giveBackHeld({ presence, clock }, stateOf("offering-fallback"), OwnerToken("esc-1.1.1"));
  expect(await status()).toBe("reserved");
});

test("a presence that does not answer leaves the work open", async () => {
  const { presence } = await reservedFor(OwnerToken("esc-1.1.1"));
  const away = { ...presence, holds: () => Promise.resolve({ ok: false as const, why: "no answer in time" }) };
  await expect(
    giveBackHeld({ presence: away, clock }, stateOf("offering-fallback"), OwnerToken("esc-1.1.1")),
  ).rejects.toThrow("no answer in time");
});
