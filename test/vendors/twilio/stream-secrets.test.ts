import { expect, test } from "vitest";

import { LegId } from "../../../src/domain/ids.ts";
import { createMemoryOnce } from "../../../src/stores/memory/once.ts";
import { createStreamSecrets } from "../../../src/vendors/twilio/stream-secrets.ts";
import { fakeClock } from "../../stores/fake-clock.ts";

const LEG = LegId(`CA${"1".repeat(32)}`);
const OTHER = LegId(`CA${"2".repeat(32)}`);

function secretsAt(clock: ReturnType<typeof fakeClock>, key = "the session secret") {
  let count = 0;
  return createStreamSecrets({ key, clock, ids: { secret: () => `nonce-${(count += 1)}` } });
}

test("a secret opens one stream of its own leg, once", () => {
  const secrets = secretsAt(fakeClock(1_000));
  const secret = secrets.mint(LEG);
  expect(secrets.use(OTHER, secret)).toBe(false);
  expect(secrets.use(LEG, secret)).toBe(true);
  expect(secrets.use(LEG, secret)).toBe(false);
});

test("a secret is good for a minute", () => {
  const clock = fakeClock(1_000);
  const secrets = secretsAt(clock);
  const [early, late] = [secrets.mint(LEG), secrets.mint(LEG)];
  clock.passTo(61_000);
  expect(secrets.use(LEG, early)).toBe(true);
  clock.passTo(61_001);
  expect(secrets.use(LEG, late)).toBe(false);
  expect(secrets.use(LEG, early)).toBe(false);
});

test("any node with the session secret takes it, and no other", () => {
  const clock = fakeClock(1_000);
  const secret = secretsAt(clock).mint(LEG);
  expect(secretsAt(clock, "another secret").use(LEG, secret)).toBe(false);
  expect(secretsAt(clock).use(LEG, secret)).toBe(true);
});

test("a changed secret is refused", () => {
  const secrets = secretsAt(fakeClock(1_000));
  const secret = secrets.mint(LEG);
  const [expires, nonce, mac] = secret.split(".");
  for (const forged of ["", "..", `${expires}.${nonce}`, `99${expires}.${nonce}.${mac}`, `${expires}.n.${mac}`]) {
    expect(secrets.use(LEG, forged), forged).toBe(false);
  }
  expect(secrets.use(LEG, secret)).toBe(true);
});

test("it fits into a stream's parameter, name and all", () => {
  expect(`secret${secretsAt(fakeClock(1_784_000_000_000)).mint(LEG)}`.length).toBeLessThan(500);
});

test("nodes that share what was used see a second use on another one; without that, or with it away, they go on", async () => {
  const clock = fakeClock(1_000);
  const once = createMemoryOnce();
  const nodes = [1, 2].map(() => createStreamSecrets({ key: "k", clock, ids: { secret: () => "nonce" }, once }));
  const secret = nodes[0]?.mint(LEG) ?? "";
  expect(nodes.map((node) => node.use(LEG, secret))).toEqual([true, true]);
  expect(await nodes[0]?.usedElsewhere(secret)).toBe(false);
  expect(await nodes[1]?.usedElsewhere(secret)).toBe(true);
  const away = { first: () => Promise.resolve({ ok: false, why: "away" } as const) };
  for (const other of [{}, { once: away }]) {
    const alone = createStreamSecrets({ key: "k", clock, ids: { secret: () => "nonce" }, ...other });
    expect(await alone.usedElsewhere(secret)).toBe(false);
  }
});
